"""The header of a table of people: where it stands, whose it is, and which column holds which field."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from policycheck import InputError, Source, visible

from ._csv import column_key, lines_of, records
from ._template_files import is_template
from ._tools import OWN, TOOLS, USUAL, Columns, Tool

MOST_NAMES = 20
"""Columns that one message names."""
MOST_LOOKED_AT = 200
"""Columns that are compared with ours: a hostile row may have as many as its line has commas."""

_QUOTED = re.compile('"[^"]*"')
_OTHER_FORMATS = (b"{", b"[", b"<")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MANY = 9


class Header(Struct, frozen=True):
    """The first row of a table. `line` counts from 1; `start` is the index of the line after it."""

    columns: tuple[str, ...]
    line: int
    start: int
    delimiter: str


class Layout(Struct, frozen=True):
    """Which columns, by their index, hold a field; and which hold none, although they have a name."""

    fields: dict[str, tuple[int, ...]]
    unread: tuple[int, ...]


def header_at_start(source: Source) -> Header | None:
    """The header of a source that may be a table; None for folders, archives, and what starts as another format."""
    return None if source.members else _header_of_head(source.head)


@lru_cache(2)
def _header_of_head(head: bytes) -> Header | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((*UTF_16, *_OTHER_FORMATS)) or is_template(head):
        return None
    lines = lines_of(io.BytesIO(head), "")
    header = header_of(lines)
    return header if header and (understands(header) or _is_table(lines, header)) else None


def header_of(lines: Sequence[str]) -> Header | None:
    """The first row that isn't blank; None where there is none, or it is broken."""
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=_QUOTED.sub("", first).count)
    for at, record, after in records(lines, 0, delimiter):
        if not isinstance(record, list):
            return None
        if any(cell.strip() for cell in record):
            return Header(tuple(cell.strip() for cell in record), at + 1, after, delimiter)
    return None


def _is_table(lines: Sequence[str], header: Header) -> bool:
    """Whether the next row has as many cells, of several."""
    rows = (record for _, record, _ in records(lines, header.start, header.delimiter) if record != [])
    following = next(rows, None)
    return len(header.columns) > 1 and (following is None or len(following) == len(header.columns))


def tools_of(header: Header) -> tuple[Tool, ...]:
    """The tools whose header this is: of several those of which most columns are there."""
    there = {_spelled(column) for column in header.columns}
    marked = [tool for tool in TOOLS if any(there.issuperset(map(_spelled, mark)) for mark in tool.marks)]
    scores = {tool.name: len(there.intersection(_spellings(tool.columns))) for tool in marked}
    return tuple(tool for tool in marked if scores[tool.name] == max(scores.values()))


def understands(header: Header) -> bool:
    """Whether a column is one that we know."""
    return bool(layout(header, None).fields)


def layout(header: Header, tool: Tool | None) -> Layout:
    """Which column holds what: a tool's own come before ours."""
    places = _places(tool)
    fields: dict[str, list[tuple[int, int]]] = {}
    unread = []
    for index, column in enumerate(header.columns):
        place = places.get(_spelled(column)) or places.get(column_key(column))
        if place and place[0]:
            fields.setdefault(place[0], []).append((place[1], index))
        elif column:
            unread.append(index)
    return Layout({field: tuple(index for _, index in sorted(found)) for field, found in fields.items()}, tuple(unread))


def _places(tool: Tool | None) -> dict[str, tuple[str, int]]:
    """The field of each column and its rank among the columns of that field; "" is no field of ours."""
    places: dict[str, tuple[str, int]] = {}
    for field, column, rank in _ranked(OWN):
        places.setdefault(column_key(column), (field, 100 + rank))
    for field, column, rank in _ranked(USUAL if tool is None else {}):
        places.setdefault(column_key(column), (field, 50 + rank))
    for column in tool.others if tool else ():
        places[_spelled(column)] = ("", 0)
    for field, column, rank in _ranked(tool.columns if tool else {}):
        places[_spelled(column)] = (field, rank)
    return places


def _ranked(columns: Columns) -> Iterator[tuple[str, str, int]]:
    for field, names in columns.items():
        for rank, column in enumerate(_numbered(names)):
            yield field, column, rank


