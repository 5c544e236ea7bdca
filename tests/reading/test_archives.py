"""Zip archives, sound and hostile, each a real one."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile.archive_files import ARCHIVES
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


@pytest.mark.parametrize(("make", "message"), ARCHIVES.values(), ids=ARCHIVES)
def test_a_hostile_archive_is_refused_with_what_is_wrong(make: Callable[[], object], message: str) -> None:
    make()
    assert refusal("export.zip") == message


def test_slashes_and_backslashes_make_one_name() -> None:
    make_zip({"Jobs/a.csv": TABLE, "jobs\\a.csv": TABLE})
    assert refusal("export.zip") == "export.zip: two members are called `Jobs/a.csv`; zip the export again, alone"


def test_a_bad_checksum_is_refused_while_reading() -> None:
    path = make_zip({"a.csv": TABLE})
    patched(path, b"PK\x01\x02", 16, b"\0\0\0\0")
    patched(path, b"PK\x03\x04", 14, b"\0\0\0\0")
    message = "export.zip: a.csv: the archive is damaged or cut off; download or zip it again"
    assert refusal(path) == message
    assert refusal(path, lambda stream: list(io.TextIOWrapper(stream, "utf-8"))) == message


def test_a_small_member_may_be_squeezed_well() -> None:
    make_zip({"a.csv": "a,b\n" * 200_000})
    with open_source("export.zip") as source:
        assert len(source.open("a.csv").read()) == 800_000


def test_more_than_500_members_are_refused() -> None:
    make_zip({f"{number}.csv": "x" for number in range(500)}, "full.zip")
    with open_source("full.zip") as source:
        assert len(source.members) == 500
    path = make_zip({f"{number}.csv": "x" for number in range(501)})
    assert refusal(path) == "export.zip: holds 501 files, over the limit of 500; zip the export alone"


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
