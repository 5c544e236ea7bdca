"""What comes of a suite: the verdicts that `check` gives, each by itself, and the shipped policies' own tests."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from inputs import registry
from policycheck import Origin, Verdict, evaluate, read
from policycheck.authoring.run import Ran, Result, run_suite
from policycheck.authoring.suite import Suite, suite_from
from policycheck.engine.compile import compile_policy
from policycheck.policy.profile import load_profile
from schema_documents import as_yaml
from test_stances import plain

TESTS = Path(__file__).resolve().parents[2] / "policies" / "tests"
POLICIES = ("conservative", "pragmatic")


@cache
def suite(policy: str) -> Suite:
    path = TESTS / f"{policy}.yaml"
    return suite_from(path.read_bytes(), str(path), registry())


@cache
def ran(policy: str) -> Ran:
    return run_suite(suite(policy))


@pytest.mark.parametrize("policy", POLICIES)
def test_a_case_is_decided_as_check_decides_the_same_records(
    policy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = compile_policy(suite(policy).policy)
    written = plain(yaml.safe_load((TESTS / f"{policy}.yaml").read_text("utf-8")))
    for case, result in zip(written["cases"], ran(policy).results, strict=True):
        before = [record for other in case.get("history", ()) for record in [other] * other.get("times", 1)]
        records = [{key: record[key] for key in record if key != "times"} for record in [*before, case["invitation"]]]
        Path("queue.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        Path("us.yaml").write_text(yaml.safe_dump(case.get("profile", written["profile"])), "utf-8")
        accounts = read("queue.jsonl", registry=registry(), profile=load_profile("us.yaml"))
        *_, last = evaluate(accounts, program, as_of=suite(policy).as_of)
        assert isinstance(last, Verdict)
        assert (last.decision, last.rules, last.missing) == (
            result.verdict.decision,
            result.verdict.rules,
            result.verdict.missing,
        ), case["name"]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_tests_of_a_shipped_policy_pass_and_see_every_rule_hold(policy: str) -> None:
    came = ran(policy)
    assert came.passed
    held = {rule for result in came.results for rule in result.rules}
    assert held == {rule.id for rule in suite(policy).policy.rules}
    assert {result.verdict.decision for result in came.results} == {"allow", "review", "deny"}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_case_of_the_shipped_tests_says_exactly_which_rules_hold(policy: str) -> None:
    assert all(trial.expected.rules is not None and trial.expected.decision for trial in suite(policy).trials)


# Suites made at random, of a policy that reads no phrase list

MADE = """\
policycheck: 1
policy: made
version: 1.0.0
title: Made
defaults: {incoming: review, outgoing: allow}
rules:
  - {id: known, stages: [incoming], effect: allow, when: known-person, because: so}
  - {id: unverified, effect: deny, when: {not: verified}, because: so}
  - {id: too-many, stages: [outgoing], effect: review, when: {invitations-in-window: {at_least: 3}}, because: so}
"""
_facts = st.fixed_dictionaries({}, optional={"known": st.booleans(), "verified": st.booleans()})
_invitations = st.builds(
    lambda stage, person: {"stage": stage, "person": person, "sent_at": "2026-11-20T09:00:00Z"},
    st.sampled_from(["incoming", "outgoing"]),
    _facts,
)
_expectations = st.fixed_dictionaries(
    {"decision": st.sampled_from(["allow", "review", "deny"])},
    optional={"rules": st.lists(st.sampled_from(["known", "unverified", "too-many"]), max_size=2)},
)
_cases = st.builds(
    lambda one, others, expect: {"invitation": one, "history": others, "expect": expect},
    _invitations,
    st.lists(_invitations, max_size=3),
    _expectations,
)
cases = st.lists(_cases, min_size=1, max_size=5).map(
    lambda made: [{"name": f"case {number}", **case} for number, case in enumerate(made)]
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.yaml"
    path.write_text(MADE, "utf-8")
    return path


def of(listed: list[dict[str, Any]], made: Path) -> Ran:
    document = {"policycheck-tests": 1, "policy": str(made), "as_of": date(2026, 11, 23), "cases": listed}
    return run_suite(suite_from(as_yaml(document), "tests.yaml", registry()))


def told(result: Result) -> Any:
    verdict = structs.replace(result.verdict, origin=Origin("tests.yaml"))
    return result.trial.name, result.state, verdict, result.differences


@given(cases, st.data())
def test_what_comes_of_a_case_depends_on_no_other_and_on_no_order(
    made: Path, listed: list[dict[str, Any]], data: st.DataObject
) -> None:
    known = {case["name"]: told(*of([case], made).results) for case in listed}
    others = data.draw(st.permutations(listed))
    assert [told(result) for result in of(others, made).results] == [known[case["name"]] for case in others]


@given(cases)
def test_a_suite_proves_nothing_exactly_where_each_case_expects_the_default_and_no_rule(
    made: Path, listed: list[dict[str, Any]]
) -> None:
    defaults = {"incoming": "review", "outgoing": "allow"}
    nothing = all(
        case["expect"]["decision"] == defaults[case["invitation"]["stage"]] and not case["expect"].get("rules")
        for case in listed
    )
    assert of(listed, made).proves_nothing == nothing


@given(cases)
def test_a_case_that_expects_what_came_passes(made: Path, listed: list[dict[str, Any]]) -> None:
    results = of(listed, made).results
    again = [
        {
            **case,
            "expect": {
                "decision": result.verdict.decision,
                "rules": [*result.rules],
                "missing": [*result.verdict.missing],
            },
        }
        for case, result in zip(listed, results, strict=True)
    ]
    assert [result.state for result in of(again, made).results] == ["passed"] * len(listed)


@given(cases, st.sampled_from(["known", "unverified", "too-many"]))
def test_one_rule_more_or_less_than_what_holds_fails(made: Path, listed: list[dict[str, Any]], rule: str) -> None:
    results = of(listed, made).results
    others = [
        {**case, "expect": {"rules": sorted({*result.rules} ^ {rule})}}
        for case, result in zip(listed, results, strict=True)
    ]
    assert [result.state for result in of(others, made).results] == ["failed"] * len(listed)
