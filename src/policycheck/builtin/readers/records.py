"""Invitations as records: JSON Lines, which stream, and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policycheck import (
    Account,
    InputError,
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

from ._placing import BEFORE_ANY, Ids, Placed, accounts, opened, short_name
from ._record import decode
from ._snapshot_rows import is_snapshot

DOCUMENT_BYTES = 10_000_000
"""A JSON document is held in memory."""

_DOCUMENT = re.compile(rb'\[|\{\s*"invitations"\s*:|\{[ \t\r]*\n')


def _start(source: Source) -> bytes:
    return b"" if source.members else source.head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _is_document(source: Source) -> bool:
    """A list, an object with `invitations`, or an object that goes on in the next line."""
    return _DOCUMENT.match(_start(source)) is not None and not is_snapshot(source.head)


def _is_lines(source: Source) -> bool:
    return _start(source).startswith(b"{") and not _DOCUMENT.match(_start(source)) and not is_snapshot(source.head)


def _read_lines(source: Source) -> Iterator[Account | Unreadable]:
    return _accounts(source, json_lines(opened(source)))


def _read_document(source: Source) -> Iterator[Account | Unreadable]:
    where = visible(source.path)
    data = opened(source).read(DOCUMENT_BYTES + 1)
    if len(data) > DOCUMENT_BYTES:
        raise InputError(f"{where}: over {DOCUMENT_BYTES:,} bytes of JSON; write JSON Lines, one record a line")
    try:
        elements = list(json_array(data, "invitations"))
    except JsonError as error:
        raise InputError(f"{where}:{error.line}: {error}") from None
    return _accounts(source, elements)


def _accounts(source: Source, texts: Iterable[tuple[int, bytes]]) -> Iterator[Account | Unreadable]:
    return accounts(_placed(texts, visible(source.path), short_name(source.path)))


def _placed(texts: Iterable[tuple[int, bytes]], path: str, name: str) -> Iterator[Placed]:
    account: str | None = BEFORE_ANY
    ids = Ids(name)
    for line, text in texts:
        origin = Origin(path, line)
        try:
            record, mistakes = decode(text)
        except JsonError as error:
            yield account, Unreadable(origin, error.mistakes[0].why, error.mistakes[0].repair)
            continue
        account = record.account
        for mistake in mistakes:
            yield account, Unreadable(origin, mistake.why, mistake.repair, mistake.field)
        yield account, ids.invitation(record, origin, name)


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
