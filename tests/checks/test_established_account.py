from __future__ import annotations

import pytest

from policycheck.builtin.checks.established_account import established_account
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("joined_on", "holds", "reason"),
    [
        ("2026-08-25", True, "account made 90 days before 2026-11-23"),
        ("2026-08-26", False, "account made 89 days before 2026-11-23"),
        ("2026-11-23", False, "account made 0 days before 2026-11-23"),
        ("2026-11-24", False, "account made after 2026-11-23"),
        ("0001-01-01", True, "account made 739942 days before 2026-11-23"),
    ],
)
def test_the_days_are_counted_up_to_the_day_of_the_decision(joined_on: str, holds: bool, reason: str) -> None:
    answered = answer(established_account, {"person": {"joined_on": joined_on}})
    assert (answered.holds, [e.reason for e in answered.evidence]) == (holds, [reason])


def test_the_day_of_the_decision_is_a_fact_like_any_other() -> None:
    facts = {"person": {"joined_on": "2026-08-26"}, "as_of": "2026-12-24"}
    assert answer(established_account, facts).holds is True
