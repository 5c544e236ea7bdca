"""Phrase lists found in one pass, and the small grammar that phrases are written in. The one module that knows the automaton."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from policycheck.text.fold import Text, fold

GAP = 50
"""How many characters `...` may stand for, within one sentence."""

MULTIPLIED = 60
MAX_ALTERNATIVES = 2_000
_SENTENCE_END = re.compile(r"[.!?;]\s|:\s")


class Hit(Struct, frozen=True):
    """A phrase of a list found in a text: `start` and `end` are raw offsets, in code points."""

    phrases: str
    family: str
    phrase: str
    start: int
    end: int
    supports: bool = False
    """True where the family tells nothing by itself (a call asked for): it only counts beside another."""
    weight: int = 1
    """What the family counts, once a text; below zero it speaks against the list."""
    what: str = ""
    """What the family says, in words that follow a subject: "promises a benefit"."""


class Part(Struct, frozen=True):
    """Alternatives, ready to match. `near` says where one must stand: right behind the part before, or further on behind `...`."""

    literals: tuple[str, ...]
    near: bool = False


class Phrase(Struct, frozen=True):
    """A phrase as written, and its parts."""

    written: str
    parts: tuple[Part, ...]


class Family(Struct, frozen=True):
    """Phrases that say the same kind of thing. `what` says it in words that follow a subject: "promises a benefit"."""

    what: str
    phrases: tuple[Phrase, ...]
    supports: bool = False
    weight: int = 1


class PhraseList(Struct, frozen=True):
    """A named list, all languages together."""

    name: str
    families: Mapping[str, Family]


def parsed(written: str, words: Mapping[str, tuple[str, ...]] | None = None) -> Phrase:
    """A phrase from its written form.

    Words as people write them: case, accents, apostrophes and look-alikes are folded as in the texts. A phrase matches whole words
    and runs across no punctuation but hyphens, apostrophes and slashes between letters. `#` is any number (`#%` a percentage,
    `#x` a multiple, `$#` an amount of money), `*` at the end of a word (or its start) the rest of it, `(a|b)` either, `(a|)`
    perhaps, `<name>` one of a word group, `...` up to 50 characters of the same sentence.

    Raises ValueError with what is wrong and how to mend it.
    """
    parts = tuple(part for stretch in written.split("...") for part in _parts(stretch, words or {}))
    if not all(part.literals for part in parts):
        raise ValueError("a part without a word; put words before and after `...`")
    return Phrase(written, parts)


def _parts(stretch: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[Part]:
    """The parts of what stands between two `...`: its alternatives multiplied out, parted at a space before they get too many."""
    near = False
    texts = [""]
    for piece in _pieces(stretch):
        choices = _choices(piece, words)
        if _better_parted(texts, choices) and _parted(texts, choices):
            yield Part(_literals(texts), near)
            near, texts = True, [""]
        texts = _multiplied(texts, choices)
    yield Part(_literals(texts), near)


def _pieces(text: str) -> Iterator[str]:
    """The brackets and groups of a text, and what stands between them."""
    depth = start = 0
    for index, char in enumerate(text):
        if char in "(<" and depth == 0 and index > start:
            yield text[start:index]
            start = index
        depth += (char in "(<") - (char in ")>")
        if depth < 0:
            break
        if char in ")>" and depth == 0:
            yield text[start : index + 1]
            start = index + 1
    if depth:
        raise ValueError("a bracket without its partner; close it")
    if text[start:]:
        yield text[start:]


def _choices(piece: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    if piece[0] == "(":
        return [text for choice in _split(piece[1:-1]) for text in _expanded(choice, words)]
    if piece[0] == "<":
        name = piece[1:-1]
        if name not in words:
            raise ValueError(f"no word group `{name}`; groups stand under `words` in the same file")
        return list(words[name])
    return [piece]


def _split(inner: str) -> list[str]:
    """What a bracket holds, at the bars that stand in no further bracket."""
    choices = [""]
    for piece in _pieces(inner):
        first, *others = [piece] if piece[0] in "(<" else piece.split("|")
        choices[-1] += first
        choices += others
    return choices


def _expanded(text: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    texts = [""]
    for piece in _pieces(text):
        texts = _multiplied(texts, _choices(piece, words))
    return texts


def _multiplied(texts: list[str], choices: list[str]) -> list[str]:
    if len(texts) * len(choices) > MAX_ALTERNATIVES:
        raise ValueError(f"more than {MAX_ALTERNATIVES} alternatives; split the phrase")
    return [text + choice for text in texts for choice in choices]


def _better_parted(texts: list[str], choices: list[str]) -> bool:
    """Whether they would be too many multiplied out, or a stem would end up inside."""
    stems = any(text.rstrip().endswith("*") for text in texts) or any(
        choice.lstrip().startswith("*") for choice in choices
    )
    return stems or len(texts) * len(choices) > MULTIPLIED


def _parted(texts: list[str], choices: list[str]) -> bool:
    """Whether a space stands between them whichever are chosen, and neither is empty."""
    whole = all(text.strip() for text in (*texts, *choices))
    return whole and (all(text.endswith(" ") for text in texts) or all(choice.startswith(" ") for choice in choices))


def _literals(texts: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_literal(text) for text in texts} - {""}))


def _literal(text: str) -> str:
    """Ready to match: single spaces, and a space at each end that must be a word's end."""
    text = text.strip()
    start = "" if text.startswith("*") else " "
    end = "" if text.endswith("*") else " "
    core = " ".join(fold(text.strip("*")).translate(_SEPARATORS).split())
    if "*" in text.strip("*"):
        raise ValueError("`*` within a phrase; it goes at the start or the end of a phrase or of a part")
    return f"{start}{core}{end}" if core else ""


