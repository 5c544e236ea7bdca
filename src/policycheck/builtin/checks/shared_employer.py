"""shared-employer: they work where you work or worked."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._companies import on_list


@check("shared-employer", needs=["person.company", "profile.companies"])
def shared_employer(case: Case) -> Finding:
    """The person works at a company of yours, present or past.

    Compares their company with the `companies` of your profile, without case, punctuation and legal forms: "ACME Inc"
    is "Acme, Inc.". Companies that are merely close to yours are for `related-company`.

    Why it matters: having had the same employer is a basis for connecting. It is no proof of knowing each other, which
    is why LinkedIn's advice to invite people whom one knows (help pages, as of 2026) is served by `known-person` alone.

        Holds::      {person: {company: "Brightleaf GmbH"}, profile: {companies: [Brightleaf]}}
        Fails::      {person: {company: Granite Dental}, profile: {companies: [Brightleaf]}}
        Fails::      {person: {company: Granite Dental}, profile: {companies: []}}
        Unknown::    {person: {}, profile: {companies: [Brightleaf]}}
        Unknown::    {person: {company: Brightleaf}}
    """
    return on_list(case, "person.company", "profile.companies", "a company of yours")


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [shared_employer]
