"""Normalising in linear time, whatever marks are heaped on one letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

MARKS = 30
"""Marks in a row that are put in order together: as many as the Stream-Safe Text Format of UAX #15 allows, far more than any
writing needs. Putting them in order is quadratic in their number."""


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """A normal form; where more marks than that stand in a row, of each part by itself, so that nothing is lost."""
    if text.isascii() or len(text) <= MARKS:
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, part) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    start = marks = 0
    for position, char in enumerate(text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MARKS:
            yield text[start:position]
            start, marks = position, 1
    yield text[start:]