class _Separators(dict[int, str]):
    """Whatever stands between words becomes a space, one for one; `#`, `%`, `$` and `*` are parts of words."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char.isalnum() or char in "#%$*" or unicodedata.category(char) in ("Mn", "Mc")
        self[code] = value = char if kept else " "
        return value


_SEPARATORS = _Separators()


class _Place(Struct, frozen=True):
    """Where a literal belongs: which phrase, and which part of it."""

    entry: int
    part: int


class _Entry(Struct, frozen=True):
    phrases: str
    family: str
    said: Family
    phrase: Phrase

    def hit(self, start: int, end: int) -> Hit:
        said = self.said
        return Hit(self.phrases, self.family, self.phrase.written, start, end, said.supports, said.weight, said.what)


Spans = list[tuple[int, int]]


class Lexicon:
    """All phrase lists as one automaton: a text is read once, however many lists and languages there are."""

    def __init__(self, lists: Mapping[str, PhraseList]) -> None:
        self._entries = tuple(_entries(lists))
        places: dict[str, list[_Place]] = {}
        for number, entry in enumerate(self._entries):
            for part, alternatives in enumerate(entry.phrase.parts):
                for literal in alternatives.literals:
                    places.setdefault(literal, []).append(_Place(number, part))
        self._literals = tuple(sorted(places))
        self._places = tuple(tuple(places[literal]) for literal in self._literals)
        self._automaton = AhoCorasick(self._literals) if self._literals else None

    def find(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        """All hits in a text by list, in the order of their raw offsets."""
        found: dict[str, list[Hit]] = {}
        for number, (start, end) in self._spans(text.folded):
            entry = self._entries[number]
            found.setdefault(entry.phrases, []).append(entry.hit(*text.span(start, end)))
        return {name: tuple(sorted(hits, key=_order)) for name, hits in found.items()}

    def _spans(self, folded: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """The spans of whole phrases in a folded text, with the number of their entry."""
        if not folded or self._automaton is None:
            return
        padded = f" {folded.translate(_SEPARATORS)} "
        found: dict[int, dict[int, Spans]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            span = _word_span(self._literals[index], padded, start, end)
            for place in self._places[index]:
                found.setdefault(place.entry, {}).setdefault(place.part, []).append(span)
        for number, spans in found.items():
            for joined in _joined(self._entries[number].phrase.parts, spans, folded):
                yield number, joined


def _entries(lists: Mapping[str, PhraseList]) -> Iterator[_Entry]:
    for name in sorted(lists):
        for family in sorted(lists[name].families):
            value = lists[name].families[family]
            for phrase in value.phrases:
                yield _Entry(name, family, value, phrase)


def _word_span(literal: str, padded: str, start: int, end: int) -> tuple[int, int]:
    """The folded span of a literal found in the padded text: whole words, without the spaces around them."""
    first = start + 1 if literal[0] == " " else padded.rfind(" ", 0, start + 1) + 1
    last = end - 1 if literal[-1] == " " else padded.find(" ", end - 1)
    return first - 1, last - 1


def _joined(parts: tuple[Part, ...], found: dict[int, Spans], folded: str) -> Iterator[tuple[int, int]]:
    """The longest span of the phrase from each place where its first part stands."""
    if len(found) < len(parts):
        return
    ordered = [sorted(set(found[number])) for number in range(len(parts))]
    for start, group in groupby(ordered[0], key=_start):
        ends = {end for _, end in group}
        for part, spans in zip(parts[1:], ordered[1:], strict=True):
            ends = {end for after in ends for end in _next_ends(part, spans, after, folded)}
        if ends:
            yield start, max(ends)


def _next_ends(part: Part, spans: Spans, after: int, folded: str) -> Iterator[int]:
    """Where the next part may end: right behind, or the nearest that follows in the same sentence."""
    index = bisect_left(spans, (after + 1, 0))
    limit = after + (1 if part.near else GAP)
    if index == len(spans) or spans[index][0] > limit or _SENTENCE_END.search(folded, after, spans[index][0]):
        return
    first = spans[index][0]
    while index < len(spans) and spans[index][0] == first:
        yield spans[index][1]
        index += 1


def _start(span: tuple[int, int]) -> int:
    return span[0]


def _order(hit: Hit) -> tuple[int, int, str, str]:
    return hit.start, hit.end, hit.family, hit.phrase
