"""Untrusted text made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck import visible
from reports import assert_harmless, hostile

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

SHOWN = {
    "a colour": ("a\x1b[31mb", "a\\x1b[31mb"),
    "a window title": ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
    "a link": ("\x1b]8;;https://example.org\x1b\\here", "\\x1b]8;;https://example.org\\x1b\\here"),
    "a control of the second set": ("a\x9b31mb", "a\\x9b31mb"),
    "what writes over itself": ("approve\rreject\b\b", "approve\\rreject\\x08\\x08"),
    "tabs and line breaks": ("a\tb\r\nc", "a\\tb\\r\\nc"),
    "separators": ("a\x85b\u2028c\u2029d\x0be", "a\\x85b\\u2028c\\u2029d\\x0be"),
    "bidi controls": ("\u202egpj.exe\u2066", "\\u202egpj.exe\\u2066"),
    "zero-width characters": ("b\u200bo\u200do\u200ck\ufeff", "b\\u200bo\\u200do\\u200ck\\ufeff"),
    "soft hyphens": ("dou\u00adble", "dou\\xadble"),
    "tag characters": ("hi\U000e0068\U000e0069", "hi\\U000e0068\\U000e0069"),
    "fillers that look like nothing": ("\u3164\u2800\uffa0", "\\u3164\\u2800\\uffa0"),
    "private use": ("\uf8ff", "\\uf8ff"),
    "lone surrogates": ("a\udc80", "a\\udc80"),
    "what is no character": ("\uffff\U000e1000", "\\uffff\\U000e1000"),
    "other blanks": ("a\u00a0b\u3000c\u2009d", "a b c d"),
    "a flood of marks": ("Z" + "\u0301" * 500 + "a", "Z" + "\u0301" * 4 + "…a"),
    "a mark on its own": ("\u0338 x", "◌\u0338 x"),
    "a command of GitHub, old": ("x ##[set-output name=a]b", "x \\x23#[set-output name=a]b"),
    "a command of GitHub, new": (" ::error::x", " \\x3a:error::x"),
    "a command of Azure": ("##vso[task.setvariable variable=a]b", "\\x23#vso[task.setvariable variable=a]b"),
    "more colons": ("::::add-mask::", "\\x3a:::add-mask::"),
}

KEPT = {
    "plain text": "We help agencies; C++ std::string #1 [a] ##",
    "a Persian word": "می\u200cخواهم",
    "a Bengali word": "র\u200d্য",
    "a Devanagari word": "क्\u200dष",
    "Vietnamese with its marks apart": "Nguye\u0302\u0303n",
    "a Japanese name with a variant": "葛\U000e0100城",
    "a Hebrew word with points": "שָׁלוֹם",
    "an Arabic number sign": "\u0600١٢",
    "a family": FAMILY,
    "a heart and a couple": "\u2764\ufe0f \U0001f469\u200d\u2764\ufe0f\u200d\U0001f469",
    "flags": "\U0001f1e9\U0001f1ea" + SCOTLAND,
    "a keycap": "1\ufe0f\u20e3",
    "an emoji newer than this Python": "\U0001faea",
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_a_terminal_or_a_runner_obeys_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_is_legitimate_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(hostile)
def test_nothing_of_any_text_is_obeyed(text: str) -> None:
    assert_harmless(visible(text))


@given(hostile)
def test_done_twice_it_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="#:")))
def test_printable_ascii_stays_as_it_is(text: str) -> None:
    assert visible(text) == text
