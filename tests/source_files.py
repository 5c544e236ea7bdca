"""Archives that are made by hand, and what opening something is refused with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from policycheck.errors import InputError
from policycheck.reading.sources import open_source

TABLE = "First Name,Last Name\nMia,Berg\n"


def make_zip(
    members: dict[str, bytes | str], name: str = "export.zip", method: int = zipfile.ZIP_DEFLATED, level: int = 6
) -> Path:
    path = Path(name)
    with zipfile.ZipFile(path, "w", method, compresslevel=level) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def _whole(stream: BinaryIO) -> bytes:
    return stream.read()


def refusal(path: str | Path, read: Callable[[BinaryIO], object] = _whole) -> str:
    """What opening, or reading all members, is refused with."""

    def read_all() -> None:
        with open_source(str(path)) as source:
            for member in source.members or (None,):
                read(source.open(member))

    with pytest.raises(InputError) as error:
        read_all()
    return str(error.value)


def patched(path: Path, signature: bytes, offset: int, value: bytes) -> None:
    """Overwrite bytes at an offset within each record of a signature: the central directory's is ``PK\\1\\2``."""
    data = bytearray(path.read_bytes())
    at = data.find(signature)
    while at != -1:
        data[at + offset : at + offset + len(value)] = value
        at = data.find(signature, at + 4)
    path.write_bytes(data)
