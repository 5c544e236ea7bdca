"""Words spelled to slip through: `b o o k  a  c a l l`, `d.e.m.o`, `de-mo`, `d3m0`, or with `*marks* *between* *them*`.

A word counts as disguised where its other spelling is a word of the phrase lists; initials, model numbers and prices are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

from policycheck.text.edits import Span

Known = Callable[[str], bool]
"""Whether a word is one of the phrase lists'."""

Respelled = tuple[int, int, str]
"""A piece of a text, from start to end, and the plain word or the blank that it stands for."""


def respelled(text: str, known: Known, suspects: Iterable[Span] = ()) -> list[Respelled]:
    """The disguised words of a text in lower case, in order, and the blanks between them.

    `suspects` are words that were brought into plain letters already: those known are given back as they are, where two are long,
    since a text of another script may hold one by chance. Nothing where all words are short: those may be abbreviations.
    """
    found = [(start, end, text[start:end]) for start, end in suspects if end > start + 1 and known(text[start:end])]
    if sum(len(word) >= _SHORTEST for _, _, word in found) < _BY_CHANCE:
        found = []
    if _LOOKS_SPACED.search(text):
        found += _spaced(text, known)
    if _LOOKS_BROKEN.search(text):
        found += _broken(text, known)
    if _LOOKS_MIXED.search(text):
        found += _mixed(text, known)
    if not any(len(word) >= _SHORTEST for _, _, word in found):
        found = []
    if _LOOKS_SET_APART.search(text):
        found += _set_apart(text)
    return list(_apart(sorted(found, key=lambda piece: (piece[0], -piece[1])))) if found else []


def _apart(found: list[Respelled]) -> Iterator[Respelled]:
    done = 0
    for piece in found:
        if piece[0] >= done:
            yield piece
            done = piece[1]


def _set_apart(text: str) -> Iterator[Respelled]:
    """What stands between words where it is more than a blank after each of several in a row."""
    for run in _SET_APART.finditer(text):
        for gap in _GAP.finditer(text, *run.span()):
            yield *gap.span(), " "


def _broken(text: str, known: Known) -> Iterator[Respelled]:
    """Words with a sign between two syllables, neither of which is a word of its own."""
    for found in _BROKEN.finditer(text):
        parts = _SYLLABLE.findall(found[0])
        word = "".join(parts)
        if known(word) and not any(len(part) >= _SHORTEST and known(part) for part in parts):
            yield *found.span(), word


def _spaced(text: str, known: Known) -> Iterator[Respelled]:
    """Runs of single letters with blanks or signs between."""
    for run in _RUN.finditer(text):
        letters = [place.start() for place in _LETTER.finditer(text, *run.span())]
        words = [word for word in _parted(letters, text) if known(_plain(_spelling(word, text), known))]
        if sum(map(len, words)) * 2 < len(letters):
            words = [word for word in _segments(letters, text, known) if not _spelling(word, text).isdigit()]
        for word in words:
            yield word[0], word[-1] + 1, _plain(_spelling(word, text), known)
        for left, right in pairwise(words):
            if not _LETTER.search(text, left[-1] + 1, right[0]):
                yield left[-1] + 1, right[0], " "


