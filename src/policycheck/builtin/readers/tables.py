"""Tables of people as CSV: lists of our own, and what outreach tools and address books export, each with a reader's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from policycheck import Account, Contact, InputError, NotJudged, Profile, Reader, Source, Unreadable, hookimpl, visible

from ._csv import Row, lines_of, rows_below
from ._headers import UTF_16, checked, header_at_start, header_of, tools_of
from ._linkedin_files import recognises as is_export
from ._placing import accounts, opened, short_name
from ._table_rows import Table, contacts, filled, not_read, placed
from ._tools import TOOLS, Tool


def _is_own(source: Source) -> bool:
    """A table that no tool's reader takes."""
    header = header_at_start(source)
    return header is not None and not tools_of(header) and not is_export(source)


def _is_tools(tool: Tool, source: Source) -> bool:
    header = header_at_start(source)
    return header is not None and tool in tools_of(header) and not is_export(source)


def _read(tool: Tool | None, source: Source) -> Iterator[Account | Unreadable]:
    if source.head.startswith(UTF_16):
        raise InputError(f"{visible(source.path)}: is UTF-16 text; save it as UTF-8")
    lines = lines_of(opened(source), source.path, "split it, or write JSON Lines")
    header, layout = checked(header_of(lines), source.path, tool)
    table = Table(short_name(source.path), header, layout, tool.stage if tool else None, tool is None)
    keys = [str(index) for index in range(len(header.columns))]
    found = rows_below(lines, header.start, visible(source.path), keys, header.delimiter)
    return _address_book(found, table) if tool and tool.stage is None else accounts(placed(found, table))


def _address_book(rows: Iterable[Row | Unreadable], table: Table) -> Iterator[Account | Unreadable]:
    """One account without invitations, whose profile has the people that we know."""
    known: dict[Contact, None] = {}
    left_out = Counter[int]()
    named = nameless = 0
    for row in rows:
        if isinstance(row, Unreadable):
            yield row
            continue
        people = contacts(row, table)
        left_out.update(filled(row, table))
        known.update(dict.fromkeys(people))
        named, nameless = named + bool(people), nameless + (not people)
    counts = {"contact of the address book": named, "contact without a name or an address": nameless}
    told = [NotJudged(reason, count) for reason, count in counts.items() if count]
    told += [not_read(left_out, table)] if left_out else []
    yield Account(profile=Profile(address_book=tuple(known)), records=told)


def _reader(tool: Tool) -> Reader:
    what = "An address book exported from" if tool.stage is None else "A list of people to invite, exported from"
    return Reader(
        name=tool.name,
        summary=f"{what} {tool.title} as CSV.",
        recognises=partial(_is_tools, tool),
        read=partial(_read, tool),
    )


@hookimpl
def policycheck_readers() -> Iterable[Reader]:
    own = Reader(
        name="csv",
        summary="Invitations as CSV, with commas, semicolons or tabs, and a header row of our names or the usual ones.",
        recognises=_is_own,
        read=partial(_read, None),
    )
    return [own, *map(_reader, TOOLS)]
