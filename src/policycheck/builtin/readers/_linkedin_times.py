"""The times of an export. What fits none of its forms is None: never guessed, never read by the machine's locale."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_CLOCK = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}),[ \u00a0\u202f]([0-9]{1,2}):([0-9]{2})[ \u00a0\u202f](AM|PM)")
_UTC = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) UTC")
_DAY = re.compile(r"([0-9]{1,2})[ -]([A-Z][a-z]{2})[ -]([0-9]{4}|[0-9]{2})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SENT_AT_FORM = "M/D/YY, h:mm AM"
CONNECTED_ON_FORM = "DD Mon YYYY"
DATE_FORM = "YYYY-MM-DD HH:MM:SS UTC"


def sent_at(cell: str | None) -> datetime | None:
    """`M/D/YY, h:mm AM` in Pacific time, as UTC.

    Of the hour that comes twice in autumn it is the first, so that a message counts as earlier than an invitation only where it
    surely is; an hour that spring leaves out never was, and is None.
    """
    local = _clock(cell)
    if local is None:
        return None
    utc = local.replace(tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)
    exists = utc.astimezone(ZoneInfo("America/Los_Angeles")).replace(tzinfo=None) == local
    return utc if exists else None


def message_time(cell: str | None) -> datetime | None:
    """`YYYY-MM-DD HH:MM:SS UTC`; in the oldest exports the form of `sent_at`."""
    match = _UTC.fullmatch(cell or "")
    if match is None:
        return sent_at(cell)
    try:
        return datetime(*map(int, match.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]  # six numbers by the pattern
    except ValueError:
        return None


def connected_on(cell: str | None) -> date | None:
    """`DD Mon YYYY`, `4-Feb-24` (saved again by a spreadsheet), or of 2018 the day of `M/D/YY, h:mm AM`: a UTC date each."""
    clock = _clock(cell)
    if clock is not None:
        return clock.date()
    match = _DAY.fullmatch(cell or "")
    if match is None or match[2] not in _MONTHS:
        return None
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    try:
        return date(year, 1 + _MONTHS.index(match[2]), int(match[1]))
    except ValueError:
        return None


def _clock(cell: str | None) -> datetime | None:
    match = _CLOCK.fullmatch(cell or "")
    if match is None:
        return None
    month, day, year, hour, minute = map(int, match.groups()[:5])
    if not 1 <= hour <= 12:
        return None
    try:
        return datetime(2000 + year, month, day, hour % 12 + 12 * (match[6] == "PM"), minute)
    except ValueError:
        return None
