"""YAML that means one thing only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile.yaml_files import REFUSED
from policycheck.errors import PolicyError
from policycheck.policy.strict_yaml import parse


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_yaml_versions_disagree_on_or_bombs_are_made_of_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse(text, "f.yaml")
    assert refused.value.messages == (message,)


READ: dict[str, Any] = {
    "'no'": "no",
    "1.2.0": "1.2.0",
    "-3": -3,
    "2.5": 2.5,
    "true": True,
    "": None,
    "null": None,
    "2026-11-23": date(2026, 11, 23),
    "it's no problem": "it's no problem",
    '"\\u202e"': "\u202e",
    "|\n  two\n  lines\n": "two\nlines\n",
    "[x, {z: 1}]": ["x", {"z": 1}],
}


@pytest.mark.parametrize(("text", "value"), READ.items(), ids=[repr(text) for text in READ])
def test_plain_yaml_is_read_as_everybody_reads_it(text: str, value: Any) -> None:
    assert parse(f"a: {text}", "f.yaml").data == {"a": value}


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(PolicyError) as refused:
        parse("a: no\nb: 014\n", "f.yaml")
    assert [message.partition(": ")[0] for message in refused.value.messages] == ["f.yaml:1:4", "f.yaml:2:4"]


def test_positions_lead_to_values_and_keys() -> None:
    document = parse("rules:\n  - id: x\n    when: {a: 1}\n", "f.yaml")
    assert document.where(("rules", 0, "when", "a")) == "f.yaml:3:15"
    assert document.where(("rules", 0, "when", "a"), key=True) == "f.yaml:3:12"
    assert document.where(("rules", 0, "missing")) == "f.yaml:2:5"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        parse(text, "f.yaml")
    except PolicyError as error:
        assert all(message.startswith("f.yaml:") for message in error.messages)
