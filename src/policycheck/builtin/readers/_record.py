"""An invitation as a record: its keys, and the invitation that comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from policycheck import Invitation, Message, Origin, Person, StrictDecoder

Moment = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(min_length=1, max_length=200, description="a text of 1 to 200 characters")]


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The keys of a record. Whatever is left out is unknown."""

    stage: Literal["incoming", "outgoing", "connected", "template"]
    """What there is to decide: an incoming or outgoing invitation, a connection, or a template."""
    id: Name | None = None
    """The record's name in verdicts; without it, a record is known by its file and line."""
    account: Name | None = None
    """Whose invitation it is; the records of one account stand together."""
    person: Person | None = None
    """The other party."""
    note: str | None = None
    """The invitation's text, exactly as written; an empty one was sent without a note."""
    sent_at: Moment | None = None
    """When it was sent, with its zone."""
    accepted: bool | None = None
    """True where the person is a connection already."""
    connected_on: date | None = None
    """The day on which they connected."""
    messages: tuple[Message, ...] | None = None
    """The messages exchanged since."""
    previous_invitations: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None = None
    """How many invitations went to the same person before."""


_NOBODY = Person()
_OLDEST = datetime.min.replace(tzinfo=UTC)

decode = StrictDecoder(Record).decode


def invitation(record: Record, name: str, origin: Origin) -> Invitation:
    """The invitation of a record, called `name`: its times in UTC, its messages oldest first where their times are known.

    Raises OverflowError for a time that UTC cannot hold, an hour from either end of the calendar.
    """
    return Invitation(
        id=name,
        stage=record.stage,
        origin=origin,
        person=_NOBODY if record.person is None else record.person,
        note=record.note,
        sent_at=_utc(record.sent_at),
        accepted=record.accepted,
        connected_on=record.connected_on,
        messages=_in_order(record.messages) if record.messages else record.messages,
        previous_invitations=record.previous_invitations,
        by_row=record.id is None,
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo is UTC else moment.astimezone(UTC)


def _in_order(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Sorted by time where every time is known, else in the order of the file."""
    timed = tuple(structs.replace(message, sent_at=_utc(message.sent_at)) for message in messages)
    if any(message.sent_at is None for message in timed):
        return timed
    return tuple(sorted(timed, key=lambda message: message.sent_at or _OLDEST))
