"""Three-valued truth (strong Kleene logic): True, False, and None for *unknown*."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def negate(value: Truth) -> Truth:
    """Not unknown is unknown."""
    return None if value is None else not value


def every(values: Iterable[Truth]) -> Truth:
    """False when one is false; else unknown when one is unknown; else true (also of nothing)."""
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def some(values: Iterable[Truth]) -> Truth:
    """True when one is true; else unknown when one is unknown; else false (also of nothing)."""
    unknown = False
    for value in values:
        if value is True:
            return True
        unknown = unknown or value is None
    return None if unknown else False


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """True when `count` are true, false when too few can still be, else unknown."""
    true = open_ = 0
    for value in values:
        true += value is True
        open_ += value is None
    if true >= count:
        return True
    return None if true + open_ >= count else False
