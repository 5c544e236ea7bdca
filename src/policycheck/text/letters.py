"""What each character is matched as, whatever stands around it."""

from __future__ import annotations

import re
import unicodedata

from policycheck.text.confusables import ENCLOSED, FANCY, LATIN


class _Letters(dict[int, str]):
    """What each character is matched as, whatever stands around it: worked out once for each that occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _letter(chr(code))
        return value


class _Cases(dict[int, str]):
    """One for one: lower case, digits as ASCII, any currency's sign as `$`, letters that are symbols as blanks."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _cased(chr(code))
        return value


def _cased(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Sc":
        return "$"
    if category == "So":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    folded = char.casefold()
    return folded if len(folded) == 1 else char


def _letter(char: str) -> str:
    for table in (_PUNCTUATION, LATIN, ENCLOSED):
        if char in table:
            return table[char]
    if char.isspace() or char in _BLANKS:
        return " "
    if _ignorable(char):
        return ""
    if unicodedata.category(char) == "Cs":
        return "\ufffd"
    return "".join(map(_plain, _parts(char)))


def _parts(char: str) -> str:
    """NFKC; decomposed, without its marks, where the letter is Latin, Greek or Cyrillic."""
    parts = unicodedata.normalize("NFKD", char)
    base = [c for c in parts if not _INHERITED_MARK.match(c)]
    if all(c < "\u0530" or "\u1e00" <= c < "\u2000" for c in base):
        return "".join(base)
    return unicodedata.normalize("NFKC", char)


def _plain(char: str) -> str:
    if char < "\x80" or char in _LATIN_SPECIAL:
        return _LATIN_SPECIAL.get(char, char.lower())
    category = unicodedata.category(char)
    if category in ("So", "Sk", "Zs") and char not in FANCY:
        return " "
    lower = char.lower() if "LATIN" in unicodedata.name(char, "") else char
    return LATIN.get(lower, lower)


def _ignorable(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cf", "Cc")
        or _IGNORED.match(char) is not None
        or _INHERITED_MARK.match(char) is not None
    )


_INHERITED_MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_BLANKS = "\u115f\u1160\u3164\uffa0"  # Hangul fillers show as blanks: they part words
_LATIN_SPECIAL = {
    "ß": "ss",
    "ẞ": "ss",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
    "Þ": "th",
    "ĳ": "ij",
    "ŋ": "n",
    "Ŋ": "n",
}
_PUNCTUATION = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9\u02bb\uff07\u0060", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2122\u00ae\u00a9\u2120", " "),
    "\u00d7": "x",
    "\u2215": "/",
    "\u3002": ".",
}
LETTERS = _Letters()
CASES = _Cases()
