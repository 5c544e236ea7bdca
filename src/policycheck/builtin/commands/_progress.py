"""Progress on standard error, on a terminal only, for what takes more than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

FIRST_AFTER = 1.0
THEN_EVERY = 0.2


def watched(items: Iterable[T]) -> Iterator[T]:
    """The same items; the count of those that have passed is shown and wiped away again."""
    if not sys.stderr.isatty():
        yield from items
        return
    due = monotonic() + FIRST_AFTER
    shown = False
    for count, item in enumerate(items, start=1):
        if count % 64 == 0 and monotonic() >= due:
            sys.stderr.write(f"\r{count:,} records read")
            sys.stderr.flush()
            shown, due = True, monotonic() + THEN_EVERY
        yield item
    if shown:
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()
