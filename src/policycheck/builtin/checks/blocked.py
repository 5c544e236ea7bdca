"""blocked: they, or their company, are on a list of yours that says no."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, company_looks, hookimpl

from . import _companies, _people
from ._kleene import either


@check("blocked")
def blocked(case: Case) -> Finding:
    """The person or their company is on one of your block lists.

    Looks for their company in the `blocked_companies` of your profile and for themselves in `blocked_people`, by
    profile URL, then e-mail. A company is found whatever its case, accents, blanks, punctuation and legal form, and in
    letters that look alike; one word more, as in "Spamworks HQ", and it is another company. A name alone is never
    enough: a namesake leaves the answer unknown. It fails only when both lists are known and nothing still unknown of
    the person could put them on one: a list of people that holds e-mail addresses needs the person's.

    Why it matters: one may always refuse an invitation. What your organisation has decided about a company or a person
    once should not depend on who looks at the next invitation.

        Holds::      {person: {company: "Spamworks, Inc."}, profile: {blocked_companies: [Spamworks]}}
        Holds::      {person: {profile_url: "linkedin.com/in/jo-park"},
                      profile: {blocked_people: [{profile_url: "https://www.linkedin.com/in/Jo-Park/"}]}}
        Fails::      {person: {company: Brightleaf}, profile: {blocked_companies: [Spamworks], blocked_people: []}}
        Unknown::    {person: {company: Brightleaf}, profile: {blocked_companies: [Spamworks]}}
        Unknown::    {person: {name: Jo Park}, profile: {blocked_companies: [], blocked_people: [{name: Jo Park}]}}
        Unknown::    {person: {}, profile: {blocked_companies: [Spamworks], blocked_people: []}}
    """
    return either(
        _companies.on_list(
            case, "person.company", "profile.blocked_companies", "a company that you blocked", company_looks
        ),
        _people.on_list(
            case,
            "profile.blocked_people",
            "a person whom you blocked",
            "somebody whom you blocked has this name, which does not tell whether it is they",
        ),
    )


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [blocked]
