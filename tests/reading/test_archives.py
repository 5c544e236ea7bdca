"""Zip archives, sound and hostile, each a real one."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck.errors import InputError
from policycheck.reading.sources import open_source
from source_files import TABLE, make_zip, patched, refusal


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["export.zip", "export.zip.zip", "export (1)"])
def test_an_archive_is_known_by_its_content(name: str) -> None:
    make_zip({"Jobs/b.csv": TABLE, "a.csv": "x", "Jobs/": "", "__MACOSX/._a.csv": "x", "._a.csv": "x"}, name)
    with open_source(name) as source:
        assert (source.head, source.members) == (b"", ("Jobs/b.csv", "a.csv"))
        assert source.open("Jobs/b.csv").readlines() == [b"First Name,Last Name\n", b"Mia,Berg\n"]


def test_two_members_can_be_read_at_once() -> None:
    make_zip({"a": os.urandom(300_000), "b": os.urandom(300_000)})
    with open_source("export.zip") as source:
        alone = [source.open(name).read() for name in "ab"]
        first, second = source.open("a"), source.open("b")
        pairs = [(first.read(1000), second.read(1000)) for _ in range(300)]
    assert [b"".join(parts) for parts in zip(*pairs, strict=True)] == alone


def test_an_archive_opens_only_what_it_lists() -> None:
    make_zip({"a.csv": TABLE, "._a.csv": TABLE})
    with open_source("export.zip") as source:
        for name in ("b.csv", "._a.csv", None):
            with pytest.raises(LookupError):
                source.open(name)


def test_an_archive_with_backslashes_lists_slashes() -> None:
    make_zip({"Jobs\\b.csv": TABLE})
    with open_source("export.zip") as source:
        assert source.members == ("Jobs/b.csv",)
        assert source.open("Jobs/b.csv").read() == TABLE.encode()


@pytest.mark.parametrize("kept", [10, 100, 200, -30, -1])
def test_a_truncated_zip_is_refused_with_its_name(kept: int) -> None:
    path = make_zip({"a.csv": os.urandom(100), "b.csv": TABLE})
    path.write_bytes(path.read_bytes()[:kept])
    assert refusal(path) == "export.zip: the archive is damaged or cut off; download or zip it again"


def test_an_empty_archive_is_refused() -> None:
    message = "export.zip: the archive holds no file; download or zip the export again"
    assert refusal(make_zip({})) == message
    assert refusal(make_zip({"Jobs/": "", "__MACOSX/._x": "x"})) == message


def test_an_encrypted_member_is_refused() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 8, b"\x01")
    assert refusal(path) == "export.zip: a.csv: is encrypted; unpack the archive and name the folder"


@pytest.mark.parametrize("flags", [b"\x20", b"\x40"], ids=["patched data", "strong encryption"])
def test_a_member_that_python_cannot_unpack_is_damaged(flags: bytes) -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 8, flags)
    patched(path, b"PK\x03\x04", 6, flags)
    assert refusal(path) == "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"


def test_an_odd_method_is_refused() -> None:
    message = "export.zip: a.csv: is packed by a method other than deflate; unpack the archive and name the folder"
    assert refusal(make_zip({"a.csv": TABLE}, method=zipfile.ZIP_LZMA)) == message
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 10, struct.pack("<H", 97))
    assert refusal(path) == message


def test_a_version_from_the_future_is_damaged() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 6, struct.pack("<H", 99))
    assert refusal(path) == "export.zip: the archive is damaged or cut off; download or zip it again"


def test_a_bad_checksum_is_refused_while_reading() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 16, b"\0\0\0\0")
    patched(path, b"PK\x03\x04", 14, b"\0\0\0\0")
    message = "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"
    assert refusal(path) == message
    assert refusal(path, lambda stream: list(io.TextIOWrapper(stream, "utf-8"))) == message


def test_a_bad_stream_is_refused_while_reading() -> None:
    path = make_zip({"a.csv": os.urandom(50_000)})
    data = bytearray(path.read_bytes())
    data[40:60] = b"\xff" * 20
    path.write_bytes(data)
    assert refusal(path) == "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"


def test_a_member_shorter_than_it_says_is_refused() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 24, struct.pack("<I", 5000))
    assert refusal(path) == "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"


def test_a_member_longer_than_it_says_is_refused() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 24, struct.pack("<I", 5))
    assert refusal(path) == "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"


def test_a_bomb_of_200_megabytes_is_refused_before_it_is_read() -> None:
    path = Path("bomb.zip")
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("zeros.csv", "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(1_000_000))
    message = "bomb.zip: unpacks to over 100 times its size, as archive bombs do; zip the export again"
    assert refusal(path) == message


def test_one_bomb_among_large_members_is_refused() -> None:
    path = make_zip({"big.csv": os.urandom(300_000), "zeros.csv": bytes(2_000_000)})
    message = "export.zip: zeros.csv: unpacks to over 100 times its size, as archive bombs do; zip the export again"
    assert refusal(path) == message


def test_a_small_member_may_be_squeezed_well() -> None:
    make_zip({"a.csv": "a,b\n" * 200_000})
    with open_source("export.zip") as source:
        assert len(source.open("a.csv").read()) == 800_000


def test_more_than_500_megabytes_are_refused() -> None:
    path = make_zip({"a.csv": TABLE, "b.csv": TABLE})
    patched(path, b"PK\x01\x02", 24, struct.pack("<I", 250_000_001))
    assert refusal(path) == "export.zip: unpacks to over 500,000,000 bytes; zip only the files of the export"


def test_more_than_500_members_are_refused() -> None:
    make_zip({f"{number}.csv": "x" for number in range(500)}, "full.zip")
    with open_source("full.zip") as source:
        assert len(source.members) == 500
    path = make_zip({f"{number}.csv": "x" for number in range(501)})
    assert refusal(path) == "export.zip: holds 501 files, over the limit of 500; zip the export alone"


def test_a_list_of_members_of_many_megabytes_is_not_even_read() -> None:
    path = make_zip({f"{number:05}{'x' * 60_000}": "" for number in range(70)}, method=zipfile.ZIP_STORED)
    assert refusal(path) == "export.zip: lists far more than 500 files; zip the export alone"


@pytest.mark.parametrize("inner", ["inner.zip", "INNER.ZIP"])
def test_an_archive_within_the_archive_is_refused(inner: str) -> None:
    content = make_zip({"a.csv": TABLE}, "inner").read_bytes()
    message = f"export.zip: {inner}: is an archive within the archive; unpack the outer one and name the inner one"
    assert refusal(make_zip({inner: content})) == message


def test_an_archive_that_hides_under_another_name_is_refused_when_it_is_opened() -> None:
    content = make_zip({"a.csv": TABLE}, "inner").read_bytes()
    message = "export.zip: a.csv: is an archive within the archive; unpack the outer one and name the inner one"
    assert refusal(make_zip({"a.csv": content})) == message


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.csv", "a.csv"), ("a.csv", "A.CSV"), ("a.csv", "\uff41.csv"), ("Jobs/a.csv", "jobs\\a.csv")],
    ids=["same", "case", "full width", "backslash"],
)
def test_two_members_of_one_name_are_refused(first: str, second: str) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile("export.zip", "w") as archive:
        warnings.simplefilter("ignore")  # Python warns of the doubled name that is wanted here
        archive.writestr(first, TABLE)
        archive.writestr(second, "other")
    message = f"export.zip: two members are called `{first}`; zip the export again, alone"
    assert refusal("export.zip") == message


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "Jobs/../../a.csv", "..\\a.csv", "C:\\a.csv", "Jobs/.."])
def test_a_name_that_points_outside_is_refused(name: str) -> None:
    shown = name.replace("\\", "/")
    message = f"export.zip: member `{shown}` points outside the archive; zip the export again"
    assert refusal(make_zip({name: TABLE})) == message


def test_a_members_name_is_shown_harmlessly() -> None:
    path = make_zip({"\x1b]0;owned\x07.csv": TABLE})
    patched(path, b"PK\x01\x02", 8, b"\x01")
    assert "\\x1b]0;owned\\x07.csv: is encrypted" in refusal(path)


OVERLAP = "export.zip: members of the archive overlap; download or zip the export again"


def test_two_names_for_the_same_bytes_are_refused() -> None:
    path = make_zip({"a.csv": TABLE, "b.csv": TABLE})
    data = path.read_bytes()
    second = data.rindex(b"PK\x01\x02")
    path.write_bytes(data[: second + 42] + bytes(4) + data[second + 46 :])
    assert refusal(path) == OVERLAP


def test_a_member_that_reaches_into_the_next_is_refused() -> None:
    path = make_zip({"a.csv": TABLE, "b.csv": TABLE}, method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    struct.pack_into("<II", data, data.index(b"PK\x01\x02") + 20, len(TABLE) + 1, len(TABLE) + 1)
    path.write_bytes(data)
    assert refusal(path) == OVERLAP


def test_a_member_that_starts_nowhere_is_damaged() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 42, struct.pack("<I", 7))
    assert refusal(path) == "export.zip: the archive is damaged or cut off; download or zip it again"


@given(st.data())
def test_an_archive_with_any_byte_changed_is_read_or_refused_with_its_name(data: st.DataObject) -> None:
    with io.BytesIO() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", TABLE * 5)
            archive.writestr("Jobs/b.csv", TABLE)
        content = bytearray(made.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        with open_source("-", io.BytesIO(content)) as source:
            for name in source.members:
                assert len(source.open(name).read()) < 1_000
    except InputError as error:
        assert str(error).startswith("-: ")  # either way is right; which, zipfile decides
