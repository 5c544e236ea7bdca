"""People's names in running text: what may be one, and an index that finds those of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from policycheck import Text

_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*\.?")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々〆]{2,}")
_ASIDE = re.compile(r"\([^()]*\)|,.*|[\"“”„].*?[\"“”„]")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "delle",
        "di",
        "da",
        "dal",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "al",
        "van",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "der",
        "den",
        "dem",
        "het",
        "ter",
        "ten",
        "te",
        "af",
        "av",
        "bin",
        "ibn",
        "ben",
        "y",
        "e",
        "und",
        "and",
        "st",
        "san",
        "santa",
        "o",
        "d",
        "l",
    ]
)
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "mx",
        "sir",
        "dame",
        "ing",
        "dipl",
        "mag",
        "mba",
        "phd",
        "msc",
        "bsc",
        "md",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "cpa",
        "pmp",
        "esq",
        "rer",
        "nat",
        "med",
        "h",
        "c",
    ]
)
_COMMON = frozenset(
    [
        "will",
        "may",
        "mark",
        "young",
        "rich",
        "long",
        "grant",
        "grace",
        "hope",
        "summer",
        "art",
        "bill",
        "bob",
        "drew",
        "jack",
        "june",
        "april",
        "august",
        "faith",
        "joy",
        "sky",
        "rose",
        "lily",
        "ray",
        "rob",
        "sue",
        "pat",
        "dean",
        "guy",
        "king",
        "page",
        "price",
        "park",
        "best",
        "good",
        "great",
        "brown",
        "white",
        "black",
        "green",
        "gray",
        "day",
        "love",
        "small",
        "short",
        "new",
        "old",
        "major",
        "early",
        "sharp",
        "wise",
        "bright",
        "fair",
        "case",
        "cook",
        "baker",
        "west",
        "north",
        "south",
        "east",
        "hall",
        "hill",
        "wood",
        "stone",
        "field",
        "rivers",
        "lane",
        "church",
        "moody",
    ]
)
_SPAN = 4
_UNSPACED_LENGTHS = range(3, 9)

Pair = tuple[str, str]


class Mention(Struct, frozen=True):
    """What may be a name: its first and last word, folded, in either order of the two; or letters of a script without spaces."""

    pairs: tuple[Pair, ...]
    start: int
    end: int


class Names:
    """An index over full names; single words are none."""

    def __init__(self, names: Iterable[str]) -> None:
        self._pairs = {pair for name in names for pair in name_pairs(name)}

    def holds(self, mention: Mention) -> bool:
        """Whether a mention is one of the names."""
        return any(pair in self._pairs for pair in mention.pairs)


def name_pairs(name: str) -> tuple[Pair, ...]:
    """A full name as its first and last word in both orders, and with the first as an initial; nothing for a single word."""
    if found := _UNSPACED.search(name):
        joined = "".join(_UNSPACED.findall(name))
        return (("", joined),) if found and len(joined) >= _UNSPACED_LENGTHS.start else ()
    words = [word for word in _words(_ASIDE.sub(" ", name)) if word not in _TITLES]
    words = [word for word in words if word not in _PARTICLES] if len(words) > 2 else words
    if len(words) < 2 or len(words[-1]) < 2 or len(words[0]) < 2:
        return ()
    return ((words[0], words[-1]), (words[-1], words[0]), (f"{words[0][0]}.", words[-1]))


def _words(name: str) -> list[str]:
    return [word for word in (_folded(found[0]) for found in _WORD.finditer(name)) if word]


def _folded(word: str) -> str:
    return Text(word.rstrip(".")).folded.strip()


def mentions(text: str) -> Iterator[Mention]:
    """Everything in a text that may be somebody's full name, in order."""
    yield from _spaced(text)
    for run in _UNSPACED.finditer(text):
        for start in range(run.start(), run.end()):
            for length in _UNSPACED_LENGTHS:
                if start + length <= run.end():
                    yield Mention((("", text[start : start + length]),), start, start + length)


def _spaced(text: str) -> Iterator[Mention]:
    words = list(_WORD.finditer(text))
    for index, first in enumerate(words):
        if not _capital(first[0]):
            continue
        for last in words[index + 1 : index + _SPAN]:
            if not _joined(text, first, last):
                break
            if _capital(last[0]) and not _opens_with_common_words(text, first, last):
                end = last.end() - last[0].endswith(".")
                yield Mention((_pair(first[0], last[0]),), first.start(), end)


def _pair(first: str, last: str) -> Pair:
    folded = _folded(first)
    return (f"{folded}." if len(folded) == 1 else folded), _folded(last)


def _joined(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether only blanks, a comma after a surname, initials, middle names and particles stand between two words."""
    between = text[first.end() : last.start()]
    inner = _WORD.findall(between)
    plain = all(c.isspace() or c in ",.'’-" for c in _WORD.sub("", between))
    full_stop = first[0].endswith(".") and len(first[0]) > 3
    return plain and not full_stop and all(_capital(word) or word.casefold() in _PARTICLES for word in inner)


def _capital(word: str) -> bool:
    """A capital at the front, or a script that has none."""
    return word[0].isupper() or not word[0].islower()


def _opens_with_common_words(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """ "Will Young people come?": two words of everyday speech where a sentence starts are no name."""
    opens = text[: first.start()].rstrip()[-1:] in ("", ".", "!", "?", ":")
    return opens and _folded(first[0]) in _COMMON and _folded(last[0]) in _COMMON
