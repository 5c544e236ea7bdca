"""Words spelled to slip through: `b o o k  a  c a l l`, `d.e.m.o`, `d3m0`. A second reading, for what looks so and only there.

A word counts as disguised where its other spelling is a word of the phrase lists; initials, model numbers and prices are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product

Known = Callable[[str], bool]
"""Whether a word is one of the phrase lists'."""

Respelled = tuple[int, int, str]
"""A piece of a text, from start to end, and the plain word or the blank that it stands for."""


def respelled(text: str, known: Known) -> list[Respelled]:
    """The disguised words of a text in lower case, in order, and the blanks between them.

    Nothing where all of them are short: those may be abbreviations.
    """
    found: list[Respelled] = []
    if _LOOKS_SPACED.search(text):
        found += _spaced(text, known)
    if _LOOKS_MIXED.search(text):
        found += _mixed(text, known)
    if not any(len(word) >= _SHORTEST for _, _, word in found):
        return []
    return list(_apart(sorted(found)))


def _apart(found: list[Respelled]) -> Iterator[Respelled]:
    done = 0
    for piece in found:
        if piece[0] >= done:
            yield piece
            done = piece[1]


def _spaced(text: str, known: Known) -> Iterator[Respelled]:
    """Runs of single letters with blanks or dots between."""
    for run in _RUN.finditer(text):
        letters = [place.start() for place in _LETTER.finditer(text, *run.span())]
        words = _parted(letters)
        if not all(known(_plain(_spelling(word, text), known)) for word in words):
            words = _segments(letters, text, known) if len(words) == 1 else []
        for word in words:
            yield word[0], word[-1] + 1, _plain(_spelling(word, text), known)
        for left, right in pairwise(words):
            yield left[-1] + 1, right[0], " "


def _parted(letters: list[int]) -> list[list[int]]:
    """Single letters as words, where the gaps between some are wider than between the others."""
    least = min(right - left for left, right in pairwise(letters))
    words = [letters[:1]]
    for left, right in pairwise(letters):
        if right - left > least:
            words.append([])
        words[-1].append(right)
    return words


def _segments(letters: list[int], text: str, known: Known) -> list[list[int]]:
    """The fewest known words that the letters make up; none where they do not."""
    best: list[list[list[int]] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, chosen, word = best[start], best[end], letters[start:end]
            if before is None or (chosen is not None and len(before) + 1 >= len(chosen)):
                continue
            if known(_plain(_spelling(word, text), known)):
                best[end] = [*before, word]
    return best[-1] or []


def _spelling(letters: list[int], text: str) -> str:
    return "".join(text[place] for place in letters)


def _mixed(text: str, known: Known) -> Iterator[Respelled]:
    """Words with digits or signs for letters."""
    for found in _MIXED.finditer(text):
        if not _NUMBER_OR_WORD.fullmatch(found[0]) and not known(found[0]):
            plain = _plain(found[0], known)
            if known(plain):
                yield found.start(), found.end(), plain


def _plain(word: str, known: Known) -> str:
    """A word with letters for its digits and signs, a known word if there is one; numbers stay."""
    if word.isalpha() or word.isdigit() or len(word) > _LONGEST:
        return word
    several = word.count("1") + word.count("$") <= _TRIED
    choices = [(_READ_AS.get(char, char) if several else _READ_AS.get(char, char)[0]) for char in word]
    return next(filter(known, map("".join, product(*choices))), word)


_SHORTEST = 4
_LONGEST = 20
_TRIED = 4  # signs in a word that stand for one of several letters
_READ_AS = {"0": "o", "1": "li", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "sce", "!": "i"}
_ONE = "[a-z0134578@$!]"
_BETWEEN = r"[\s.\-_*·•|/,~'+]{1,3}"
_LOOKS_MIXED = re.compile(r"[0134578@$!](?:[a-z]|(?<=[a-z].)(?:[0134578@$]|(?<=0)(?!\w)))")
_LOOKS_SPACED = re.compile(rf"[\s.\-_*·•|/,~'+]{_ONE}(?:{_BETWEEN}{_ONE}(?![^\W_])){{2}}")
_RUN = re.compile(rf"(?<![^\W_]){_ONE}(?:{_BETWEEN}{_ONE}(?![^\W_])){{3,59}}")
_LETTER = re.compile(_ONE)
_MIXED = re.compile(r"(?<![\w@$!./])[$]?[a-z0134578]+(?:[@$!]+[a-z0134578]+)*(?![\w@])")
_NUMBER_OR_WORD = re.compile(r"[a-z]+|\$?\d+|\d{2,}[a-z]*|\$\d.*|\d[a-z]{1,2}|[a-z]\d+|[a-z]+[1-9]")
"""Prices, units, versions and plain words: `100k`, `3rd`, `q3`, `mp3`, `step5`."""
