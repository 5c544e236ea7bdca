"""A log that has grown old ends with `closed`, and the next file begins with its checkpoint.

The first file is called as the user says (``verdicts.jsonl``), the next ones after it (``verdicts.2.jsonl``): none is ever
renamed or rewritten, and an old one can be deleted whole, with what lies beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from policycheck.audit import evidence, log, records
from policycheck.audit.fields import base64_of
from policycheck.audit.files import beside, own
from policycheck.audit.locking import exclusive, is_alone, share
from policycheck.audit.log import Head

Due = Callable[[Path], bool]
"""Whether a file has grown old."""


class Writer:
    """One run's hand on a series: while it is open, the file that it writes to is not closed."""

    def __init__(self, base: Path, file: Path) -> None:
        self.file = file
        self._base = base
        self._head: Head | None = None

    def append(self, lines: Sequence[bytes], entries: Sequence[bytes] = ()) -> None:
        """Add records and what opens their commitments; both are on the disk afterwards. Raises AuditError."""
        with locked(self._base):
            with log.writing(beside(self.file, "evidence")):
                evidence.add(self.file, entries)
            self._head = log.append(self.file, lines, self._head)


@contextmanager
def writer(base: Path, due: Due | None = None) -> Iterator[Writer]:
    """A hand on the newest file, or on a new one where that is closed or has grown old and nobody else writes to it."""
    with locked(base), log.writing(base):
        file = newest(base)
        if file.exists() and (_is_closed(file) or (due and due(file) and _is_idle(file))):
            file = _followed(file, base)
        elif not file.exists():
            log.create(file)
        held = os.open(file, os.O_RDONLY)
        share(held)
    try:
        yield Writer(base, file)
    finally:
        os.close(held)


@contextmanager
def locked(base: Path) -> Iterator[None]:
    """Be the only writer of a series."""
    with exclusive(beside(base, "lock")):
        yield


def numbered(base: Path) -> dict[int, Path]:
    """The files of a series that are there, by number."""
    name = re.compile(rf"{re.escape(base.stem)}\.([2-9]|[1-9][0-9]{{1,8}}){re.escape(base.suffix)}")
    found = {1: base} if base.exists() else {}
    if base.parent.is_dir():
        others = (path for path in base.parent.iterdir() if name.fullmatch(path.name) and _follows_another(path))
        found |= {int(path.stem.rpartition(".")[2]): path for path in others}
    return dict(sorted(found.items()))


def _follows_another(path: Path) -> bool:
    """Whether a log says that it goes on from another: one that is called alike may be a log of its own."""
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as lines:
                return "previous" in records.parse(lines.readline(records.MAX_BYTES + 2).rstrip(b"\n"))
    return False


def files_of(base: Path) -> list[Path]:
    """Every file that a run may write to: the logs of a series, the one that would be next, and what lies beside each."""
    logs = {base, *numbered(base).values(), _next(base)}
    return [path for each in sorted(logs) for path in (*own(each), beside(each, "checkpoint"))]


def newest(base: Path) -> Path:
    """The last file of a series; the first where there is none yet."""
    return [base, *numbered(base).values()][-1]


def base_of(file: Path) -> Path:
    """The first file's path, which names the series, of any file's: the one beside which its writers' lock lies."""
    found = re.fullmatch(r"(.+)\.[0-9]{1,9}", file.stem)
    base = file.with_name(f"{found[1]}{file.suffix}") if found else file
    return base if beside(base, "lock").exists() else file


def by_size(most: int) -> Due:
    """Old at so many bytes."""
    return lambda file: file.stat().st_size >= most


def by_month(month: str) -> Due:
    """Old where its first run was in an earlier month than this one ("2026-11")."""

    def due(file: Path) -> bool:
        with file.open("rb") as lines:
            for line in lines:
                if line.startswith(b'{"kind":"run-start"'):
                    return str(records.parse(line.rstrip(b"\n")).get("as_of"))[:7] < month
        return False

    return due


def _is_closed(file: Path) -> bool:
    with file.open("rb") as lines:
        lines.seek(max(0, file.stat().st_size - records.MAX_BYTES - 2))
        *_, last, rest = [b"", *lines.read().split(b"\n")]
    return not rest and last.startswith(b'{"kind":"closed"')


def _is_idle(file: Path) -> bool:
    held = os.open(file, os.O_RDONLY)
    try:
        return is_alone(held)
    finally:
        os.close(held)


def _followed(file: Path, base: Path) -> Path:
    """Close a file, unless it is closed, and begin the next."""
    log.append(file, [] if _is_closed(file) else [records.line("closed")])
    old = log.read_checkpoint(file)
    following = _next(base)
    log.create(following, previous={"origin": old.origin, "size": old.size, "root": base64_of(old.root)})
    return following


def _next(base: Path) -> Path:
    """The file that follows all that are there."""
    there = numbered(base)
    return base.with_name(f"{base.stem}.{max(there) + 1}{base.suffix}") if there else base
