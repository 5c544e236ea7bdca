"""Phrase lists, all found in one pass. The one module that knows the automaton."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick
from msgspec import Struct, structs

from policycheck.text.disguise import Known
from policycheck.text.fold import Text
from policycheck.text.grammar import Part, Phrase, separated

GAP = 60
"""How many characters `...` in a phrase may stand for."""

_SENTENCE_END = re.compile(r"[.!?;:]\s")

Span = tuple[int, int]
Spans = dict[int, list[Span]]


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
        numbers: dict[str, int] = {}
        simple: dict[int, list[_Entry]] = {}
        joined: dict[int, list[_Entry]] = {}
        for name, family, said, phrase in _phrases(lists):
            parts = [_numbers(numbers, part) for part in phrase.parts]
            rarest = _rarest(phrase.parts)
            steps = tuple(zip(parts[1:], (part.near for part in phrase.parts[1:]), strict=True))
            others = tuple(parts[:rarest] + parts[rarest + 1 :])
            entry = _Entry(name, family, said, phrase.written, parts[0], steps, others)
            for literal in parts[rarest]:
                (joined if steps else simple).setdefault(literal, []).append(entry)
        self._simple = [tuple(simple.get(number, ())) for number in range(len(numbers))]
        """For each literal the phrases of one part that it is an alternative of."""
        self._joined = [tuple(joined.get(number, ())) for number in range(len(numbers))]
        """For each literal the phrases of several parts of whose rarest it is an alternative."""
        self._words = [(literal[0] == " ", literal[-1] == " ") for literal in numbers]
        self._automaton = AhoCorasick(list(numbers)) if numbers else None
        self._known = _known_words(numbers)

    def find(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        """All hits in a text by list, in the order of their raw offsets.

        What is found only where disguised words are spelled plainly stands under `disguised(list)`.
        """
        found = self._hits(text)
        again = text.undisguised(self._known)
        if again is not None:
            plain = {(hit.family, hit.phrase, hit.start, hit.end) for hits in found.values() for hit in hits}
            for name, hits in self._hits(again[0]).items():
                new = [
                    structs.replace(hit, phrases=disguised(name), what=f"{hit.what}, in disguised words")
                    for hit in hits
                    if (hit.family, hit.phrase, hit.start, hit.end) not in plain and _touches(hit, again[1])
                ]
                found |= {disguised(name): tuple(new)} if new else {}
        return found

    def _hits(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        found: dict[str, list[Hit]] = {}
        spans = self._spans(text.folded)
        for entry, places in self._found(spans, text.folded):
            for start, end in places.items():
                found.setdefault(entry.phrases, []).append(entry.hit(*text.span(start, end)))
        return {name: tuple(sorted(hits, key=_order)) for name, hits in sorted(found.items())}

    def _spans(self, folded: str) -> Spans:
        """Where each literal stands in a folded text: whole words, without the spaces around them."""
        spans: Spans = {}
        if not folded or self._automaton is None:
            return spans
        padded = f" {separated(folded)} "
        for number, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            starts, ends = self._words[number]
            first = start if starts else padded.rfind(" ", 0, start + 1)
            last = end - 2 if ends else padded.find(" ", end - 1) - 1
            if number in spans:
                spans[number].append((first, last))
            else:
                spans[number] = [(first, last)]
        return spans

    def _found(self, spans: Spans, folded: str) -> Iterator[tuple[_Entry, Mapping[int, int]]]:
        """The phrases found, each with the longest span from each of its starts."""
        simple = {id(entry): entry for number in spans for entry in self._simple[number]}
        joined = {id(entry): entry for number in spans for entry in self._joined[number]}
        literals = frozenset(spans)
        for entry in simple.values():
            yield entry, dict(_places(entry.first & literals, spans))
        if joined:
            stops = [stop.start() for stop in _SENTENCE_END.finditer(folded)]
            for entry in joined.values():
                for other in entry.others:
                    if literals.isdisjoint(other):
                        break
                else:
                    yield entry, _joined(entry, spans, literals, stops)


class _Entry(Struct, frozen=True):
    """A phrase: the literals of its first part, and of each other one with whether it stands right behind."""

    phrases: str
    family: str
    said: Family
    written: str
    first: frozenset[int]
    steps: tuple[tuple[frozenset[int], bool], ...]
    others: tuple[frozenset[int], ...]
    """The parts without the rarest one."""

    def hit(self, start: int, end: int) -> Hit:
        said = self.said
        return Hit(self.phrases, self.family, self.written, start, end, said.supports, said.weight, said.what)


def _numbers(numbers: dict[str, int], part: Part) -> frozenset[int]:
    return frozenset([numbers.setdefault(literal, len(numbers)) for literal in part.literals])


def disguised(name: str) -> str:
    """Where the hits of a list stand that are found only in words spelled to slip through, such as `d3m0`."""
    return f"{name}, disguised"


def _touches(hit: Hit, spans: list[Span]) -> bool:
    """Whether a hit overlaps any of some spans in order, none of which overlap."""
    index = bisect_left(spans, (hit.end,)) - 1
    return index >= 0 and spans[index][1] > hit.start


def _known_words(literals: Iterable[str]) -> Known:
    """Tells the words of the literals; of those that go on, all that start so."""
    whole = {word for literal in literals for word in literal.split()}
    openings = tuple(
        sorted({word for literal in literals if literal[-1] != " " and len(word := literal.split()[-1]) > 3})
    )
    return lambda word: word in whole or (len(word) > 3 and word.startswith(openings))


def _phrases(lists: Mapping[str, PhraseList]) -> Iterator[tuple[str, str, Family, Phrase]]:
    for name in sorted(lists):
        for family, said in sorted(lists[name].families.items()):
            for phrase in said.phrases:
                yield name, family, said, phrase


def _rarest(parts: tuple[Part, ...]) -> int:
    """The part that the fewest texts hold, by the length of its shortest alternative."""
    return max(range(len(parts)), key=lambda number: min(map(len, parts[number].literals)))


def _joined(entry: _Entry, spans: Spans, literals: frozenset[int], stops: list[int]) -> Mapping[int, int]:
    """The longest span of a phrase from each place where its first part stands."""
    reached = _places(entry.first & literals, spans)
    for part, near in entry.steps:
        following = _places(part & literals, spans)
        if reached[0][0] >= following[-1][0]:
            return {}
        joined = []
        for start, end in reached:
            index = bisect_left(following, (end + 1,))
            limit = end + 1 if near else _limit(end, stops)
            while index < len(following) and following[index][0] <= limit:
                joined.append((start, following[index][1]))
                index += 1
        if not joined:
            return {}
        reached = joined if len(joined) == 1 else sorted(set(joined))
    return dict(reached)


def _places(literals: frozenset[int], spans: Spans) -> list[Span]:
    """Where any of some literals stands, in order."""
    if len(literals) == 1:
        (literal,) = literals
        return spans[literal]
    return sorted({span for literal in literals for span in spans[literal]})


def _limit(after: int, stops: list[int]) -> int:
    """Up to where a phrase may go on: a little further in the same sentence."""
    stop = bisect_left(stops, after)
    return min(after + GAP, stops[stop]) if stop < len(stops) else after + GAP


def _order(hit: Hit) -> tuple[int, int, str, str]:
    return hit.start, hit.end, hit.family, hit.phrase
