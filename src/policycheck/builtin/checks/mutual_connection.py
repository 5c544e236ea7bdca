"""mutual-connection: they share connections with you."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl


@check(
    "mutual-connection",
    needs=["person.mutual_connections"],
    parameters={
        "at_least": {
            "type": "integer",
            "min": 1,
            "default": 1,
            "meta": {"description": "how many connections you must share"},
        }
    },
    advice="Ask somebody whom you both know to introduce you.",
)
def mutual_connection(case: Case, *, at_least: int) -> Finding:
    """The person shares connections with you.

    Compares the number of connections in common with `at_least`. A LinkedIn export doesn't hold that number: it comes
    from a facts file or from your own records.

    Why it matters: in the pragmatic stance, knowing somebody you know is the first basis for accepting somebody you
    don't know, provided that they appear legitimate.

        Holds::      {person: {mutual_connections: 3}}   with {at_least: 2}
        Fails::      {person: {mutual_connections: 0}}
        Unknown::    {person: {}}
    """
    shared: int = case.fact("person.mutual_connections")
    return Finding(
        shared >= at_least, (Evidence(field="person.mutual_connections", reason=f"mutual connections: {shared}"),)
    )


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [mutual_connection]
