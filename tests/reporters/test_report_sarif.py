"""The format ``sarif``, held to the schema of OASIS."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import UNSET, structs

from policycheck import Verdict
from policycheck.builtin.reporters.report_sarif import open_sarif
from policycheck.model.invitation import Origin
from policycheck.model.verdict import Advice
from reports import finding, quote, report, rule, verdict
from service_schemas import needs_schemas, sarif_mistakes
from states import story, told, waived

PITCH = rule("decline-pitch", "deny", finding("sales-pitch", quote("We help", 3)))


def log(*verdicts: Verdict, **more: Any) -> Any:
    return json.loads(report(open_sarif, list(verdicts), **more))["runs"][0]


@needs_schemas
@pytest.mark.parametrize(
    "whole",
    [story(), story().without_text(), story().against_a_baseline()],
    ids=["with text", "bare", "against a baseline"],
)
def test_the_schema_of_oasis_accepts_a_run_with_every_state(whole: Any) -> None:
    assert sarif_mistakes(json.loads(told(open_sarif, whole))) == []
    assert sarif_mistakes(json.loads(report(open_sarif, []))) == []


@needs_schemas
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "unknown"),
        ("level", "critical"),
        ("baselineState", "known"),
        ("message", {}),
        ("suppressions", [{"kind": "waived"}]),
        ("odd", 1),
    ],
)
def test_the_schema_refuses_a_result_that_is_wrong(key: str, value: Any) -> None:
    whole = json.loads(told(open_sarif, story()))
    whole["runs"][0]["results"][0][key] = value
    assert sarif_mistakes(whole) != []


def test_each_state_has_its_kind_and_only_a_failure_has_a_level() -> None:
    whole = json.loads(told(open_sarif, story()))["runs"][0]
    assert [(one["kind"], one["level"], bool(one["suppressions"])) for one in whole["results"]] == [
        ("fail", "error", False),
        ("review", "none", False),
        ("open", "none", False),
        ("open", "none", False),
        ("fail", "error", True),
    ]


def test_what_was_not_checked_is_a_notification_and_no_success() -> None:
    (invocation,) = json.loads(told(open_sarif, story()))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    told_ = [(note["descriptor"]["id"], note["level"]) for note in invocation["toolExecutionNotifications"]]
    assert told_ == [
        ("policycheck:unreadable", "error"), ("policycheck:unreadable", "warning"), ("policycheck:broken", "error"),
    ]  # fmt: skip
    (note,) = invocation["toolConfigurationNotifications"]
    assert note["message"]["text"].startswith("1 record known by file and row")
    assert log(verdict("deny", PITCH))["invocations"][0]["executionSuccessful"] is True


def test_a_result_says_what_where_and_why() -> None:
    advice = (Advice(check="offers-context", text="Say where you met."),)
    (result,) = log(verdict("deny", PITCH, advice=advice, person=UNSET))["results"]
    assert result == {
        "ruleId": "decline-pitch",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "decline: Invitations.csv:2 · decline-pitch · The invitation is a pitch. · "
            "evidence: note 3–10 “We help” (a pitch) · advice: Say where you met."
        },
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": "Invitations.csv"}, "region": {"startLine": 2}}}
        ],
        "partialFingerprints": {"primaryLocationLineHash": result["partialFingerprints"]["primaryLocationLineHash"]},
        "suppressions": [],
        "properties": {
            "id": "Invitations.csv:2",
            "stage": "incoming",
            "decision": "deny",
            "action": "decline",
            "identity": "id",
            "missing": [],
            "evidence": [{"field": "note", "start": 3, "end": 10, "reason": "a pitch", "quote": "We help"}],
        },
    }


def test_a_waiver_is_a_suppression_with_who_answers_for_it() -> None:
    lifted = structs.replace(PITCH, waived=waived())
    (result,) = log(verdict("allow", lifted, waived=("decline-pitch",)), waived=1)["results"]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "A partner of ours.; ana; until 2026-12-31; T-1"}
    ]


def test_a_rule_comes_with_its_help_and_link() -> None:
    linked = structs.replace(PITCH, source="handbook", link="https://example.org/handbook#4.2")
    (descriptor,) = log(verdict("deny", linked), verdict("deny", linked, line=3))["tool"]["driver"]["rules"]
    assert descriptor == {
        "id": "decline-pitch",
        "shortDescription": {"text": "The invitation is a pitch."},
        "help": {
            "text": "The invitation is a pitch. Of the policy pragmatic 1.0.0. It rests on handbook. "
            "More: policycheck checks sales-pitch.",
            "markdown": "`The invitation is a pitch.`\n\nOf the policy `pragmatic 1.0.0`\n\nIt rests on `handbook`\n\n"
            "More: `policycheck checks sales-pitch`",
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"effect": "deny"},
        "helpUri": "https://example.org/handbook#4.2",
    }


@pytest.mark.parametrize("link", ["javascript:x", "http://example.org", "https://a b", "https://a\n", "our wiki"])
def test_a_link_that_is_no_https_address_is_left_out(link: str) -> None:
    (descriptor,) = log(verdict("deny", structs.replace(PITCH, link=link)))["tool"]["driver"]["rules"]
    assert "helpUri" not in descriptor


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.csv", "a/b.csv"),
        ("./a b.csv", "a%20b.csv"),
        ("/srv/a.csv", "file:///srv/a.csv"),
        ("//evil.example/a", "file:////evil.example/a"),
        ("javascript:x", "javascript%3Ax"),
        ("a?b#c", "a%3Fb%23c"),
    ],
)
def test_a_path_is_a_reference_to_a_file_and_nothing_else(path: str, uri: str) -> None:
    (result,) = log(verdict("deny", PITCH, origin=Origin(path, None)))["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]


def test_a_decision_without_a_rule_is_the_stages_default() -> None:
    results = log(verdict("review"), verdict("deny"), verdict("allow"))["results"]
    assert [(one["ruleId"], one["kind"]) for one in results] == [
        ("policycheck:default", "review"),
        ("policycheck:default", "fail"),
    ]


def test_what_the_policy_lets_pass_and_what_could_change_nothing_is_no_result() -> None:
    passed = rule("blocked", "deny", finding("blocked", holds=None, missing=("profile.x",)), outcome="ignored")
    unknown = rule("known", "allow", finding("known-person", holds=None, missing=("person.known",)), outcome="unknown")
    assert log(verdict("allow", rule("fine", "allow"), passed))["results"] == []
    results = log(verdict("deny", PITCH, unknown), verdict("review", unknown, passed, missing=("person.known",)))[
        "results"
    ]
    assert [(one["ruleId"], one["kind"]) for one in results] == [("decline-pitch", "fail"), ("known", "open")]


def fingerprints(*verdicts: Verdict) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in log(*verdicts)["results"]]


def test_a_fingerprint_follows_a_record_with_an_id_and_stays_with_the_row_of_one_without() -> None:
    moved = [verdict("deny", PITCH, id="q-1", origin=Origin(*at)) for at in (("a.csv", 2), ("a.csv", 9), ("b.csv", 2))]
    first, *others = (fingerprints(one)[0] for one in moved)
    assert others == [first, first]
    rows = [
        verdict("deny", PITCH, id=f"{path}:{line}", origin=Origin(f"{folder}/{path}", line), by_row=True)
        for folder, path, line in (("x", "a.csv", 2), ("x", "a.csv", 3), ("y", "a.csv", 2))
    ]
    assert len({fingerprints(one)[0] for one in rows}) == 3


def test_a_fingerprint_tells_rules_accounts_and_doubles_apart() -> None:
    other = structs.replace(PITCH, id="other")
    given = fingerprints(
        verdict("deny", PITCH, other, id="q-1"),
        verdict("deny", PITCH, id="q-1", account="b"),
        verdict("deny", PITCH, id="q-1"),
    )
    assert len(set(given)) == 4
    assert given[3] == given[0].removesuffix(":1") + ":2"
