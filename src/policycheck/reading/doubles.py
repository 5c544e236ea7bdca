"""One invitation in two inputs is judged once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from policycheck.model.identity import person_key
from policycheck.model.invitation import Invitation, Record, Stage
from policycheck.reading.told import agreed

DOUBLE = "invitation that another input has too"
_FACTS = ("note", "accepted", "connected_on", "messages", "previous_invitations")

_Identity = tuple[Stage, str, datetime | None]


class _Place(Struct, frozen=True):
    path: str
    tells: bool
    record: Invitation


def without_doubles(inputs: Sequence[tuple[str, bool, Sequence[Record]]]) -> tuple[list[tuple[str, Record]], int]:
    """The records with their inputs' paths, and how many were left out since another input has them.

    The same are two invitations of one direction, to or from one profile, in one minute, and two connections of one profile.
    Of them stays that of the input that tells most (an export before a queue, then more messages, then the first by name),
    completed by what the others say. Two within one input stay two.
    """
    several = _in_several_inputs(inputs)
    kept: list[tuple[str, Record]] = []
    count = 0
    for path, _, records in inputs:
        for record in records:
            found = several.get(_identity(record))
            if found is None or not isinstance(record, Invitation):
                kept.append((path, record))
            elif path == min(found, key=_rank).path:
                kept.append((path, _completed(record, [place.record for place in found if place.path != path])))
            else:
                count += 1
    return kept, count


def _in_several_inputs(inputs: Sequence[tuple[str, bool, Sequence[Record]]]) -> dict[_Identity | None, list[_Place]]:
    places: dict[_Identity | None, list[_Place]] = {}
    for path, tells, records in inputs:
        for record in records:
            identity = _identity(record)
            if identity is not None and isinstance(record, Invitation):
                places.setdefault(identity, []).append(_Place(path, tells, record))
    return {key: found for key, found in places.items() if len({place.path for place in found}) > 1}


def _identity(record: Record) -> _Identity | None:
    if not isinstance(record, Invitation) or record.stage == "template":
        return None
    key = person_key(record.person.profile_url) if record.person.profile_url else ""
    if record.stage == "connected":
        return (record.stage, key, None) if key else None
    at = record.sent_at
    return (record.stage, key, at.replace(second=0, microsecond=0)) if key and at else None


def _rank(place: _Place) -> tuple[bool, int, str]:
    return not place.tells, -len(place.record.messages or ()), place.path


def _completed(record: Invitation, others: Sequence[Invitation]) -> Invitation:
    news = {name: agreed(getattr(other, name) for other in others) for name in _FACTS if getattr(record, name) is None}
    told = structs.replace(record, **{name: value for name, value in news.items() if value is not None})
    known = agreed(other.person.known for other in others)
    if record.person.known is not None or known is None:
        return told
    bases = sorted(other.person.known_by or "" for other in others if other.person.known is known)
    return structs.replace(told, person=structs.replace(told.person, known=known, known_by=bases[0] or None))
