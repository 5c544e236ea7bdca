"""CSV from strangers, read so that a broken record costs itself alone and says where it stands."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from msgspec import Struct

from policycheck import InputError, Origin, Unreadable, visible

FIELD_CHARACTERS = 64 * 1024
RECORD_CHARACTERS = 256 * 1024
"""A record that runs on for longer has lost a closing quote."""
REREAD_CHARACTERS = 16 * 1024 * 1024
"""What a broken record ran over is read again, line by line: this bounds the time that a hostile file can take."""
HEADER_RECORDS = 20
"""Where the header row is looked for: some eras have a preamble, whose length varies."""

LINES = 1_000_000
"""Lines of one table: far above the 120,000 messages that the reader was tried with."""
BROKEN_ROWS = 10_000
"""Unreadable rows of one table, each of which is kept until it is told."""

_DAMAGED = re.compile("[\0\udc80-\udcff]")
"""NUL, and what `surrogateescape` makes of bytes that are not UTF-8."""

_QUOTES = (
    "a quoted field is not closed, or text follows its closing quote",
    "double the quotes inside the field, or export again",
)
_LONG = (f"a field is longer than {FIELD_CHARACTERS:,} characters", "shorten it, or close the quotes before it")
_BYTES = ("the row holds a NUL or bytes that are not UTF-8", "save the file as UTF-8, or export again")
_HOPELESS = (f"more than {BROKEN_ROWS:,} rows are broken, and the rest of the file is not read", "export again")
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_FORGEABLE = (
    "a field runs on for more than 131,072 characters, and the rest of the file is not read: a text in it could pass for rows",
    "shorten the field, or export again",
)
_GIVEN_UP = ("too many quoted fields are not closed, and the rest of the file is not read", _QUOTES[1])

Columns = tuple[str, ...]
"""The columns by which a table's header row is known, as its makers write them."""


class Row(Struct, frozen=True):
    """A record by column; `origin` is the line where it starts. Column names are without case, spaces and underscores.

    `number` counts the rows of a table that has no lines to go by.
    """

    origin: Origin
    cells: dict[str, str]
    number: int | None = None

    def text(self, column: str) -> str | None:
        """The cell without blanks around it; None where it is empty or there is no such column."""
        return self.cells.get(column, "").strip() or None

    def name(self, table: str) -> str:
        """What a record from here is called: ``Invitations.csv:12`` by its line, ``INVITATIONS:12`` by its number."""
        return f"{table}.csv:{self.origin.line}" if self.number is None else f"{table.upper()}:{self.number}"


def column_key(name: str) -> str:
    """A column's name, comparable."""
    return "".join(name.casefold().replace("_", " ").split())


def lines_of(
    stream: BinaryIO, path: str, repair: str = "no export of one member has so many, export again"
) -> list[str]:
    """The physical lines, each with its end. Only CR and LF end a line: U+2028 in a note would forge rows.

    Raises InputError where there are more than a million: a small archive can hold so many empty ones that no memory does.
    """
    with io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        lines = list(islice(text, LINES + 1))
    if len(lines) > LINES:
        raise InputError(f"{visible(path)}: more than {LINES:,} lines; {repair}")
    return lines


def header_of(lines: Sequence[str], shapes: Collection[Columns]) -> tuple[list[str], int] | None:
    """The column keys and the index of the line after the header row; None where the first records hold no such row."""
    for _, record, after in islice(records(lines), HEADER_RECORDS):
        keys = [column_key(cell) for cell in record] if isinstance(record, list) else []
        if any(set(map(column_key, shape)) <= set(keys) for shape in shapes):
            return keys, after
    return None


def rows(lines: Sequence[str], path: str, shapes: Collection[Columns]) -> Iterator[Row | Unreadable]:
    """The rows below the header, blank ones left out. A row that can't be read is an `Unreadable`; so is a missing header."""
    header = header_of(lines, shapes)
    if header is None:
        yield _no_header(path, next(iter(shapes)))
        return
    keys, start = header
    twice = sorted(key for key, count in Counter(keys).items() if key and count > 1)
    if twice:
        yield Unreadable(
            Origin(path), "two columns of one name, so that a row says two things", "take one of them away"
        )
        return
    yield from rows_below(lines, start, path, keys)


