"""People as a table: what a worksheet asks, how an answer is written, and how it is read back as facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from policycheck.builtin.readers._csv import Row, column_key, lines_of, rows_below
from policycheck.builtin.readers._headers import UTF_16, header_of
from policycheck.errors import InputError, PolicyError, did_you_mean
from policycheck.model.identity import person_key
from policycheck.model.invitation import Person
from policycheck.reading.facts import Facts, facts_of
from policycheck.reading.sources import open_source
from policycheck.text.visible import visible

INVITATIONS, ASKED = "invitations", "asked"
"""The columns that tell of a row and hold no fact."""

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NEUTRAL = re.compile(rf"'(?={_FORMULA.pattern})")
_HINT = re.compile(r"\s*\(.*")
_COUNT = re.compile(r"([0-9]{1,15})\+?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTHS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _count(text: str) -> int:
    """ "500+", as the site writes it, is at least 500."""
    found = _COUNT.fullmatch(text)
    if found is None:
        raise ValueError
    return int(found[1])


def _truth(text: str) -> bool:
    if text.casefold() not in _TRUTHS:
        raise ValueError
    return _TRUTHS[text.casefold()]


def _day(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _text(text: str) -> str:
    return _NEUTRAL.sub("", text, count=1)


class Kind(Struct, frozen=True):
    """How answers of one kind are written: in the column's header, and in the repair of one that cannot be read."""

    hint: str
    repair: str
    read: Callable[[str], Any]


_TRUTH = Kind("yes or no", "write yes or no, or leave it blank", _truth)
_NUMBER = Kind("number", "write a whole number such as 12 or 500+, or leave it blank", _count)
_DAY = Kind("date, as 2019-04-01", "write a date such as 2019-04-01, or leave it blank", _day)
_WORDS = Kind("text", "write a text, or leave it blank", _text)

QUESTIONS = {
    "known": _TRUTH,
    "mutual_connections": _NUMBER,
    "has_photo": _TRUTH,
    "connections": _NUMBER,
    "company": _WORDS,
    "industry": _WORDS,
    "verified": _TRUTH,
    "joined_on": _DAY,
    "headline": _WORDS,
    "position": _WORDS,
    "location": _WORDS,
    "email": _WORDS,
    "name": _WORDS,
}
"""What can be asked about somebody: what one sees at once on a profile first, what takes a few clicks after it."""

_COLUMNS = {"profile_url": _WORDS, **QUESTIONS, "known_by": _WORDS}
_BY_KEY = {column_key(name): name for name in (*_COLUMNS, INVITATIONS, ASKED)}


def header(field: str) -> str:
    """A column's header, with what may be written below it."""
    return f"{field} ({QUESTIONS[field].hint})"


def written(value: object) -> str:
    """A fact as a cell in which no spreadsheet sees a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return neutral(visible(" ".join(value.split()))) if isinstance(value, str) else str(value)


def neutral(text: str) -> str:
    """A text that no spreadsheet runs: what starts as a formula gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def is_table(path: str) -> bool:
    """Whether a file of facts is a table, and no JSON."""
    with open_source(path) as source:
        start = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return bool(start) and not start.startswith((b"{", b"["))


def load_people(path: str) -> Facts:
    """The people of a table with a column `profile_url`; blank cells say nothing.

    PolicyError: every mistake at once, as ``file:line:column: what is wrong; how to mend it``.
    """
    where = visible(path)
    with open_source(path) as source:
        if source.head.startswith(UTF_16):
            raise InputError(f"{where}: is UTF-16 text; save it as UTF-8")
        lines = lines_of(source.open(), path, "split it")
    found = header_of(lines)
    if found is None:
        raise PolicyError(f"{where}:1: no header row; write one with `profile_url` and the facts that you know")
    fields = _fields(where, found.line, found.columns)
    keys = [str(index) for index in range(len(fields))]
    rows = rows_below(lines, found.start, where, keys, found.delimiter)
    return facts_of(where, ((row.origin.line or 1, _person(where, row, fields)) for row in rows if row is not None))


def _fields(where: str, line: int, columns: tuple[str, ...]) -> list[str]:
    """The field of each column. An unknown name is repeated only where it is near one of ours: it may be somebody's."""
    names = [_BY_KEY.get(column_key(_HINT.sub("", column))) for column in columns]
    mistakes = [
        f"{where}:{line}:{number}: {_unknown(columns[number - 1], number)}"
        for number, name in enumerate(names, start=1)
        if name is None
    ]
    fields = [name for name in names if name is not None]
    mistakes += [
        f"{where}:{line}: two columns `{name}`; keep one" for name in sorted(set(fields)) if fields.count(name) > 1
    ]
    if "profile_url" not in fields:
        mistakes.append(f"{where}:{line}: the column `profile_url` is missing; add it: facts are joined by it")
    if mistakes:
        raise PolicyError(*mistakes)
    return fields


def _unknown(column: str, number: int) -> str:
    name = _HINT.sub("", column)
    near = did_you_mean(column_key(name), _BY_KEY)
    if near:
        return f"`{visible(name)}` is an unknown column{near}"
    return f"column {number} is unknown; leave it out; the columns are {', '.join(_BY_KEY.values())}"


def _person(where: str, row: Any, fields: list[str]) -> Person | tuple[str, ...]:
    if not isinstance(row, Row):
        return (f"{where}:{row.origin.line}: {row.why}; {row.repair}",)
    values: dict[str, Any] = {}
    mistakes = []
    for index, (field, text) in enumerate(_cells(row, fields), start=1):
        try:
            values[field] = _COLUMNS[field].read(text) if text is not None and field in _COLUMNS else None
        except ValueError:
            repair = _COLUMNS[field].repair
            mistakes.append(f"{where}:{row.origin.line}:{index}: `{field}` cannot be read; {repair}")
    if not person_key(values.get("profile_url") or ""):
        at = fields.index("profile_url") + 1
        mistakes.append(f"{where}:{row.origin.line}:{at}: `profile_url` leads to no profile; facts are joined by it")
    facts = {field: value for field, value in values.items() if field in _COLUMNS}
    return tuple(mistakes) or Person(**facts)


def _cells(row: Row, fields: list[str]) -> Iterator[tuple[str, str | None]]:
    for index, field in enumerate(fields):
        yield field, row.text(str(index))
