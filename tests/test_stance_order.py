"""The conservative stance is nowhere more permissive than the pragmatic one, whatever the checks answer."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycheck.engine.compile import Program, StageProgram, compile_policy
from policycheck.engine.decide import decide, truths
from policycheck.model.invitation import STAGES, Stage
from policycheck.model.truth import Truth
from policycheck.policy.load import load_policy

STRICTNESS = {"allow": 0, "review": 1, "deny": 2}


@cache
def shipped(name: str) -> Program:
    return compile_policy(load_policy(name))


def decided(program: StageProgram, answers: dict[str, Truth]) -> int:
    given_ = [answers[leaf.key] for leaf in program.questions]
    return STRICTNESS[decide(program, truths(program, given_), frozenset())]


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


def test_the_stances_differ_where_it_matters() -> None:
    stranger: dict[str, Truth] = dict.fromkeys(questions("outgoing"), False)
    stranger |= {
        key: True for key in stranger if key.startswith(('["offers-context', '["shares-value', '["states-expectations'))
    }
    assert decided(shipped("conservative").stages["outgoing"], stranger) == STRICTNESS["deny"]
    assert decided(shipped("pragmatic").stages["outgoing"], stranger) == STRICTNESS["allow"]
