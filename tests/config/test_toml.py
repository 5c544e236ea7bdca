"""TOML with the line of each key."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck.config.toml import MAX_BYTES, read
from policycheck.errors import PolicyError

VALUES = (
    '"a # no comment"',
    "'C:\\' # a comment",
    '"""three\n lines = "" \n [x]"""',
    "'''\nb = 1\n'''",
    '"""ends in two quotes"""""',
    '[ # of texts\n "]",\n\n "}", # [\n]',
    '{ inner = "}", "quoted key" = [1, 2] }',
    "2026-11-23",
    '"\\"escaped\\\\"',
)
KEYS = {
    "policy": ("policy",),
    '"as-of"': ("as-of",),
    "'fail on'": ("fail on",),
    '"\\u0070lain"': ("plain",),
    "dotted . key": ("dotted", "key"),
    "[tool.policycheck]\nprofile": ("tool", "policycheck"),
}


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.integers(0, 2), st.sampled_from(["\n", "\r\n"])), max_size=6))
def test_a_key_is_found_on_the_line_where_it_is_written(statements: list[tuple[str, int, str]]) -> None:
    text, expected = "", {}
    for (value, blanks, end), (key, path) in zip(statements, KEYS.items(), strict=False):
        text += end * blanks + f"# policy = 1{end}"
        expected[path] = text.count("\n") + 1
        text += f"{key} = {value}{end}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.toml"
        file.write_bytes(text.encode())
        toml = read(str(file))
    assert {path: toml.lines[path] for path in expected} == expected
    assert toml.data == tomllib.loads(text)


def test_a_key_below_a_header_belongs_to_its_table(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(
        "[[other]]\npolicy = 1\n\n[tool.policycheck]\npolicy = 2\n[ tool . 'policycheck'.inner ]\npolicy = 3\n"
    )
    toml = read(str(file))
    assert {path: toml.lines[path] for path in toml.lines if path[-1] == "policy"} == {
        ("other", "policy"): 2,
        ("tool", "policycheck", "policy"): 5,
        ("tool", "policycheck", "inner", "policy"): 7,
    }
    assert toml.where(("tool", "policycheck", "nowhere")) == f"{file}:4"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a = 1\nb = \n", ":2: this is no TOML (invalid value); mend the line"),
        (b'a = 1\nb = "', ":2: this is no TOML (unterminated string); mend the line"),
        (b"a = 1\na = 2\n", ":2: this is no TOML (cannot overwrite a value); mend the line"),
        (b"a = '\xff'", ": not UTF-8; save the file as UTF-8"),
        (b"#" * (MAX_BYTES + 1), ": larger than 256 KiB; check that this is the right file"),
        (b"a = " + b"[" * 50_000, ": it is nested too deeply; write it flat"),
    ],
    ids=["value", "end", "twice", "bytes", "size", "depth"],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path, raw: bytes, message: str) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(raw)
    with pytest.raises(PolicyError) as refused:
        read(str(file))
    assert str(refused.value) == f"{file}{message}"


def test_a_folder_and_a_path_that_can_be_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r": this is no file; give the path of a TOML file$"):
        read(str(tmp_path))
    with pytest.raises(PolicyError, match=r": cannot be read \(no possible file name\)"):
        read("a\0.toml")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfpolicy = 'x'\n")
    assert read(str(tmp_path / "a.toml")).lines == {("policy",): 1}
