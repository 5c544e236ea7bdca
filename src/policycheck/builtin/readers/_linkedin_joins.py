"""Joining people across the files of an export: by URL, and where there is none by a unique name, which shows little."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from msgspec import Struct

from policycheck import Unreadable, name_key

from ._linkedin_messages import Line, Partner, Talks, in_order
from ._linkedin_people import Connection, Connections, Invite


class Export(Struct, frozen=True, kw_only=True):
    """The tables of an export with their indexes; `endorsed` are the slugs of both sides of endorsements.

    `conversed` tells of a slug when both had written.
    """

    invites: list[Invite | Unreadable]
    connections: Connections
    talks: Talks
    endorsed: frozenset[str]
    invites_by_slug: dict[str, list[Invite]]
    partners_by_slug: dict[str, list[Partner]]
    partners_by_name: dict[str, list[Partner]]
    conversed: dict[str, datetime]


def export(
    invites: list[Invite | Unreadable], connections: Connections, talks: Talks, endorsed: frozenset[str]
) -> Export:
    """The tables, indexed."""
    by_slug: dict[str, list[Invite]] = {}
    for invite in invites:
        if isinstance(invite, Invite) and invite.slug:
            by_slug.setdefault(invite.slug, []).append(invite)
    partners_by_slug: dict[str, list[Partner]] = {}
    partners_by_name: dict[str, list[Partner]] = {}
    for partner in talks.lines:
        partners_by_slug.setdefault(partner.slug or "", []).append(partner)
        partners_by_name.setdefault(partner.name or "", []).append(partner)
    return Export(
        invites=invites,
        connections=connections,
        talks=talks,
        endorsed=endorsed,
        invites_by_slug=by_slug,
        partners_by_slug=partners_by_slug,
        partners_by_name=partners_by_name,
        conversed=_conversed(talks),
    )


def _conversed(talks: Talks) -> dict[str, datetime]:
    """When who has a slug and the owner had both written, spam and messages of unknown time left out."""
    first: dict[tuple[str, str | None], datetime] = {}
    for partner, lines in talks.lines.items():
        for line in lines if partner.slug else ():
            sent, side = line.message.sent_at, (partner.slug or "", line.message.sender)
            if sent is not None and not line.spam:
                first[side] = min(first.get(side, sent), sent)
    slugs = [slug for slug, sender in first if sender == "us" and (slug, "them") in first]
    return {slug: max(first[slug, "us"], first[slug, "them"]) for slug in slugs}


def lines_with(partners: Iterable[Partner], found: Export) -> list[Line]:
    """All messages exchanged with some partners, oldest first."""
    return in_order(line for partner in partners for line in found.talks.lines[partner])


def partners_of(connection: Connection, found: Export) -> list[Partner]:
    """Who in messages.csv a connection is: by URL; else by a name unique on both sides, where no two URLs differ."""
    by_slug = found.partners_by_slug.get(connection.slug, []) if connection.slug else []
    name = name_key(connection.name or "")
    if by_slug or found.connections.names.get(name) != 1:
        return by_slug
    namesakes = found.partners_by_name.get(name, [])
    urls = {connection.slug, *(partner.slug for partner in namesakes)} - {None}
    return namesakes if len(urls) < 2 else []


def known_by(slug: str | None, before: datetime | None, found: Export) -> str | None:
    """On what it rests that somebody is known; None where nothing shows it. A name alone shows nothing.

    It takes two to converse: a message that nobody answered makes a stranger no acquaintance, nor does one in the spam folder.
    """
    conversed = found.conversed.get(slug or "")
    if before is not None and conversed is not None and conversed < before:
        return "earlier conversation"
    return "endorsement" if slug in found.endorsed else None


def midnight(connection: Connection) -> datetime | None:
    """The start of the day of connecting: what the day itself holds may be the acceptance's own."""
    day = connection.connected_on
    return None if day is None else datetime.combine(day, time(), UTC)


def accepted_note(connection: Connection, found: Export) -> str | None:
    """The note of the invitation that was accepted; None where it isn't in the export, or two may be it and differ.

    Of each direction it is the last one up to the day of connecting: an earlier one was withdrawn or declined.
    """
    day = connection.connected_on
    dated: list[tuple[datetime, Invite]] = []
    notes: set[str] = set()
    for invite in found.invites_by_slug.get(connection.slug or "", ()):
        if invite.sent_at is None:
            notes.add(invite.note)
        elif day is None or invite.sent_at.date() <= day:
            dated.append((invite.sent_at, invite))
    notes.update({invite.stage: invite.note for _, invite in sorted(dated, key=lambda pair: pair[0])}.values())
    return notes.pop() if len(notes) == 1 else None
