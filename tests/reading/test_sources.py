"""Opening what the user names: real files, folders and pipes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policycheck.errors import InputError
from policycheck.reading.sources import FOLDER_FILES, PIPED_BYTES, open_source
from policycheck.reading.streams import guarded
from source_files import TABLE, make_zip, refusal


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_file_has_a_head_and_no_members_and_can_be_read_again_and_again() -> None:
    Path("queue.jsonl").write_bytes(b"x" * 100_000)
    with open_source("queue.jsonl") as source:
        assert (source.path, len(source.head), source.members) == ("queue.jsonl", 65_536, ())
        assert [len(source.open().read()) for _ in range(2)] == [100_000, 100_000]


def test_a_file_that_is_not_there_is_named() -> None:
    assert refusal("nope.zip") == "nope.zip: no such file or folder; check the spelling and the working directory"


def test_a_file_below_a_file_is_named() -> None:
    Path("a").write_text("x")
    assert refusal("a/b") == "a/b: no such file or folder; check the spelling and the working directory"


def test_an_empty_file_is_refused() -> None:
    Path("empty.jsonl").touch()
    assert refusal("empty.jsonl") == "empty.jsonl: is empty; check that the program that wrote it has finished"


def test_a_name_that_no_file_can_have_is_refused_harmlessly() -> None:
    assert refusal("a\0\x1b[2J") == "a\\x00\\x1b[2J: is no possible file name; check the spelling"


def test_a_fifo_is_refused_with_the_way_to_pipe() -> None:
    os.mkfifo("fifo")
    expected = "fifo: is a pipe or device, not a file; pipe it to standard input and name it `-`"
    assert refusal("fifo") == expected


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: be somebody else for a while, who may enter the working directory."""
    root = os.geteuid() == 0
    Path().chmod(0o755)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_may_not_be_read_is_named() -> None:
    Path("mine.jsonl").write_text("{}")
    Path("mine.jsonl").chmod(0)
    with as_nobody():
        message = refusal("mine.jsonl")
    assert message == "mine.jsonl: may not be read; change its permissions or copy it"


@pytest.mark.skipif(sys.platform != "linux", reason="the file is Linux's")
def test_a_disk_that_fails_while_reading_is_no_traceback() -> None:
    expected = "/proc/self/mem: cannot be read (Input/output error); copy it to another disk and try again"
    assert refusal("/proc/self/mem") == expected


def test_streams_close_with_their_source() -> None:
    make_zip({"a.csv": TABLE})
    Path("b.csv").write_text(TABLE)
    with warnings.catch_warnings(), open_source("export.zip") as archive, open_source("b.csv") as file:
        warnings.simplefilter("error")
        streams = [archive.open("a.csv"), file.open()]
        assert not any(stream.closed for stream in streams)
    assert all(stream.closed for stream in streams)


def test_a_folder_lists_its_files_sorted_without_hidden_ones() -> None:
    for name in ("b.csv", "Jobs/a.csv", ".hidden", ".git/config", "__MACOSX/x.csv", "._b.csv"):
        path = Path("export") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TABLE)
    with open_source("export/") as source:
        assert (source.head, source.members) == (b"", ("Jobs/a.csv", "b.csv"))
        assert source.open("Jobs/a.csv").read() == TABLE.encode()


LEADING_OUT = {
    "a link to a file outside": lambda: Path("export/odd").symlink_to("../outside/secret.csv"),
    "a link to a folder outside": lambda: Path("export/odd").symlink_to("../outside"),
    "a link to itself": lambda: Path("export/odd").symlink_to("odd"),
    "a pipe": lambda: os.mkfifo("export/odd"),
}


@pytest.mark.parametrize("make", LEADING_OUT.values(), ids=LEADING_OUT)
def test_what_is_no_file_of_the_folder_is_refused_and_not_passed_over(make: Callable[[], None]) -> None:
    Path("outside").mkdir()
    Path("outside/secret.csv").write_text("x")
    Path("export").mkdir()
    Path("export/a.csv").write_text(TABLE)
    make()
    with pytest.raises(InputError) as refused:
        open_source("export")
    what = "no regular file, or a link that leads out of the folder"
    assert refused.value.messages == (f"export: odd: {what}; put the file itself there, or take it away",)


def test_a_link_within_the_folder_is_a_file_like_any() -> None:
    Path("export").mkdir()
    Path("export/a.csv").write_text(TABLE)
    Path("export/inside.csv").symlink_to("a.csv")
    with open_source("export") as source:
        assert source.members == ("a.csv", "inside.csv")


