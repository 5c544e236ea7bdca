from __future__ import annotations

import pytest

from policycheck.builtin.checks.shared_employer import shared_employer
from policycheck.testing import answer


@pytest.mark.parametrize("company", ["Acme, Inc.", "ACME Inc", "acme", "ACME Corporation", "Ａｃｍｅ"])
def test_a_company_is_the_same_however_it_is_written(company: str) -> None:
    answered = answer(shared_employer, {"person": {"company": company}, "profile": {"companies": ["Acme Ltd"]}})
    assert answered.holds is True
    assert answered.quotes == (company,)


@pytest.mark.parametrize("company", ["Acme Dental", "Acm", "", "---"])
def test_another_company_is_none_of_yours(company: str) -> None:
    facts = {"person": {"company": company}, "profile": {"companies": ["Acme", "", "..."]}}
    assert answer(shared_employer, facts).holds is False


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, ("person.company", "profile.companies")),
        ({"person": {"company": "Acme"}}, ("profile.companies",)),
        ({"profile": {"companies": ["Acme"]}}, ("person.company",)),
    ],
    ids=["nothing", "no list", "no company"],
)
def test_it_names_what_is_missing(facts: dict[str, object], missing: tuple[str, ...]) -> None:
    answered = answer(shared_employer, facts)
    assert (answered.holds, answered.missing) == (None, missing)
