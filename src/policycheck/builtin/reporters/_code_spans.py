"""Somebody's text in Markdown: in a code span, where nothing is a link, an element or a mark."""

from __future__ import annotations

import re

_TICKS = re.compile("`+")


def code(text: str) -> str:
    """One line as a code span, with a fence longer than any in it."""
    if not text.strip(" "):
        return "(empty)"
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    padded = f" {text} " if text[0] in "` " or text[-1] in "` " else text
    return f"{fence}{padded}{fence}"
