"""verified: LinkedIn has verified the account."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, check, hookimpl


@check("verified", needs=["person.verified"])
def verified(case: Case) -> bool:
    """The person's account carries LinkedIn's verification mark.

    Takes the record's word for it: whether LinkedIn has confirmed the person's identity, workplace or education.

    Why it matters: help pages (as of 2026) name the mark as a sign of a legitimate account. Its absence says little:
    verification isn't offered everywhere.

        Holds::      {person: {verified: true}}
        Fails::      {person: {verified: false}}
        Unknown::    {person: {}}
    """
    return bool(case.person.verified)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [verified]
