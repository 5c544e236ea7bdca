"""What LinkedIn's Member Snapshot API answers about a member's own data: JSON pages, one file or a folder of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import structs

from policycheck import Account, NotJudged, Reader, Source, Unreadable, hookimpl, visible

from ._csv import Row
from ._linkedin_account import account_of
from ._linkedin_files import recognises as is_export
from ._snapshot_rows import PAGE_BYTES, Found, completed, is_snapshot, page_rows, tables_of

MOST_DOMAINS = 20
"""Domains that are not read and named."""
_PEEK = 64 * 1024


def recognises(source: Source) -> bool:
    """Whether a file, or a file of a folder, is a page of the API."""
    if not source.members:
        return is_snapshot(source.head)
    return not is_export(source) and any(is_snapshot(_data(source, member, _PEEK)) for member in _pages(source))


def read(source: Source) -> Iterator[Account | Unreadable]:
    """The one account of the pages, joined as those of an export are."""
    tables: dict[str, list[Row | Unreadable]] = {}
    not_read = Counter[str]()
    for item in _rows(source):
        if isinstance(item, Unreadable):
            yield item
            continue
        kinds = tables_of(item.domain, item.row)
        not_read[item.domain] += not kinds
        for kind in kinds:
            tables.setdefault(kind, []).append(item.row)
    told = list(_told(source, +not_read))
    for given in account_of({kind: completed(kind, rows) for kind, rows in tables.items()}):
        yield structs.replace(given, records=chain(given.records, told)) if isinstance(given, Account) else given


def _rows(source: Source) -> Iterator[Found | Unreadable]:
    counted: dict[str, int] = {}
    for member in _pages(source) if source.members else (None,):
        yield from page_rows(_data(source, member, PAGE_BYTES + 1), visible(member or source.path), counted)


def _pages(source: Source) -> list[str]:
    return [member for member in source.members if member.casefold().endswith(".json")]


def _data(source: Source, member: str | None, most: int) -> bytes:
    with source.open(member) as stream:
        return stream.read(most)


def _told(source: Source, not_read: Counter[str]) -> Iterator[NotJudged]:
    """What was left aside: rows of other domains, and files that are no pages."""
    if not_read:
        named = sorted(not_read)
        more = f" and {len(named) - MOST_DOMAINS} more" if len(named) > MOST_DOMAINS else ""
        domains = ", ".join(f"`{visible(domain)[:60]}`" for domain in named[:MOST_DOMAINS])
        yield NotJudged(f"row of domains that are not read: {domains}{more}", not_read.total())
    others = len(source.members) - len(_pages(source))
    if others:
        yield NotJudged("file that is no page of the API", others)


@hookimpl
def policycheck_readers() -> Iterable[Reader]:
    return [
        Reader(
            name="linkedin-snapshot",
            summary="The JSON pages of LinkedIn's Member Snapshot API: one file, or a folder of them.",
            recognises=recognises,
            read=read,
        )
    ]
