"""The format ``junit``, held to the schema of Jenkins' xunit plugin and read back by junitparser."""

from __future__ import annotations

from typing import Any

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from msgspec import structs

from policycheck.builtin.reporters.report_junit import open_junit
from reports import finding, report, rule, verdict
from service_schemas import junit_mistakes, needs_schemas
from states import story, told, waived

BREAKS = finding("odd", holds=None, error="ValueError at odd.py:3")


@needs_schemas
@pytest.mark.parametrize(
    "whole",
    [story(), story().without_text(), story().against_a_baseline()],
    ids=["with text", "bare", "against a baseline"],
)
def test_the_schema_accepts_a_run_with_every_state(whole: Any) -> None:
    assert junit_mistakes(told(open_junit, whole)) == []
    assert junit_mistakes(report(open_junit, [])) == []


@needs_schemas
@pytest.mark.parametrize(
    ("ours", "wrong"),
    [
        ("<testsuites ", '<testsuites skipped="1" '),
        ("<testsuites ", '<testsuites timestamp="2026-11-23" '),
        ("<testcase ", '<testcase file="a.csv" '),
        ("<testcase ", '<testcase line="2" '),
        ("<failure ", "<properties/><failure "),
    ],
)
def test_the_schema_refuses_what_must_not_be_there(ours: str, wrong: str) -> None:
    assert junit_mistakes(told(open_junit, story()).replace(ours, wrong, 1)) != []


def read_back(text: str) -> Any:
    (suite,) = JUnitXml.fromstring(text.encode())
    return suite


def test_another_reader_finds_each_state_where_it_belongs() -> None:
    suite = read_back(told(open_junit, story()))
    found = [[type(one) for one in case.result] for case in suite]
    assert found == [[Failure], [Skipped], [Skipped], [Error], [], [Error]]
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 1, 2, 2)
    properties = {one.name: one.value for one in suite.properties()}
    assert properties["read"] == "6"
    assert properties["not judged: text 61"] == "2"
    assert properties["identity"].startswith("1 record known by file and row")


def test_a_case_says_what_was_decided_and_why() -> None:
    cases = list(read_back(told(open_junit, story().without_text())))
    assert [(case.classname, case.result[0].type, case.result[0].message) for case in cases if case.result] == [
        ("policycheck.incoming", "denied", "decline: text 5 · text 3: text 4"),
        ("policycheck.incoming", "review", "review: text 14 · text 12: text 13"),
        ("policycheck.incoming", "unknown", "review: text 24 · not known: text 20"),
        ("policycheck.incoming", "broken", "review: text 35 · `text 32` (text 28) broke"),
        ("policycheck.unreadable", "unreadable", "could not be read: text 52; text 53"),
    ]
    assert cases[0].result[0].text == (
        "text 6:3\ntext 3 (denied): text 4\n  evidence: note 0–4 (text 0)\nadvice: text 8"
    )


def test_a_case_that_passed_shows_its_waivers() -> None:
    lifted = structs.replace(rule(), waived=waived())
    text = report(open_junit, [verdict("allow", lifted, waived=("decline-pitch",))], waived=1)
    assert "<system-out>waived decline-pitch: A partner of ours.; ana; until 2026-12-31; T-1</system-out>" in text


def test_a_fact_that_could_not_be_read_is_no_case() -> None:
    assert "<system-err>text 54: text 57 could not be read: text 55; text 56</system-err>" in told(open_junit, story())


def test_a_denial_stays_a_failure_where_a_check_broke_too() -> None:
    (case,) = read_back(report(open_junit, [verdict("deny", rule(), rule("odd", "review", BREAKS, outcome="error"))]))
    assert [type(one) for one in case.result] == [Failure]
    assert "broken: `odd` (ValueError at odd.py:3)" in case.result[0].text


def test_a_waived_rule_whose_check_broke_is_an_error_still() -> None:
    broke = structs.replace(rule("odd", "deny", BREAKS, outcome="error"), waived=waived())
    (case,) = read_back(report(open_junit, [verdict("allow", broke, waived=("odd",))], errors=1))
    assert [type(one) for one in case.result] == [Error]
    assert case.result[0].message == "accept: Pia Grant (Invitations.csv:2) · `odd` (ValueError at odd.py:3) broke"
