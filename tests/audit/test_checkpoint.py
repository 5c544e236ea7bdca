"""Checkpoints: one way to write each, and nothing else is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck.audit import checkpoint
from policycheck.audit.checkpoint import Checkpoint
from policycheck.audit.note import Note
from policycheck.errors import InputError, UsageError

ROOT = bytes(range(32))
BASE64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
TEXT = f"example.com/log\n12\n{BASE64}\n"

lines = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), min_size=1, max_size=20)
checkpoints = st.builds(
    Checkpoint,
    origin=lines,
    size=st.integers(0, 10**18 - 1),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(lines, max_size=2).map(tuple),
)


@given(checkpoints)
def test_a_checkpoint_comes_back_from_its_text(one: Checkpoint) -> None:
    assert checkpoint.parse(checkpoint.body(one)) == one
    assert checkpoint.read(checkpoint.body(one).encode()) == (one, Note(checkpoint.body(one)))


def test_a_checkpoint_is_written_as_its_specification_says() -> None:
    assert checkpoint.body(Checkpoint("example.com/log", 12, ROOT)) == TEXT
    assert checkpoint.body(Checkpoint("example.com/log", 12, ROOT, ("more", "lines"))) == f"{TEXT}more\nlines\n"


def test_a_signed_checkpoint_is_read_with_its_signatures() -> None:
    one, note = checkpoint.read(f"{TEXT}\n— example.com/log AAAAAAA=\n".encode())
    assert (one, note.text) == (Checkpoint("example.com/log", 12, ROOT), TEXT)
    assert [signature.name for signature in note.signatures] == ["example.com/log"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "does not begin with three lines for origin, size and root, or has an empty line"),
        (TEXT[:-1], "does not begin with three lines for origin, size and root, or has an empty line"),
        ("example.com/log\n12\n", "does not begin with three lines for origin, size and root, or has an empty line"),
        (f"\n12\n{BASE64}\n", "does not begin with three lines for origin, size and root, or has an empty line"),
        (f"{TEXT}\n", "does not begin with three lines for origin, size and root, or has an empty line"),
        (TEXT.replace("12", "012"), "the size in line 2: is not a number of at most 18 digits without leading zeros"),
        (TEXT.replace("12", "-1"), "the size in line 2: is not a number of at most 18 digits without leading zeros"),
        (TEXT.replace("12", "١٢"), "the size in line 2: is not a number of at most 18 digits without leading zeros"),
        (
            TEXT.replace("12", "1" * 19),
            "the size in line 2: is not a number of at most 18 digits without leading zeros",
        ),
        (TEXT.replace("Hh8=", "Hh9="), "the root in line 3: is not base64 as it is written"),
        (TEXT.replace("Hh8=", "Hh8"), "the root in line 3: is not base64"),
        (TEXT.replace("Hh8=", "Hg=="), "the root in line 3: is 31 bytes long instead of 32"),
        (TEXT.replace("log", "l\tg"), "line 1: holds a control character"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, what: str) -> None:
    with pytest.raises(InputError) as raised:
        checkpoint.parse(text, "log.checkpoint")
    assert str(raised.value) == f"log.checkpoint: {what}; take a whole, unchanged copy"


@pytest.mark.parametrize(
    "data", [TEXT.encode() + b"\n", b"\n" + TEXT.encode(), TEXT.encode() + "\n— x\n".encode(), b"\xff"]
)
def test_bytes_that_are_neither_a_checkpoint_nor_a_note_of_one_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^checkpoint: .*; take a whole, unchanged copy$"):
        checkpoint.read(data)


@pytest.mark.parametrize("extensions", [(), (BASE64,)])
def test_an_origin_of_several_lines_cannot_pass_for_size_and_root(extensions: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as raised:
        checkpoint.body(Checkpoint(f"example.com/log\n9\n{BASE64}", 12, ROOT, extensions))
    assert str(raised.value) == (
        "checkpoint: the origin or a line after the root holds a newline; write each on one line"
    )
