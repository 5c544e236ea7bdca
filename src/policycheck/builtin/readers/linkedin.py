"""The archive that LinkedIn gives a member of their own data: a zip, the folder it unpacks to, or one of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import structs

from policycheck import Account, NotJudged, Reader, Source, Unreadable, hookimpl

from ._linkedin_account import account_of
from ._linkedin_files import recognises, table_rows, tables


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
    accounts = account_of({kind: list(table_rows(source, kind, member)) for kind, member in found.items()})
    others = len(source.members) - len(found) - len(aside) if source.members else 0
    for item in accounts:
        yield _beside(item, others) if isinstance(item, Account) else item
        others = 0


def _beside(account: Account, others: int) -> Account:
    """The account, and how many files of the export, or beside it, are not read."""
    if not others:
        return account
    return structs.replace(account, records=chain(account.records, [NotJudged("file that is not read", others)]))


linkedin_export = Reader(
    name="linkedin-export",
    summary="The data export of a LinkedIn member: a zip, its folder, or one of its CSV files.",
    recognises=recognises,
    read=read,
)
