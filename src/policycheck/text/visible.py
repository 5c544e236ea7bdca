"""Untrusted text made harmless for a terminal, a CI log and messages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

MARKS = 4
"""Combining marks kept on one character: no living script needs more, and a flood of them paints over its neighbours."""


def visible(text: str) -> str:
    r"""The text on one line, with nothing in it that a terminal or a CI runner obeys, and nothing that hides.

    Controls, escapes, bidi controls, separators, zero-width and tag characters, private use and lone surrogates become escapes
    such as ``\x1b``; other blanks become spaces; of the combining marks on one character those after the fourth become ``…``.
    The starts of a runner's commands, ``##[`` and ``##vso[`` anywhere and ``::`` after leading blanks, are broken by an escape.
    What is legitimate stays readable: joiners within Arabic and Indic words and within emoji, flags, marks. Done twice, it
    changes nothing more.
    """
    shown = "".join(_parts(text)) if _UNUSUAL.search(text) else text
    if "##" in shown:
        shown = _RUNNER_COMMAND.sub(r"\\x23", shown)
    return _LEADING_COLONS.sub(r"\1\\x3a", shown) if "::" in shown else shown


def _parts(text: str) -> Iterator[str]:
    for index, part in enumerate(_REGIONAL_FLAG.split(text)):
        if index % 2:
            yield part
        else:
            yield from _pieces(part)


def _pieces(text: str) -> Iterator[str]:
    before, marks = "", 0
    for char, after in pairwise(f"{text}\0"):
        if char in _JOINERS and _joins(before, char, after, full=marks >= MARKS):
            piece = char
        elif _is_mark(char):
            marks += 1
            piece = _mark(char, marks, alone=not before)
        else:
            marks = 0
            piece = _single(char)
        before = piece[-1:] or before
        yield piece


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and char not in _HIDDEN


def _mark(char: str, count: int, *, alone: bool) -> str:
    if count > MARKS:
        return "…" if count == MARKS + 1 else ""
    return f"◌{char}" if alone else char


def _single(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    obeyed = category in {"Cc", "Cs", "Zl", "Zp", "Co"} or char in _HIDDEN
    formats = category == "Cf" and char not in _ARABIC_SIGNS
    unassigned = category == "Cn" and not _within(char, _GROWING)
    return _escape(char) if obeyed or formats or unassigned else char


def _joins(before: str, joiner: str, after: str, *, full: bool) -> bool:
    if not before or (full and _is_mark(after)):
        return False
    emoji = joiner == _ZWJ and _pictures(before) and _pictures(after)
    return emoji or (_joining_letter(before) and _joining_letter(after))


def _pictures(char: str) -> bool:
    picture = unicodedata.category(char) in {"So", "Sm", "Sk", "Cn"} or char == "\ufe0f"
    return picture and _within(char, _PICTURES) and char not in _HIDDEN


def _joining_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" and _within(char, _JOINING) and char not in _HIDDEN


def _within(char: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= char <= last for first, last in ranges)


def _escape(char: str) -> str:
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_UNUSUAL = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]")
"""All but the letters of Latin scripts and plain punctuation: what needs a look, one character at a time."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ZWJ = "\u200d"
_JOINERS = "\u200c\u200d"
_HIDDEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing."""
_ARABIC_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are seen: they enclose or precede a number."""
_JOINING = (("\u0600", "\u1cff"), ("\ua800", "\uabff"), ("\ufb50", "\ufefc"), ("\U00010a00", "\U00011fff"))
_GROWING = (("\U0001f000", "\U0001fbff"), ("\U00020000", "\U0003fffd"))
"""Emoji and ideographs of a Unicode version newer than this Python's are no reason for an escape."""
_PICTURES = (("\u2190", "\u2bff"), ("\ufe0f", "\ufe0f"), ("\U0001f000", "\U0001fbff"))
_SUBDIVISIONS = ("eng", "sct", "wls")
_TAGS = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in f"gb{place}") for place in _SUBDIVISIONS)
_REGIONAL_FLAG = re.compile(f"(\U0001f3f4(?:{_TAGS})\U000e007f)")
"""The three flags that are written with tag characters."""
_RUNNER_COMMAND = re.compile(r"#(?=#[A-Za-z]{0,20}\[)")
_LEADING_COLONS = re.compile(r"^(\s*):(?=:)")
