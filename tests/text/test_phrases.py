"""The lexicon: all lists found in one pass, with the raw spans of what they found."""

from __future__ import annotations

import time
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck import Hit, Text
from policycheck.text.grammar import Phrase, parsed
from policycheck.text.phrases import GAP, Family, Lexicon, PhraseList


def lexicon(*written: str) -> Lexicon:
    family = Family("asks", tuple(map(parsed, written)))
    return Lexicon({"pitch": PhraseList("pitch", {"ask": family})})


def quotes(text: str, *written: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in lexicon(*written).find(Text(text)).get("pitch", ())]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Book a call!", "book a call", ["Book a call"]),
        ("rebook a callback", "book a call", []),
        ("growing, growth", "grow*", ["growing", "growth"]),
        ("growing", "grow", []),
        ("founders and founding", "*ers", ["founders"]),
        ("your follow-up's here", "follow up", ["follow-up"]),
        ("d'entreprises", "entreprises", ["entreprises"]),
        ("book, a call", "book a call", []),
        ("We help, as a rule, firms grow.", "we help ... grow", ["We help, as a rule, firms grow"]),
        ("We help. Firms grow.", "we help ... grow", []),
        ("we help " + "very " * 20 + "grow", "we help ... grow", []),
        ("we help grow grow", "we help ... grow", ["we help grow grow"]),
        ("saw {{company}} just opened", "saw ... (company|just) opened", ["saw {{company}} just opened"]),
        ("a 15 minute and a 20-min call", "(20 minute|20 min)", ["15 minute", "20-min"]),
        ("𝗯𝗼𝗼𝗸 a c\u200ball now", "book a call", ["𝗯𝗼𝗼𝗸 a c\u200ball"]),
        ("cut by 30 %.", "by 50%", ["by 30 %"]),
    ],
)
def test_a_phrase_is_found_as_whole_words_wherever_it_stands(text: str, phrase: str, found: list[str]) -> None:
    assert quotes(text, phrase) == found


def test_a_hit_tells_list_family_phrase_and_what_it_says() -> None:
    family = Family("asks for a call", (parsed("a call"),), supports=True, weight=2)
    found = Lexicon({"pitch": PhraseList("pitch", {"ask": family})}).find(Text("Up for a call?"))
    assert found == {"pitch": (Hit("pitch", "ask", "a call", 7, 13, True, 2, "asks for a call"),)}


def test_phrases_that_overlap_are_all_found_in_the_order_of_the_text() -> None:
    found = lexicon("a call", "book a call", "call now").find(Text("book a call now"))
    assert [(hit.start, hit.end, hit.phrase) for hit in found["pitch"]] == [
        (0, 11, "book a call"),
        (5, 11, "a call"),
        (7, 15, "call now"),
    ]


def test_a_lexicon_without_phrases_finds_nothing() -> None:
    assert Lexicon({}).find(Text("book a call")) == {}
    assert lexicon("a call").find(Text("")) == {}


LETTERS = st.lists(st.sampled_from(["a", "b", "c", "ab", "x. a", "- b", "1"]), max_size=12).map(" ".join)
PARTS = st.lists(st.sampled_from(["a", "b", "c", "(a|b)", "a b", "(a |)c", "a*", "*b", "5"]), min_size=1, max_size=3)


@given(LETTERS, PARTS)
def test_what_is_found_is_what_trying_every_place_finds(text: str, parts: list[str]) -> None:
    phrase = parsed(" ... ".join(parts))
    folded = Text(text).folded
    assert {(hit.start, hit.end) for hit in lexicon(phrase.written).find(Text(text)).get("pitch", ())} == {
        Text(text).span(*span) for span in everywhere(phrase, folded)
    }


def everywhere(phrase: Phrase, folded: str) -> set[tuple[int, int]]:
    """The longest span from each start, by trying all places of all parts."""
    words = [(m, n) for m in range(len(folded)) for n in range(m + 1, len(folded) + 1) if whole(folded, m, n)]
    places = [
        [span for span in words if any(fits(folded[slice(*span)], lit) for lit in p.literals)] for p in phrase.parts
    ]
    longest: dict[int, int] = {}
    for chosen in product(*places):
        if all(follows(folded, left[1], right[0]) for left, right in pairwise(chosen)):
            longest[chosen[0][0]] = max(longest.get(chosen[0][0], 0), chosen[-1][1])
    return set(longest.items())


def whole(folded: str, start: int, end: int) -> bool:
    inner = folded[start:end]
    outer = folded[max(0, start - 1) : start] + folded[end : end + 1]
    return inner.replace(" ", "a").replace("#", "a").isalnum() and inner.strip() == inner and not outer.strip(" .-")


def fits(text: str, literal: str) -> bool:
    core = literal.strip()
    starts, ends = literal.startswith(" "), literal.endswith(" ")
    if starts and ends:
        return text == core
    if starts:
        return text.startswith(core) and " " not in text[len(core) :]
    return text.endswith(core) and " " not in text[: -len(core)]


def follows(folded: str, end: int, start: int) -> bool:
    return end < start <= end + GAP and ". " not in folded[end : start + 1]


def test_ten_times_the_phrases_cost_hardly_more_time() -> None:
    text = Text(
        "We would be glad to hear what you think of the tide gauges in the harbour, and whether they hold. " * 20
    )

    def seconds(count: int) -> float:
        found = lexicon("tide gauges", *(f"w{number}q call" for number in range(count)))
        best = min(timed(lambda: found.find(text)) for _ in range(20))
        assert found.find(text)["pitch"]
        return best

    assert seconds(20_000) < 1.3 * seconds(2_000) + 0.0005


def timed(run: object) -> float:
    started = time.perf_counter()
    run()  # type: ignore[operator]  # of this type, as the test made it
    return time.perf_counter() - started


@pytest.mark.parametrize("hostile", ["we help ", "we help grow ", "we ", "a.b"], ids=str)
def test_hostile_repetitions_are_searched_in_linear_time(hostile: str) -> None:
    text = Text(hostile * (60_000 // len(hostile)))
    assert timed(lambda: lexicon("we help ... grow", "we ... help ... we", "we*").find(text)) < 3
