"""The grammar of phrases."""

from __future__ import annotations

import re

import pytest

from policycheck.text.grammar import MAX_ALTERNATIVES, Part, Phrase, parsed, without

WORDS = {"customer": ("companies", "*ers"), "we": ("we", "our team")}


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Book a call", [Part((" book a call ",))]),
        ("a (quick|short) call", [Part((" a quick call ", " a short call "))]),
        ("a (quick |)call", [Part((" a call ", " a quick call "))]),
        ("((very |)quick|short) call", [Part((" quick call ", " short call ", " very quick call "))]),
        ("15-minute call", [Part((" # minute call ",))]),
        ("we've grown 30 %", [Part((" we ve grown #% ",))]),
        ("Größe d'affaires", [Part((" grosse d affaires ",))]),
        ("grow*", [Part((" grow",))]),
        ("<we> help", [Part((" our team help ", " we help "))]),
        ("help ... <customer>", [Part((" help ",)), Part((" companies ", "ers "))]),
        ("help <customer>", [Part((" help ",)), Part((" companies ", "ers "), near=True)]),
    ],
)
def test_a_phrase_is_read_into_parts_ready_to_match(written: str, parts: list[Part]) -> None:
    phrase = parsed(written, WORDS)
    assert (phrase.written, list(phrase.parts)) == (written, parts)


def test_many_alternatives_are_parted_at_a_space_instead_of_multiplied_out() -> None:
    phrase = parsed("(a|b|c|d|e|f) (1 g|h|i|j|k|l) m")
    assert [(len(part.literals), part.near) for part in phrase.parts] == [(6, False), (6, True)]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a (b|c", "a bracket without its partner; close it, and put `...` outside of brackets"),
        ("a b) c", "a bracket without its partner; close it, and put `...` outside of brackets"),
        ("a (b ... c)", "a bracket without its partner; close it, and put `...` outside of brackets"),
        ("help <customers>", "no word group `customers`; groups stand under `words` in the same file"),
        ("... call", "a part without a word; put words before and after `...`"),
        ("", "a part without a word; put words before and after `...`"),
        ("?!", "a part without a word; put words before and after `...`"),
        ("gr*w", "`*` within a phrase; it goes at the start or the end of a phrase or of a part"),
        ("(a|b)" * 12, f"more than {MAX_ALTERNATIVES:,} alternatives; split the phrase"),
    ],
)
def test_a_phrase_outside_the_grammar_is_refused_with_its_repair(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parsed(written, WORDS)


def test_alternatives_that_hold_certain_words_can_be_taken_away() -> None:
    phrase = parsed("book a (demo|demo call|tour)")
    assert without(phrase, "Demo") == Phrase(phrase.written, (Part((" book a tour ",)),))
    assert without(phrase, "a") is None
    assert without(phrase, "dem") == phrase
