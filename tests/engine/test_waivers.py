"""What a waiver does to a verdict: whom it covers, until when, and how it is marked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec import UNSET, UnsetType, structs

from policies import AS_OF, CHECKS, answered, decided, load, program, waivers_of
from policycheck import Tally, evaluate, weigh_waivers
from policycheck.engine.explain import explain
from policycheck.model.invitation import Invitation, Origin, Person
from policycheck.model.profile import Account
from policycheck.model.verdict import Verdict
from policycheck.model.waiver import Waived, Waiver, WaiverUse

HEAD = {"policycheck": 1, "policy": "p", "version": "1.0.0", "title": "P"}
DENY = {"id": "no", "effect": "deny", "when": "a", "because": "so", "advice": "don't"}
REVIEW = {"id": "look", "effect": "review", "when": "b", "because": "so"}
ALLOW = {"id": "yes", "effect": "allow", "when": "c", "because": "so"}


def policy(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**HEAD, **more, "rules": list(rules)}


def waiver(rule: str = "no", expires: date = AS_OF, **cover: Any) -> dict[str, Any]:
    return {"rule": rule, **(cover or {"everything": True}), "reason": "agreed", "owner": "Dana", "expires": expires}


def one(
    path: str = "queue.jsonl", id_: str = "i", stage: str = "incoming", folder: str | UnsetType = UNSET, **facts: Any
) -> Invitation:
    origin = Origin(path, 1, folder)
    return Invitation(id=id_, stage=stage, origin=origin, person=Person(**facts))  # type: ignore[arg-type]  # a stage


def verdict(data: dict[str, Any], invitation: Invitation, *waivers: dict[str, Any], **checks: Any) -> Verdict:
    loaded = load(data, {**CHECKS, **checks})
    (made,) = decided(loaded, invitation, waivers=waivers_of(list(waivers), loaded))
    return made


def test_a_waived_rule_stays_marked_and_last_and_does_not_count() -> None:
    unknown = {**REVIEW, "if-unknown": "ignore"}
    made = verdict(policy(DENY, ALLOW, unknown), one(verified=True, known=True), waiver())
    assert (made.decision, made.waived) == ("allow", ("no",))
    assert [(rule.id, rule.outcome) for rule in made.rules] == [("yes", "holds"), ("look", "ignored"), ("no", "holds")]


def test_the_mark_tells_why_who_and_until_when() -> None:
    made = verdict(policy(DENY), one(verified=True), {**waiver(), "ticket": "OPS-1"})
    assert made.rules[0].waived == Waived(
        reason="agreed", owner="Dana", ticket="OPS-1", expires="2026-11-23", where="waivers.yaml:2:3"
    )
    assert made.advice == ()


PERSON = "https://www.linkedin.com/in/mia-berg"
COVERS: dict[str, tuple[dict[str, Any], Invitation, bool]] = {
    "its id": ({"invitation": "i"}, one(), True),
    "another id": ({"invitation": "j"}, one(), False),
    "the person, spelled otherwise": ({"person": PERSON}, one(profile_url="linkedin.com/in/Mia%2DBerg/"), True),
    "another person": ({"person": PERSON}, one(profile_url=f"{PERSON}-2"), False),
    "a person who is unknown": ({"person": PERSON}, one(name="Mia Berg"), False),
    "a person whose URL leads nowhere": ({"person": PERSON}, one(profile_url="https://example.org"), False),
    "the file": ({"file": "queue.jsonl"}, one(), True),
    "the file, spelled otherwise": ({"file": "./q//queue.jsonl"}, one("q/./queue.jsonl"), True),
    "the file, with its folder": ({"file": "q/queue.jsonl"}, one(folder="q"), True),
    "the file, with its folder, spelled otherwise": ({"file": "q/*"}, one(folder="./q/"), True),
    "the file in a folder, by its name": ({"file": "queue.jsonl"}, one(folder="q"), True),
    "the file in another folder": ({"file": "q/queue.jsonl"}, one(folder="r"), False),
    "a file of this pattern": ({"file": "q/*.jsonl"}, one("q/7.jsonl"), True),
    "a file of another pattern": ({"file": "q/*.jsonl"}, one("q/7.csv"), False),
    "a file with brackets": ({"file": "queue[1].csv"}, one("queue[1].csv"), True),
    "a file that brackets do not stand for": ({"file": "queue[12].csv"}, one("queue1.csv"), False),
    "everything": ({"everything": True}, one(), True),
}


@pytest.mark.parametrize(("cover", "invitation", "covered"), COVERS.values(), ids=COVERS)
def test_a_waiver_covers(cover: dict[str, Any], invitation: Invitation, covered: bool) -> None:
    denied = structs.replace(invitation, person=structs.replace(invitation.person, verified=True))
    assert verdict(policy(DENY), denied, waiver(**cover)).waived == (("no",) if covered else ())


@pytest.mark.parametrize(("days", "covered"), [(-1, False), (0, True), (1, True), (30, True), (31, False)])
def test_a_waiver_holds_up_to_its_last_day_and_no_further_ahead_than_the_policy_lets_it(
    days: int, covered: bool
) -> None:
    limited = policy(DENY, waivers={"longest": 30})
    made = verdict(limited, one(verified=True), waiver(expires=AS_OF + timedelta(days=days)))
    assert made.waived == (("no",) if covered else ())


def test_of_several_waivers_the_narrowest_is_shown_then_the_one_that_lasts_longest() -> None:
    later = AS_OF + timedelta(days=9)
    made = verdict(
        policy(DENY),
        one(verified=True),
        {**waiver(expires=later), "reason": "for all"},
        {**waiver(invitation="i"), "reason": "short"},
        {**waiver(invitation="i", expires=later), "reason": "long"},
    )
    assert made.rules[0].waived is not UNSET
    assert made.rules[0].waived.reason == "long"


def test_a_rule_left_unknown_is_waived_with_what_it_misses() -> None:
    made = verdict(policy(DENY, ALLOW), one(known=True), waiver())
    assert (made.decision, made.missing) == ("allow", ())
    assert [(rule.id, rule.outcome) for rule in made.rules] == [("yes", "holds"), ("no", "unknown")]


def test_a_check_that_broke_in_a_waived_rule_only_caps_nothing_and_still_counts_as_an_error() -> None:
    broken = structs.replace(CHECKS["a"], function=lambda case: 1 / 0, needs=())
    made = verdict(policy(DENY, ALLOW), one(known=True), waiver(), a=broken)
    assert (made.decision, made.rules[1].outcome) == ("allow", "error")
    tally = Tally()
    tally.add(made)
    assert (tally.ledger().errors, tally.ledger().waived) == (1, 1)


def test_a_check_that_broke_in_a_rule_that_stands_caps_the_decision() -> None:
    broken = structs.replace(CHECKS["a"], function=lambda case: 1 / 0, needs=())
    standing = {**ALLOW, "id": "also", "when": {"any": ["a", "c"]}}
    assert verdict(policy(DENY, standing), one(known=True), waiver(), a=broken).decision == "review"


def test_a_waived_deny_that_holds_sends_nobody_to_review_though_a_check_of_it_broke() -> None:
    broken = structs.replace(CHECKS["b"], function=lambda case: 1 / 0, needs=())
    strict = policy({**DENY, "when": {"any": ["a", "b"]}}, defaults={"incoming": "deny"})
    assert verdict(strict, one(verified=True), waiver(), b=broken).decision == "deny"
    assert verdict(strict, one(verified=False), waiver(), b=broken).decision == "review"


def test_an_allow_rule_is_never_waived() -> None:
    loaded = load(policy(DENY, ALLOW))
    by_hand = Waiver(rule="yes", cover="everything", key="", reason="r", owner="o", expires=AS_OF, where="by hand")
    (made,) = decided(loaded, one(verified=False, known=True), waivers=[by_hand])
    assert (made.decision, made.waived) == ("allow", ())


def test_a_default_that_denies_does_not_make_a_waived_review_worse() -> None:
    strict = policy(REVIEW, ALLOW, defaults={"incoming": "deny"})
    assert verdict(strict, one(has_photo=True, known=False), waiver("look")).decision == "review"
    assert verdict(strict, one(has_photo=False, known=False), waiver("look")).decision == "deny"
    assert verdict(strict, one(has_photo=True, known=True), waiver("look")).decision == "allow"


def test_the_default_denies_where_a_waived_deny_is_all_that_held() -> None:
    strict = policy(DENY, ALLOW, defaults={"incoming": "deny"})
    assert verdict(strict, one(verified=True, known=False), waiver()).decision == "deny"


def test_what_an_unknown_waived_rule_could_still_change_is_missing() -> None:
    strict = policy(REVIEW, ALLOW, defaults={"incoming": "deny"})
    made = verdict(strict, one(known=False), waiver("look"))
    assert (made.decision, made.missing) == ("review", ("person.has_photo",))


def test_an_explanation_marks_a_waived_rule_and_nothing_in_it_decides() -> None:
    compiled = program(policy(DENY, ALLOW))
    waivers = waivers_of([waiver()], compiled.policy)
    told = explain(answered(compiled, one(verified=True, known=True), waivers), "us", compiled)
    assert [(rule.id, rule.decisive, rule.waived is not None) for rule in told.rules] == [
        ("yes", True, False),
        ("no", False, True),
    ]
    assert [finding.check for finding in told.forces] == ["c"]


def test_the_ledger_tells_what_became_of_each_waiver() -> None:
    loaded = load(policy(DENY, REVIEW, waivers={"longest": 30}))
    waivers = waivers_of(
        [
            waiver(invitation="i"),
            waiver("look"),
            waiver(expires=AS_OF - timedelta(days=1)),
            waiver(expires=AS_OF + timedelta(days=31)),
        ],
        loaded,
    )
    weighed = weigh_waivers(waivers, loaded, as_of=AS_OF)
    tally = Tally(weighed)
    twice = [one(verified=True, has_photo=False)] * 2
    for outcome in evaluate([Account(records=twice)], loaded, as_of=AS_OF, waivers=weighed):
        tally.add(outcome)
    ledger = tally.ledger()
    assert (ledger.read, ledger.waived) == (2, 2)
    assert ledger.waivers == (
        WaiverUse(rule="no", where="waivers.yaml:2:3", expires="2026-11-23", state="used", verdicts=2),
        WaiverUse(rule="look", where="waivers.yaml:7:3", expires="2026-11-23", state="unused", verdicts=0),
        WaiverUse(rule="no", where="waivers.yaml:12:3", expires="2026-11-22", state="expired", verdicts=0),
        WaiverUse(rule="no", where="waivers.yaml:17:3", expires="2026-12-24", state="too-long", verdicts=0),
    )


def test_a_run_without_waivers_has_no_word_of_them() -> None:
    assert Tally().ledger().waivers is UNSET
