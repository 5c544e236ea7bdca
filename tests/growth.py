"""How the cost of something grows with the size of what it is given."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LINEAR = 9.0
"""Between what four times the input costs where the cost is linear, 4, and where it is quadratic, 16."""


def growth(size: int, make: Callable[[int], T], run: Callable[[T], object]) -> float:
    """How many times the processor time `run` takes of `make(4 * size)` as of `make(size)`, at its best of five.

    The least of three measurements, where the first ones come out above `LINEAR`: on a machine that others load, their memory
    traffic can triple the cost of the larger input, but nothing makes a quadratic cost look linear.
    """
    small, large = make(size), make(4 * size)
    least = float("inf")
    for _ in range(3):
        least = min(least, _best(run, large) / _best(run, small))
        if least < LINEAR:
            break
    return least


def _best(run: Callable[[T], object], given: T) -> float:
    return min(_seconds(run, given) for _ in range(5))


def _seconds(run: Callable[[T], object], given: T) -> float:
    started = time.process_time()
    run(given)
    return time.process_time() - started