def _parted(letters: list[int], text: str) -> list[list[int]]:
    """Single letters as words, where the gaps between some are wider than between the others, or alone hold a blank."""
    gaps = [(any(map(str.isspace, text[left:right])), right - left) for left, right in pairwise(letters)]
    least = min(gaps)
    words = [letters[:1]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap[0] > least[0] or (gap[1] > least[1] and gap[0] == least[0]):
            words.append([])
        words[-1].append(letter)
    return words


def _segments(letters: list[int], text: str, known: Known) -> list[list[int]]:
    """The known words that the letters make up, with the fewest letters left over, and then the fewest words."""
    written = _spelling(letters, text)
    readings = {written.translate(table) for table in _AS_LETTERS}
    best = [(0, 0, 0)]
    for end in range(1, len(letters) + 1):
        left_over, words, _ = best[-1]
        chosen = (left_over + 1, words, end)
        for start in range(max(0, end - _LONGEST), end):
            left_over, words, _ = best[start]
            if (left_over, words + 1, start) < chosen and any(known(reading[start:end]) for reading in readings):
                chosen = (left_over, words + 1, start)
        best.append(chosen)
    return _chosen(letters, [start for _, _, start in best])


def _chosen(letters: list[int], starts: list[int]) -> list[list[int]]:
    """The words, from where the last one of each length starts; a letter left over starts at its own end."""
    words: list[list[int]] = []
    end = len(letters)
    while end:
        start = starts[end]
        if start < end:
            words.append(letters[start:end])
        end = min(start, end - 1)
    return words[::-1]


def _spelling(letters: list[int], text: str) -> str:
    return "".join(text[place] for place in letters)


def _mixed(text: str, known: Known) -> Iterator[Respelled]:
    """Words with digits or signs for letters, and what may be a number or a letter beside them: `b00k 4 c4ll`."""
    words = list(_MIXED.finditer(text))
    found = {place: plain for place, word in enumerate(words) if (plain := _unmixed(word[0], known))}
    for place, word in enumerate(words):
        if place in found:
            yield *word.span(), found[place]
        elif len(word[0]) <= 2 and not word[0].isalpha() and (place - 1 in found or place + 1 in found):
            plain = _with_letters(word[0], known)
            if known(plain):
                yield *word.span(), plain


def _unmixed(word: str, known: Known) -> str:
    """What a word with digits or signs among its letters says; nothing where that is no known word."""
    if _NUMBER_OR_WORD.fullmatch(word) or known(word):
        return ""
    plain = _plain(word, known)
    return plain if known(plain) else ""


def _plain(word: str, known: Known) -> str:
    """A word with letters for its digits and signs, a known word if there is one; numbers stay."""
    if word.isalpha() or word.isdigit() or len(word) > _LONGEST:
        return word
    return _with_letters(word, known)


def _with_letters(word: str, known: Known) -> str:
    several = word.count("1") + word.count("$") <= _TRIED
    choices = [(_READ_AS.get(char, char) if several else _READ_AS.get(char, char)[0]) for char in word]
    return next(filter(known, map("".join, product(*choices))), word)


_SHORTEST = 4
_BY_CHANCE = 2
_TRIED = 4  # signs in a word that stand for one of several letters
_LONGEST = 20
_READ_AS = {"0": "o", "1": "li", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "sce", "!": "i"}
_AS_LETTERS = [
    str.maketrans({sign: letters[min(nth, len(letters) - 1)] for sign, letters in _READ_AS.items()}) for nth in (0, 1)
]
_ONE = "[a-z0134578@$!]"
_BETWEEN = r"(?:[^\w@$!]|_){1,3}"
_LOOKS_MIXED = re.compile(r"[0134578@$!](?:[a-z]|(?<=[a-z].)(?:[0134578@$]|(?<=0)(?!\w)))")
_LOOKS_SPACED = re.compile(rf"[^a-z0-9@$!]{_ONE}(?:{_BETWEEN}{_ONE}(?![^\W_])){{2}}")
_RUN = re.compile(rf"(?<![^\W_]){_ONE}(?:{_BETWEEN}{_ONE}(?![^\W_])){{3,}}")
_LETTER = re.compile(_ONE)
_BREAK = r"[-.·*|~/_]{1,2}"
_LOOKS_BROKEN = re.compile(rf"[a-z]{_BREAK}[a-z]")
_BROKEN = re.compile(rf"(?<![^\W_])[a-z]{{1,20}}+(?:{_BREAK}[a-z]{{1,20}}+)+(?![^\W_])")
_SYLLABLE = re.compile("[a-z]+")
_WORD = r"[^\W\d_](?:[^\W_]|['’]){0,29}+"
_LOOKS_SET_APART = re.compile(rf"(?:[^a-z0-9\s][\W_]{{0,5}}{_WORD}\s{{0,3}}){{3}}")
_SET_APART = re.compile(rf"(?<![^\W_]){_WORD}(?:(?=\s{{0,3}}(?:[^\w\s]|_))(?![-./:@]+[^\W_])[\W_]{{1,6}}{_WORD}){{3,}}")
_GAP = re.compile(r"(?<=[^\W_])[\W_]{1,6}(?=[^\W_])")
_MIXED = re.compile(r"(?<![\w@$!./])[$]?[a-z0134578]+(?:[@$!]+[a-z0134578]+)*(?![\w@])")
_NUMBER_OR_WORD = re.compile(r"[a-z]+|\$?\d+|\d{2,}[a-z]*|\$\d.*|\d[a-z]{1,2}|[a-z]\d+|[a-z]+[1-9]")
"""Prices, units, versions and plain words: `100k`, `3rd`, `q3`, `mp3`, `step5`."""
