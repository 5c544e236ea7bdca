"""The two views of a text: raw, which evidence quotes, and folded, which is only matched.

Folding is the same for phrases and for texts, so a phrase is found however it is spelled: in mathematical or full-width letters,
with zero-width characters between them, with Cyrillic look-alikes, in capitals. What is folded is never shown to anybody.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from copy import copy
from functools import partial

from policycheck.text.confusables import LOOKALIKES
from policycheck.text.disguise import Known, respelled
from policycheck.text.letters import CASES, LETTERS
from policycheck.text.numbers import NUMBER, number_token

LIMIT = 65_536
"""Code points that are folded, and so can match; `Text.truncated` says that there are more."""

_MARKS_KEPT = 30  # normalising is quadratic in the marks on one letter in some Pythons

Edit = tuple[int, int, int, int]
"""A piece of the later view and the piece of the earlier one that it stands for: start, end, start, end."""


class Text:
    """A text with its folded view and the way back."""

    __slots__ = ("_early", "_letters", "_steps", "folded", "raw", "truncated")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.truncated = len(raw) > LIMIT
        self._letters, self._early = _in_plain_letters(raw[:LIMIT] if self.truncated else raw)
        self.folded, self._steps = _squeezed(self._letters, self._early)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of a folded span: from the first to the last character that it stands for."""
        return _through(self._steps, start, end)

    def undisguised(self, known: Known) -> tuple[Text, list[tuple[int, int]]] | None:
        """The text with words such as `d.e.m.o` and `d3m0` spelled plainly, and their raw spans; None where there are none.

        `known` tells which words there are.
        """
        pieces = respelled(self._letters, known)
        if not pieces:
            return None
        again = copy(self)
        again._letters, edits = _replaced(self._letters, pieces)
        again.folded, again._steps = _squeezed(again._letters, (*self._early, partial(_same, edits)))
        return again, [_through(self._early, start, end) for start, end, word in pieces if word != " "]


Step = Callable[[], list[Edit]]


def fold(text: str) -> str:
    """The folded view alone."""
    return Text(text).folded


def _in_plain_letters(raw: str) -> tuple[str, tuple[Step, ...]]:
    """Lower-case letters without accents, of one script a word."""
    if raw.isascii() and not _CONTROL.search(raw):
        return raw.lower(), ()
    composed, edits = _composed(raw)
    text = composed.translate(LETTERS)
    steps = (partial(_same, edits), _once(lambda: _translation_edits(composed)))
    return (text if text.isascii() else _read_as_latin(text).translate(CASES)), steps


def _squeezed(text: str, early: tuple[Step, ...]) -> tuple[str, tuple[Step, ...]]:
    """Single blanks, numbers as their kind, no endings in brackets."""
    steps = [*early]
    for needed, pattern, replace in _SQUEEZES:
        if needed.search(text):
            text, edits = _edited(text, pattern, replace)
            steps.append(partial(_same, edits))
    return text, tuple(steps)


def _through(steps: tuple[Step, ...], start: int, end: int) -> tuple[int, int]:
    for step in reversed(steps):
        start, end = _back(step(), start, end)
    return start, end


def _same(edits: list[Edit]) -> list[Edit]:
    return edits


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
    before = bisect_right(edits, (start + 1,)) - 1
    last = bisect_right(edits, (end,)) - 1
    return _old_start(edits, before, start), _old_end(edits, last, end)


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
    return _replaced(text, ((*found.span(), replace(found)) for found in pattern.finditer(text)))


def _replaced(text: str, pieces: Iterable[tuple[int, int, str]]) -> tuple[str, list[Edit]]:
    edits: list[Edit] = []
    kept: list[str] = []
    done = length = 0
    for start, end, new in pieces:
        length += start - done
        kept += (text[done:start], new)
        edits.append((length, length + len(new), start, end))
        length += len(new)
        done = end
    return ("".join([*kept, text[done:]]), edits) if edits else (text, edits)


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
        length = len(LETTERS[ord(found[0])])
        if length != 1:
            edits.append((old + shift, old + shift + length, old, old + 1))
            shift += length - 1
    return edits


def _read_as_latin(text: str) -> str:
    """Look-alikes of other scripts read as Latin: in words that mix them with Latin letters, and in words made of nothing else

    within a text that is Latin otherwise. A Russian or Greek text stays what it is.
    """
    words = _WORDS.findall(text)
    foreign = sum(len(word) for word in words if not _ASCII_LETTER.search(word))
    mostly_latin = sum(map(len, words)) > 2 * foreign
    return _WORD_OF_OTHERS.sub(lambda word: _word_as_latin(word[0], mostly_latin), text)


def _word_as_latin(word: str, within_latin: bool) -> str:
    if _ASCII_LETTER.search(word) or (within_latin and all(c in LOOKALIKES for c in word)):
        return "".join(LOOKALIKES.get(c, c) for c in word)
    return word


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOT_PRINTABLE_ASCII = re.compile("[^\t\n\r -~]")
_ASCII_LETTER = re.compile("[a-z]")
_WORDS = re.compile(r"[^\W\d_]+")
_WORD_OF_OTHERS = re.compile(r"(?<![a-z])[a-z]*[^\W\d_a-z][^\W\d_]*")
_SQUEEZES: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # endings in brackets, as in `ravi(e)`; blanks; numbers
    (re.compile(r"\("), re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)"), lambda _: ""),
    (re.compile(r"\s\s|[^\S ]"), re.compile(r"\s{2,}|[^\S ]"), lambda _: " "),
    (re.compile(r"\d"), re.compile(NUMBER), number_token),
)
