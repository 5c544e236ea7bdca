"""The facts: an invitation, the other party, and where the record stands.

``None`` always means *not known*. An empty note is ``""``: the invitation was sent without one.
Times are aware and in UTC; dates are UTC dates.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Stage = Literal["incoming", "outgoing", "connected", "template"]
STAGES: tuple[Stage, ...] = ("incoming", "outgoing", "connected", "template")

Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Moment = Annotated[datetime, Meta(tz=True)]


class Origin(Struct, frozen=True):
    """Where a record stands: the file as the user named it (or the archive's member) and the line where it starts, from 1."""

    path: str
    """The file as the user named it, or the archive's member."""
    line: int | None = None
    """Where the record starts, from 1."""
    folder: str | UnsetType = UNSET
    """The folder that holds the file, where the input is one, as the user named it."""

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def file(self) -> str:
        """The file from where the user is: the folder too, where the input is one."""
        return self.path if self.folder is UNSET else f"{self.folder.rstrip('/')}/{self.path}"


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One message of a conversation; `sender` is "them" (the other party) or "us"."""

    sender: Literal["us", "them"] | None = field(default=None, name="from")
    """Who wrote it: "them", the other party, or "us"."""
    sent_at: Moment | None = None
    """When it was sent, with its zone."""
    text: str | None = None
    """What it says, exactly as written."""


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The other party. `connections` and `mutual_connections` are counts; `joined_on` is when the account was made."""

    name: str | None = None
    """Their name as the site shows it."""
    profile_url: str | None = None
    """The address of their profile; facts and lists are joined by it."""
    headline: str | None = None
    """The line below their name."""
    company: str | None = None
    """Where they work now."""
    position: str | None = None
    """What they do there."""
    industry: str | None = None
    """The industry that they work in."""
    location: str | None = None
    """Where they say that they are."""
    email: str | None = None
    """Their e-mail address."""
    mutual_connections: Count | None = None
    """How many connections you share."""
    connections: Count | None = None
    """How many connections they have."""
    has_photo: bool | None = None
    """Whether their profile shows a photo."""
    joined_on: date | None = None
    """The day on which their account was made."""
    verified: bool | None = None
    """Whether their account carries LinkedIn's verification mark."""
    known: bool | None = None
    """Whether you know them."""
    known_by: str | None = None
    """On what `known` rests: "the record", "address book", "earlier conversation", "endorsement", "recommendation" …"""


class Invitation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One invitation, template or connection to decide about.

    `connected` records are connections with the messages exchanged since, oldest first. `accepted` is True where the person is
    a connection already; an export never gives False, since it cannot tell declined, withdrawn and expired apart. `by_row` says
    that the record has no id of its own, and `id` is its file and row.
    """

    id: str
    stage: Stage
    origin: Origin
    person: Person = Person()
    note: str | None = None
    sent_at: Moment | None = None
    accepted: bool | None = None
    connected_on: date | None = None
    messages: tuple[Message, ...] | None = None
    previous_invitations: Count | None = None
    by_row: bool = False


class Unreadable(Struct, frozen=True):
    """A record, or with `fact` a single fact of a record, that could not be read.

    `why` and `repair` are in our own words and never hold a cell's text. With `fact` the record itself is still judged, without
    that fact; it follows or precedes in the same stream.
    """

    origin: Origin
    why: str
    repair: str
    fact: str | None = None


class NotJudged(Struct, frozen=True):
    """Records that are no invitations to decide about, by reason ("draft", "closed member", "no conversation")."""

    reason: str
    count: int = 1


Record = Invitation | Unreadable | NotJudged
