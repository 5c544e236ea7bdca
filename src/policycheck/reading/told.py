"""What each input of a run tells of a person, for the records of the others: joined by profile URL, never by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from msgspec import structs

from policycheck.model.identity import name_key, person_key
from policycheck.model.invitation import Invitation, Person, Record
from policycheck.model.profile import Acquaintance

_FACTS = tuple(name for name in Person.__struct_fields__ if name not in ("profile_url", "known", "known_by"))
"""What is true of somebody whenever it was told; whom we know depends on the time of the invitation."""

_LAST = time(23, 59, 59)


class Told:
    """People by profile URL, with the input that tells of them."""

    def __init__(self, inputs: Iterable[tuple[str, Sequence[Acquaintance], Sequence[Record]]]) -> None:
        self._told: dict[str, list[tuple[str, Acquaintance]]] = {}
        self._sent: Counter[str] = Counter()
        self._sent_by: Counter[tuple[str, str]] = Counter()
        for path, people, records in inputs:
            for told in (*people, *(_facts(r.person) for r in records if isinstance(r, Invitation))):
                key = _key(told.person)
                if key:
                    self._told.setdefault(key, []).append((path, told))

    def count_sent(self, records: Iterable[tuple[str, Record]]) -> None:
        """Remember to whom each input says that an invitation went, for those that are yet to be sent."""
        for path, record in records:
            if isinstance(record, Invitation) and record.stage == "outgoing" and record.sent_at is not None:
                self._sent[_key(record.person)] += 1
                self._sent_by[path, _key(record.person)] += 1

    def complete(self, path: str, record: Invitation, as_of: date) -> Invitation:
        """A record of one input with what the others tell and it doesn't; where they disagree, nothing is told.

        Where others tell of invitations to the same person, one that is yet to be sent gets the end of the day of the run as its
        time: else no rule could say how long ago the others were.
        """
        key = _key(record.person)
        others = [told for other, told in self._told.get(key, ()) if other != path] if key else []
        if not others:
            return record
        news = {
            name: value
            for name in _FACTS
            if getattr(record.person, name) is None
            and (value := agreed(getattr(told.person, name) for told in others)) is not None
        }
        news |= _known(record, others)
        again = _is_planned(record) and self._sent[key] > self._sent_by[path, key]
        sent_at = datetime.combine(as_of, _LAST, UTC) if again else record.sent_at
        return structs.replace(record, person=structs.replace(record.person, **news), sent_at=sent_at)


def agreed(values: Iterable[Any]) -> Any:
    """The one value that all give who know any; None where they differ by more than capitals and blanks."""
    known = {name_key(value) if isinstance(value, str) else value: value for value in _in_order(values)}
    return known.popitem()[1] if len(known) == 1 else None


def _in_order(values: Iterable[Any]) -> list[Any]:
    known = [value for value in values if value is not None]
    return sorted(known) if all(isinstance(value, str) for value in known) else known


def _facts(person: Person) -> Acquaintance:
    return Acquaintance(person=structs.replace(person, known=None, known_by=None))


def _key(person: Person) -> str:
    return person_key(person.profile_url) if person.profile_url else ""


def _is_planned(record: Invitation) -> bool:
    """An invitation to send that has no time yet: whatever the other inputs tell lies before it."""
    return record.stage == "outgoing" and record.sent_at is None and not record.accepted


def _known(record: Invitation, others: Iterable[Acquaintance]) -> dict[str, Any]:
    """`known` and on what it rests; of several bases the first by name, an earlier conversation before an endorsement."""
    before = _moment(record)
    bases = {
        told.person.known_by or "the record"
        for told in others
        if told.person.known
        and (told.since is None or _is_planned(record) or (before is not None and told.since < before))
    }
    return {"known": True, "known_by": min(bases)} if bases and record.person.known is None else {}


def _moment(record: Invitation) -> datetime | None:
    """Before what a conversation must have been: the invitation, or the day of connecting."""
    if record.stage != "connected":
        return record.sent_at
    return None if record.connected_on is None else datetime.combine(record.connected_on, time(), UTC)