def rows_below(
    lines: Sequence[str], start: int, path: str, keys: Sequence[str], delimiter: str = ","
) -> Iterator[Row | Unreadable]:
    """The rows from a line on, by the keys of their columns; after 10,000 broken ones no more is read."""
    broken = 0
    for row in _told(lines, start, path, keys, delimiter):
        broken += isinstance(row, Unreadable)
        if broken > BROKEN_ROWS:
            yield Unreadable(row.origin, *_HOPELESS)
            return
        yield row


def _told(
    lines: Sequence[str], start: int, path: str, keys: Sequence[str], delimiter: str
) -> Iterator[Row | Unreadable]:
    for at, record, _ in records(lines, start, delimiter):
        origin = Origin(path, at + 1)
        if not isinstance(record, list):
            yield Unreadable(origin, *record)
        elif any(record):
            yield _row(origin, keys, record, delimiter)


def _no_header(path: str, columns: Columns) -> Unreadable:
    expected = ", ".join(f"`{name}`" for name in columns)
    return Unreadable(
        Origin(path),
        f"no header row with {expected} in the first {HEADER_RECORDS} records",
        "export again, or save the file with its header row, comma-separated and in UTF-8",
    )


def _row(origin: Origin, keys: Sequence[str], record: Sequence[str], delimiter: str) -> Row | Unreadable:
    if max(map(len, record)) > FIELD_CHARACTERS:
        return Unreadable(origin, *_LONG)
    if _DAMAGED.search("".join(record)):
        return Unreadable(origin, *_BYTES)
    if len(record) != len(keys):
        why = f"fields in the row: {len(record)}, in the header: {len(keys)}"
        return Unreadable(
            origin, why, f"put quotes around a field that holds a {_DELIMITERS[delimiter]}, or export again"
        )
    return Row(origin, dict(zip(keys, record, strict=True)))


def records(
    lines: Sequence[str], at: int = 0, delimiter: str = ","
) -> Iterator[tuple[int, list[str] | tuple[str, str], int]]:
    """(index of the first line, the fields or why and repair, index of the line after)."""
    quoted, again = bool(lines) and lines[0].startswith('"'), 0
    while at < len(lines):
        record, after = _record(lines, at, delimiter)
        if record == _FORGEABLE:
            yield at, record, len(lines)
            return
        if isinstance(record, tuple):
            again += sum(map(len, lines[at + 1 : after]))
            after = _next_start(lines, at + 1, quoted)
            record = _left_out(record, at, after)
        if again > REREAD_CHARACTERS:
            yield at, _GIVEN_UP, len(lines)
            return
        yield at, record, after
        at = after


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str] | tuple[str, str], int]:
    """The fields or what is wrong, and the index of the line up to which it took to see that."""
    # `csv.field_size_limit` is the whole process's, so it is left as it is: what it lets through, `_row` measures.
    reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
    try:
        return next(reader), at + reader.line_num
    except StopIteration:
        return _LONG, at
    except csv.Error as error:
        if not str(error).startswith("field larger"):
            return _QUOTES, at + reader.line_num
        after = at + reader.line_num
        open_ = (
            sum(line.count('"') for line in lines[at:after]) % 2
        )  # inside quotes, the next line is still the field's text
        return _FORGEABLE if open_ else _LONG, after


def _left_out(told: tuple[str, str], at: int, after: int) -> tuple[str, str]:
    """What is said of a broken record, and of the lines that go with it."""
    why, repair = told
    return (f"{why}; the lines up to {after} are left out with it", repair) if after > at + 1 else told


def _from(lines: Sequence[str], at: int) -> Iterator[str]:
    size = 0
    for index in range(at, len(lines)):
        size += len(lines[index])
        if size > RECORD_CHARACTERS:
            return
        yield lines[index]


def _next_start(lines: Sequence[str], at: int, quoted: bool) -> int:
    """Where to read on after a broken record.

    A file that quotes every field has line breaks inside fields, and a message could be written to look like a row. Inside a
    field a quote is doubled: so there only a line that starts with a single one starts a record.
    """
    while quoted and at < len(lines) and (not lines[at].startswith('"') or lines[at].startswith('""')):
        at += 1
    return at
