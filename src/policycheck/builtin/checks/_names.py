"""People's names in running text: what may be one, and an index that finds those of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from policycheck import Text

Pair = tuple[str, str]


class Mention(Struct, frozen=True):
    """What may be a name: its first and last word, folded; or letters of a script without spaces, behind an empty first word."""

    pair: Pair
    start: int
    end: int


class Names:
    """An index over full names; single words are none."""

    def __init__(self, names: Iterable[str]) -> None:
        self._pairs = {pair for name in names for written in _written(name) for pair in name_pairs(written)}

    def holds(self, mention: Mention) -> bool:
        """Whether a mention is one of the names."""
        return mention.pair in self._pairs


def _written(name: str) -> set[str]:
    """A name also as it is written without umlauts, or with them again: `Müller`, `Mueller`."""
    plain = name.translate(_UMLAUTS)
    return {name, plain, _TWO_LETTERS.sub(lambda letters: letters[0][0], plain)}


def name_pairs(name: str) -> tuple[Pair, ...]:
    """A full name as its first and last word, in either order, and with the first as an initial; nothing for a single word."""
    if unspaced := "".join(_UNSPACED.findall(name)):
        return (("", unspaced),) if len(unspaced) in _UNSPACED_LENGTHS else ()
    words = [_folded(word) for word in _WORD.findall(_ASIDE.sub(" ", name))]
    words = [word for word in words if word and word not in _TITLES]
    if len(words) < 2 or len(words[0]) < 2 or len(words[-1]) < 2:
        return ()
    return ((words[0], words[-1]), (words[-1], words[0]), (words[0][0], words[-1]))


def mentions(text: str) -> Iterator[Mention]:
    """Everything in a text that may be somebody's full name, in order of the first word."""
    words = [word for word in _WORD.finditer(text) if _folded(word[0])]
    for index, first in enumerate(words):
        if _may_be_name(first[0]):
            yield from _from(text, first, words[index + 1 : index + _SPAN])
    for run in _UNSPACED.finditer(text):
        for start in range(*run.span()):
            for end in range(start + _UNSPACED_LENGTHS.start, min(start + _UNSPACED_LENGTHS.stop, run.end() + 1)):
                yield Mention(("", text[start:end]), start, end)


def _from(text: str, first: re.Match[str], following: list[re.Match[str]]) -> Iterator[Mention]:
    """The mentions that start with a word: with the next one, or beyond initials, middle names and particles."""
    end = first.end()
    before = first[0]
    for last in following:
        if not _BETWEEN.fullmatch(text, end, last.start()) or (before.endswith(".") and len(before) > _INITIAL):
            return
        if _may_be_name(last[0]) and not _common(text, first, last):
            yield Mention((_folded(first[0]), _folded(last[0])), first.start(), last.end() - last[0].endswith("."))
        if not _may_be_name(last[0]) and _folded(last[0]) not in _PARTICLES:
            return
        end, before = last.end(), last[0]


def _may_be_name(word: str) -> bool:
    """A capital at the front, or a script that has none; and no greeting or day."""
    return (word[0].isupper() or not word[0].islower()) and _folded(word) not in _NO_NAMES


def _common(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Two words of everyday speech where a sentence starts, or after an article: "Will Young people come?", "on May Day"."""
    before = text[max(0, first.start() - _ARTICLE) : first.start()].rstrip()
    opens = before[-1:] in ("", ".", "!", "?", ":") or before.rsplit(None, 1)[-1].casefold() in _ARTICLES
    return opens and _folded(first[0]) in _COMMON and _folded(last[0]) in _COMMON


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return _GENITIVE.sub("", Text(word.rstrip(".")).folded.strip()).replace("'", "")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*\.?")
_BETWEEN = re.compile(r"[\s.'’-]*(?:,[\s.'’-]*)?")  # after a comma only: two runs of one kind would be quadratic
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々〆]{2,}")
_UNSPACED_LENGTHS = range(3, 9)
_ASIDE = re.compile(r"\([^()]*\)|,.*|[\"“”„].*?[\"“”„]")
_GENITIVE = re.compile("'s$")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_TWO_LETTERS = re.compile("ae|oe|ue", re.IGNORECASE)
_ARTICLE = 12  # characters that are looked at before a name
_ARTICLES = _words("the a an our your my this that every on in at")
_SPAN = 5
_INITIAL = len("St.")
_TITLES = _words("dr prof mr mrs ms mx sir dame ing dipl mag mba phd msc bsc md jr sr ii iii iv cpa pmp esq")
_PARTICLES = _words(
    "de del della delle di da dal do dos das du des la le les el al van von vom zu zum zur der den dem het ter ten af av"
)
_NO_NAMES = _words(
    """i hi hello hey dear thanks thank hallo guten bonjour merci hola gracias ola obrigado ciao grazie hoi bedankt
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"""
)
_COMMON = _words(
    """will may mark young rich long grant grace hope summer art bill bob drew jack june april august faith joy sky rose lily ray
    rob sue pat dean guy king page price park best good great brown white black green gray day love small short new old major
    early sharp wise bright fair case cook baker west north south east hall hill wood stone field rivers lane church moody
    garden camp manager general nice bay chase banks victor christian power mark london paris may price showers walker bill"""
)
