"""Connections.csv, and Invitations.csv as it stands: who is a connection, who invited whom, and who the owner is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from policycheck import Origin, Unreadable, name_key, person_key

from ._csv import Row
from ._linkedin_times import CONNECTED_ON_FORM, SENT_AT_FORM, connected_on, sent_at


class Connection(Struct, frozen=True, kw_only=True):
    """Somebody whom the owner is connected to; `slug` is comparable, None before mid-2023."""

    id: str
    origin: Origin
    name: str | None
    profile_url: str | None
    slug: str | None
    email: str | None
    company: str | None
    position: str | None
    connected_on: date | None


class Connections(Struct, frozen=True, kw_only=True):
    """Connections.csv; `closed` counts rows of closed or hidden members, which name nobody."""

    all: tuple[Connection, ...]
    by_slug: dict[str, Connection]
    names: dict[str, int]
    """How many connections have a name: only a unique one joins anything, and that weakly."""
    closed: int
    problems: tuple[Unreadable, ...]


class Invite(Struct, frozen=True, kw_only=True):
    """A row of Invitations.csv, seen from the owner."""

    id: str
    origin: Origin
    stage: Literal["incoming", "outgoing"]
    name: str | None
    profile_url: str | None
    slug: str | None
    owner_name: str | None
    owner_url: str | None
    sent_at: datetime | None
    note: str


class Owner(Struct, frozen=True):
    """Whose export it is, as far as Invitations.csv and Profile.csv tell."""

    profile_url: str | None
    names: tuple[str, ...]

    @property
    def slug(self) -> str | None:
        return slug_of(self.profile_url)


@lru_cache(4096)
def slug_of(profile_url: str | None) -> str | None:
    """The comparable slug of a profile's URL; None where there is no URL, or nothing in it."""
    return person_key(profile_url) or None if profile_url else None


def full_name(row: Row) -> str | None:
    """First and last name of a row; None where it has neither."""
    return " ".join(filter(None, (row.text("firstname"), row.text("lastname")))) or None


def connections(rows: Iterable[Row | Unreadable]) -> Connections:
    """Connections.csv with its indexes; of two rows with one URL the first counts for joins."""
    people: list[Connection] = []
    problems: list[Unreadable] = []
    closed = 0
    for row in rows:
        if isinstance(row, Unreadable):
            problems.append(row)
        elif full_name(row) or row.text("url"):
            people.append(_connection(row))
            problems.extend(_undated(row, people[-1]))
        else:
            closed += 1
    return Connections(
        all=tuple(people),
        by_slug={person.slug: person for person in reversed(people) if person.slug},
        names=Counter(name_key(person.name) for person in people if person.name),
        closed=closed,
        problems=tuple(problems),
    )


def _connection(row: Row) -> Connection:
    url = row.text("url")
    return Connection(
        id=row.name("Connections"),
        origin=row.origin,
        name=full_name(row),
        profile_url=url,
        slug=slug_of(url),
        email=row.text("emailaddress"),
        company=row.text("company"),
        position=row.text("position"),
        connected_on=connected_on(row.text("connectedon")),
    )


def _undated(row: Row, connection: Connection) -> Iterator[Unreadable]:
    if connection.connected_on is None:
        why = f"`Connected On` is no date of the form `{CONNECTED_ON_FORM}`"
        yield Unreadable(row.origin, why, "write it so, or export again", fact="connected_on")


def invites(rows: Iterable[Row | Unreadable]) -> Iterator[Invite | Unreadable]:
    """Invitations.csv in the order of the file."""
    for row in rows:
        direction = "" if isinstance(row, Unreadable) else (row.text("direction") or "").upper()
        if isinstance(row, Unreadable):
            yield row
        elif direction not in {"INCOMING", "OUTGOING"}:
            yield Unreadable(
                row.origin, "`Direction` is neither `INCOMING` nor `OUTGOING`", "write one of them, or export again"
            )
        else:
            yield from _invite(row, incoming=direction == "INCOMING")


def _invite(row: Row, *, incoming: bool) -> Iterator[Invite | Unreadable]:
    inviter = row.text("from"), row.text("inviterprofileurl")
    invitee = row.text("to"), row.text("inviteeprofileurl")
    (name, url), (owner_name, owner_url) = (inviter, invitee) if incoming else (invitee, inviter)
    sent = sent_at(row.text("sentat"))
    if sent is None:
        why = f"`Sent At` is no time of the form `{SENT_AT_FORM}`"
        yield Unreadable(row.origin, why, "write it so, in Pacific time, or export again", fact="sent_at")
    yield Invite(
        id=row.name("Invitations"),
        origin=row.origin,
        stage="incoming" if incoming else "outgoing",
        name=name,
        profile_url=url,
        slug=slug_of(url),
        owner_name=owner_name,
        owner_url=owner_url,
        sent_at=sent,
        note=row.cells["message"],
    )


def owner(found: Iterable[Invite | Unreadable], profile_name: str | None) -> Owner:
    """The owner: the URL that most of the invitations give as ours, and the names that we go by."""
    ours = [invite for invite in found if isinstance(invite, Invite)]
    urls = Counter(invite.owner_url for invite in ours if invite.owner_url)
    names = Counter(invite.owner_name for invite in ours if invite.owner_name)
    known = dict.fromkeys(filter(None, (profile_name, *(name for name, _ in names.most_common()))))
    return Owner(next((url for url, _ in urls.most_common(1)), None), tuple(known))
