"""Invitations as records: JSON Lines, which stream, and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from pathlib import PurePath
from typing import BinaryIO

from policycheck import (
    Account,
    InputError,
    Invitation,
    JsonError,
    Origin,
    Reader,
    Source,
    Unreadable,
    hookimpl,
    json_array,
    json_lines,
    visible,
)

from ._record import Record, decode, invitation
from ._seen import Seen

DOCUMENT_BYTES = 10_000_000
"""A JSON document is held in memory."""

_DOCUMENT = re.compile(rb'\[|\{\s*"invitations"\s*:|\{[ \t\r]*\n')
_BEFORE_ANY = ""
"""Stands for the account of lines that cannot be read before the first that can; no account has an empty name."""

Placed = tuple[str | None, Invitation | Unreadable]
"""A record beside its account. One that cannot be read stands with the record before it."""


def _start(source: Source) -> bytes:
    return b"" if source.members else source.head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _is_document(source: Source) -> bool:
    """A list, an object with `invitations`, or an object that goes on in the next line."""
    return _DOCUMENT.match(_start(source)) is not None


def _is_lines(source: Source) -> bool:
    return _start(source).startswith(b"{") and not _is_document(source)


def _opened(source: Source) -> BinaryIO:
    if source.members:
        raise InputError(f"{visible(source.path)}: is a folder or archive; name one file of records")
    return source.open()


def _read_lines(source: Source) -> Iterator[Account | Unreadable]:
    return _accounts(_Placing(source), json_lines(_opened(source)))


def _read_document(source: Source) -> Iterator[Account | Unreadable]:
    where = visible(source.path)
    data = _opened(source).read(DOCUMENT_BYTES + 1)
    if len(data) > DOCUMENT_BYTES:
        raise InputError(f"{where}: over {DOCUMENT_BYTES:,} bytes of JSON; write JSON Lines, one record a line")
    try:
        elements = list(json_array(data, "invitations"))
    except JsonError as error:
        raise InputError(f"{where}:{error.line}: {error}") from None
    return _accounts(_Placing(source), elements)


def _accounts(placing: _Placing, texts: Iterable[tuple[int, bytes]]) -> Iterator[Account | Unreadable]:
    """The records as accounts, each lazily."""
    finished = Seen()
    for account, group in groupby(placing.placed(texts), key=itemgetter(0)):
        records = map(itemgetter(1), group)
        if account == _BEFORE_ANY:
            yield from records
            continue
        first = next(records)
        if not finished.add(account or ""):
            why = "records of the same account stand further up, with others between"
            raise InputError(f"{first.origin}: {why}; sort the file by `account`")
        yield Account(id=account, records=chain((first,), records))


class _Placing:
    """What is known of a source's records while they are read one after the other."""

    def __init__(self, source: Source) -> None:
        self._path = visible(source.path)
        self._prefix = "stdin:" if source.path == "-" else f"{PurePath(self._path).name}:"
        self._ids = Seen()

    def placed(self, texts: Iterable[tuple[int, bytes]]) -> Iterator[Placed]:
        account: str | None = _BEFORE_ANY
        for line, text in texts:
            origin = Origin(self._path, line)
            try:
                record, mistakes = decode(text)
            except JsonError as error:
                yield account, Unreadable(origin, error.mistakes[0].why, error.mistakes[0].repair)
                continue
            account = record.account
            for mistake in mistakes:
                yield account, Unreadable(origin, mistake.why, mistake.repair, mistake.field)
            yield account, self._invitation(record, origin)

    def _invitation(self, record: Record, origin: Origin) -> Invitation | Unreadable:
        own = f"{self._prefix}{origin.line}"
        if record.id is not None and not self._is_new(record.id, own):
            return Unreadable(origin, "its `id` is another record's", "give each record an `id` of its own")
        try:
            return invitation(record, record.id or own, origin)
        except OverflowError:
            return Unreadable(origin, "a time lies beyond the calendar", "mend `sent_at`, or leave it out")

    def _is_new(self, given: str, own: str) -> bool:
        """Not given before, and not what another line without an `id` is called."""
        return given == own or (not given.startswith(self._prefix) and self._ids.add(given))


@hookimpl
def policycheck_readers() -> Iterable[Reader]:
    return [
        Reader(
            name="jsonl",
            summary="Invitations as JSON Lines: one record a line, read as a stream.",
            recognises=_is_lines,
            read=_read_lines,
        ),
        Reader(
            name="json",
            summary='Invitations as JSON: an array of records, or {"invitations": […]}.',
            recognises=_is_document,
            read=_read_document,
        ),
    ]
