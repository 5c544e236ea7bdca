"""The archive that LinkedIn gives a member of their own data: a zip, the folder it unpacks to, or one of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policycheck import Account, Reader, Source, Unreadable, hookimpl

from ._csv import Row
from ._linkedin_files import CORE, recognises, table_rows, tables
from ._linkedin_joins import export
from ._linkedin_messages import talks
from ._linkedin_people import connections, invites, owner
from ._linkedin_profile import endorsed, owner_name, profile
from ._linkedin_records import records


@hookimpl
def policycheck_readers() -> Iterable[Reader]:
    """The reader of this module."""
    return [linkedin_export]


def read(source: Source) -> Iterator[Account | Unreadable]:
    """The one account of an export, of any era since 2018. Its `id` is the owner's slug, None where no invitation gives a URL.

    People are joined by slug. Where an era has no URLs, a name that is unique on both sides joins a conversation to a connection,
    and nothing else: it makes nobody known, accepted or somebody's employee.
    """
    found, aside = tables(source)
    yield from aside
    rows = {kind: list(table_rows(source, kind, member)) for kind, member in found.items()}
    for kind in sorted(rows.keys() - CORE):
        yield from (row for row in rows[kind] if isinstance(row, Unreadable))
    known = {kind: [row for row in rows[kind] if isinstance(row, Row)] for kind in rows if not _headless(rows[kind])}
    connected = connections(rows.get("connections", ()))
    invited = list(invites(rows.get("invitations", ())))
    us = owner(invited, owner_name(known))
    joined = export(invited, connected, talks(rows.get("messages", ()), us, connected), endorsed(known))
    yield Account(
        id=us.slug,
        profile=profile(known, us, connected if "connections" in known else None),
        records=records(joined),
    )


def _headless(rows: Iterable[Row | Unreadable]) -> bool:
    """Whether the table's header row wasn't found, so that nothing is known of what it would say."""
    return any(isinstance(row, Unreadable) and row.origin.line is None for row in rows)


linkedin_export = Reader(
    name="linkedin-export",
    summary="The data export of a LinkedIn member: a zip, its folder, or one of its CSV files.",
    recognises=recognises,
    read=read,
)
