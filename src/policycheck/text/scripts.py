"""Which words of a text are read as Latin: those that its own script leaves no doubt of, and all that may be made to look so."""

from __future__ import annotations

import re

from policycheck.text.confusables import FANCY, LOOKALIKES
from policycheck.text.edits import Span
from policycheck.text.letters import CASES


def in_own_script(letters: str) -> str:
    """All in lower case, with look-alikes of other scripts read as Latin in words that mix them with Latin letters, and in words

    made of nothing else within a text that is Latin otherwise. A Russian or Greek text stays what it is.
    """
    if letters.isascii():
        return letters
    words = _WORDS.findall(letters)
    foreign = sum(len(word) for word in words if not _ASCII_LETTER.search(word))
    mostly_latin = sum(map(len, words)) > 2 * foreign
    return _WORD_OF_OTHERS.sub(lambda word: _word_as_latin(word[0], mostly_latin), letters).translate(CASES)


def _word_as_latin(word: str, within_latin: bool) -> str:
    if _ASCII_LETTER.search(word) or (within_latin and all(c in LOOKALIKES for c in word)):
        return "".join(LOOKALIKES.get(c, c) for c in word)
    return word


def as_latin(letters: str) -> tuple[str, list[Span]]:
    """All in lower case, with every word read as Latin that can be, whatever the text is written in, and where these stand."""
    if letters.isascii():
        return letters, []
    words: list[Span] = []

    def read(found: re.Match[str]) -> str:
        word = found[0].translate(_FANCY)
        if not word.isascii():
            return found[0]
        words.append(found.span())
        return word

    return _FANCY_WORD.sub(read, letters).translate(CASES), words


_ASCII_LETTER = re.compile("[a-z]")
_WORDS = re.compile(r"[^\W\d_]+")
_WORD_OF_OTHERS = re.compile(r"(?<![a-z])[a-z]*[^\W\d_a-z][^\W\d_]*")
_FANCY = {ord(char): letter for char, letter in FANCY.items()}
_SIGNS = "".join(char for char in FANCY if not char.isalnum())
_FANCY_WORD = re.compile(rf"(?<![a-z0-9])[a-z0-9]*+(?![\x00-\x7f])(?:[^\W_]|[{_SIGNS}])++")
