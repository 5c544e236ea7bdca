"""From records of one or more files to accounts: whose they are, what they are called, and that none is another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import PurePath
from typing import BinaryIO

from policycheck import Account, InputError, Invitation, NotJudged, Origin, Source, Unreadable, visible

from ._record import Record, invitation
from ._seen import Seen

BEFORE_ANY = ""
"""Stands for the account of records that cannot be read before the first that can; no account has an empty name."""

Placed = tuple[str | None, Invitation | Unreadable | NotJudged]
"""A record beside its account. One that cannot be read stands with the record before it."""


class Ids:
    """What the records are called, of files that are known by `names`: a record's own id, or its file and line."""

    def __init__(self, *names: str) -> None:
        self._prefixes = tuple(f"{name}:" for name in names)
        self._given = Seen()

    def invitation(self, record: Record, origin: Origin, name: str) -> Invitation | Unreadable:
        """The invitation of a record that stands in the file called `name`."""
        own = f"{name}:{origin.line}"
        if record.id is not None and not self._is_new(record.id, own):
            return Unreadable(origin, "its `id` is another record's", "give each record an `id` of its own")
        try:
            return invitation(record, record.id or own, origin)
        except OverflowError:
            return Unreadable(origin, "a time lies beyond the calendar", "mend `sent_at`, or leave it out")

    def _is_new(self, given: str, own: str) -> bool:
        """Not given before, and not what another line without an `id` is called."""
        return given == own or (not given.startswith(self._prefixes) and self._given.add(given))


def opened(source: Source) -> BinaryIO:
    """The stream of a source that is one file."""
    if source.members:
        raise InputError(f"{visible(source.path)}: is a folder or archive; name one file of records")
    return source.open()


def short_name(path: str) -> str:
    """What the records of an input are called after where they have no `id`: its file's name, or `stdin`."""
    return "stdin" if path == "-" else PurePath(visible(path)).name


def accounts(placed: Iterable[Placed]) -> Iterator[Account | Unreadable]:
    """The records as accounts, each lazily. InputError: an account comes back after another one."""
    finished = Seen()
    for account, group in groupby(placed, key=itemgetter(0)):
        records = map(itemgetter(1), group)
        if account == BEFORE_ANY:
            yield from (Account(records=(one,)) if isinstance(one, NotJudged) else one for one in records)
            continue
        first = next(records)
        if not finished.add(account or ""):
            why = "records of the same account stand further up, with others between"
            raise InputError(f"{first.origin}: {why}; sort the file by `account`")
        yield Account(id=account, records=chain((first,), records))