def _numbered(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if "#" in name:
            yield from (name.replace("#", str(number)) for number in range(1, _MANY + 1))
        else:
            yield name


def _spelled(column: str) -> str:
    """A tool writes its columns always alike; spreadsheets leave all but capitals and blanks at the ends."""
    return column.strip().casefold()


def _spellings(columns: Columns) -> set[str]:
    return {_spelled(column) for _, column, _ in _ranked(columns)}


def checked(header: Header | None, path: str, tool: Tool | None) -> tuple[Header, Layout]:
    """The header and its layout, or InputError for what keeps its rows from being read."""
    where = visible(path)
    if header is None:
        repair = "put the names of the columns into the first row, without quotes that are not closed"
        raise InputError(f"{where}: no header row; {repair}")
    where = f"{where}:{header.line}"
    found = layout(header, tool)
    if not found.fields:
        raise InputError(f"{where}: {_nothing(header)}; name columns so: {_listed(_known(tool))}")
    twice = _twice(header, found)
    if twice:
        raise InputError(
            f"{where}: two columns `{visible(twice)}`, so that a row says two things; take one of them away"
        )
    rivals = _rivals(header, found) if tool is None else ()
    if rivals:
        raise InputError(
            f"{where}: {' and '.join(f'`{visible(column)}`' for column in rivals)} are columns of one field, so that a row "
            "may say two things; take one of them away"
        )
    if tool is None and "stage" not in found.fields:
        told = _said(header, found)
        repair = "add a column `stage` with `incoming`, `outgoing`, `connected` or `template`"
        raise InputError(f"{where}: no column says the stage ({told}); {repair}")
    return header, found


def _nothing(header: Header) -> str:
    """A first row of which no cell is nearly a column of ours may be somebody's data: it isn't repeated."""
    near = [
        f"`{visible(column)[:60]}`{hint}" for column in header.columns[:MOST_LOOKED_AT] if (hint := near_column(column))
    ]
    of = f": {', '.join(near[:MOST_NAMES])}" if near else ""
    return f"none of the {len(header.columns)} columns is one that we read{of}"


def _said(header: Header, found: Layout) -> str:
    """The columns that are read, and those that aren't."""
    read = sorted(index for indexes in found.fields.values() for index in indexes)
    told = [f"read: {_listed(header.columns[index] for index in read)}"]
    return "; ".join(told + ([f"not read: {unread_columns(header, found.unread)}"] if found.unread else []))


def unread_columns(header: Header, indexes: Sequence[int], *, hints: bool = True) -> str:
    """Some columns by their names; with `hints`, also what they may be meant for."""
    columns = [header.columns[at] for at in indexes[:MOST_NAMES]]
    named = [f"`{visible(column)[:60]}`{near_column(column) if hints else ''}" for column in columns]
    more = [f"{len(indexes) - MOST_NAMES} more"] if len(indexes) > MOST_NAMES else []
    return ", ".join(named + more)


def near_column(column: str) -> str:
    """`` (did you mean `x`?)`` where a column is nearly one of ours, else nothing."""
    known = {column_key(name): name for name in _known(None)}
    key = column_key(column)[:60]
    near = [] if key in known else get_close_matches(key, known, n=1, cutoff=0.8)
    return f" (did you mean `{known[near[0]]}`?)" if near else ""


def _known(tool: Tool | None) -> list[str]:
    """The columns that are read, each field's first spelling first."""
    own = [name for names in OWN.values() for name in names[:1]]
    return list(
        dict.fromkeys([*own, *(name for names in (tool.columns if tool else USUAL).values() for name in names)])
    )


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f"`{visible(column)}`" for column in columns)


def _rivals(header: Header, found: Layout) -> tuple[str, ...]:
    """Columns of one field that are called otherwise, and not just numbered."""
    for indexes in found.fields.values():
        columns = {
            re.sub("[0-9]+", "#", column_key(header.columns[index])): header.columns[index] for index in sorted(indexes)
        }
        if len(columns) > 1:
            return tuple(columns.values())
    return ()


def _twice(header: Header, found: Layout) -> str | None:
    read = [header.columns[index] for indexes in found.fields.values() for index in indexes]
    keys = Counter(map(column_key, read))
    return next((column for column in read if keys[column_key(column)] > 1), None)
