"""Zip archives from strangers: never extracted, and refused as a whole where one of the guards finds something.

The bounds are the project's own: an export of twenty years is some tens of megabytes in some tens of files.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import BinaryIO

from policycheck.errors import InputError
from policycheck.reading.streams import DAMAGED, damaged, guarded
from policycheck.text.marks import normalized
from policycheck.text.visible import visible

MEMBERS = 500
TOTAL_BYTES = 500_000_000
RATIO = 100
SMALL_BYTES = 1_000_000
"""Up to here a member may be squeezed by more than `RATIO`: a short repetitive table is no bomb."""
DIRECTORY_BYTES = 4_000_000
"""`zipfile` reads the whole list of members before anybody can count them."""

_LOCAL, _EMPTY, _SPANNED = b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"
_TRAVERSAL = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def is_archive(head: bytes) -> bool:
    """Whether a file that starts so is a zip archive."""
    return head.startswith((_LOCAL, _EMPTY, _SPANNED))


def archive(where: str, stream: BinaryIO, closing: ExitStack) -> tuple[tuple[str, ...], Callable[[str], BinaryIO]]:
    """The names of an archive's files, sorted, and how to open one of them. InputError: a guard refuses it."""
    bounded = closing.enter_context(_Directory(where, stream))
    try:
        opened = closing.enter_context(zipfile.ZipFile(bounded))
    except (OSError, *DAMAGED):
        raise damaged(where) from None
    members = _members(where, opened.infolist())
    _bounded(where, members)
    for name, info in members.items():
        _plain(f"{where}: {visible(name)}", info)
    _apart(where, bounded, opened.infolist(), opened.start_dir)
    return tuple(sorted(members)), lambda name: _open(f"{where}: {visible(name)}", opened, members[name])


class _Directory(io.BufferedReader):
    """A seekable stream that refuses to read a list of members of many megabytes at once."""

    def __init__(self, where: str, stream: BinaryIO) -> None:
        super().__init__(stream)  # type: ignore[arg-type]  # any seekable binary stream serves as the raw one
        self._where = where

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY_BYTES:
            raise InputError(f"{self._where}: lists far more than {MEMBERS} files; zip the export alone")
        return super().read(size)


def _members(where: str, infos: Iterable[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files by name, without folders and what macOS adds."""
    found: dict[str, zipfile.ZipInfo] = {}
    seen: dict[str, str] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        if _TRAVERSAL.search(name):
            raise InputError(f"{where}: member `{visible(name)}` points outside the archive; zip the export again")
        if _ignored(name):
            continue
        twin = seen.setdefault(normalized("NFKC", name).casefold(), name)
        if name in found or twin != name:
            raise InputError(f"{where}: two members are called `{visible(twin)}`; zip the export again, alone")
        found[name] = info
    return found


def _ignored(name: str) -> bool:
    *folders, file = name.split("/")
    return not file or "__MACOSX" in folders or file.startswith("._")


def _bounded(where: str, members: dict[str, zipfile.ZipInfo]) -> None:
    if not members:
        raise InputError(f"{where}: the archive holds no file; download or zip the export again")
    if len(members) > MEMBERS:
        raise InputError(f"{where}: holds {len(members):,} files, over the limit of {MEMBERS}; zip the export alone")
    total = sum(info.file_size for info in members.values())
    if total > TOTAL_BYTES:
        raise InputError(f"{where}: unpacks to over {TOTAL_BYTES:,} bytes; zip only the files of the export")
    _squeezed(where, total, sum(info.compress_size for info in members.values()))


def _squeezed(where: str, size: int, packed: int) -> None:
    if size > SMALL_BYTES and size > RATIO * packed:
        raise InputError(f"{where}: unpacks to over {RATIO} times its size, as archive bombs do; zip the export again")


def _plain(where: str, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise InputError(f"{where}: is encrypted; unpack the archive and name the folder")
    if info.filename.lower().endswith(".zip"):
        raise _nested(where)
    if info.compress_type not in _METHODS:
        raise InputError(f"{where}: is packed by a method other than deflate; unpack the archive and name the folder")
    _squeezed(where, info.file_size, info.compress_size)


def _nested(where: str) -> InputError:
    return InputError(f"{where}: is an archive within the archive; unpack the outer one and name the inner one")


def _apart(where: str, stream: BinaryIO, infos: Iterable[zipfile.ZipInfo], end: int) -> None:
    """Refuse members that share bytes: what a reader sees would depend on the program that unpacks."""
    for info in sorted(infos, key=lambda i: i.header_offset, reverse=True):
        if info.header_offset < 0:
            raise damaged(where)
        stream.seek(info.header_offset)
        header = stream.read(30)
        if len(header) < 30 or not header.startswith(_LOCAL):
            raise damaged(where)
        name, extra = struct.unpack("<26xHH", header)
        if info.header_offset + 30 + name + extra + info.compress_size > end:
            raise InputError(f"{where}: members of the archive overlap; download or zip the export again")
        end = info.header_offset


def _open(where: str, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        inner = opened.open(info)
    except DAMAGED:
        raise damaged(where) from None
    stream = guarded(where, inner, size=info.file_size)  # type: ignore[arg-type]  # typeshed types members as IO[bytes]
    if stream.peek(4).startswith(_LOCAL):
        stream.close()
        raise _nested(where)
    return stream
