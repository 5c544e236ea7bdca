from __future__ import annotations

from typing import Any

import pytest

from policycheck import PolicyError
from policycheck.builtin.checks.field import field
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("facts", "parameters", "holds"),
    [
        ({"person": {"company": "ACME  Inc"}}, {"field": "person.company", "equals": "acme inc"}, True),
        ({"person": {"company": "Acme"}}, {"field": "person.company", "equals": "Acme Inc"}, False),
        ({"person": {"connections": 3}}, {"field": "person.connections", "equals": 3}, True),
        ({"person": {"verified": False}}, {"field": "person.verified", "equals": False}, True),
        ({"person": {"joined_on": "2020-01-02"}}, {"field": "person.joined_on", "equals": "2020-01-02"}, True),
        ({"person": {"connections": 3}}, {"field": "person.connections", "one_of": [1, 2]}, False),
        ({"person": {"connections": 3}}, {"field": "person.connections", "none_of": [1, 2]}, True),
        ({"person": {"industry": "gambling"}}, {"field": "person.industry", "none_of": ["Gambling"]}, False),
        ({"person": {"connections": 50}}, {"field": "person.connections", "at_least": 50}, True),
        ({"person": {"connections": 50}}, {"field": "person.connections", "at_most": 49}, False),
        ({"sent_at": "2026-06-26T23:59:59Z"}, {"field": "sent_at", "at_most": "2026-06-26"}, True),
        ({"sent_at": "2026-06-27T00:00:00Z"}, {"field": "sent_at", "at_most": "2026-06-26"}, False),
        ({"connected_on": "2026-06-27"}, {"field": "connected_on", "at_least": "2026-06-27"}, True),
        ({"note": "Hello"}, {"field": "note", "matches": "^hello$"}, False),
        ({"note": "Hello"}, {"field": "note", "matches": "(?i)^hello$"}, True),
        ({"note": " \n"}, {"field": "note", "present": True}, False),
        ({"note": "x"}, {"field": "note", "present": True}, True),
        ({"note": "x"}, {"field": "note", "present": False}, False),
        ({"previous_invitations": 0}, {"field": "previous_invitations", "present": True}, True),
        ({"stage": "outgoing"}, {"field": "stage", "one_of": ["Outgoing"]}, True),
        ({"profile": {"premium": True}}, {"field": "profile.premium", "equals": True}, True),
    ],
)
def test_a_fact_is_compared(facts: dict[str, Any], parameters: dict[str, Any], holds: bool) -> None:
    assert answer(field, facts, parameters).holds is holds


@pytest.mark.parametrize("operator", [{"present": True}, {"present": False}, {"equals": "x"}, {"matches": "x"}])
def test_an_unknown_fact_is_unknown_to_every_operator(operator: dict[str, Any]) -> None:
    answered = answer(field, {}, {"field": "note", **operator})
    assert (answered.holds, answered.missing) == (None, ("note",))


def test_a_pattern_shows_exactly_what_it_found() -> None:
    facts = {"note": "Grüße 🎉 aus HAMBURG!"}
    answered = answer(field, facts, {"field": "note", "matches": "(?i)hamburg|bremen"})
    assert [(e.field, e.start, e.end, e.quote, e.reason) for e in answered.evidence] == [
        ("note", 12, 19, "HAMBURG", "matches the policy's pattern")
    ]


@pytest.mark.parametrize(
    ("facts", "parameters", "reason"),
    [
        (
            {"person": {"connections": 70}},
            {"field": "person.connections", "at_least": 50},
            "no less than what the policy names: it is 70",
        ),
        (
            {"sent_at": "2026-06-26T23:59:59Z"},
            {"field": "sent_at", "at_most": "2026-06-26"},
            "no more than what the policy names: it is 2026-06-26",
        ),
        ({"accepted": True}, {"field": "accepted", "equals": True}, "equals what the policy names: it is true"),
        ({"note": "x"}, {"field": "note", "present": True}, "there is something"),
    ],
)
def test_the_evidence_says_a_number_a_date_or_a_truth_and_never_a_text(
    facts: dict[str, Any], parameters: dict[str, Any], reason: str
) -> None:
    assert [evidence.reason for evidence in answer(field, facts, parameters).evidence] == [reason]


OPERATORS = "equals, one_of, none_of, at_least, at_most, matches, present"


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"field": "person.compny", "equals": "x"}, "there is no fact `person.compny`; did you mean `person.company`?"),
        ({"field": "note"}, f"this names none; give exactly one of {OPERATORS}"),
        (
            {"field": "note", "equals": "x", "matches": "y"},
            f"this names `equals` and `matches`; give exactly one of {OPERATORS}",
        ),
        (
            {"field": "person.connections", "matches": "3"},
            "`person.connections` is a number: `matches` needs a text",
        ),
        (
            {"field": "note", "at_least": 3},
            "`note` is a text: `at_least` needs a number or a date such as 2026-11-23",
        ),
        ({"field": "person.connections", "equals": "3"}, "`person.connections` is a number: give `equals` one"),
        ({"field": "person.connections", "equals": True}, "`person.connections` is a number: give `equals` one"),
        (
            {"field": "person.company", "equals": 3},
            "`person.company` is a text: give `equals` one, in quotes if need be",
        ),
        (
            {"field": "person.company", "one_of": ["x", 3]},
            "`person.company` is a text: give `one_of` nothing else, in quotes if need be",
        ),
        (
            {"field": "sent_at", "at_least": "2026-02-30"},
            "`sent_at` is a date such as 2026-11-23: give `at_least` one",
        ),
    ],
)
def test_parameters_that_make_no_question_are_refused(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        answer(field, {}, parameters)
    assert str(refused.value) == f"check `field`: {message}"


def test_a_bad_pattern_is_refused_with_the_repair() -> None:
    with pytest.raises(PolicyError, match="lookaround and back-references do not exist there"):
        answer(field, {}, {"field": "note", "matches": "(?=x)"})


def test_what_is_no_single_fact_is_refused_with_the_list_of_facts() -> None:
    with pytest.raises(PolicyError) as refused:
        answer(field, {}, {"field": "origin", "equals": "x"})
    assert str(refused.value).startswith("check `field`: there is no fact `origin`; known are accepted, connected_on, ")
    assert "profile.competitors" not in str(refused.value)


def test_half_a_character_is_no_pattern_and_breaks_no_search() -> None:
    assert answer(field, {"note": "a\ud800b"}, {"field": "note", "matches": "b$"}).quotes == ("b",)
    with pytest.raises(PolicyError, match="it holds a lone surrogate"):
        answer(field, {}, {"field": "note", "matches": "\ud800"})
