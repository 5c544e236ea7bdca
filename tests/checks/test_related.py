from __future__ import annotations

from policycheck.builtin.checks.related_company import related_company
from policycheck.builtin.checks.related_industry import related_industry
from policycheck.testing import answer


def test_your_own_company_is_no_related_one() -> None:
    facts = {
        "person": {"company": "Brightleaf"},
        "profile": {"companies": ["Brightleaf"], "related_companies": ["Acme"]},
    }
    assert answer(related_company, facts).holds is False


def test_an_industry_on_one_list_is_enough_though_the_other_is_unknown() -> None:
    answered = answer(
        related_industry,
        {"person": {"industry": "PUBLIC RELATIONS"}, "profile": {"related_industries": ["Public Relations"]}},
    )
    assert answered.holds is True
    assert [(e.field, e.quote, e.reason) for e in answered.evidence] == [
        ("person.industry", "PUBLIC RELATIONS", "an industry related to yours")
    ]


def test_an_industry_on_both_lists_is_found_on_both() -> None:
    facts = {
        "person": {"industry": "Advertising"},
        "profile": {"industries": ["Advertising"], "related_industries": ["Advertising"]},
    }
    assert [e.reason for e in answer(related_industry, facts).evidence] == [
        "an industry of yours",
        "an industry related to yours",
    ]


def test_an_industry_on_the_only_list_supplied_or_not_at_all_names_the_other_list() -> None:
    answered = answer(
        related_industry, {"person": {"industry": "Dentistry"}, "profile": {"industries": ["Advertising"]}}
    )
    assert (answered.holds, answered.missing) == (None, ("profile.related_industries",))


def test_somebody_without_an_industry_is_in_none_of_yours() -> None:
    answered = answer(related_industry, {"person": {"industry": ""}, "profile": {"industries": ["Advertising"]}})
    assert answered.holds is False