def test_a_folder_opens_only_what_it_lists() -> None:
    Path("export").mkdir()
    Path("export/a.csv").write_text(TABLE)
    Path("b.csv").write_text(TABLE)
    with open_source("export") as source:
        for name in ("../b.csv", "b.csv", None):
            with pytest.raises(LookupError):
                source.open(name)


def test_a_folder_without_files_is_refused() -> None:
    Path("export/empty").mkdir(parents=True)
    message = "export: the folder holds no file; name the folder that the export was unpacked into"
    assert refusal("export") == message


def test_a_folder_of_too_many_files_is_refused() -> None:
    Path("home").mkdir()
    for number in range(FOLDER_FILES + 1):
        Path(f"home/{number}").touch()
    assert refusal("home") == "home: holds more than 2,000 files; name the folder of one export"


def test_a_folder_that_may_not_be_listed_is_named() -> None:
    Path("export/mine").mkdir(parents=True)
    Path("export/a.csv").write_text(TABLE)
    Path("export/mine").chmod(0)
    with as_nobody():
        message = refusal("export")
    assert message == "export/mine: may not be read; change its permissions or copy it"


def test_a_file_of_a_folder_that_goes_away_is_named() -> None:
    Path("export").mkdir()
    Path("export/a.csv").write_text(TABLE)
    with open_source("export") as source:
        Path("export/a.csv").unlink()
        with pytest.raises(InputError, match=r"^export: a\.csv: no such file or folder; check"):
            source.open("a.csv")


CHILD = """
import sys
from policycheck.errors import InputError
from policycheck.reading.sources import open_source
try:
    with open_source("-") as source:
        count = 0
        for member in source.members or (None,):
            for line in source.open(member):
                count += len(line)
        print(source.path, len(source.head), source.members, count)
except InputError as error:
    print(error)
"""


def piped(data: bytes | None) -> str:
    stdin = subprocess.PIPE if data is not None else subprocess.DEVNULL
    with subprocess.Popen([sys.executable, "-c", CHILD], stdin=stdin, stdout=subprocess.PIPE) as child:
        return child.communicate(data)[0].decode().strip()


def test_standard_input_can_be_looked_at_and_then_streamed() -> None:
    assert piped(b"x" * 99 + b"\n" + b"y" * 200_000) == "- 65536 () 200100"
    assert piped(b"{}") == "- 2 () 2"


def test_standard_input_streams_before_it_ends() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin, os.fdopen(writing, "wb", buffering=0) as producer:
        producer.write(b"1" * 65_535 + b"\n")
        with open_source("-", stdin) as source:
            stream = source.open()
            assert len(stream.readline()) == 65_536
            for _ in range(3):
                producer.write(b"more\n")
                assert stream.readline() == b"more\n"
        assert not stdin.closed


def test_empty_standard_input_is_refused() -> None:
    assert piped(None) == "-: standard input is empty; check the program that writes to the pipe"


def test_closed_standard_input_is_refused() -> None:
    command = f'"{sys.executable}" -c "$CHILD" <&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command], env={**os.environ, "CHILD": CHILD}, capture_output=True, check=True
    )
    assert done.stdout.decode() == "-: standard input is closed; pipe the records to it or name a file\n"


def test_an_archive_can_be_piped() -> None:
    data = make_zip({"a.csv": TABLE}).read_bytes()
    assert piped(data) == "- 0 ('a.csv',) 30"


def test_a_huge_archive_cannot_be_piped() -> None:
    with Path("huge.zip").open("wb") as huge:
        huge.write(b"PK\x03\x04")
        huge.truncate(PIPED_BYTES + 1)
    with Path("huge.zip").open("rb") as stdin, pytest.raises(InputError) as error:
        open_source("-", stdin)
    assert str(error.value) == "-: the archive is over 100,000,000 bytes; name the file instead of piping it"


def test_standard_input_is_read_only_once() -> None:
    with open_source("-", io.BytesIO(b"{}")) as source:
        assert source.open().read() == b"{}"
        with pytest.raises(InputError) as error:
            source.open()
    assert str(error.value) == "-: standard input can be read only once; save it to a file and name that"


@pytest.mark.parametrize("size", [2, 4])
def test_a_stream_of_another_length_than_said_is_damaged(size: int) -> None:
    stream = guarded("a.csv", io.BytesIO(b"abc"), size=size)
    with pytest.raises(InputError) as error:
        stream.read()
    assert str(error.value) == "a.csv: the archive is damaged or cut off; download or zip it again"
