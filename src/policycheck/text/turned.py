"""Letters that stand in the reverse of the order in which they are read: behind a right-to-left override, or upside down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policycheck.text.edits import Span, replaced

_PAIRS = """
ɐ a  ɒ a  q b  b q  ɔ c  p d  d p  ǝ e  ə e  ɘ e  ɟ f  ƃ g  ɓ g  ᵷ g  ɥ h  ᴉ i  ı i  ɩ i  ɾ j  ſ j  ʞ k  ʃ l  ן l  ꞁ l  ɯ m  u n
n u  ɹ r  ʇ t  ʌ v  ʍ w  ʎ y  ∀ a  Ɔ c  Ǝ e  Ⅎ f  ⅁ g  ⅂ l  ˥ l  W m  Ԁ p  ᴚ r  ⊥ t  ∩ u  Λ v  M w  ⅄ y  ¿ ?  ¡ !  ˙ .
"""
"""What letters are read as that stand on their heads, after the names that Unicode gives them (TURNED, REVERSED)."""
_FLIPPED = dict(zip(map(ord, _PAIRS.split()[::2]), _PAIRS.split()[1::2], strict=True))
_TELLING = frozenset("ɐǝɟƃɥᴉɯɹʇʌʍʎʞ")
_TOLD = 3  # of these a line holds, to be read upside down

_OVERRIDDEN = re.compile("(?<=\u202e)[^\n\r\u2029\u202c\u202e]+")
_LINE = re.compile(r"[^\n\r]+")


def as_seen(raw: str) -> tuple[str, list[Span]]:
    """The text in the order in which it is read, and the runs of it that are turned; each keeps its place and length."""
    if "\u202e" in raw:
        return _turned(raw, ((*run.span(), run[0][::-1]) for run in _OVERRIDDEN.finditer(raw)))
    if raw.isascii() or _TELLING.isdisjoint(raw):
        return raw, []
    return _turned(raw, ((*line.span(), line[0][::-1].translate(_FLIPPED)) for line in _lines_upside_down(raw)))


def _turned(raw: str, pieces: Iterator[tuple[int, int, str]]) -> tuple[str, list[Span]]:
    seen, edits = replaced(raw, pieces)
    return seen, [(start, end) for start, end, _, _ in edits]


def _lines_upside_down(raw: str) -> Iterator[re.Match[str]]:
    return (line for line in _LINE.finditer(raw) if len(_TELLING.intersection(line[0])) >= _TOLD)
