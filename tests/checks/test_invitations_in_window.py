from __future__ import annotations

from typing import Any

import pytest

from growth import LINEAR, growth
from policycheck.builtin.checks.invitations_in_window import invitations_in_window
from policycheck.testing import Answer, answer


def sent(at: str | None) -> dict[str, Any]:
    return {"stage": "outgoing", "sent_at": at and f"{at}T09:00:00Z"}


def asked(this: dict[str, Any], *history: dict[str, Any], **parameters: int) -> Answer:
    return answer(invitations_in_window, {**this, "history": list(history)}, parameters)


def test_the_window_rolls_and_leaves_its_first_moment_out() -> None:
    this = sent("2026-06-08")
    assert asked(this, sent("2026-06-02"), at_least=2).holds is True
    assert asked(this, sent("2026-06-01"), at_least=2).holds is False
    assert asked(this, sent("2026-06-01"), at_least=2, days=8).holds is True
    assert asked(this, sent("2026-06-09"), at_least=2).holds is False


def test_it_counts_itself_and_says_how_many() -> None:
    answered = asked(sent("2026-06-08"), sent("2026-06-07"), sent("2026-06-08"), at_least=3)
    assert answered.holds is True
    assert [(e.field, e.reason) for e in answered.evidence] == [
        ("sent_at", "invitations sent in the 7 days up to this one: 3")
    ]


def test_an_invitation_at_no_known_time_counts_neither_way() -> None:
    answered = asked(sent("2026-06-08"), sent(None), at_least=2)
    assert (answered.holds, answered.missing) == (None, ("history",))
    assert asked(sent("2026-06-08"), sent(None), at_least=3).holds is False
    assert asked(sent("2026-06-08"), sent("2026-06-07"), sent(None), at_least=2).holds is True


def test_without_its_own_time_it_is_unknown_unless_too_few_were_sent_at_all() -> None:
    answered = asked(sent(None), sent("2026-06-07"), at_least=2)
    assert (answered.holds, answered.missing) == (None, ("sent_at",))
    assert asked(sent(None), sent("2026-06-07"), at_least=3).holds is False
    assert asked(sent(None), at_least=1).holds is True


def test_what_others_sent_does_not_count() -> None:
    assert asked(sent("2026-06-08"), {**sent("2026-06-08"), "stage": "incoming"}, at_least=2).holds is False


def test_a_window_that_begins_before_the_first_year_is_counted() -> None:
    assert asked(sent("0001-01-01"), at_least=1, days=3650).holds is True


@pytest.mark.parametrize("stage", ["incoming", "connected", "template"])
def test_only_what_you_send_counts(stage: str) -> None:
    assert asked({**sent("2026-06-08"), "stage": stage}, at_least=1).holds is False


def test_the_invitations_of_one_account_are_counted_in_linear_time(account_of: Any) -> None:
    def counted(every: Any) -> None:
        assert sum(one is True for one in every(invitations_in_window, at_least=100, days=7)) > 400

    def everybody(size: int) -> Any:
        return account_of(size, lambda number: f"https://www.linkedin.com/in/person-{number}")

    assert growth(500, everybody, counted) < LINEAR
    assert sum(one is True for one in everybody(10_000)(invitations_in_window, at_least=100, days=7)) == 9_901
