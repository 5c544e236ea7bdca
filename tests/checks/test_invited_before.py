from __future__ import annotations

from typing import Any

import pytest

from growth import LINEAR, growth
from policycheck.builtin.checks.invited_before import invited_before
from policycheck.testing import Answer, answer

MIA = {"profile_url": "https://www.linkedin.com/in/mia-berg"}


def sent(at: str | None, person: dict[str, str] = MIA, **more: Any) -> dict[str, Any]:
    return {"stage": "outgoing", "person": person, "sent_at": at and f"{at}T09:00:00Z", **more}


def asked(this: dict[str, Any], *history: dict[str, Any], **parameters: int) -> Answer:
    return answer(invited_before, {**this, "history": list(history)}, parameters)


def test_the_window_ends_with_this_invitation_and_leaves_its_first_moment_out() -> None:
    this = sent("2026-06-22")
    assert asked(this, sent("2026-06-02")).holds is True
    assert asked(this, sent("2026-06-01")).holds is None
    assert asked(this, sent("2026-06-23")).holds is None


def test_the_evidence_counts_without_naming_anybody() -> None:
    answered = asked(sent("2026-06-22", previous_invitations=3), sent("2026-06-02"), sent("2026-06-21"))
    assert [(e.field, e.reason) for e in answered.evidence] == [
        ("previous_invitations", "previous invitations: 3"),
        ("sent_at", "invitations to the same profile in the 21 days before: 2"),
    ]


def test_two_invitations_at_the_same_moment_are_each_a_repetition() -> None:
    assert asked(sent("2026-06-22"), sent("2026-06-22")).holds is True


def test_the_larger_of_both_counts_decides() -> None:
    this = sent("2026-06-22", previous_invitations=1)
    assert asked(this, sent("2026-06-20"), at_least=2).holds is False
    assert asked(this, sent("2026-06-20"), sent("2026-06-19"), at_least=2).holds is True


def test_another_person_does_not_count() -> None:
    other = {"profile_url": "https://www.linkedin.com/in/mia-berg-2"}
    assert asked(sent("2026-06-22", previous_invitations=0), sent("2026-06-20", other)).holds is False


def test_what_others_sent_does_not_count() -> None:
    incoming = {**sent("2026-06-20"), "stage": "incoming"}
    assert asked(sent("2026-06-22", previous_invitations=0), incoming).holds is False


@pytest.mark.parametrize(
    "other",
    [sent("2026-06-20", {}), sent(None), sent(None, {}), sent("2026-06-20", {"profile_url": ""})],
    ids=["to nobody known", "at no known time", "neither", "an empty URL"],
)
def test_an_invitation_that_may_have_gone_to_them_leaves_it_unknown(other: dict[str, Any]) -> None:
    answered = asked(sent("2026-06-22", previous_invitations=0), other)
    assert (answered.holds, answered.missing) == (None, ("history",))


def test_an_invitation_to_nobody_known_outside_the_window_does_not_matter() -> None:
    assert asked(sent("2026-06-22", previous_invitations=0), sent("2026-05-20", {})).holds is False


@pytest.mark.parametrize(
    ("this", "missing"),
    [
        (sent("2026-06-22"), ("previous_invitations",)),
        (sent(None), ("previous_invitations", "sent_at")),
        (sent(None, {}), ("person.profile_url", "previous_invitations", "sent_at")),
    ],
    ids=["the record", "and the time", "and the person"],
)
def test_a_history_that_shows_nothing_is_no_proof(this: dict[str, Any], missing: tuple[str, ...]) -> None:
    answered = asked(this, sent("2024-01-01"))
    assert (answered.holds, answered.missing) == (None, missing)


def test_without_its_own_time_others_to_the_same_person_leave_it_unknown() -> None:
    assert asked(sent(None, previous_invitations=0), sent("2026-06-20")).holds is None
    assert asked(sent(None, previous_invitations=0)).holds is False


@pytest.mark.parametrize("stage", ["incoming", "connected", "template"])
def test_only_what_you_send_can_be_a_repetition(stage: str) -> None:
    assert asked({**sent("2026-06-22", previous_invitations=9), "stage": stage}).holds is False


def test_the_invitations_to_one_person_are_counted_in_linear_time(account_of: Any) -> None:
    def counted(every: Any) -> None:
        assert sum(one is not True for one in every(invited_before, at_least=1, days=21)) == 1

    def somebody(size: int) -> Any:
        return account_of(size, lambda number: "https://www.linkedin.com/in/mia-berg")

    assert growth(500, somebody, counted) < LINEAR
