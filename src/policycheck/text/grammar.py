"""The small grammar that phrases are written in.

Words as people write them; they are folded as the texts are, so that case, accents and look-alikes make no difference. A phrase
matches whole words, and runs across no punctuation but hyphens, apostrophes and slashes between words.

    book a call          these words
    15 minutes           a number stands for any number; 30% for any percentage, 3x for any multiple, $50 for any amount of money
    (call|quick chat)    either; brackets may stand in brackets, and an empty choice is "perhaps": a (quick |)call
    grow*   *ers         the rest of a word, at its end or its start
    <customer>           one of a word group of the same file
    we help ... grow     a few words of the same sentence between the two (or none)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from policycheck.text.fold import fold

MULTIPLIED = 24  # alternatives of one part; beyond, a phrase is parted at a space and joined while matching
MAX_ALTERNATIVES = 2_000

Words = Mapping[str, tuple[str, ...]]


class Part(Struct, frozen=True):
    """Alternatives, ready to match; with `near` right behind the part before, else further on in its sentence."""

    literals: tuple[str, ...]
    near: bool = False


class Phrase(Struct, frozen=True):
    """A phrase as written, and its parts."""

    written: str
    parts: tuple[Part, ...]


def parsed(written: str, words: Words | None = None) -> Phrase:
    """A phrase from its written form. Raises ValueError with what is wrong and how to mend it."""
    parts = tuple(part for stretch in written.split("...") for part in _parts(stretch, words or {}))
    if not all(part.literals for part in parts):
        raise ValueError("a part without a word; put words before and after `...`")
    return Phrase(written, parts)


def without(phrase: Phrase, words: str) -> Phrase | None:
    """The phrase without the alternatives that hold these words; None where nothing of it is left."""
    held = f" {' '.join(separated(fold(words)).split())} "
    parts = tuple(
        Part(tuple(literal for literal in part.literals if held not in f" {literal.strip()} "), part.near)
        for part in phrase.parts
    )
    return Phrase(phrase.written, parts) if all(part.literals for part in parts) else None


def separated(folded: str) -> str:
    """A folded text in which whatever stands between words is a space, one for one."""
    return folded.translate(_SEPARATORS)


def _parts(stretch: str, words: Words) -> Iterator[Part]:
    """The parts of what stands between two `...`."""
    near = False
    texts: tuple[str, ...] = ("",)
    for piece in _pieces(stretch):
        choices = _choices(piece, words)
        if _better_parted(texts, choices) and _parted(texts, choices):
            yield Part(_literals(texts), near)
            near, texts = True, choices
        else:
            texts = _multiplied(texts, choices)
    yield Part(_literals(texts), near)


def _pieces(text: str) -> Iterator[str]:
    """The brackets and groups of a text, and what stands between them."""
    depth = start = 0
    for found in _BRACKET.finditer(text):
        opens, index = found[0] in "(<", found.start()
        if opens and depth == 0 and index > start:
            yield text[start:index]
            start = index
        depth += 1 if opens else -1
        if depth == 0:
            yield text[start : index + 1]
            start = index + 1
        if depth < 0:
            break
    if depth:
        raise ValueError("a bracket without its partner; close it, and put `...` outside of brackets")
    if text[start:]:
        yield text[start:]


def _choices(piece: str, words: Words) -> tuple[str, ...]:
    if piece[0] == "(":
        inner = piece[1:-1]
        if "(" not in inner and "<" not in inner:
            return tuple(inner.split("|"))
        return tuple(text for choice in _split(inner) for text in _expanded(choice, words))
    if piece[0] == "<":
        name = piece[1:-1]
        if name not in words:
            raise ValueError(f"no word group `{name}`; groups stand under `words` in the same file")
        return words[name]
    return (piece,)


def _split(inner: str) -> list[str]:
    """What a bracket holds, at the bars that stand in no further bracket."""
    choices = [""]
    for piece in _pieces(inner):
        first, *others = [piece] if piece[0] in "(<" else piece.split("|")
        choices[-1] += first
        choices += others
    return choices


def _expanded(text: str, words: Words) -> tuple[str, ...]:
    texts: tuple[str, ...] = ("",)
    for piece in _pieces(text):
        texts = _multiplied(texts, _choices(piece, words))
    return texts


def _multiplied(texts: tuple[str, ...], choices: tuple[str, ...]) -> tuple[str, ...]:
    if texts == ("",):
        return choices
    if len(texts) * len(choices) > MAX_ALTERNATIVES:
        raise ValueError(f"more than {MAX_ALTERNATIVES:,} alternatives; split the phrase")
    return tuple([text + choice for text in texts for choice in choices])


def _better_parted(texts: tuple[str, ...], choices: tuple[str, ...]) -> bool:
    """Whether they would be too many multiplied out, or a stem would end up inside."""
    if len(texts) * len(choices) > MULTIPLIED:
        return True
    return any(text.rstrip().endswith("*") for text in texts) or any(
        choice.lstrip().startswith("*") for choice in choices
    )


def _parted(texts: tuple[str, ...], choices: tuple[str, ...]) -> bool:
    """Whether a space stands between them whichever are chosen, and neither is empty."""
    if not all(text and not text.isspace() for text in (*texts, *choices)):
        return False
    return all(text.endswith(" ") for text in texts) or all(choice.startswith(" ") for choice in choices)


@lru_cache(maxsize=4096)
def _literals(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({literal for text in texts if (literal := _literal(text))}))


@lru_cache(maxsize=65_536)
def _literal(text: str) -> str:
    """Ready to match: single spaces, and a space at each end that must be a word's end."""
    text = text.strip()
    core = text.strip("*")
    if "*" in core:
        raise ValueError("`*` within a phrase; it goes at the start or the end of a phrase or of a part")
    words = core.split() if _PLAIN.fullmatch(core) else separated(fold(core)).split()
    if not words:
        return ""
    return f"{'' if text[0] == '*' else ' '}{' '.join(words)}{'' if text[-1] == '*' else ' '}"


class _Separators(dict[int, str]):
    """Whatever stands between words becomes a space; `#`, `%` and `$` are parts of words, as letters and digits are."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char.isalnum() or char in "#%$" or unicodedata.category(char) in ("Mn", "Mc")
        self[code] = value = char if kept else " "
        return value


_BRACKET = re.compile("[()<>]")
_PLAIN = re.compile("[a-z ]*")
_SEPARATORS = _Separators()
