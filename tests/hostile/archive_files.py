"""Archives that are broken, or made to harm: how each is made as `export.zip`, and what is said of it."""

from __future__ import annotations

import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from source_files import make_zip, patched

NAME = "Connections.csv"
TABLE = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nMia,Berg,,,,,07 Jun 2026\n"
ALL, ONE = "export.zip: ", f"export.zip: {NAME}: "
CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
DAMAGED = "the archive is damaged or cut off; download or zip it again"
OVERLAP = "members of the archive overlap; download or zip the export again"
BOMB = "unpacks to over 100 times its size, as archive bombs do; zip the export again"
NESTED = "is an archive within the archive; unpack the outer one and name the inner one"
METHOD = "is packed by a method other than deflate; unpack the archive and name the folder"


def _made(**members: bytes | str) -> Path:
    return make_zip({NAME: TABLE, **members})


def _cut(kept: int) -> None:
    path = _made(other=os.urandom(100))
    path.write_bytes(path.read_bytes()[:kept])


def _patched(*patches: tuple[bytes, int, bytes], content: bytes | str = TABLE) -> None:
    path = make_zip({NAME: content})
    for signature, offset, value in patches:
        patched(path, signature, offset, value)


def _bad_stream() -> None:
    path = make_zip({NAME: os.urandom(50_000)})
    data = bytearray(path.read_bytes())
    data[60:80] = b"\xff" * 20
    path.write_bytes(data)


def _large_bomb() -> None:
    with (
        zipfile.ZipFile("export.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(NAME, "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(1_000_000))


def _twice(second: str) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile("export.zip", "w") as archive:
        warnings.simplefilter("ignore")  # Python warns of the doubled name that is wanted here
        archive.writestr(NAME, TABLE)
        archive.writestr(second, "other")


def _inner() -> bytes:
    path = make_zip({NAME: TABLE}, "inner")
    content = path.read_bytes()
    path.unlink()
    return content


def _two_names_for_the_same_bytes() -> None:
    path = _made(other=TABLE)
    data = path.read_bytes()
    second = data.rindex(CENTRAL)
    path.write_bytes(data[: second + 42] + bytes(4) + data[second + 46 :])


def _reaching_into_the_next() -> None:
    path = make_zip({NAME: TABLE, "other": TABLE}, method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    struct.pack_into("<II", data, data.index(CENTRAL) + 20, len(TABLE) + 1, len(TABLE) + 1)
    path.write_bytes(data)


def _size(size: int) -> tuple[bytes, int, bytes]:
    return CENTRAL, 24, struct.pack("<I", size)


ARCHIVES: dict[str, tuple[Callable[[], object], str]] = {
    **{f"cut off at {kept}": (partial(_cut, kept), ALL + DAMAGED) for kept in (10, 100, 200, -30, -1)},
    "nothing in it": (partial(make_zip, {}), ALL + "the archive holds no file; download or zip the export again"),
    "folders only": (
        partial(make_zip, {"Jobs/": "", "__MACOSX/._x": "x"}),
        ALL + "the archive holds no file; download or zip the export again",
    ),
    "encrypted": (
        partial(_patched, (CENTRAL, 8, b"\x01")),
        ONE + "is encrypted; unpack the archive and name the folder",
    ),
    "patched data": (partial(_patched, (CENTRAL, 8, b"\x20"), (LOCAL, 6, b"\x20")), ONE + DAMAGED),
    "strong encryption": (partial(_patched, (CENTRAL, 8, b"\x40"), (LOCAL, 6, b"\x40")), ONE + DAMAGED),
    "LZMA": (partial(make_zip, {NAME: TABLE}, method=zipfile.ZIP_LZMA), ONE + METHOD),
    "an unknown method": (partial(_patched, (CENTRAL, 10, struct.pack("<H", 97))), ONE + METHOD),
    "a version from the future": (partial(_patched, (CENTRAL, 6, struct.pack("<H", 99))), ALL + DAMAGED),
    "a bad checksum": (partial(_patched, (CENTRAL, 16, bytes(4)), (LOCAL, 14, bytes(4))), ONE + DAMAGED),
    "a bad stream": (_bad_stream, ONE + DAMAGED),
    "shorter than it says": (partial(_patched, _size(5000)), ONE + DAMAGED),
    "longer than it says": (partial(_patched, _size(5)), ONE + DAMAGED),
    "a bomb of 200 megabytes": (_large_bomb, ALL + BOMB),
    "a bomb among large members": (
        lambda: make_zip({NAME: bytes(2_000_000), "other": os.urandom(300_000)}),
        ONE + BOMB,
    ),
    "more than 500 megabytes": (
        partial(_patched, _size(500_000_001)),
        ALL + "unpacks to over 500,000,000 bytes; zip only the files of the export",
    ),
    "501 members": (
        lambda: make_zip({f"{number}.csv": "x" for number in range(501)}),
        ALL + "holds 501 files, over the limit of 500; zip the export alone",
    ),
    "a list of members of many megabytes": (
        lambda: make_zip({f"{n:05}{'x' * 60_000}": "" for n in range(70)}, method=zipfile.ZIP_STORED),
        ALL + "lists far more than 500 files; zip the export alone",
    ),
    "an archive within": (lambda: _made(**{"INNER.ZIP": _inner()}), f"{ALL}INNER.ZIP: {NESTED}"),
    "an archive within under another name": (lambda: make_zip({NAME: _inner()}), ONE + NESTED),
    **{
        f"two of one name, {how}": (
            partial(_twice, second),
            f"{ALL}two members are called `{NAME}`; zip the export again, alone",
        )
        for how, second in {"same": NAME, "case": NAME.upper(), "full width": f"\uff23{NAME[1:]}"}.items()
    },
    **{
        f"a name that points outside: {name}": (
            partial(make_zip, {name: TABLE}),
            f"{ALL}member `{name.replace(chr(92), '/')}` points outside the archive; zip the export again",
        )
        for name in ("../a.csv", "/etc/a.csv", "Jobs/../../a.csv", "..\\a.csv", "C:\\a.csv", "Jobs/..")
    },
    "two names for the same bytes": (_two_names_for_the_same_bytes, ALL + OVERLAP),
    "a member that reaches into the next": (_reaching_into_the_next, ALL + OVERLAP),
    "a member that starts nowhere": (partial(_patched, (CENTRAL, 42, struct.pack("<I", 7))), ALL + DAMAGED),
    "a name that a terminal obeys": (
        lambda: patched(make_zip({"\x1b]0;owned\x07.csv": TABLE}), CENTRAL, 8, b"\x01"),
        ALL + "\\x1b]0;owned\\x07.csv: is encrypted; unpack the archive and name the folder",
    ),
}
