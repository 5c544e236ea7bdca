"""The two views of a text: raw, which evidence quotes, and folded, which is only matched.

Folding is the same for phrases and for texts, so a phrase is found however it is spelled: in mathematical or full-width letters,
with zero-width characters between them, with Cyrillic look-alikes, in capitals. What is folded is never shown to anybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from copy import copy

from policycheck.text.confusables import LOOKALIKES
from policycheck.text.disguise import Known, respelled
from policycheck.text.edits import Edit, Span, Step, edited, later, replaced, step, through, turned
from policycheck.text.letters import LETTERS
from policycheck.text.numbers import NUMBER, number_token
from policycheck.text.scripts import as_latin, in_own_script
from policycheck.text.turned import as_seen

LIMIT = 65_536
"""Code points that are folded, and so can match; `Text.truncated` says that there are more."""

_MARKS_KEPT = 30  # normalising is quadratic in the marks on one letter in some Pythons


class Text:
    """A text with its folded view and the way back."""

    __slots__ = ("_early", "_letters", "_steps", "folded", "raw", "truncated")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.truncated = len(raw) > LIMIT
        self._letters, self._early = _in_plain_letters(raw[:LIMIT] if self.truncated else raw)
        self.folded, self._steps = _squeezed(in_own_script(self._letters), self._early)

    def span(self, start: int, end: int) -> Span:
        """The raw offsets of a folded span: from the first to the last character that it stands for."""
        return through(self._steps, start, end)

    def undisguised(self, known: Known) -> tuple[Text, list[Span]] | None:
        """The text as it is meant to be read where its words are spelled to slip through, and the raw spans of these.

        `known` tells which words there are. None where nothing is disguised.
        """
        letters, early = self._letters, self._early
        seen, runs = as_seen(self.raw[:LIMIT])
        if runs:
            letters, early = _in_plain_letters(seen)
            early = (turned(runs), *early)
        letters, words = as_latin(letters)
        pieces = respelled(letters, known, words)
        if not (pieces or runs):
            return None
        again = copy(self)
        again._letters, edits = replaced(letters, pieces)
        again.folded, again._steps = _squeezed(again._letters, (*early, step(edits)))
        return again, _merged([*runs, *(through(early, start, end) for start, end, _ in pieces)])


def fold(text: str) -> str:
    """The folded view alone."""
    return Text(text).folded


def plain_letters(text: str) -> str:
    """The text in lower-case letters without accents, of one script a word, and nothing else changed: numbers stay numbers."""
    return in_own_script(_in_plain_letters(text[:LIMIT])[0])


def _in_plain_letters(raw: str) -> tuple[str, tuple[Step, ...]]:
    """Letters without accents, lower-case where they are Latin, in the scripts that they are written in."""
    if raw.isascii() and not _CONTROL.search(raw):
        return raw.lower(), ()
    composed, edits = _composed(raw)
    text, unmarked = _unmarked(composed.translate(LETTERS))
    return text, (step(edits), later(lambda: _translation_edits(composed)), step(unmarked))


def _squeezed(text: str, early: tuple[Step, ...]) -> tuple[str, tuple[Step, ...]]:
    """Single blanks, numbers as their kind, no endings in brackets."""
    steps = [*early]
    for needed, pattern, replace in _SQUEEZES:
        if needed.search(text):
            text, edits = edited(text, pattern, replace)
            steps.append(step(edits))
    return text, tuple(steps)


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


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


def _unmarked(text: str) -> tuple[str, list[Edit]]:
    """Without the marks that stand on letters of scripts that have none of their own, or on no letter."""
    marks = {char for char in set(text) if char > "\u02ff" and unicodedata.category(char)[0] == "M"}
    return replaced(text, _stray(text, marks)) if marks else (text, [])


def _stray(text: str, marks: set[str]) -> Iterator[tuple[int, int, str]]:
    carries = False
    for place, char in enumerate(text):
        if char not in marks:
            carries = char >= "\u0590" and char not in LOOKALIKES
        elif not carries:
            yield place, place + 1, ""


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


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOT_PRINTABLE_ASCII = re.compile("[^\t\n\r -~]")
_SQUEEZES: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # endings in brackets, as in `ravi(e)`; blanks; numbers
    (re.compile(r"\("), re.compile(r"(?<=[^\W\d_])\([^\W\d_]{1,3}\)"), lambda _: ""),
    (re.compile(r"\s\s|[^\S ]"), re.compile(r"\s{2,}|[^\S ]"), lambda _: " "),
    (re.compile(r"\d"), re.compile(NUMBER), number_token),
)
