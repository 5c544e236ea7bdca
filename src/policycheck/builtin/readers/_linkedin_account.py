"""The one account that the tables of an export come to, whatever file they were in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from policycheck import Account, Unreadable

from ._csv import Row
from ._linkedin_files import CORE
from ._linkedin_joins import export
from ._linkedin_known import acquaintances
from ._linkedin_messages import talks
from ._linkedin_people import connections, invites, owner
from ._linkedin_profile import endorsed, owner_name, profile
from ._linkedin_records import records


def account_of(rows: Mapping[str, Sequence[Row | Unreadable]]) -> Iterator[Account | Unreadable]:
    """What broke in the smaller tables, then the account; `rows` by the names of the tables."""
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
        people=tuple(acquaintances(joined)),
        records=records(joined),
    )


def _headless(rows: Iterable[Row | Unreadable]) -> bool:
    """Whether the table's header row wasn't found, so that nothing is known of what it would say."""
    return any(isinstance(row, Unreadable) and row.origin.line is None for row in rows)
