"""established-account: the account was not made yesterday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policycheck import Case, Check, Evidence, Finding, check, hookimpl


@check(
    "established-account",
    needs=["person.joined_on"],
    parameters={
        "days": {
            "type": "integer",
            "min": 1,
            "default": 90,
            "meta": {"description": "how many days ago the account must have been made"},
        }
    },
)
def established_account(case: Case, *, days: int) -> Finding:
    """The person's account has existed for some time.

    Counts the days from the day on which the account was made to the day for which you decide (`as_of`). An account
    made after that day is not established.

    Why it matters: help pages and users' reports (as of 2026) agree that a new account is a sign of one that isn't
    legitimate: fake accounts are short-lived. It is not certain alone: everybody joined some day.

        Holds::      {person: {joined_on: 2017-03-01}}
        Holds::      {person: {joined_on: 2026-11-13}}   with {days: 10}
        Fails::      {person: {joined_on: 2026-11-01}}
        Fails::      {person: {joined_on: 2026-12-01}}
        Unknown::    {person: {}}
    """
    joined: date = case.fact("person.joined_on")
    age = (case.as_of - joined).days
    reason = f"account made {age} days before {case.as_of}" if age >= 0 else f"account made after {case.as_of}"
    return Finding(age >= days, (Evidence(field="person.joined_on", reason=reason),))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [established_account]
