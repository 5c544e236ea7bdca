"""The records of an export: its invitations, and its connections with what was written since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from policycheck import Invitation, Message, NotJudged, Person, Unreadable

from ._linkedin_joins import (
    Export,
    accepted_note,
    known_by,
    lines_with,
    midnight,
    partners_of,
)
from ._linkedin_messages import Line
from ._linkedin_people import Connection, Invite


def records(found: Export) -> Iterator[Invitation | Unreadable | NotJudged]:
    """Everything of the account once: what broke, the invitations in the order of the file, the connections, the counts."""
    yield from found.connections.problems
    yield from found.talks.problems
    for invite in found.invites:
        yield invite if isinstance(invite, Unreadable) else _invitation(invite, found)
    yield from _connected(found)


def _invitation(invite: Invite, found: Export) -> Invitation:
    connection = found.connections.by_slug.get(invite.slug or "")
    known = known_by(invite.slug, invite.sent_at, found)
    return Invitation(
        id=invite.id,
        stage=invite.stage,
        origin=invite.origin,
        by_row=True,
        person=_person(invite.name, invite.profile_url, connection, known),
        note=invite.note,
        sent_at=invite.sent_at,
        accepted=True if connection else None,
        connected_on=connection.connected_on if connection else None,
    )


def _person(name: str | None, profile_url: str | None, connection: Connection | None, known: str | None) -> Person:
    return Person(
        name=name,
        profile_url=profile_url,
        company=connection.company if connection else None,
        position=connection.position if connection else None,
        email=connection.email if connection else None,
        known=True if known else None,
        known_by=known,
    )


def _connected(found: Export) -> Iterator[Invitation | NotJudged]:
    not_judged = Counter(found.talks.not_judged)
    not_judged["closed member"] = found.connections.closed
    outside = set(found.talks.lines)
    for connection in found.connections.all:
        if found.connections.by_slug.get(connection.slug or "", connection) is not connection:
            not_judged["connection listed twice"] += 1
            continue
        partners = partners_of(connection, found)
        outside.difference_update(partners)
        messages = _since(connection.connected_on, lines_with(partners, found))
        if messages == ():
            not_judged["no conversation"] += 1
        else:
            yield _connected_record(connection, messages, found)
    not_judged["conversation with no connection"] = len(outside)
    yield from (NotJudged(reason, count) for reason, count in sorted(not_judged.items()) if count)


def _since(day: date | None, lines: list[Line]) -> tuple[Message, ...] | None:
    """The messages from a day on and those of unknown time; None where there are some, but the day isn't known."""
    if day is None and lines:
        return None
    messages = (line.message for line in lines)
    return tuple(m for m in messages if m.sent_at is None or (day is not None and m.sent_at.date() >= day))


def _connected_record(connection: Connection, messages: tuple[Message, ...] | None, found: Export) -> Invitation:
    known = known_by(connection.slug, midnight(connection), found)
    return Invitation(
        id=connection.id,
        stage="connected",
        origin=connection.origin,
        by_row=True,
        person=_person(connection.name, connection.profile_url, connection, known),
        note=accepted_note(connection, found),
        connected_on=connection.connected_on,
        messages=messages,
    )
