"""The laws of waivers, as properties over random policies, waivers and facts."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from policies import (
    AS_OF,
    CHECKS,
    NAMES,
    answered,
    covered_invitations,
    decided,
    load,
    program,
    reference_of,
    waived_policies,
    waivers_of,
)
from policycheck.engine.decide import decide, still_open
from policycheck.engine.explain import explain
from policycheck.model.check import Check
from policycheck.model.invitation import Invitation
from policycheck.model.verdict import Verdict
from reference import waived

Waived = tuple[dict[str, Any], list[dict[str, Any]]]

STRICTNESS = {"allow": 0, "review": 1, "deny": 2}
FACTS = {"a": "verified", "b": "has_photo", "c": "known", "d": "mutual_connections", "e": "connections"}


def lifted(given_: Waived, invitation: Invitation) -> set[str]:
    """What the reference interpreter lifts."""
    data, waivers = given_
    facts = {
        "id": invitation.id,
        "profile_url": invitation.person.profile_url,
        "file": invitation.origin.path,
    }
    return waived(waivers, facts, AS_OF, data.get("waivers", {}).get("longest"))


def verdict_of(given_: Waived, invitation: Invitation, checks: dict[str, Check] | None = None) -> Verdict:
    loaded = load(given_[0], checks)
    (verdict,) = decided(loaded, invitation, waivers=waivers_of(given_[1], loaded))
    return verdict


def broken(name: str) -> dict[str, Check]:
    """The made-up checks, one of which breaks."""
    return {**CHECKS, name: structs.replace(CHECKS[name], function=lambda case: 1 / 0, needs=())}


@settings(max_examples=200)
@given(waived_policies(), covered_invitations())
def test_the_engine_decides_as_the_reference_interpreter_does(given_: Waived, invitation: Invitation) -> None:
    verdict = verdict_of(given_, invitation)
    rules = lifted(given_, invitation)
    assert verdict.decision == reference_of(given_[0], invitation, lifted=rules)
    assert verdict.waived == tuple(rule.id for rule in verdict.rules if rule.id in rules)


@settings(max_examples=300)
@given(waived_policies(), covered_invitations(), st.sampled_from(NAMES))
def test_a_broken_check_caps_the_decision_where_a_rule_that_stands_asks_it(
    given_: Waived, invitation: Invitation, name: str
) -> None:
    verdict = verdict_of(given_, invitation, broken(name))
    rules = lifted(given_, invitation)
    assert verdict.decision == reference_of(given_[0], invitation, frozenset({name}), rules)


@given(waived_policies(), covered_invitations(), st.data())
def test_a_waiver_more_never_makes_it_worse(given_: Waived, invitation: Invitation, dice: st.DataObject) -> None:
    data, waivers = given_
    fewer = [waiver for waiver in waivers if dice.draw(st.booleans())]
    more, less = verdict_of(given_, invitation), verdict_of((data, fewer), invitation)
    assert STRICTNESS[more.decision] <= STRICTNESS[less.decision]
    assert set(more.waived) >= set(less.waived)


@given(waived_policies(), covered_invitations())
def test_a_waived_rule_stays_in_the_verdict(given_: Waived, invitation: Invitation) -> None:
    with_, without = verdict_of(given_, invitation), verdict_of((given_[0], []), invitation)
    assert {(rule.id, rule.outcome, rule.findings) for rule in map(_comparable, with_.rules)} == {
        (rule.id, rule.outcome, rule.findings) for rule in map(_comparable, without.rules)
    }
    assert without.waived == ()


def _comparable(rule: Any) -> Any:
    return structs.replace(rule, findings=repr(rule.findings))


@given(
    waived_policies(ignoring=False),
    covered_invitations(),
    st.sampled_from([*FACTS.values(), "profile_url"]),
)
def test_taking_a_fact_away_never_allows(given_: Waived, invitation: Invitation, fact: str) -> None:
    poorer = structs.replace(invitation, person=structs.replace(invitation.person, **{fact: None}))
    before, after = verdict_of(given_, invitation), verdict_of(given_, poorer)
    assert after.decision != "allow" or before.decision == "allow"


@given(waived_policies(), covered_invitations(), st.randoms(use_true_random=False))
def test_the_order_of_the_waivers_decides_nothing(given_: Waived, invitation: Invitation, dice: random.Random) -> None:
    data, waivers = given_
    one, other = verdict_of(given_, invitation), verdict_of((data, dice.sample(waivers, len(waivers))), invitation)
    assert (one.decision, one.waived, one.missing, one.advice) == (
        other.decision,
        other.waived,
        other.missing,
        other.advice,
    )


@given(waived_policies(), covered_invitations(), st.none() | st.sampled_from(NAMES))
def test_no_rule_whose_answer_could_change_the_decision_is_taken_for_settled(
    given_: Waived, invitation: Invitation, name: str | None
) -> None:
    compiled = program(given_[0], broken(name) if name else None)
    case = answered(compiled, invitation, waivers_of(given_[1], compiled.policy))
    unknown = [rule_id for rule_id, value in case.truths.items() if value is None]
    reachable: dict[tuple[str, str], set[str]] = {}
    for values in product((True, False), repeat=len(unknown)):
        settled = {**case.truths, **dict(zip(unknown, values, strict=True))}
        for rule_id in unknown:
            others = str({name: value for name, value in settled.items() if name != rule_id})
            reachable.setdefault((rule_id, others), set()).add(decide(case.program, settled, case.broken))
    matters = {rule_id for (rule_id, _), decisions in reachable.items() if len(decisions) > 1}
    found = {rule.rule.id: rule.rule.effect for rule in still_open(case.program, case.truths, case.broken)}
    assert matters <= set(found)
    more = {found[rule_id] for rule_id in set(found) - matters}
    assert more <= ({"deny"} if case.program.default == "deny" else set())


@given(waived_policies(), covered_invitations())
def test_an_explanation_is_of_the_very_verdict_and_what_would_turn_it_turns_it(
    given_: Waived, invitation: Invitation
) -> None:
    compiled = program(given_[0])
    waivers = waivers_of(given_[1], compiled.policy)
    told = explain(answered(compiled, invitation, waivers), "us", compiled)
    (verdict,) = decided(compiled, invitation, waivers=waivers)
    assert told.verdict == verdict
    assert {rule.id for rule in told.rules if rule.waived} == lifted(given_, invitation) & {
        rule.id for rule in told.rules
    }
    assert not any(rule.decisive and rule.waived for rule in told.rules)
    for change in told.turns:
        turned = {FACTS[finding.check]: answer for finding, answer in change.answers}
        facts = {k: int(v) if k.endswith("connections") else v for k, v in turned.items()}
        person = structs.replace(invitation.person, **facts)
        (after,) = decided(compiled, structs.replace(invitation, person=person), waivers=waivers)
        assert after.decision == change.decision != told.verdict.decision
