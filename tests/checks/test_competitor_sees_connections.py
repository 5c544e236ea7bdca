from __future__ import annotations

from typing import Any

import pytest

from policycheck.builtin.checks.competitor_sees_connections import competitor_sees_connections
from policycheck.testing import answer


@pytest.mark.parametrize(
    ("company", "competitors", "visible", "holds", "missing"),
    [
        ("Rivalis", ["Rivalis"], True, True, ()),
        ("Rivalis", ["Rivalis"], False, False, ()),
        ("Rivalis", ["Rivalis"], None, None, ("profile.connections_visible",)),
        ("Brightleaf", ["Rivalis"], None, False, ()),
        (None, ["Rivalis"], True, None, ("person.company",)),
        (None, ["Rivalis"], False, False, ()),
        (None, [], None, False, ()),
        ("Rivalis", None, True, None, ("profile.competitors",)),
        (None, None, None, None, ("person.company", "profile.competitors", "profile.connections_visible")),
    ],
)
def test_both_a_competitor_and_visible_connections_are_needed(
    company: str | None, competitors: Any, visible: bool | None, holds: bool | None, missing: tuple[str, ...]
) -> None:
    profile = {"competitors": competitors, "connections_visible": visible}
    answered = answer(competitor_sees_connections, {"person": {"company": company}, "profile": profile})
    assert (answered.holds, answered.missing) == (holds, missing)


def test_the_evidence_says_both() -> None:
    facts = {"person": {"company": "Rivalis"}, "profile": {"competitors": ["Rivalis"], "connections_visible": True}}
    assert [(e.field, e.reason) for e in answer(competitor_sees_connections, facts).evidence] == [
        ("person.company", "a competitor of yours"),
        ("profile.connections_visible", "your connections are visible to your connections"),
    ]
