"""The lexicon against a plain reference that tries every literal at every place, on texts made of the phrases' own pieces."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from policycheck import Text
from policycheck.policy.phrases import shipped_phrases
from policycheck.text.grammar import Part, Phrase, parsed, separated
from policycheck.text.phrases import GAP, Family, Lexicon, PhraseList

SHIPPED = tuple(
    (name, family, phrase)
    for name, one in shipped_phrases().items()
    for family, said in one.families.items()
    for phrase in said.phrases
)
SMALL = [
    "a",
    "b a",
    "(a|b)",
    "a* ... b",
    "*b",
    "(a|b c) ... (b|a b)",
    "b ... a ... b",
    "5 a",
    "30% ... a",
    "(a |)c ... a*",
]
BETWEEN = st.sampled_from([" ", " ", " ", ", ", ". ", "-", " x ", " very ", " 20% ", "! ", " " + "far " * 16])


@cache
def shipped() -> Lexicon:
    return Lexicon(shipped_phrases())


def reference(phrase: Phrase, folded: str) -> set[tuple[int, int]]:
    """The longest span from each start."""
    reached = {(start, end) for start, end in places(phrase.parts[0], folded)}
    for part in phrase.parts[1:]:
        ends = places(part, folded)
        reached = {
            (start, after)
            for (start, end), (next_start, after) in product(reached, ends)
            if end < next_start <= end + (1 if part.near else GAP) and not _SENTENCE.search(folded[end:next_start])
        }
    return {(start, max(end for first, end in reached if first == start)) for start, _ in reached}


def places(part: Part, folded: str) -> list[tuple[int, int]]:
    padded = f" {separated(folded)} "
    found = []
    for literal in part.literals:
        before = "" if literal[0] == " " else "[^ ]*"
        after = "" if literal[-1] == " " else "[^ ]*"
        pattern = re.compile(f"(?=(?<= ){before}{re.escape(literal.strip())}{after}(?= ))")
        for match in pattern.finditer(padded):
            ends = re.compile(f"{before}{re.escape(literal.strip())}{after}(?= )")
            whole = ends.match(padded, match.start())
            assert whole
            found.append((match.start() - 1, whole.end() - 1))
    return found


_SENTENCE = re.compile(r"[.!?;:]\s")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SMALL), min_size=1, max_size=5, unique=True), st.data())
def test_several_phrases_are_found_as_the_reference_finds_each(written: list[str], data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["a", "b", "c", "ab", "ba", "7", "30%"]), max_size=9))
    text = Text("".join(word + data.draw(BETWEEN) for word in words))
    phrases = tuple(map(parsed, written))
    lexicon = Lexicon({"one": PhraseList("one", {"family": Family("asks", phrases)})})
    found = {(hit.phrase, hit.start, hit.end) for hit in lexicon.find(text).get("one", ())}
    assert found == {(one.written, *text.span(*span)) for one in phrases for span in reference(one, text.folded)}


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_shipped_phrases_are_found_as_the_reference_finds_them(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(SHIPPED), min_size=1, max_size=3))
    pieces = [data.draw(st.sampled_from(part.literals)).strip() for _, _, phrase in chosen for part in phrase.parts]
    text = Text("".join(piece + data.draw(BETWEEN) for piece in pieces))
    found = shipped().find(text)
    for name, family, phrase in chosen:
        spans = {
            (hit.start, hit.end) for hit in found.get(name, ()) if hit.family == family and hit.phrase == phrase.written
        }
        assert spans >= {text.span(*span) for span in reference(phrase, text.folded)}
