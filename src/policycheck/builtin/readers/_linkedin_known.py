"""What an export tells of people for the other inputs of a run: its connections, who conversed with the owner, endorsements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from policycheck import Acquaintance, Person

from ._linkedin_joins import Export, lines_with
from ._linkedin_messages import Line


def acquaintances(found: Export) -> Iterator[Acquaintance]:
    """Everybody with a profile URL of whom the export tells something."""
    for slug, connection in sorted(found.connections.by_slug.items()):
        yield Acquaintance(
            person=Person(
                name=connection.name,
                profile_url=slug,
                email=connection.email,
                company=connection.company,
                position=connection.position,
            )
        )
    for slug, partners in sorted(found.partners_by_slug.items()):
        since = _both_had_spoken(lines_with(partners, found)) if slug else None
        if since is not None:
            yield Acquaintance(person=_known(slug, "earlier conversation"), since=since)
    for slug in sorted(found.endorsed):
        yield Acquaintance(person=_known(slug, "endorsement"))


def _known(slug: str, basis: str) -> Person:
    return Person(profile_url=slug, known=True, known_by=basis)


def _both_had_spoken(lines: Iterable[Line]) -> datetime | None:
    """When a conversation became one: the first message of whoever answered."""
    first: dict[str | None, datetime] = {}
    for line in lines:
        at = line.message.sent_at
        if at is not None and not line.spam:
            first[line.message.sender] = min(at, first.get(line.message.sender, at))
    return max(first.values()) if {"us", "them"} <= first.keys() else None
