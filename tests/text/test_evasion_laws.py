"""What holds of every text that hides something: what it weighs, where its quotes lie, what it costs to read."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycheck import Text
from policycheck.registry import load
from policycheck.testing import answer

PITCH = "We help agencies get more leads, book a call"
LOOK_ALIKES = dict(zip("abcdeghiklmnoprstw", "аЬсԁеԍһікӏмпоргѕтԝ", strict=True))
IDEOGRAPHS = dict(zip("abcdeghiklmnoprstw", "卂乃匚ᗪ乇Ꮆ卄丨Ҝㄥ爪几ㄖ卩尺丂ㄒ山", strict=True))
UPSIDE_DOWN = dict(zip("abcdeghiklmnoprstw", "ɐqɔpǝƃɥᴉʞlɯuodɹsʇʍ", strict=True))


def spelled(letters: dict[str, str], text: str) -> str:
    return "".join(letters.get(char, char) for char in text.lower())


EVASIONS: dict[str, Callable[[str], str]] = {
    "look-alikes": lambda text: spelled(LOOK_ALIKES, text),
    "ideographs": lambda text: spelled(IDEOGRAPHS, text),
    "marks": lambda text: "\u0489".join(text),
    "spaced": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "dotted": lambda text: " ".join(".".join(word) for word in text.split()),
    "set apart": lambda text: " * ".join(text.replace(",", "").split()),
    "override": lambda text: f"\u202e{text[::-1]}\u202c",
    "upside down": lambda text: spelled(UPSIDE_DOWN, text)[::-1],
    "digits": lambda text: text.translate(str.maketrans("oea", "034")),
}


@pytest.mark.parametrize("evade", EVASIONS.values(), ids=EVASIONS)
@pytest.mark.parametrize("text", [PITCH, "Book a call", "A demo", "Hello Ann"])
def test_a_disguised_text_without_excuses_never_weighs_more_than_the_plain_one(
    evade: Callable[[str], str], text: str
) -> None:
    check = load().checks["sales-pitch"]
    for least in (1, 2, 3, 4, 5):
        if answer(check, {"note": evade(text)}, {"at_least": least}).holds:
            assert answer(check, {"note": text}, {"at_least": least}).holds


PIECES = [
    "h e l p ",
    "*we* ",
    "de-mo ",
    "\u202e",
    "\u202c",
    "ǝɥɯ",
    "һеӏр",
    "🇼",
    "₳",
    "\u05b0",
    "\u200b",
    "0",
    "4 ",
    "\n",
    "ﷺ",
    "क्",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_span_of_the_second_reading_lies_in_the_text(raw: str) -> None:
    again = Text(raw).undisguised(lambda word: len(word) in (1, 2, 4))
    if again is not None:
        second, spans = again
        assert all(0 <= start < end <= len(raw) for start, end in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        for start in range(len(second.folded)):
            for end in range(start + 1, len(second.folded) + 1):
                first, last = second.span(start, end)
                assert 0 <= first < last <= len(raw)


def cost(text: str) -> float:
    started = time.process_time()
    folded = Text(text)
    again = folded.undisguised(lambda word: word in {"help", "we", "a", "leads"})
    for reading in (folded, *(again or ())[:1]):
        assert isinstance(reading, Text)
        reading.span(0, len(reading.folded))
    return time.process_time() - started


@pytest.mark.parametrize(
    "hostile",
    [
        *("a ", "1 ", "a.", "d3m0 ", "a!", "a1", "1111 ", "l1", "a@a@", "$", "a$$$$$", "b o o k  "),
        "we, ",
        "*we* ",
        "a_",
        "le-ads ",
        "a-b",
        "ъ",
        "һеӏр ",
        "a\u05b0",
        "\u202ea",
        "\u202eab\u202c",
        "ǝɐɹ",
        "ǝɐɹ\n",
        "₳",
        "🇼 ",
        "l 1 ",
        "h e l p ",
        "a'",
        "h31p 4 ",
        "ค",
        "_",
        "क\u094d",
    ],
    ids=ascii,
)
def test_four_times_the_text_costs_about_four_times_as_much(hostile: str) -> None:
    short, long = ((hostile * size)[:size] for size in (2_048, 8_192))
    assert min(cost(long) for _ in range(3)) < 10 * min(cost(short) for _ in range(3))
