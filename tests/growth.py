"""How the cost of something grows with the size of what it is given."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LINEAR = 9.0
"""Between what four times the input costs where the cost is linear, 4, and where it is quadratic, 16."""


def growth(size: int, make: Callable[[int], T], run: Callable[[T], object]) -> float:
    """How many times the processor time `run` takes of `make(4 * size)` as of `make(size)`, at its best of five."""
    return _best(run, make(4 * size)) / _best(run, make(size))


def _best(run: Callable[[T], object], given: T) -> float:
    return min(_seconds(run, given) for _ in range(5))


def _seconds(run: Callable[[T], object], given: T) -> float:
    started = time.process_time()
    run(given)
    return time.process_time() - started
