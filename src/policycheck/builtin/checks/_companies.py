"""Is the company or industry of the person on one of our lists?"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from policycheck import Case, Evidence, Finding, company_key


def _key(name: str) -> tuple[str, ...]:
    return tuple(filter(None, [company_key(name)]))


def on_list(
    case: Case, fact: str, names: str, reason: str, keys_of: Callable[[str], tuple[str, ...]] = _key
) -> Finding:
    """Whether the text at `fact` is one of the profile's `names`. Nothing is on an empty list, and an empty text is on none.

    A text is a name where one of its keys is the name's first.
    """
    value, listed = case.fact(fact), case.fact(names)
    if value == "" or listed == ():
        return Finding(False)
    missing = tuple(path for path, known in ((fact, value), (names, listed)) if known is None)
    if missing:
        return Finding(None, missing=missing)
    keys = case.once_per_account(("company keys", names), lambda: _keys(listed, keys_of))
    return Finding(False) if keys.isdisjoint(keys_of(value)) else Finding(True, (whole(case, fact, reason),))


@lru_cache(maxsize=16)  # many accounts share the one profile that the user gave
def _keys(names: tuple[str, ...], keys_of: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    return frozenset(key for name in names for key in keys_of(name)[:1])


def whole(case: Case, field: str, reason: str) -> Evidence:
    """The whole text of a known fact as evidence."""
    return Evidence(field=field, start=0, end=len(case.fact(field)), reason=reason)
