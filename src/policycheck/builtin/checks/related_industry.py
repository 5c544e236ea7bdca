"""related-industry: they work in your industry, or in one that has to do with it."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._companies import on_list
from ._kleene import either


@check("related-industry", needs=["person.industry", ("profile.industries", "profile.related_industries")])
def related_industry(case: Case) -> Finding:
    """The person works in your industry or in a related one.

    Compares their industry with the `industries` and the `related_industries` of your profile, without case and
    punctuation. One list is enough to find them on it; that they are on neither takes both.

    Why it matters: in the pragmatic stance, working in a related industry is a basis for accepting somebody you don't
    know, provided that they appear legitimate.

        Holds::      {person: {industry: public relations}, profile: {related_industries: [Public Relations]}}
        Holds::      {person: {industry: Marketing Services}, profile: {industries: [marketing services]}}
        Fails::      {person: {industry: Dentistry}, profile: {industries: [Advertising], related_industries: []}}
        Unknown::    {person: {}, profile: {industries: [Advertising], related_industries: []}}
        Unknown::    {person: {industry: Dentistry}, profile: {industries: [Advertising]}}
    """
    return either(
        on_list(case, "person.industry", "profile.industries", "an industry of yours"),
        on_list(case, "person.industry", "profile.related_industries", "an industry related to yours"),
    )


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [related_industry]
