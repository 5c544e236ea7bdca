"""The conservative stance is nowhere more permissive than the pragmatic one, whatever the checks answer."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycheck.engine.compile import Program, StageProgram, compile_policy
from policycheck.engine.decide import decide, truths
from policycheck.engine.waive import lifting
from policycheck.model.invitation import STAGES, Stage
from policycheck.model.truth import Truth
from policycheck.model.waiver import Waiver
from policycheck.policy.load import load_policy

STRICTNESS = {"allow": 0, "review": 1, "deny": 2}


WAIVER = Waiver(rule="any", cover="everything", key="", reason="r", owner="o", expires=date.max, where="here")
SHARED = {
    "blocked",
    "drop-pitch-after-connecting",
    "review-competitor",
    "review-long-note",
    "review-many-invitations",
    "review-offers-nothing",
    "review-same-note",
    "review-second-invitation",
}


@cache
def shipped(name: str) -> Program:
    return compile_policy(load_policy(name))


def decided(program: StageProgram, answers: dict[str, Truth], waived: Set[str] = frozenset()) -> int:
    given_ = [answers[leaf.key] for leaf in program.questions]
    stage = lifting(program, dict.fromkeys(waived, WAIVER))
    return STRICTNESS[decide(stage, truths(stage, given_), frozenset())]


def questions(stage: Stage) -> list[str]:
    """Every question that one of the two asks at a stage: the same check with the same parameters has one answer."""
    asked = [leaf.key for name in ("conservative", "pragmatic") for leaf in shipped(name).stages[stage].questions]
    return sorted(set(asked))


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=2000)
@given(dice=st.data())
def test_conservative_is_never_more_permissive(stage: Stage, dice: st.DataObject) -> None:
    asked = questions(stage)
    drawn = dice.draw(st.lists(st.sampled_from([True, False, None]), min_size=len(asked), max_size=len(asked)))
    answers: dict[str, Truth] = dict(zip(asked, drawn, strict=True))
    strict, lenient = (decided(shipped(name).stages[stage], answers) for name in ("conservative", "pragmatic"))
    assert strict >= lenient


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=1000)
@given(dice=st.data())
def test_nor_is_it_where_the_rules_that_both_have_are_waived(stage: Stage, dice: st.DataObject) -> None:
    asked = questions(stage)
    drawn = dice.draw(st.lists(st.sampled_from([True, False, None]), min_size=len(asked), max_size=len(asked)))
    answers: dict[str, Truth] = dict(zip(asked, drawn, strict=True))
    waived = dice.draw(st.sets(st.sampled_from(sorted(SHARED))))
    strict, lenient = (decided(shipped(name).stages[stage], answers, waived) for name in ("conservative", "pragmatic"))
    assert strict >= lenient


def test_the_stances_differ_where_it_matters() -> None:
    stranger: dict[str, Truth] = dict.fromkeys(questions("outgoing"), False)
    stranger |= {
        key: True for key in stranger if key.startswith(('["offers-context', '["shares-value', '["states-expectations'))
    }
    assert decided(shipped("conservative").stages["outgoing"], stranger) == STRICTNESS["deny"]
    assert decided(shipped("pragmatic").stages["outgoing"], stranger) == STRICTNESS["allow"]


def test_the_rules_that_both_have_are_these() -> None:
    conservative, pragmatic = (
        {rule.id for rule in shipped(name).policy.rules if rule.effect != "allow"}
        for name in ("conservative", "pragmatic")
    )
    assert conservative & pragmatic == SHARED
