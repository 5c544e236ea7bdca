"""The rows of LinkedIn's Member Snapshot API: JSON pages of elements, each a domain with rows as in the export's tables.

Documented at learn.microsoft.com/linkedin/dma/member-data-portability: `elements` of `snapshotDomain` and `snapshotData`, whose
rows have the CSV's column names as keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct

from policycheck import JsonError, Origin, Unreadable, strict_loads

from ._csv import FIELD_CHARACTERS, Row, column_key
from ._linkedin_files import TABLES

PAGE_BYTES = 50_000_000
"""A page is held in memory."""

_KEY = re.compile(rb'(?<!\\)"snapshot(?:Data|Domain)"\s*:')
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[][{}\n]')
_TABLES = {
    **{kind: (kind,) for kind in TABLES},
    "inbox": ("messages",),
    "endorsements": ("endorsementreceivedinfo", "endorsementgiveninfo"),
    "recommendations": ("recommendationsreceived",),
}
"""The tables that a domain's rows are, by its name without underscores; of endorsements each row is one of two."""
_NO_PAGE = ("this is no page of the Member Snapshot API", 'save its answer as it is: {"elements": […]}')


class Found(Struct, frozen=True):
    """A row of a domain, or what is wrong with it."""

    domain: str
    row: Row | Unreadable


def is_snapshot(head: bytes) -> bool:
    """Whether a file that starts so is a page of the API: such a key can stand in no text, where quotes are escaped."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")) and _KEY.search(head) is not None


def page_rows(data: bytes, path: str, counted: dict[str, int]) -> Iterator[Found | Unreadable]:
    """The rows of a page, or of a list of pages. `counted` numbers the rows of each domain over all pages."""
    if len(data) > PAGE_BYTES:
        yield Unreadable(Origin(path), f"a page of over {PAGE_BYTES:,} bytes", "save each page of the API on its own")
        return
    try:
        whole = strict_loads(data.removeprefix(b"\xef\xbb\xbf"))
    except JsonError as error:
        yield Unreadable(Origin(path, error.line), error.mistakes[0].why, error.mistakes[0].repair)
        return
    lines = _row_lines(data)
    for element in _elements(whole):
        if isinstance(element, dict) and _is_element(element):
            yield from _element_rows(element, path, lines, counted)
        else:
            yield Unreadable(Origin(path), *_NO_PAGE)


def _elements(whole: Any) -> Iterator[Any]:
    for page in whole if isinstance(whole, list) else [whole]:
        inner = page.get("elements") if isinstance(page, dict) else None
        yield from inner if isinstance(inner, list) else [page]


def _is_element(element: dict[str, Any]) -> bool:
    return isinstance(element.get("snapshotDomain"), str) and isinstance(element.get("snapshotData"), list)


def _element_rows(element: dict[str, Any], path: str, lines: Iterator[int], counted: dict[str, int]) -> Iterator[Found]:
    domain, line = element["snapshotDomain"], 1
    for value in element["snapshotData"]:
        line = next(lines, line) if isinstance(value, dict | list) else line
        counted[domain] = counted.get(domain, 0) + 1
        yield Found(domain, _row(value, Origin(path, line), counted[domain]))


def _row(value: Any, origin: Origin, number: int) -> Row | Unreadable:
    if not isinstance(value, dict):
        return Unreadable(origin, f"row {number} of the domain is no object", "export again")
    cells = {column_key(key): _text(cell) for key, cell in value.items()}
    if len(cells) < len(value):
        return Unreadable(origin, "two keys of one name, so that the row says two things", "take one of them away")
    texts = [text for text in cells.values() if text is not None]
    if len(texts) < len(cells):
        return Unreadable(origin, "a value of the row is neither text nor number", "export again")
    if max(map(len, texts), default=0) > FIELD_CHARACTERS:
        return Unreadable(origin, f"a field is longer than {FIELD_CHARACTERS:,} characters", "shorten it")
    return Row(origin, dict(zip(cells, texts, strict=True)), number)


def _text(cell: Any) -> str | None:
    """The cell as the CSV would have it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else str(cell).lower() if isinstance(cell, bool | int | float) else None


def _row_lines(data: bytes) -> Iterator[int]:
    """The line of each object in an array of rows, in order."""
    line, before = 1, b""
    within: list[bool] = []
    for token in _TOKEN.finditer(data):
        text = token[0]
        if text == b"\n":
            line += 1
            continue
        if text in b"{[":
            if within and within[-1]:
                yield line
            within.append(text == b"[" and before == b'"snapshotData"')
        elif text in b"}]":
            within.pop()
        before = text


def tables_of(domain: str, row: Row | Unreadable) -> tuple[str, ...]:
    """The tables of an export that a row belongs to; none where its domain is not read."""
    kinds = _TABLES.get(column_key(domain), ())
    if len(kinds) < 2 or isinstance(row, Unreadable):
        return kinds[:1]
    return tuple(kind for kind in kinds if _shape(kind, row.cells))


def _shape(kind: str, keys: Collection[str]) -> bool:
    return any(set(map(column_key, shape)) <= set(keys) for shape in TABLES[kind])


def completed(kind: str, rows: list[Row | Unreadable]) -> list[Row | Unreadable]:
    """The rows of a table with all keys that any of them has; or that they lack what the table is known by."""
    keys = dict.fromkeys(key for row in rows if isinstance(row, Row) for key in row.cells)
    if keys and not _shape(kind, keys):
        columns = ", ".join(f"`{column}`" for column in TABLES[kind][0])
        path = rows[0].origin.path
        return [Unreadable(Origin(path), f"no row of the table `{kind}` has the keys {columns}", "export again")]
    return [
        Row(row.origin, dict.fromkeys(keys, "") | row.cells, row.number) if isinstance(row, Row) else row
        for row in rows
    ]
