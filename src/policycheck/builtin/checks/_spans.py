"""Looking up spans of a text, of which a hostile one has thousands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate


def reach(spans: Iterable[tuple[int, int]]) -> Callable[[int], int]:
    """How far those of some spans go that start at a position or before it; 0 where none does."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    ends = [0, *accumulate((end for _, end in ordered), max)]
    return lambda position: ends[bisect_right(starts, position)]
