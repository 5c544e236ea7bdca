"""From a case as written to the account that is judged: what the readers make of a record, made of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from msgspec import structs

from policycheck.authoring.parts import child, items
from policycheck.model.invitation import Invitation, Message, Moment
from policycheck.model.profile import Account, Profile
from policycheck.policy.written import Mistake, Written
from policycheck.reading.knowing import resolver

_OLDEST = datetime.min.replace(tzinfo=UTC)


def account_of(case: Written, name: str, profile: Profile) -> Account:
    """The account of a valid case: its history in the order of the file, then the invitation that is judged, called `name`."""
    written = [*items(case, "history"), case.at("invitation")]
    names = [*(f"history-{number}" for number in range(1, len(written))), name]
    made = map(_invitation, written, names)
    known = resolver()
    settled = [structs.replace(one, person=known(one.person, profile)) for one in made]
    times = [one.data.get("times", 1) for one in written]
    records = [one for one, count in zip(settled, times, strict=True) for _ in range(count)]
    return Account(profile=profile, records=tuple(records))


def _invitation(written: Written, name: str) -> Invitation:
    facts = {key: value for key, value in written.data.items() if key != "times"}
    line, _ = written.document.position(written.path)
    origin = {"path": written.document.origin, "line": line}
    made = msgspec.convert({"id": name, **facts, "origin": origin}, Invitation)
    messages = made.messages and _in_order(made.messages)
    return structs.replace(made, sent_at=_utc(made.sent_at), messages=messages)


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def _in_order(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Sorted by time where every time is known, else in the order of the file."""
    timed = tuple(structs.replace(message, sent_at=_utc(message.sent_at)) for message in messages)
    if any(message.sent_at is None for message in timed):
        return timed
    return tuple(sorted(timed, key=lambda message: message.sent_at or _OLDEST))


def time_mistakes(case: Written) -> Iterator[Mistake]:
    """The times of a case that are none, of the invitation, its history and their messages."""
    for record in [*child(case, "invitation"), *items(case, "history")]:
        for holder in [record, *items(record, "messages")]:
            for time in child(holder, "sent_at"):
                if isinstance(time.data, str) and time.data and not _is_time(time.data):
                    yield time.mistake('`sent_at` is no time with its zone; write it as "2026-11-23T09:00:00Z"')


def _is_time(text: str) -> bool:
    """Whether a text is a time that UTC can hold."""
    try:
        return bool(_utc(msgspec.convert(text, Moment)))
    except (msgspec.ValidationError, OverflowError):
        return False
