"""Streams whose every failure is one clear error that names the file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from policycheck.errors import InputError

CHUNK = 64 * 1024

DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, RuntimeError, ValueError)
"""What `zipfile` raises for an archive that is broken, cut off or made by an odd program."""


def damaged(where: str) -> InputError:
    """The error for an archive, or a member of it, whose bytes contradict themselves."""
    return InputError(f"{where}: the archive is damaged or cut off; download or zip it again")


def refused(where: str, error: OSError | ValueError) -> InputError:
    """The error for a path that the system doesn't let us read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(f"{where}: no such file or folder; check the spelling and the working directory")
    if isinstance(error, PermissionError):
        return InputError(f"{where}: may not be read; change its permissions or copy it")
    if isinstance(error, ValueError):
        return InputError(f"{where}: is no possible file name; check the spelling")
    return InputError(f"{where}: cannot be read ({error.strerror}); copy it to another disk and try again")


class Guarded(io.RawIOBase):
    """A raw stream over another: what was read ahead comes first, failures become `InputError`.

    With `size`, a stream that ends before or after so many bytes is damaged. With `borrowed`, closing leaves the other open.
    """

    def __init__(
        self, where: str, inner: BinaryIO, *, ahead: bytes = b"", size: int | None = None, borrowed: bool = False
    ) -> None:
        self._where = where
        self._inner = inner
        self._ahead = ahead
        self._size = size
        self._borrowed = borrowed
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12's
        chunk = self._next(min(len(buffer), CHUNK))
        self._count += len(chunk)
        if self._size is not None and (self._count > self._size or (not chunk and self._count < self._size)):
            raise damaged(self._where)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self._borrowed:
            self._inner.close()
        super().close()

    def _next(self, size: int) -> bytes:
        if self._ahead:
            chunk, self._ahead = self._ahead[:size], self._ahead[size:]
            return chunk
        try:
            return bytes(getattr(self._inner, "read1", self._inner.read)(size))
        except OSError as error:
            raise refused(self._where, error) from None
        except DAMAGED:
            raise damaged(self._where) from None


def guarded(
    where: str, inner: BinaryIO, *, ahead: bytes = b"", size: int | None = None, borrowed: bool = False
) -> io.BufferedReader:
    """A buffered stream over a `Guarded` one."""
    return io.BufferedReader(Guarded(where, inner, ahead=ahead, size=size, borrowed=borrowed), CHUNK)
