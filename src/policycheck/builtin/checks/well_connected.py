"""well-connected: their network is no empty shell."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl


@check(
    "well-connected",
    needs=["person.connections"],
    parameters={
        "connections": {
            "type": "integer",
            "min": 1,
            "default": 50,
            "meta": {"description": "how many connections they must have"},
        }
    },
)
def well_connected(case: Case, *, connections: int) -> Finding:
    """The person has a network of their own.

    Compares the number of their connections with `connections`. LinkedIn shows at most "500+": record it as 500.

    Why it matters: help pages and users' reports (as of 2026) agree that very few connections are a sign of an account
    that isn't legitimate. It is not certain alone: newcomers have few, too.

        Holds::      {person: {connections: 640}}
        Holds::      {person: {connections: 30}}   with {connections: 25}
        Fails::      {person: {connections: 3}}
        Unknown::    {person: {}}
    """
    theirs: int = case.fact("person.connections")
    return Finding(theirs >= connections, (Evidence(field="person.connections", reason=f"connections: {theirs}"),))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [well_connected]
