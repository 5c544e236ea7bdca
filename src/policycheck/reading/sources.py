"""Opening what the user names: a file, a folder, a zip archive (recognised by its content) or standard input."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from policycheck.errors import InputError
from policycheck.reading.archives import archive, is_archive
from policycheck.reading.streams import CHUNK, guarded, refused
from policycheck.text.visible import visible

FOLDER_FILES = 2_000
"""More files than this are no export: somebody named a home directory."""
PIPED_BYTES = 100_000_000
"""An archive on standard input is held in memory, since it can only be read from its end."""


class Opened:
    """A `Source` that closes its streams when the ``with`` block ends."""

    def __init__(
        self,
        path: str,
        opening: Callable[[str | None], BinaryIO],
        *,
        head: bytes = b"",
        members: tuple[str, ...] = (),
        closing: ExitStack | None = None,
    ) -> None:
        self.path = path
        self.head = head
        self.members = members
        self._opening = opening
        self._closing = closing or ExitStack()

    def open(self, member: str | None = None) -> BinaryIO:
        """A stream from the start, of the file itself (None) or of one of its members. LookupError: there is no such member."""
        if (member is not None or self.members) and member not in self.members:
            raise LookupError(member)
        return self._closing.enter_context(self._opening(member))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.close()


def open_source(path: str, stdin: BinaryIO | None = None) -> Opened:
    """Open a file, a folder, a zip archive or ("-") standard input.

    InputError: it isn't there, may not be read, is empty, is a device, or is an archive that a guard refuses.
    """
    if path == "-":
        return _standard_input(_stdin() if stdin is None else stdin)
    where = visible(path)
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        raise refused(where, error) from None
    if stat.S_ISDIR(mode):
        return _folder(path, where)
    if not stat.S_ISREG(mode):
        raise InputError(f"{where}: is a pipe or device, not a file; pipe it to standard input and name it `-`")
    return _file(path, where)


def _file(path: str, where: str) -> Opened:
    with _stream(path, where) as stream:
        head = stream.read(CHUNK)
    if not head:
        raise InputError(f"{where}: is empty; check that the program that wrote it has finished")
    if is_archive(head):
        return _archive(path, where, Path(path).open("rb"))
    return Opened(path, lambda _: _stream(path, where), head=head)


def _stream(path: str, where: str) -> BinaryIO:
    try:
        return guarded(where, Path(path).open("rb", buffering=0))
    except OSError as error:
        raise refused(where, error) from None


def _archive(path: str, where: str, stream: BinaryIO) -> Opened:
    with ExitStack() as closing:
        closing.enter_context(stream)
        members, opening = archive(where, stream, closing)
        return Opened(path, lambda member: opening(str(member)), members=members, closing=closing.pop_all())


def _folder(path: str, where: str) -> Opened:
    root = Path(path)
    members = tuple(sorted(_files(root, where)))
    if not members:
        raise InputError(f"{where}: the folder holds no file; name the folder that the export was unpacked into")
    return Opened(
        path, lambda member: _stream(str(root / str(member)), f"{where}: {visible(str(member))}"), members=members
    )


def _files(root: Path, where: str) -> Iterator[str]:
    """The regular files below, except hidden ones.

    Raises InputError at what is no regular file, and at a link that leads out of the folder: left out, it would not be missed.
    """
    count = 0
    for folder, folders, files in os.walk(root, onerror=_unreadable):
        folders[:] = [name for name in folders if not _hidden(name)]
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        for file in (Path(folder, name) for name in [*linked, *files] if not _hidden(name)):
            name = file.relative_to(root).as_posix()
            if not file.is_file() or not file.resolve().is_relative_to(root.resolve()):
                what = "no regular file, or a link that leads out of the folder"
                raise InputError(f"{where}: {visible(name)}: {what}; put the file itself there, or take it away")
            count += 1
            yield name
        if count > FOLDER_FILES:
            raise InputError(f"{where}: holds more than {FOLDER_FILES:,} files; name the folder of one export")


def _hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _unreadable(error: OSError) -> None:
    raise refused(visible(str(error.filename)), error)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("-: standard input is closed; pipe the records to it or name a file")
    return sys.stdin.buffer


def _standard_input(stdin: BinaryIO) -> Opened:
    ahead = guarded("-", stdin, borrowed=True)
    head = ahead.read(CHUNK)
    if not head:
        raise InputError("-: standard input is empty; check the program that writes to the pipe")
    if is_archive(head):
        return _archive("-", "-", io.BytesIO(_whole(head, ahead)))
    return Opened("-", _once(head, ahead), head=head)


def _whole(head: bytes, rest: BinaryIO) -> bytes:
    whole = head + rest.read(PIPED_BYTES)
    if len(whole) > PIPED_BYTES:
        raise InputError(f"-: the archive is over {PIPED_BYTES:,} bytes; name the file instead of piping it")
    return whole


def _once(head: bytes, rest: BinaryIO) -> Callable[[str | None], BinaryIO]:
    streams = iter([guarded("-", rest, ahead=head)])

    def opening(_: str | None) -> BinaryIO:
        for stream in streams:
            return stream
        raise InputError("-: standard input can be read only once; save it to a file and name that")

    return opening
