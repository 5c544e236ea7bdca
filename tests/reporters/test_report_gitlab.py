"""The format ``gitlab``, held to GitLab's schema of a Code Quality finding."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import UNSET

from policycheck.builtin.reporters.report_gitlab import open_gitlab
from policycheck.model.invitation import Origin
from reports import finding, report, rule, verdict
from service_schemas import finding_mistakes, needs_schemas
from states import story, told


def found(text: str) -> Any:
    return json.loads(text)


@needs_schemas
@pytest.mark.parametrize(
    "whole",
    [story(), story().without_text(), story().against_a_baseline()],
    ids=["with text", "bare", "against a baseline"],
)
def test_gitlabs_schema_accepts_a_run_with_every_state(whole: Any) -> None:
    assert finding_mistakes(found(told(open_gitlab, whole))) == []


@needs_schemas
@pytest.mark.parametrize(
    ("key", "value"),
    [("description", None), ("fingerprint", 1), ("severity", "high"), ("location", {"path": 1}), ("location", {"lines": {"begin": "2"}})],
)  # fmt: skip
def test_the_schema_refuses_a_finding_that_is_wrong(key: str, value: object) -> None:
    findings = found(told(open_gitlab, story()))
    findings[0][key] = value
    assert finding_mistakes(findings) != []


def test_each_state_has_its_severity() -> None:
    findings = found(told(open_gitlab, story()))
    assert [one["severity"] for one in findings] == ["major", "minor", "info", "critical", "info", "critical", "minor"]
    assert [one["identity"] for one in findings] == ["id", "row", "id", "id", "id", "row", "row"]
    assert len({one["fingerprint"] for one in findings}) == 7
    assert "waived: text 44; text 45; until text 46; T-1" in findings[4]["description"]


def test_a_finding_says_what_where_and_why() -> None:
    denied = verdict(
        "deny", rule("decline-pitch", "deny", finding()), origin=Origin("./q.jsonl", None), id="q-1", person=UNSET
    )
    (one,) = found(report(open_gitlab, [denied]))
    assert one | {"fingerprint": ""} == {
        "description": "decline: q-1 · The invitation is a pitch.",
        "check_name": "decline-pitch",
        "fingerprint": "",
        "severity": "major",
        "location": {"path": "q.jsonl", "lines": {"begin": 1}},
        "identity": "id",
    }


def test_nothing_to_say_is_an_empty_list() -> None:
    assert report(open_gitlab, [verdict("allow")]) == "[]\n"
