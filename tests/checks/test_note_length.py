from __future__ import annotations

from typing import Any

import pytest

from policycheck import PolicyError
from policycheck.builtin.checks.note_length import note_length
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("length", "profile", "holds"),
    [
        (200, {}, False),
        (201, {"premium": False}, True),
        (201, {"premium": True}, False),
        (201, {}, None),
        (300, {"premium": True}, False),
        (300, {}, None),
        (301, {"premium": True}, True),
        (301, {}, True),
    ],
)
def test_the_limit_is_that_of_the_account(length: int, profile: dict[str, Any], holds: bool | None) -> None:
    answered = answer(note_length, {"note": "x" * length, "profile": profile})
    assert (answered.holds, answered.missing) == (holds, ("profile.premium",) if holds is None else ())


def test_the_evidence_is_what_stands_beyond_the_limit() -> None:
    answered = answer(note_length, {"note": "x" * 200 + "yy", "profile": {"premium": False}})
    assert [(e.start, e.end, e.quote) for e in answered.evidence] == [(200, 202, "yy")]


def test_a_free_account_cannot_be_allowed_more_than_a_premium_one() -> None:
    with pytest.raises(PolicyError, match="`free` is more than `premium`; swap them"):
        answer(note_length, {"note": ""}, {"free": 400})
