"""messages.csv: who talked with the owner, person to person, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from policycheck import Message, Unreadable, name_key

from ._csv import Row
from ._linkedin_people import Connections, Owner, slug_of
from ._linkedin_times import DATE_FORM, message_time

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Line(Struct, frozen=True, kw_only=True):
    """One message between two. `place` is its time, or where that can't be read the time of the message before it."""

    message: Message
    place: datetime
    spam: bool


class Partner(Struct, frozen=True):
    """The other person of a conversation: comparable slug, None where no URL tells it, and comparable name."""

    slug: str | None
    name: str | None


class Talks(Struct, frozen=True):
    """The conversations with one person each, oldest message first; what is no such conversation, by reason; what broke."""

    lines: dict[Partner, list[Line]]
    not_judged: Counter[str]
    problems: list[Unreadable]


def talks(rows: Iterable[Row | Unreadable], owner: Owner, connections: Connections) -> Talks:
    """Who talked with the owner.

    A conversation of more than two people is none with any one of them. Where no URL tells who took part (before late 2023), the
    names have to be the owner's and one other.
    """
    found = Talks({}, Counter(), [])
    ours = frozenset(map(name_key, owner.names))
    for conversation in _conversations(rows, found).values():
        partner = _partner(conversation, owner, ours, connections)
        if partner is None:
            several = len(_slugs(conversation)) > 2 or len(_names(conversation)) > 2
            found.not_judged["group conversation" if several else "unattributed conversation"] += 1
        else:
            found.lines.setdefault(partner, []).extend(_lines(conversation, partner, found.problems))
    return found


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines of several conversations, oldest first."""
    return sorted(lines, key=lambda line: line.place)


def _conversations(rows: Iterable[Row | Unreadable], found: Talks) -> dict[str, list[Row]]:
    """The messages between people by conversation, in the order of the file."""
    conversations: dict[str, list[Row]] = {}
    for row in rows:
        if isinstance(row, Unreadable):
            found.problems.append(row)
        elif (reason := _left_out(row)) is not None:
            found.not_judged[reason] += 1
        elif "conversationid" not in row.cells and _direction(row) not in {"INCOMING", "OUTGOING"}:
            why = "`Direction` is neither `INCOMING` nor `OUTGOING`"
            found.problems.append(Unreadable(row.origin, why, "write one of them, or export again"))
        else:
            conversations.setdefault(_conversation(row), []).append(row)
    return conversations


def _left_out(row: Row) -> str | None:
    if any((row.text(column) or "").casefold() == "yes" for column in ("ismessagedraft", "isconversationdraft")):
        return "draft"
    if "senderprofileurl" in row.cells and row.text("senderprofileurl") is None:
        return "message of a closed member" if row.text("from") == "LinkedIn Member" else "sponsored mail"
    return None


def _conversation(row: Row) -> str:
    """What the messages of one conversation share: its id, or in 2018 the other's name."""
    return row.text("conversationid") or (f"{row.origin}" if "conversationid" in row.cells else _other(row))


def _direction(row: Row) -> str:
    return (row.text("direction") or "").upper()


def _other(row: Row) -> str:
    return name_key(row.cells["from" if _direction(row) == "INCOMING" else "to"])


def _slugs(rows: Iterable[Row]) -> set[str]:
    urls = ((row.text("senderprofileurl"), *row.cells.get("recipientprofileurls", "").split(",")) for row in rows)
    return {slug for several in urls for slug in map(slug_of, several) if slug}


def _names(rows: Iterable[Row]) -> set[str]:
    """The names as they stand: several recipients' cell is one of its own, since a name may hold the comma between them."""
    return {name_key(row.cells[column]) for row in rows for column in ("from", "to")} - {""}


def _partner(rows: Sequence[Row], owner: Owner, ours: frozenset[str], connections: Connections) -> Partner | None:
    if "conversationid" not in rows[0].cells:
        return Partner(None, _other(rows[0]))
    slugs = _slugs(rows)
    if len(slugs) > 2:
        return None
    others = slugs - {owner.slug} if owner.slug in slugs else slugs & connections.by_slug.keys()
    if len(slugs) == 2 and len(others) == 1:
        slug = others.pop()
        return Partner(slug, _name_of(slug, rows))
    return _partner_by_name(rows, ours, connections)


def _name_of(slug: str, rows: Iterable[Row]) -> str | None:
    names = (row.cells["from" if slug_of(row.text("senderprofileurl")) == slug else "to"] for row in rows)
    return next(filter(None, map(name_key, names)), None)


def _partner_by_name(rows: Sequence[Row], ours: frozenset[str], connections: Connections) -> Partner | None:
    names = _names(rows)
    if len(names) != 2:
        return None
    others = names - ours if names & ours else names & connections.names.keys()
    if len(others) != 1:
        return None
    name = others.pop()
    slugs = {slug_of(row.text("senderprofileurl")) for row in rows if name_key(row.cells["from"]) == name}
    return Partner(next(iter(slugs), None), name) if len(slugs) < 2 else None


def _theirs(row: Row, partner: Partner) -> bool:
    if "conversationid" not in row.cells:
        return _direction(row) == "INCOMING"
    if partner.slug:
        return slug_of(row.text("senderprofileurl")) == partner.slug
    return name_key(row.cells["from"]) == partner.name


def _lines(rows: Sequence[Row], partner: Partner, problems: list[Unreadable]) -> list[Line]:
    lines: list[Line] = []
    for row in reversed(rows):  # the newest stands first, which also orders two messages of one second
        sent = message_time(row.text("date"))
        if sent is None:
            why = f"`DATE` is no time of the form `{DATE_FORM}`"
            problems.append(Unreadable(row.origin, why, "write it so, or export again", fact="messages.sent_at"))
        message = Message(sender="them" if _theirs(row, partner) else "us", sent_at=sent, text=row.cells["content"])
        place = sent or (lines[-1].place if lines else _EARLIEST)
        lines.append(Line(message=message, place=place, spam=row.text("folder") == "SPAM"))
    return in_order(lines)
