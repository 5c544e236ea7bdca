"""Texts in the scripts and spellings of many languages, none of which sells or hides anything: nothing is found in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from policycheck import Text
from policycheck.policy.phrases import shipped_phrases
from policycheck.registry import load
from policycheck.testing import answer
from policycheck.text.phrases import Lexicon

TEXTS = [
    json.loads(line) for line in Path(__file__).with_name("legitimate_texts.jsonl").read_text("utf-8").splitlines()
]
LATIN = {"az", "cs", "de", "en", "es", "fr", "is", "pl", "tr", "vi"}


@cache
def lexicon() -> Lexicon:
    return Lexicon(shipped_phrases())


def test_the_set_speaks_many_languages_and_scripts() -> None:
    assert len({text["lang"] for text in TEXTS}) >= 25


@pytest.mark.parametrize("text", [text["text"] for text in TEXTS])
def test_a_legitimate_text_is_no_pitch_hides_nothing_and_has_no_slot(text: str) -> None:
    checks = load().checks
    for name in ("sales-pitch", "stock-note", "unfilled-placeholder"):
        assert answer(checks[name], {"note": text}).holds is False
    assert not answer(checks["sales-pitch"], {"note": text}, {"at_least": 1}).holds
    assert [name for name in lexicon().find(Text(text)) if name.endswith(", disguised")] == []


@pytest.mark.parametrize("text", [text["text"] for text in TEXTS if text["lang"] not in LATIN])
def test_a_legitimate_text_keeps_its_own_script(text: str) -> None:
    letters = [char for char in text.casefold() if char.isalpha() and char > "\u0370"]
    kept = [char for char in Text(text).folded if char.isalpha() and char > "\u0370"]
    assert len(kept) >= 0.9 * len(letters) > 0
