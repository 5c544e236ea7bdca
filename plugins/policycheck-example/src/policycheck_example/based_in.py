"""based-in: is the person where we look for people?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policycheck import Case, Check, Evidence, Finding, check, hookimpl


@check(
    "based-in",
    needs=["person.location"],
    parameters={"places": {"type": "list", "required": True, "minlength": 1, "schema": {"type": "string"}}},
)
def based_in(case: Case, *, places: Sequence[str]) -> Finding:
    """The person is based in one of the places that you name.

    Compares every part of their location between commas ("Rotterdam, South Holland, Netherlands") with each of `places`, whole
    and without case: `Holland` is not `South Holland`.

    Why it matters: a team that serves one region wants its invitations there, and nothing else known of a person tells where
    they are.

        Holds::      {person: {location: "Rotterdam, Netherlands"}}   with {places: [netherlands]}
        Fails::      {person: {location: "Rotterdam, Netherlands"}}   with {places: [Belgium, Rotter]}
        Unknown::    {person: {}}   with {places: [Netherlands]}
    """
    wanted = {place.strip().casefold() for place in places}
    for part in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", case.person.location or ""):
        if part[0].casefold() in wanted:
            reason = "a place that the policy names"
            return Finding(
                True, (Evidence(field="person.location", start=part.start(), end=part.end(), reason=reason),)
            )
    return Finding(False)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [based_in]
