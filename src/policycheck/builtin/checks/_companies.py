"""Is the company or industry of the person on one of our lists?"""

from __future__ import annotations

from functools import lru_cache

from policycheck import Case, Evidence, Finding, company_key


def on_list(case: Case, fact: str, names: str, reason: str) -> Finding:
    """Whether the text at `fact` is one of the profile's `names`. Nothing is on an empty list, and an empty text is on none."""
    value, listed = case.fact(fact), case.fact(names)
    if value == "" or listed == ():
        return Finding(False)
    missing = tuple(path for path, known in ((fact, value), (names, listed)) if known is None)
    if missing:
        return Finding(None, missing=missing)
    keys = case.once_per_account(("company keys", names), lambda: _keys(listed))
    return Finding(True, (whole(case, fact, reason),)) if company_key(value) in keys else Finding(False)


@lru_cache(maxsize=16)  # many accounts share the one profile that the user gave
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(company_key, names)) - {""}


def whole(case: Case, field: str, reason: str) -> Evidence:
    """The whole text of a known fact as evidence."""
    return Evidence(field=field, start=0, end=len(case.fact(field)), reason=reason)
