from __future__ import annotations

import pytest

from policycheck.builtin.checks.known_person import known_person
from policycheck.reading.knowing import NAMESAKE
from policycheck.testing import answer


@pytest.mark.parametrize(
    "basis", ["the record", "address book", "earlier conversation", "endorsement", "recommendation"]
)
def test_it_says_on_what_knowing_rests(basis: str) -> None:
    answered = answer(known_person, {"person": {"known": True, "known_by": basis}})
    assert [(e.field, e.reason) for e in answered.evidence] == [("person.known", f"known from: {basis}")]


def test_a_basis_in_words_of_a_stranger_is_not_repeated() -> None:
    answered = answer(known_person, {"person": {"known": True, "known_by": "we met at Brightleaf"}})
    assert answered.evidence[0].reason == "known from: the record"


def test_somebody_not_known_is_not_known_whatever_the_basis() -> None:
    answered = answer(known_person, {"person": {"known": False, "known_by": "the record"}})
    assert (answered.holds, answered.evidence) == (False, ())


def test_a_namesake_of_somebody_known_leaves_it_unknown_and_is_the_evidence() -> None:
    answered = answer(known_person, {"person": {"name": "Ben Ito", "known_by": NAMESAKE}})
    assert answered.holds is None
    assert answered.missing == ("person.profile_url",)
    assert answered.quotes == ("Ben Ito",)
    assert answered.evidence[0].reason == (
        "somebody in your address book has this name, which does not tell whether it is they"
    )


def test_without_any_trace_the_fact_itself_is_missing() -> None:
    answered = answer(known_person, {"person": {"name": "Ben Ito"}})
    assert (answered.holds, answered.missing, answered.evidence) == (None, ("person.known",), ())


def test_a_namesake_under_a_known_url_leaves_nothing_to_find_out_of_the_person() -> None:
    person = {"name": "Ben Ito", "profile_url": "https://www.linkedin.com/in/ben-ito", "known_by": NAMESAKE}
    answered = answer(known_person, {"person": person})
    assert (answered.holds, answered.missing) == (None, ())
