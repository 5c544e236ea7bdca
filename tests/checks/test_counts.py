from __future__ import annotations

import pytest

from policycheck import Check, PolicyError
from policycheck.builtin.checks.mutual_connection import mutual_connection
from policycheck.builtin.checks.well_connected import well_connected
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("check", "fact", "parameter", "least"),
    [
        (mutual_connection, "mutual_connections", "at_least", 1),
        (well_connected, "connections", "connections", 50),
    ],
    ids=["mutual-connection", "well-connected"],
)
def test_the_number_asked_for_is_enough_and_one_less_is_not(
    check: Check, fact: str, parameter: str, least: int
) -> None:
    assert answer(check, {"person": {fact: least}}).holds is True
    assert answer(check, {"person": {fact: least - 1}}).holds is False
    assert answer(check, {"person": {fact: least}}, {parameter: least + 1}).holds is False


def test_the_evidence_says_the_number() -> None:
    answered = answer(mutual_connection, {"person": {"mutual_connections": 4}})
    assert [(e.field, e.reason) for e in answered.evidence] == [("person.mutual_connections", "mutual connections: 4")]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"at_least": 0}, "check `mutual-connection`: `at_least` must be at least 1"),
        ({"at_least": True}, "check `mutual-connection`: `at_least` must be a whole number"),
        ({"at_lest": 2}, "check `mutual-connection`: unknown key `at_lest`; did you mean `at_least`?"),
    ],
    ids=["zero", "a truth", "misspelt"],
)
def test_a_parameter_that_is_wrong_is_refused(parameters: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        answer(mutual_connection, {}, parameters)
    assert str(refused.value) == message
