"""The laws of the policy language, as properties over random policies and facts."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from policies import CHECKS, NAMES, answered, decided, invitations, load, policies, program, reference_of, rules
from policycheck.engine.decide import decide, still_open
from policycheck.model.check import Check
from policycheck.model.invitation import Invitation
from policycheck.model.verdict import Verdict


@given(policies(), invitations())
def test_the_engine_decides_as_the_reference_interpreter_does(policy: dict[str, Any], invitation: Invitation) -> None:
    (verdict,) = decided(load(policy), invitation)
    assert verdict.decision == reference_of(policy, invitation)


@given(policies(), invitations(), st.sampled_from(NAMES), st.sampled_from([ValueError, SystemExit, RecursionError]))
def test_a_check_that_breaks_caps_the_decision_wherever_it_stands(
    policy: dict[str, Any], invitation: Invitation, name: str, error: type[BaseException]
) -> None:
    def raises(case: object) -> bool:
        raise error("secret cell")

    checks: dict[str, Check] = {**CHECKS, name: structs.replace(CHECKS[name], function=raises, needs=())}
    (verdict,) = decided(load(policy, checks), invitation)
    assert verdict.decision == reference_of(policy, invitation, frozenset({name}))
    assert "secret cell" not in repr(verdict)


@given(policies(), invitations(), st.randoms(use_true_random=False))
def test_the_order_of_the_rules_changes_no_byte(
    policy: dict[str, Any], invitation: Invitation, dice: random.Random
) -> None:
    shuffled = {**policy, "rules": dice.sample(policy["rules"], len(policy["rules"]))}
    assert load(policy).identity == load(shuffled).identity
    assert decided(load(policy), invitation) == decided(load(shuffled), invitation)


@given(
    policies(ignoring=False),
    invitations(),
    st.sampled_from(["verified", "has_photo", "known", "mutual_connections", "connections"]),
)
def test_taking_a_fact_away_never_allows(policy: dict[str, Any], invitation: Invitation, fact: str) -> None:
    loaded = load(policy)
    poorer = structs.replace(invitation, person=structs.replace(invitation.person, **{fact: None}))
    (before,), (after,) = decided(loaded, invitation), decided(loaded, poorer)
    assert after.decision != "allow" or before.decision == "allow"


@given(policies(), invitations(), rules(), st.sampled_from(["deny", "review"]))
def test_a_deny_or_review_rule_more_never_allows_more(
    policy: dict[str, Any], invitation: Invitation, rule: dict[str, Any], effect: str
) -> None:
    stricter = {**policy, "rules": [*policy["rules"], {**rule, "id": "more", "effect": effect}]}
    (before,), (after,) = decided(load(policy), invitation), decided(load(stricter), invitation)
    assert after.decision != "allow" or before.decision == "allow"


@given(policies(), invitations())
def test_deciding_is_total_and_deterministic(policy: dict[str, Any], invitation: Invitation) -> None:
    first, second = decided(load(policy), invitation, invitation), decided(load(policy), invitation, invitation)
    assert first == second
    assert len(first) == 2
    assert all(isinstance(verdict, Verdict) for verdict in first)


@settings(max_examples=60)
@given(policies(), invitations())
def test_the_open_rules_are_just_those_whose_answer_could_change_the_decision(
    policy: dict[str, Any], invitation: Invitation
) -> None:
    compiled = program(policy)
    case = answered(compiled, invitation)
    unknown = [rule_id for rule_id, value in case.truths.items() if value is None]
    reachable: dict[str, dict[str, set[str]]] = {}
    for values in product((True, False), repeat=len(unknown)):
        settled = {**case.truths, **dict(zip(unknown, values, strict=True))}
        for rule_id in unknown:
            others = str({name: value for name, value in settled.items() if name != rule_id})
            reachable.setdefault(rule_id, {}).setdefault(others, set()).add(decide(case.program, settled, case.broken))
    matters = {
        rule_id for rule_id, by_rest in reachable.items() if any(len(decisions) > 1 for decisions in by_rest.values())
    }
    assert {rule.rule.id for rule in still_open(case.program, case.truths, case.broken)} == matters
