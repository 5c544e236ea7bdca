"""The two views of a text: raw, which evidence quotes, and folded, which is only matched.

Folding is the same for phrases and for texts, so a phrase is found however it is spelled: in mathematical or full-width letters,
with zero-width characters between them, with Cyrillic look-alikes, in capitals. What is folded is never shown to anybody.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from policycheck.text.confusables import ENCLOSED, LATIN, LOOKALIKES
from policycheck.text.numbers import NUMBER, number_token

LIMIT = 65_536
"""Code points that are folded, and so can match; `Text.truncated` says that there are more."""

_MARKS_KEPT = 30  # normalising is quadratic in the marks on one letter in some Pythons

Edit = tuple[int, int, int, int]
"""A piece of the later view and the piece of the earlier one that it stands for: start, end, start, end."""


class Text:
    """A text with its folded view and the way back."""

    __slots__ = ("_steps", "folded", "raw", "truncated")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.truncated = len(raw) > LIMIT
        self.folded, self._steps = _fold(raw[:LIMIT] if self.truncated else raw)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of a folded span: from the first to the last character that it stands for."""
        for step in reversed(self._steps):
            start, end = _back(step(), start, end)
        return start, end


Step = Callable[[], list[Edit]]


def fold(text: str) -> str:
    """The folded view alone."""
    return Text(text).folded


def _fold(raw: str) -> tuple[str, tuple[Step, ...]]:
    steps: list[Step] = []
    text = raw
    if raw.isascii() and not _CONTROL.search(raw):
        text = raw.lower()
    else:
        text, edits = _composed(raw)
        if edits:
            steps.append(lambda: edits)
        before = text
        text = text.translate(_LETTERS)
        steps.append(_once(lambda: _translation_edits(before)))
        if not text.isascii():
            text = _read_as_latin(text).translate(_CASES)
    text, squeezed = _squeezed(text)
    if squeezed:
        steps.append(lambda: squeezed)
    return text, tuple(steps)


def _once(make: Step) -> Step:
    made: list[list[Edit]] = []

    def get() -> list[Edit]:
        if not made:
            made.append(make())
        return made[0]

    return get


def _back(edits: list[Edit], start: int, end: int) -> tuple[int, int]:
    if start >= end:
        end = start + 1
        first, _ = _back(edits, start, end)
        return first, first
    before = bisect_right(edits, start, key=_new_start) - 1
    last = bisect_right(edits, end - 1, key=_new_start) - 1
    return _old_start(edits, before, start), _old_end(edits, last, end)


def _new_start(edit: Edit) -> int:
    return edit[0]


def _old_start(edits: list[Edit], index: int, position: int) -> int:
    if index < 0:
        return position
    _, new_end, old_start, old_end = edits[index]
    return old_start if position < new_end else old_end + position - new_end


def _old_end(edits: list[Edit], index: int, position: int) -> int:
    if index < 0:
        return position
    _, new_end, _, old_end = edits[index]
    return old_end if position <= new_end else old_end + position - new_end


def _edited(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> tuple[str, list[Edit]]:
    """The text with every match replaced, and where."""
    edits: list[Edit] = []
    pieces: list[str] = []
    done = length = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        new = replace(found)
        length += start - done
        pieces += (text[done:start], new)
        edits.append((length, length + len(new), start, end))
        length += len(new)
        done = end
    return ("".join([*pieces, text[done:]]), edits) if edits else (text, edits)


def _composed(raw: str) -> tuple[str, list[Edit]]:
    """NFC, cluster by cluster: a letter with the marks on it, of which no more than `_MARKS_KEPT` count."""
    if not any(map(_continues, set(raw))):
        return raw, []
    starts = [i for i, char in enumerate(raw) if i == 0 or not _continues(char)]
    edits: list[Edit] = []
    pieces: list[str] = []
    length = 0
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        piece = (
            raw[start:end]
            if end == start + 1
            else unicodedata.normalize("NFC", raw[start : min(end, start + _MARKS_KEPT)])
        )
        if len(piece) != end - start:
            edits.append((length, length + len(piece), start, end))
        length += len(piece)
        pieces.append(piece)
    return "".join(pieces), edits


def _continues(char: str) -> bool:
    return char > "\x7f" and (unicodedata.combining(char) > 0 or "\u1160" <= char <= "\u11ff")


def _translation_edits(text: str) -> list[Edit]:
    edits: list[Edit] = []
    shift = 0
    for found in _NOT_PRINTABLE_ASCII.finditer(text):
        old = found.start()
        length = len(_LETTERS[ord(found[0])])
        if length != 1:
            edits.append((old + shift, old + shift + length, old, old + 1))
            shift += length - 1
    return edits


def _squeezed(text: str) -> tuple[str, list[Edit]]:
    """Runs of blanks as one space, numbers as `#`."""
    return _edited(text, _BLANKS_OR_NUMBER, lambda found: number_token(found) if found["number"] else " ")


def _read_as_latin(text: str) -> str:
    """Look-alikes of other scripts read as Latin: in words that mix them with Latin letters, and in words made of nothing else

    within a text that is Latin otherwise. A Russian or Greek text stays what it is.
    """
    latin = sum(map(len, _ASCII_LETTERS.findall(text)))
    others = sum(c.isalpha() for c in text if c > "\x7f")
    return _WORD_OF_OTHERS.sub(lambda word: _word_as_latin(word[0], latin > others), text)


def _word_as_latin(word: str, within_latin: bool) -> str:
    mixed = any(c < "\x80" for c in word)
    if mixed or (within_latin and all(c in LOOKALIKES for c in word)):
        return "".join(LOOKALIKES.get(c, c) for c in word)
    return word


class _Letters(dict[int, str]):
    """What each character is matched as, whatever stands around it: worked out once for each that occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _letter(chr(code))
        return value


class _Cases(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = chr(code).casefold()
        self[code] = value = folded if len(folded) == 1 else chr(code)
        return value


def _letter(char: str) -> str:
    for table in (_PUNCTUATION, LATIN, ENCLOSED):
        if char in table:
            return table[char]
    if char.isspace():
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
    if category == "Sc":
        return "$"
    if category in ("So", "Sk", "Zs"):
        return " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    return LATIN.get(char) or (char.lower() if "LATIN" in unicodedata.name(char, "") else char)


def _ignorable(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cf", "Cc")
        or _IGNORED.match(char) is not None
        or _INHERITED_MARK.match(char) is not None
    )


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOT_PRINTABLE_ASCII = re.compile("[^\t\n\r -~]")
_ASCII_LETTERS = re.compile("[a-z]+")
_WORD_OF_OTHERS = re.compile(r"[a-z]*[^\W\d_a-z][^\W\d_]*")
_BLANKS_OR_NUMBER = re.compile(rf"\s{{2,}}|[^\S ]|(?P<number>{NUMBER})")
_INHERITED_MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
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
_LETTERS = _Letters()
_CASES = _Cases()
