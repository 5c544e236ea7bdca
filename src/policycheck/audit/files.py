"""Bytes that are on the disk when a function returns, for their owner's eyes only."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from policycheck.errors import UsageError

MODE = 0o600
_BINARY = getattr(os, "O_BINARY", 0)
_HERE = getattr(os, "O_NOFOLLOW", 0)
"""A link would lead to a file of somebody else's choosing."""


def beside(path: Path, what: str) -> Path:
    """The file of a log's that is called after it: ``LOG.checkpoint``, say."""
    return path.with_name(f"{path.name}.{what}")


def own(log: Path) -> tuple[Path, ...]:
    """A log and what is written beside it, but for its checkpoint, which may be written anew."""
    return log, *(beside(log, what) for what in ("evidence", "head", "lock", "torn"))


def refuse_own(log: Path, output: Path | None) -> None:
    """Raises UsageError where something is to be written over a log, or over what is beside it."""
    if output is not None and output.resolve() in {path.resolve() for path in own(log)}:
        raise UsageError("--output: is the log, or a file of its own; name another file")


def append(path: Path, data: bytes) -> None:
    """Add bytes at the end of a file, which is made where there is none."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY | _HERE, MODE)
    try:
        _write(file, data)
        _sync(file)
    finally:
        os.close(file)


def replace(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Put a whole file in the place of another, or of none: whoever looks sees the old or the new, never a part.

    Without `sync` that holds unless the power fails.
    """
    temporary = beside(path, f"{token_hex(8)}.new")
    try:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _HERE, MODE)
        try:
            _write(file, data)
            if sync:
                os.fsync(file)
        finally:
            os.close(file)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def cut(path: Path, length: int) -> None:
    """Take away what stands after so many bytes."""
    file = os.open(path, os.O_WRONLY | _BINARY)
    try:
        os.ftruncate(file, length)
        os.fsync(file)
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """Make a file's new name last. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _sync(file: int) -> None:
    getattr(os, "fdatasync", os.fsync)(file)
