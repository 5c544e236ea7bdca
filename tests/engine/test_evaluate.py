"""From accounts to verdicts: what a verdict says, what is kept from it, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from policies import AS_OF, CHECKS, answered, decided, invitations, load, policies, program
from policycheck.engine.evaluate import Outcome, Tally, evaluate, redacted
from policycheck.engine.explain import explain
from policycheck.model.check import check
from policycheck.model.finding import Evidence, Finding
from policycheck.model.invitation import Invitation, NotJudged, Origin, Person, Record, Unreadable
from policycheck.model.profile import Account
from policycheck.model.verdict import Advice, Verdict

HEAD = {"policycheck": 1, "policy": "p", "version": "1.0.0", "title": "P"}
LOST = Unreadable(Origin("x", 3), "a broken line", "mend it")


def policy(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**HEAD, **more, "rules": [{"id": f"r{n}", "because": "so", **rule} for n, rule in enumerate(rules)]}


def one(stage: str = "incoming", **facts: Any) -> Invitation:
    return Invitation(
        id="i", stage=stage, origin=Origin("x", 1), note="secret note", person=Person(name="Ann Secret", **facts)
    )  # type: ignore[arg-type]  # wrong on purpose


@check("quotes", advice="write less")
def quotes(case: Any) -> Finding:
    """Holds always, and quotes the note."""
    return Finding(True, (Evidence(field="note", start=0, end=6, reason="its beginning"),))


QUOTING = {**CHECKS, "quotes": quotes}


def test_a_verdict_names_the_rules_that_decided_first() -> None:
    loaded = load(
        policy({"effect": "allow", "when": "a"}, {"effect": "review", "when": "b"}, {"effect": "deny", "when": "c"})
    )
    (verdict,) = decided(loaded, one(verified=True, has_photo=True, known=True))
    assert [(rule.id, rule.outcome) for rule in verdict.rules] == [("r2", "holds"), ("r1", "holds"), ("r0", "holds")]
    assert (verdict.decision, verdict.action) == ("deny", "decline")


def test_a_rule_shows_the_answers_that_made_it_and_no_others() -> None:
    loaded = load(policy({"effect": "deny", "when": {"any": ["a", "b", {"not": "c"}]}}))
    (verdict,) = decided(loaded, one(verified=False, has_photo=True, known=False))
    assert [finding.check for finding in verdict.rules[0].findings] == ["b", "c"]


def test_missing_facts_are_those_that_could_still_change_the_decision() -> None:
    deny_wins = policy({"effect": "deny", "when": "a"}, {"effect": "allow", "when": "b"})
    (verdict,) = decided(load(deny_wins), one(verified=True))
    assert verdict.missing == ()
    (verdict,) = decided(load(deny_wins), one())
    assert verdict.missing == ("person.has_photo", "person.verified")


def test_an_ignored_rule_stays_in_the_verdict_with_what_it_missed() -> None:
    loaded = load(policy({"effect": "deny", "when": "a", "if-unknown": "ignore"}, {"effect": "allow", "when": "b"}))
    (verdict,) = decided(loaded, one(has_photo=True))
    assert verdict.decision == "allow"
    assert [(rule.id, rule.outcome) for rule in verdict.rules] == [("r1", "holds"), ("r0", "ignored")]
    assert verdict.missing == ("person.verified",)


def test_a_broken_check_shows_in_every_rule_that_asks_it() -> None:
    broken = {**CHECKS, "a": structs.replace(CHECKS["a"], function=lambda case: 1 / 0)}
    loaded = load(policy({"effect": "allow", "when": "b"}, {"effect": "deny", "when": {"all": ["a", "c"]}}), broken)
    (verdict,) = decided(loaded, one(verified=True, has_photo=True, known=False))
    assert verdict.decision == "review"
    assert [(rule.id, rule.outcome) for rule in verdict.rules] == [("r0", "holds"), ("r1", "error")]


def test_advice_comes_from_what_stands_in_the_way_where_we_write_the_text() -> None:
    advised = {
        **CHECKS,
        "a": structs.replace(CHECKS["a"], advice="do a"),
        "b": structs.replace(CHECKS["b"], advice="do b"),
    }
    loaded = load(
        policy({"effect": "allow", "when": {"all": ["a", "b"]}}, {"effect": "deny", "when": "c", "advice": "don't"}),
        advised,
    )
    (verdict,) = decided(loaded, one("outgoing", verified=True, has_photo=False, known=True))
    assert verdict.advice == (Advice(check="b", text="do b"), Advice(rule="r1", text="don't"))
    (verdict,) = decided(loaded, one("incoming", verified=True, has_photo=False, known=True))
    assert verdict.advice == (Advice(rule="r1", text="don't"),)


def test_a_redacted_verdict_holds_no_text_and_no_name() -> None:
    (verdict,) = decided(load(policy({"effect": "deny", "when": "quotes"}), QUOTING), one())
    assert b"secret" in msgspec.json.encode(verdict)
    assert b"Secret" in msgspec.json.encode(verdict)
    kept = msgspec.json.encode(redacted(verdict))
    assert b"ecret" not in kept
    assert b'"start":0,"end":6' in kept


def test_what_is_no_invitation_comes_through_where_it_stood() -> None:
    records: list[Record] = [one(), LOST, NotJudged("draft", 2), one()]
    outcomes = list(
        evaluate([LOST, Account(records=records)], load(policy({"effect": "allow", "when": "a"})), as_of=AS_OF)
    )
    assert [type(outcome) for outcome in outcomes] == [Unreadable, Verdict, Unreadable, NotJudged, Verdict]


def test_records_stream_unless_a_check_asks_for_the_history() -> None:
    def endless() -> Iterator[Invitation]:
        while True:
            yield one()

    outcomes = evaluate([Account(records=endless())], load(policy({"effect": "allow", "when": "a"})), as_of=AS_OF)
    assert [type(next(outcomes)) for _ in range(3)] == [Verdict] * 3


def test_a_check_that_asks_for_it_gets_the_history_of_its_own_account_only() -> None:
    @check("counts", needs=["history"])
    def counts(case: Any) -> bool:
        """Holds where the account has two invitations."""
        return len(case.history.invitations) == 2

    loaded = load(policy({"effect": "deny", "when": "counts"}), {"counts": counts})
    accounts = [Account(id="one", records=[one(), one()]), Account(id="two", records=[one()])]
    assert [o.decision for o in evaluate(accounts, loaded, as_of=AS_OF) if isinstance(o, Verdict)] == [
        "deny",
        "deny",
        "review",
    ]


verdicts = st.builds(
    lambda decision: decided(load(policy({"effect": decision, "when": "a"})), one(verified=True))[0],
    st.sampled_from(["allow", "review", "deny"]),
)
outcomes: st.SearchStrategy[Outcome] = (
    verdicts
    | st.builds(Unreadable, st.just(Origin("x")), st.just("w"), st.just("r"), st.sampled_from([None, "note"]))
    | st.builds(NotJudged, st.sampled_from(["draft", "closed member"]), st.integers(0, 5))
)


@given(st.lists(outcomes))
def test_the_ledger_adds_up(seen: list[Outcome]) -> None:
    tally = Tally()
    for outcome in seen:
        tally.add(outcome)
    ledger = tally.ledger()
    assert ledger.adds_up()
    lost = sum(isinstance(outcome, Unreadable) and outcome.fact is None for outcome in seen)
    assert (ledger.read, ledger.unreadable) == (sum(isinstance(outcome, Verdict) for outcome in seen) + lost, lost)
    assert sum(ledger.not_judged.values()) == sum(outcome.count for outcome in seen if isinstance(outcome, NotJudged))


def test_a_ledger_that_lost_something_does_not_add_up() -> None:
    assert not structs.replace(Tally().ledger(), read=1).adds_up()


@given(policies(), invitations())
def test_an_explanation_is_of_the_very_verdict(data: dict[str, Any], invitation: Invitation) -> None:
    compiled = program(data)
    told = explain(answered(compiled, invitation), "us", compiled)
    (verdict,) = decided(compiled, invitation)
    assert told.verdict == verdict
    for rule in told.rules:
        assert rule.root.truth is rule.outcome


@given(policies(), invitations())
def test_what_would_turn_a_decision_turns_it(data: dict[str, Any], invitation: Invitation) -> None:
    compiled = program(data)
    before = answered(compiled, invitation)
    facts = {"a": "verified", "b": "has_photo", "c": "known", "d": "mutual_connections", "e": "connections"}
    told = explain(before, "us", compiled)
    for change in told.turns:
        turned = {facts[finding.check]: answer for finding, answer in change.answers}
        person = structs.replace(
            invitation.person, **{k: int(v) if k.endswith("connections") else v for k, v in turned.items()}
        )
        (after,) = decided(compiled, structs.replace(invitation, person=person))
        assert after.decision == change.decision != told.verdict.decision


@given(policies(ignoring=False), invitations(), st.data())
def test_what_forces_a_decision_forces_it_whatever_else_is_true(
    data: dict[str, Any], invitation: Invitation, dice: st.DataObject
) -> None:
    compiled = program(data)
    facts = {"a": "verified", "b": "has_photo", "c": "known", "d": "mutual_connections", "e": "connections"}
    told = explain(answered(compiled, invitation), "us", compiled)
    if not told.forces:
        return
    forced = {facts[finding.check] for finding in told.forces}
    others = {name: dice.draw(st.booleans()) for name in facts.values() if name not in forced}
    person = structs.replace(
        invitation.person, **{k: int(v) if k.endswith("connections") else v for k, v in others.items()}
    )
    (after,) = decided(compiled, structs.replace(invitation, person=person))
    assert after.decision == told.verdict.decision


@pytest.mark.parametrize("stage", ["incoming", "outgoing", "connected", "template"])
def test_every_stage_has_a_word_for_every_decision(stage: str) -> None:
    words = set()
    for effect in ("allow", "review", "deny"):
        (verdict,) = decided(load(policy({"effect": effect, "when": "a"})), one(stage, verified=True))
        words.add(verdict.action)
    assert len(words) == 3
