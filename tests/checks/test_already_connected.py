from __future__ import annotations

from typing import Any

import pytest

from policycheck.builtin.checks.already_connected import already_connected
from policycheck.testing import answer

MIA = {"name": "Mia Berg", "profile_url": "https://www.linkedin.com/in/mia-berg"}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"accepted": True}, "the invitation was accepted"),
        ({"stage": "connected"}, "the record is a connection"),
        ({"person": MIA, "profile": {"connections": [MIA]}}, "a connection of yours"),
        ({"person": MIA, "accepted": False, "profile": {"connections": [MIA]}}, "a connection of yours"),
    ],
    ids=["accepted", "connected", "listed", "listed, whatever the record says"],
)
def test_a_connection_is_recognised(facts: dict[str, Any], reason: str) -> None:
    answered = answer(already_connected, facts)
    assert (answered.holds, [e.reason for e in answered.evidence]) == (True, [reason])


def test_not_being_on_the_list_says_nothing_while_the_record_does_not() -> None:
    answered = answer(already_connected, {"person": MIA, "profile": {"connections": []}})
    assert (answered.holds, answered.missing) == (None, ("accepted",))


def test_a_connection_of_the_same_name_leaves_it_unknown() -> None:
    facts = {"person": {"name": "Mia Berg"}, "accepted": False, "profile": {"connections": [MIA]}}
    answered = answer(already_connected, facts)
    assert (answered.holds, answered.missing, answered.quotes) == (None, ("person.profile_url",), ("Mia Berg",))


def test_somebody_else_who_has_not_accepted_is_no_connection() -> None:
    facts = {
        "person": {"profile_url": "linkedin.com/in/jo", "name": "Jo"},
        "accepted": False,
        "profile": {"connections": [MIA]},
    }
    assert answer(already_connected, facts).holds is False
