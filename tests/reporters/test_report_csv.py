"""The format ``csv``."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec import UNSET

from policycheck.builtin.reporters.report_csv import COLUMNS, open_csv
from policycheck.model.invitation import Origin
from reports import finding, report, rule, verdict
from states import story, told


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_every_record_and_every_count_has_a_row() -> None:
    found = rows(told(open_csv, story()))
    assert [(row["outcome"], row["count"]) for row in found] == [
        ("deny", "1"), ("review", "1"), ("review", "1"), ("review", "1"), ("allow", "1"),
        ("unreadable", "1"), ("unreadable fact", "1"), ("not judged", "2"), ("not judged", "1"),
    ]  # fmt: skip
    states = [{name for name in ("denied", "review", "unknown", "broken", "waived") if row[name]} for row in found[:5]]
    assert states == [{"denied"}, {"review"}, {"unknown"}, {"broken"}, {"waived"}]
    assert [row["identity"] for row in found[:2]] == ["id", "row"]
    assert found[4]["waived"] == "text 42: text 44; text 45; until text 46; T-1"


def test_a_row_says_what_where_and_why() -> None:
    passed = rule(
        "blocked", "deny", finding("blocked", holds=None, missing=("profile.blocked_people",)), outcome="ignored"
    )
    denied = verdict(
        "deny", rule("decline-pitch", "deny"), passed, id="q-1", origin=Origin("./q.jsonl", 4), person=UNSET
    )
    (row,) = rows(report(open_csv, [denied]))
    assert {name: cell for name, cell in row.items() if cell} == {
        "outcome": "deny", "count": "1", "action": "decline", "stage": "incoming", "account": "ana-voss", "id": "q-1",
        "identity": "id", "file": "q.jsonl", "line": "4", "denied": "decline-pitch", "let_pass": "blocked",
        "because": "The invitation is a pitch.",
    }  # fmt: skip
    assert tuple(row) == COLUMNS


def test_names_and_quotes_have_columns_that_stay_empty_unless_asked_for() -> None:
    bare, told_ = rows(report(open_csv, [verdict("deny", person=UNSET)])), rows(report(open_csv, [verdict("deny")]))
    assert (bare[0]["name"], told_[0]["name"]) == ("", "Pia Grant")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("＝1", "'＝1"), ("＠a", "'＠a"), (" =1", "'=1"),
        ("a;=1", "a;'=1"), ("a, -1", "a, '-1"), ("a\t=1", "a =1"), ("a|=1", "a|'=1"), ('"=1', "\"'=1"), ("a-b", "a-b"), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    (row,) = rows(report(open_csv, [verdict("deny", id=text)]))
    assert row["id"] == cell
