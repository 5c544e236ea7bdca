"""What is a record is the same to the package, which looks quickly first, and to the auditor's tool."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_tool import verify_log
from policycheck.audit import records

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**30)
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
_records = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([*sorted(records.KINDS), "other", None]),
        "salt": st.sampled_from(["0" * 32, "F" * 32, "0" * 31, 1]),
        "run": st.sampled_from(["a1", "", "0" * 65, "A1", None]),
        "decision": st.sampled_from(["allow", "review", "deny", "ok", ["allow"]]),
        "more": _values,
    },
)


def to_both(line: bytes) -> tuple[object, object]:
    """What the tool and the library make of a line: a record, or why it is none."""
    try:
        told: object = verify_log.read_record("it", line)
    except verify_log.LogError as error:
        told = str(error)
    try:
        parsed: object = records.parse(line)
    except ValueError as error:
        parsed = f"it {error}"
    return told, parsed


@settings(max_examples=300)
@given(record=_records, separators=st.sampled_from([(",", ":"), (", ", ": ")]), ascii_=st.booleans())
def test_a_record_is_one_to_both_however_it_is_written(
    record: dict[str, object], separators: tuple[str, str], ascii_: bool
) -> None:
    text = json.dumps(record, separators=separators, ensure_ascii=ascii_)
    told, parsed = to_both(text.encode("utf-8", "surrogatepass"))
    assert told == parsed


@given(record=_records, at=st.integers(0), byte=st.integers(0, 255))
def test_a_line_with_a_byte_changed_is_the_same_to_both(record: dict[str, object], at: int, byte: int) -> None:
    line = bytearray(json.dumps(record, separators=(",", ":")).encode())
    line[at % len(line)] = byte
    told, parsed = to_both(bytes(line))
    assert told == parsed


@pytest.mark.parametrize(
    "more",
    [
        '"a":1,"a":1',
        '"a":{"b":1,"b":2}',
        '"a":1.0',
        '"a":1e2',
        '"a":NaN',
        '"a":' + "9" * 30,
        '"a":' + "9" * 5000,
        '"a":' + "[" * 40 + "]" * 40,
        '"a":' + "[" * 30000 + "]" * 30000,
        '"kind":"closed"',
        '"a":"\\ud800"',
        '"a":"\\u0023"',
        '"a":-0',
        '"a":01',
        '"a":1}{',
    ],
)
def test_what_json_parsers_differ_about_is_judged_alike(more: str) -> None:
    told, parsed = to_both(f'{{"kind":"recovered","salt":"{"0" * 32}",{more}}}'.encode())
    assert told == parsed


def test_a_new_record_is_one() -> None:
    assert records.parse(records.line("recovered", bytes=3, sha256="é"))["sha256"] == "é"
