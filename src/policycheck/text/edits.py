"""Rewriting a text in steps, with the way back from any place of the result to the places that it stands for."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import partial

Span = tuple[int, int]

Edit = tuple[int, int, int, int]
"""A piece of the later view and the piece of the earlier one that it stands for: start, end, start, end."""

Step = Callable[[int, int], Span]
"""From a span of the later view to the span of the earlier one that it stands for."""


def through(steps: tuple[Step, ...], start: int, end: int) -> Span:
    """The span of the first view that a span of the last one stands for."""
    for step in reversed(steps):
        start, end = step(start, end)
    return start, end


def step(edits: list[Edit]) -> Step:
    """The way back through edits in order, none of which overlap."""
    return partial(_back, edits)


def later(make: Callable[[], list[Edit]]) -> Step:
    """The way back through edits that are made when they are first asked for."""
    made: list[list[Edit]] = []

    def back(start: int, end: int) -> Span:
        if not made:
            made.append(make())
        return _back(made[0], start, end)

    return back


def turned(runs: list[Span]) -> Step:
    """The way back through runs, in order, whose characters stand in reverse; a span that leaves one takes all of it."""

    def back(start: int, end: int) -> Span:
        first, last = _run_at(runs, start), _run_at(runs, max(start, end - 1))
        if first is not None and first == last:
            return sum(first) - end, sum(first) - start
        return (first[0] if first else start), (last[1] if last else end)

    return back


def edited(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> tuple[str, list[Edit]]:
    """The text with every match replaced, and where."""
    return replaced(text, ((*found.span(), replace(found)) for found in pattern.finditer(text)))


def replaced(text: str, pieces: Iterable[tuple[int, int, str]]) -> tuple[str, list[Edit]]:
    """The text with pieces of it, in order, replaced, and where."""
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


def _run_at(runs: list[Span], position: int) -> Span | None:
    index = bisect_right(runs, (position, sys.maxsize)) - 1
    return runs[index] if index >= 0 and position < runs[index][1] else None


def _back(edits: list[Edit], start: int, end: int) -> Span:
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
