"""Tables with one row that is broken, in the columns of whoever reads them: what the row is, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable

from policycheck.builtin.readers._tools import TOOLS

Cells = list[bytes]

HEADERS = {
    "csv": ("stage", "name", "note"),
    "linkedin-export": ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"),
    **{tool.name: tuple(names[0].replace("#", "1") for names in tool.columns.values()) for tool in TOOLS},
}
_FIRST = {"csv": b"incoming"}
_BYTES = "the row holds a NUL or bytes that are not UTF-8; save the file as UTF-8, or export again"
_QUOTES = "a quoted field is not closed, or text follows its closing quote; double the quotes inside the field, or export again"
_FIELDS = (
    "fields in the row: {row}, in the header: {columns}; put quotes around a field that holds a comma, or export again"
)

ROWS: dict[str, tuple[Callable[[Cells], Cells], str]] = {
    "a NUL": (lambda cells: [*cells[:-1], b"a\0b"], _BYTES),
    "bytes that are no UTF-8": (lambda cells: [*cells[:-1], b"caf\xe9"], _BYTES),
    "a surrogate as UTF-8": (lambda cells: [*cells[:-1], b"\xed\xa0\x80"], _BYTES),
    "a field too many": (lambda cells: [*cells, b"x"], _FIELDS),
    "a field too few": (lambda cells: cells[:-1], _FIELDS),
    "a field of 70,000 characters": (
        lambda cells: [*cells[:-1], b"x" * 70_000],
        "a field is longer than 65,536 characters; shorten it, or close the quotes before it",
    ),
    "text after a closing quote": (lambda cells: [*cells[:-1], b'"a"b'], _QUOTES),
    "a quote that nobody closes": (lambda cells: [*cells[:-1], b'"a'], _QUOTES),
}


def broken_table(reader: str) -> tuple[bytes, list[str]]:
    """A table with every broken row between two good ones, and what is said of them, from their line on."""
    header, good, other = _header_and_rows(reader)
    lines, said = [header, good], []
    for spoil, message in ROWS.values():
        bad = spoil([_FIRST.get(reader, b"Mia"), *[b"" for _ in HEADERS[reader][1:]]])
        lines.append(b",".join(bad))
        said.append(f"{len(lines)}: {message.format(row=len(bad), columns=len(HEADERS[reader]))}")
    return b"\n".join([*lines, other, b""]), said


def table_of(reader: str, cell: bytes) -> bytes:
    """A table of three rows, the second of which has this as its name."""
    header, good, other = _header_and_rows(reader)
    row = [_FIRST.get(reader, cell), cell, *good.split(b",")[2:]]
    return b"\n".join([header, good, b",".join(row), other, b""])


def _header_and_rows(reader: str) -> list[bytes]:
    columns = HEADERS[reader]
    rows = [[_FIRST.get(reader, name), name, *[b"" for _ in columns[2:]]] for name in (b"Mia", b"Ben")]
    if reader == "linkedin-export":
        rows = [[*row[:-1], b"07 Jun 2026"] for row in rows]
    return [",".join(columns).encode(), *[b",".join(row) for row in rows]]
