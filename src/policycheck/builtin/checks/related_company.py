"""related-company: they work at a company that has to do with yours."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._companies import on_list


@check("related-company", needs=["person.company", "profile.related_companies"])
def related_company(case: Case) -> Finding:
    """The person works at a company that is related to yours.

    Compares their company with the `related_companies` of your profile (clients, partners, suppliers), without case,
    punctuation and legal forms. Your own companies are for `shared-employer`.

    Why it matters: in the pragmatic stance, working at a related company is a basis for accepting somebody you don't
    know, provided that they appear legitimate.

        Holds::      {person: {company: ACME Inc}, profile: {related_companies: ["Acme, Inc."]}}
        Fails::      {person: {company: Granite Dental}, profile: {related_companies: ["Acme, Inc."]}}
        Unknown::    {person: {}, profile: {related_companies: ["Acme, Inc."]}}
        Unknown::    {person: {company: ACME Inc}}
    """
    return on_list(case, "person.company", "profile.related_companies", "a company related to yours")


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [related_company]
