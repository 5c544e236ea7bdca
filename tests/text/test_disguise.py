"""Words spelled to slip through: a second reading of what looks so, with exact spans, and nothing else."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycheck import Text
from policycheck.policy.phrases import shipped_phrases
from policycheck.registry import load
from policycheck.testing import answer
from policycheck.text.grammar import parsed
from policycheck.text.phrases import Family, Lexicon, PhraseList, disguised

SMALL = Lexicon(
    {
        "pitch": PhraseList(
            "pitch", {"ask": Family("asks for a call", tuple(map(parsed, ["book a call", "demo", "free trial"])))}
        )
    }
)
LEET = str.maketrans("oleastb", "0134$78")


@cache
def shipped() -> Lexicon:
    return Lexicon(shipped_phrases())


def quotes(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in SMALL.find(Text(text)).get(disguised("pitch"), ())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("B o o k  a  c a l l today", "B o o k  a  c a l l"),
        ("So b o o k a c a l l!", "b o o k a c a l l"),
        ("b.o.o.k a c.a.l.l", "b.o.o.k a c.a.l.l"),
        ("b-o-o-k  a  c-a-l-l", "b-o-o-k  a  c-a-l-l"),
        ("See our d.e.m.o now", "d.e.m.o"),
        ("See our d-e-m-o.", "d-e-m-o"),
        ("d * e * m * o", "d * e * m * o"),
        ("D3m0 or d3mo", "D3m0"),
        ("a dem0?", "dem0"),
        ("b00k a ca11", "b00k a ca11"),
        ("Fr33 tr1@l for you", "Fr33 tr1@l"),
        ("𝗱.𝗲.𝗺.𝗼 and more", "𝗱.𝗲.𝗺.𝗼"),
        ("d 3 m 0", "d 3 m 0"),
    ],
)
def test_a_disguised_phrase_is_found_and_quoted_as_written(text: str, found: str) -> None:
    assert found in quotes(text)
    assert "pitch" not in SMALL.find(Text(text))


def test_the_hit_says_that_the_words_are_disguised() -> None:
    (hit,) = SMALL.find(Text("a d.e.m.o"))["pitch, disguised"]
    assert (hit.phrases, hit.family, hit.what) == ("pitch, disguised", "ask", "asks for a call, in disguised words")


def test_what_is_plain_is_no_disguise_beside_one() -> None:
    found = SMALL.find(Text("demo, d3m0"))
    assert [hit.start for hit in found["pitch"]] == [0]
    assert [hit.start for hit in found["pitch, disguised"]] == [6]


@pytest.mark.parametrize(
    "text",
    [
        "J. R. R. Tolkien and C. S. Lewis, J. K. R. T. Smith",
        "Our Q3 2026 plan, H1 and FY25, 24/7 since COVID-19",
        "B2B, B2C, SaaS, mp3, mp4, 4K, 5G, h264, x86, G20, K12, R2D2",
        "It costs $50, 100k, 401k, 15min, 10am, 3rd of 1st, 80s, 1000s, 5x, 10x",
        "Plan A, B, C, D and E; a/b/c/d tests; P.S. I am here; e.g. i.e. U.S.A.",
        "room 5a, section 3b, team5, step5, v1.0.1, gpt4, web3, iso9001",
        "me@example.com, @jo, l33t, 1on1, 4x4, 7eleven",
        "a e i o u y",
        "1 2 3 4 5 6 7 8 9 0, 3.1.4.1.5",
    ],
)
def test_initials_models_and_prices_are_no_disguise(text: str) -> None:
    assert [name for name in shipped().find(Text(text)) if name.endswith(", disguised")] == []


def test_a_disguised_pitch_counts_less_and_excuses_nothing() -> None:
    check = load().checks["sales-pitch"]
    plain = "We help founders double their pipeline."
    hidden = "We h3lp f0und3rs d0uble their p1pel1ne."
    comes_to = max(n for n in range(1, 10) if answer(check, {"note": plain}, {"at_least": n}).holds)
    assert answer(check, {"note": hidden}, {"at_least": comes_to - 1}).holds
    assert not answer(check, {"note": hidden}, {"at_least": comes_to}).holds
    assert not answer(check, {"note": "Read about our d3m0."}, {"at_least": 1}).holds
    reasons = [evidence.reason for evidence in answer(check, {"note": hidden}).evidence]
    assert all(reason.endswith(", in disguised words") for reason in reasons)
    assert answer(check, {"note": plain + " V-a-c-a-n-c-i-e-s."}, {"at_least": 3}).holds


@pytest.mark.parametrize("note", ["B o o k  a  c a l l?", "B00k a ca11?", "Demo: d3m0"])
def test_disguised_words_tell_nothing_where_plain_ones_would_not(note: str) -> None:
    assert answer(load().checks["sales-pitch"], {"note": note}, {"at_least": 1}).holds is False


def test_the_evidence_of_a_family_in_plain_words_is_not_what_is_disguised() -> None:
    said = answer(
        load().checks["sales-pitch"], {"note": "We help founders. W.e h.e.l.p a.g.e.n.c.i.e.s"}, {"at_least": 1}
    )
    assert said.holds
    assert not any("disguised" in evidence.reason for evidence in said.evidence)


WORDS = st.lists(st.sampled_from(["J. R.", "Q3", "hello,", "we met", "24/7", "été", "мы", "100k", "c/o"]), max_size=4)


@given(WORDS, WORDS, st.sampled_from([" ", ".", "-", "_", "*", " . "]))
def test_spaced_words_are_quoted_exactly_wherever_they_stand(before: list[str], after: list[str], gap: str) -> None:
    written = gap.join("demo")
    text = " ".join([*before, "(", written, ")", *after])
    assert written in quotes(text)


@given(WORDS, st.sampled_from(["demo", "free trial"]), WORDS)
def test_words_with_digits_are_quoted_exactly_wherever_they_stand(
    before: list[str], word: str, after: list[str]
) -> None:
    written = word.translate(LEET)
    assert written in quotes(" ".join([*before, written, *after]))


@settings(max_examples=60)
@given(st.text(st.sampled_from("a bo.k-cl0137@$!5dem é\u200b\n"), max_size=60))
def test_every_span_leads_into_the_text_and_pieces_never_overlap(raw: str) -> None:
    text = Text(raw)
    again = text.undisguised(lambda word: len(word) in (1, 2, 4))
    if again is not None:
        second, spans = again
        assert all(0 <= start < end <= len(raw) for start, end in spans)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        places = [second.span(i, i + 1) for i in range(len(second.folded))]
        assert all(0 <= start < end <= len(raw) for start, end in places)
        assert [start for start, _ in places] == sorted(start for start, _ in places)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_a_second_reading_never_takes_a_hit_away(raw: str) -> None:
    found = SMALL.find(Text(f"{raw} demo"))
    assert any(hit.end == len(raw) + 5 for hit in found["pitch"])
