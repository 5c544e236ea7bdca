"""Phrase lists, all found in one pass. The one module that knows the automaton."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from policycheck.text.fold import Text
from policycheck.text.grammar import Part, Phrase, separated

GAP = 60
"""How many characters `...` in a phrase may stand for."""

_SENTENCE_END = re.compile(r"[.!?;:]\s")

Span = tuple[int, int]


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


class Family(Struct, frozen=True):
    """Phrases that say the same kind of thing."""

    what: str
    phrases: tuple[Phrase, ...]
    supports: bool = False
    weight: int = 1


class PhraseList(Struct, frozen=True):
    """A named list, all languages together."""

    name: str
    families: Mapping[str, Family]


class Lexicon:
    """All phrase lists as one automaton: a text is read once, however many lists and languages there are."""

    def __init__(self, lists: Mapping[str, PhraseList]) -> None:
        literals = sorted(
            {literal for _, _, _, phrase in _phrases(lists) for part in phrase.parts for literal in part.literals}
        )
        numbers = {literal: number for number, literal in enumerate(literals)}
        self._automaton = AhoCorasick(literals) if literals else None
        self._words = tuple((literal[0] == " ", literal[-1] == " ") for literal in literals)
        self._entries: dict[int, list[_Entry]] = {}
        """The phrases to look for where a literal is found: those of whose rarest part it is an alternative."""
        for place, (name, family, said, phrase) in enumerate(_phrases(lists)):
            parts = tuple((frozenset(map(numbers.__getitem__, part.literals)), part.near) for part in phrase.parts)
            rarest = _rarest(phrase.parts)
            others = tuple(part for part, _ in (*parts[:rarest], *parts[rarest + 1 :]))
            entry = _Entry(place, name, family, said, phrase.written, parts, others)
            for literal in parts[rarest][0]:
                self._entries.setdefault(literal, []).append(entry)

    def find(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        """All hits in a text by list, in the order of their raw offsets."""
        found: dict[str, list[Hit]] = {}
        spans = self._spans(text.folded)
        literals = frozenset(spans)
        candidates = {entry.place: entry for literal in spans for entry in self._entries.get(literal, ())}
        for _, entry in sorted(candidates.items()):
            for other in entry.others:
                if literals.isdisjoint(other):
                    break
            else:
                for start, end in _joined(entry.parts, spans, literals, text.folded):
                    found.setdefault(entry.phrases, []).append(entry.hit(*text.span(start, end)))
        return {name: tuple(sorted(hits, key=_order)) for name, hits in found.items()}

    def _spans(self, folded: str) -> dict[int, list[Span]]:
        """Where each literal stands in a folded text: whole words, without the spaces around them."""
        spans: dict[int, list[Span]] = {}
        if not folded or self._automaton is None:
            return spans
        padded = f" {separated(folded)} "
        for number, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            starts, ends = self._words[number]
            first = start if starts else padded.rfind(" ", 0, start + 1)
            last = end - 2 if ends else padded.find(" ", end - 1) - 1
            spans.setdefault(number, []).append((first, last))
        return spans


class _Entry(Struct, frozen=True):
    place: int
    phrases: str
    family: str
    said: Family
    written: str
    parts: tuple[tuple[frozenset[int], bool], ...]
    others: tuple[frozenset[int], ...]

    def hit(self, start: int, end: int) -> Hit:
        said = self.said
        return Hit(self.phrases, self.family, self.written, start, end, said.supports, said.weight, said.what)


def _phrases(lists: Mapping[str, PhraseList]) -> Iterator[tuple[str, str, Family, Phrase]]:
    for name in sorted(lists):
        for family, said in sorted(lists[name].families.items()):
            for phrase in said.phrases:
                yield name, family, said, phrase


def _rarest(parts: tuple[Part, ...]) -> int:
    """The part that the fewest texts hold, by the length of its shortest alternative."""
    return max(range(len(parts)), key=lambda number: min(map(len, parts[number].literals)))


def _joined(
    parts: tuple[tuple[frozenset[int], bool], ...],
    spans: dict[int, list[Span]],
    literals: frozenset[int],
    folded: str,
) -> Iterable[Span]:
    """The longest span of a phrase from each place where its first part stands."""
    starts: dict[int, set[int]] = {}
    for start, end in _places(parts[0][0] & literals, spans):
        starts.setdefault(start, set()).add(end)
    for part, near in parts[1:]:
        places = _places(part & literals, spans)
        starts = {
            start: {end for after in ends for end in _next_ends(places, near, after, folded)}
            for start, ends in starts.items()
        }
    return [(start, max(ends)) for start, ends in starts.items() if ends]


def _places(literals: frozenset[int], spans: dict[int, list[Span]]) -> list[Span]:
    """Where any of some literals stands, in order."""
    found = [spans[literal] for literal in literals]
    return found[0] if len(found) == 1 else sorted({span for places in found for span in places})


def _next_ends(places: list[Span], near: bool, after: int, folded: str) -> Iterator[int]:
    """Where the next part may end: right behind, or a little further on in the same sentence."""
    limit = after + (1 if near else GAP)
    stop = _SENTENCE_END.search(folded, after, limit)
    limit = min(limit, stop.start()) if stop else limit
    for index in range(bisect_left(places, (after + 1, 0)), len(places)):
        if places[index][0] > limit:
            return
        yield places[index][1]


def _order(hit: Hit) -> tuple[int, int, str, str]:
    return hit.start, hit.end, hit.family, hit.phrase
