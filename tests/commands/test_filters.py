"""Filters of ``policycheck check``: what is shown, what is counted as left out, and what they never change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distributions import install
from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]
PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"
PLAIN = "Hello"
BEA = {"name": "Bea", "profile_url": "https://www.linkedin.com/in/bea-90001", "known": False}


def record(id_: str, stage: str, note: str = PLAIN, **more: Any) -> dict[str, Any]:
    return {"id": id_, "stage": stage, "person": {"name": f"Name of {id_}", "known": False}, "note": note, **more}


RECORDS = [
    record("in-pitch-accepted", "incoming", PITCH, accepted=True, sent_at="2026-01-05T10:00:00Z"),
    record("in-plain", "incoming", sent_at="2026-11-20T23:59:59Z"),
    record("in-undated", "incoming", PITCH),
    record("out-first", "outgoing", PLAIN, sent_at="2026-11-19T10:00:00Z", person=BEA),
    record("out-second", "outgoing", PLAIN, sent_at="2026-11-21T10:00:00Z", person=BEA),
    record("kept", "connected", accepted=True, connected_on="2026-11-21", sent_at="2026-01-05T10:00:00Z", messages=[]),
    record("kept-undated", "connected", accepted=True, messages=[]),
    record("template", "template", PITCH),
]
QUEUE = "\n".join(map(json.dumps, RECORDS)) + '\n{"id": "broken"\n'

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "queue.jsonl").write_text(QUEUE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*argv: str, capsys: Capture) -> tuple[int, list[dict[str, Any]], dict[str, Any], str]:
    """Status, verdicts, ledger, and what stood on standard error."""
    status = run(["check", "queue.jsonl", *AS_OF, "--format", "json", *argv])
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    return status, told["verdicts"], told["ledger"], printed.err


@pytest.mark.parametrize(
    ("filters", "shown", "left_out"),
    [
        (["--stage", "outgoing"], ["out-first", "out-second"], {"stage": 6}),
        (["--stage", "template", "--stage", "connected"], ["kept", "kept-undated", "template"], {"stage": 5}),
        (
            ["--open-only"],
            ["in-plain", "in-undated", "out-first", "out-second", "kept", "kept-undated", "template"],
            {"open-only": 1},
        ),
        (
            ["--since", "2026-11-20"],
            ["in-plain", "in-undated", "out-second", "kept", "kept-undated", "template"],
            {"since": 2},
        ),
        (["--since", "2026-11-21"], ["in-undated", "out-second", "kept", "kept-undated", "template"], {"since": 3}),
        (["--decision", "deny"], ["in-pitch-accepted", "in-undated", "template"], {"decision": 5}),
        (
            ["--rule", "decline-pitch", "--rule", "withhold-pitch"],
            ["in-pitch-accepted", "in-undated", "template"],
            {"rule": 5},
        ),
        (
            ["--stage", "incoming", "--open-only", "--since", "2026-11-21", "--decision", "review"],
            [],
            {"stage": 5, "open-only": 1, "since": 1, "decision": 1},
        ),
        (
            ["--decision", "allow", "--decision", "review", "--decision", "deny"],
            [one["id"] for one in RECORDS],
            {"decision": 0},
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) and value and value[0].startswith("--") else "",
)
def test_a_filter_chooses_what_is_shown_and_the_ledger_counts_the_rest(
    filters: list[str], shown: list[str], left_out: dict[str, int], capsys: Capture
) -> None:
    status, verdicts, ledger, _ = report(*filters, capsys=capsys)
    assert [verdict["id"] for verdict in verdicts] == shown
    assert ledger["left_out"] == left_out
    assert (status, ledger["read"], ledger["unreadable"]) == (4, 9, 1)


def test_without_a_filter_the_ledger_speaks_of_none(capsys: Capture) -> None:
    _, verdicts, ledger, _ = report(capsys=capsys)
    assert len(verdicts) == len(RECORDS)
    assert "left_out" not in ledger


_OPTIONS = {
    "--stage": st.sampled_from(["incoming", "outgoing", "connected", "template"]),
    "--since": st.dates().map(str),
    "--decision": st.sampled_from(["allow", "review", "deny"]),
    "--rule": st.sampled_from(["decline-pitch", "blocked", "review-second-invitation"]),
}
_filters = st.lists(
    st.sampled_from(sorted(_OPTIONS)).flatmap(lambda name: _OPTIONS[name].map(lambda value: [name, value]))
    | st.just(["--open-only"]),
    max_size=5,
).map(lambda options: [word for option in options for word in option])


@pytest.fixture
def unfiltered(folder: Path, capsys: Capture) -> Any:
    return report(capsys=capsys)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=_filters)
def test_filters_change_neither_a_verdict_nor_a_count_nor_the_status(
    unfiltered: Any, capsys: Capture, filters: list[str]
) -> None:
    whole_status, everything, whole, _ = unfiltered
    status, verdicts, ledger, _ = report(*filters, capsys=capsys)
    assert status == whole_status
    assert [verdict for verdict in everything if verdict in verdicts] == verdicts
    left_out = ledger.pop("left_out", {})
    assert ledger == whole
    assert len(verdicts) + sum(left_out.values()) == len(everything)


def test_a_rule_that_looks_across_invitations_sees_those_that_are_left_out(capsys: Capture) -> None:
    _, verdicts, _, _ = report("--since", "2026-11-21", "--stage", "outgoing", capsys=capsys)
    (second,) = verdicts
    held = [rule["id"] for rule in second["rules"] if rule["outcome"] == "holds"]
    assert (second["id"], held) == ("out-second", ["review-second-invitation"])


def _text(out: str) -> int:
    return int(out.partition(" · ")[2].partition(" ")[0])


def _full(out: str) -> int:
    return _text(out[out.index("pragmatic ") :])


def _json(out: str) -> int:
    return len(json.loads(out)["verdicts"])


def _jsonl(out: str) -> int:
    return len(out.splitlines()) - 2


@pytest.mark.parametrize(
    ("name", "count"), [("text", _text), ("full", _full), ("json", _json), ("jsonl", _jsonl)], ids=lambda value: ""
)
def test_every_format_shows_the_same_part(name: str, count: Callable[[str], int], capsys: Capture) -> None:
    run(["check", "queue.jsonl", *AS_OF, "--stage", "connected", "--open-only", "--format", name])
    out = capsys.readouterr().out
    assert count(out) == 2
    assert "in-plain" not in out
    assert (
        '"left_out":{"stage":6,"open-only":0}' if name.startswith("json") else "6 by --stage · 0 by --open-only"
    ) in out


def test_what_reaches_the_threshold_counts_and_is_told_where_it_is_left_out(folder: Path, capsys: Capture) -> None:
    (folder / "queue.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    told = "policycheck: {} of what is left out of the report reached --fail-on {}\n"
    for options, status, count in (
        (["--decision", "allow"], 1, told.format(3, "deny")),
        (["--decision", "deny", "--fail-on", "review"], 1, told.format(3, "review")),
        (["--decision", "deny"], 1, ""),
        (["--decision", "allow", "--fail-on", "never"], 0, ""),
    ):
        ended, verdicts, _, err = report(*options, capsys=capsys)
        assert ended == status
        assert "".join(line for line in err.splitlines(keepends=True) if "left out" in line) == count
        assert {verdict["decision"] for verdict in verdicts} <= {options[1]}


def test_a_rule_that_the_policy_does_not_have_is_refused(capsys: Capture) -> None:
    assert run(["check", "queue.jsonl", "--rule", "decline-pich", "--rule", "zzz", "--policy", "pragmatic"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "policycheck: --rule: `decline-pich` is no rule of `pragmatic`; did you mean `decline-pitch`?\n"
        "policycheck: --rule: `zzz` is no rule of `pragmatic`; `policycheck policy show pragmatic` lists them\n"
    )


def test_filters_may_stand_in_a_file_and_in_variables_and_a_flag_replaces_a_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (folder / "policycheck.toml").write_text(
        'stage = ["incoming", "connected"]\nsince = 2026-11-21\nopen-only = true\n', "utf-8"
    )
    monkeypatch.setenv("POLICYCHECK_RULE", "decline-pitch, blocked")
    _, verdicts, ledger, _ = report(capsys=capsys)
    assert [verdict["id"] for verdict in verdicts] == ["in-undated"]
    assert list(ledger["left_out"]) == ["stage", "open-only", "since", "rule"]
    _, verdicts, ledger, _ = report("--stage", "template", "--no-open-only", "--rule", "withhold-pitch", capsys=capsys)
    assert [verdict["id"] for verdict in verdicts] == ["template"]
    assert list(ledger["left_out"]) == ["stage", "since", "rule"]
    (folder / "policycheck.toml").write_text('stage = ["incoming", "conected"]\nrule = "x"\n', "utf-8")
    assert run(["check", "queue.jsonl"]) == 3
    assert capsys.readouterr().err == (
        "policycheck: policycheck.toml:1: `stage` cannot be `conected`; did you mean `connected`?\n"
        "policycheck: policycheck.toml:2: `rule` must be a list\n"
    )


def test_a_check_that_breaks_is_told_whatever_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    code = (
        "from policycheck import check, hookimpl\n\n\n"
        "@check('breaks')\ndef breaks(case):\n    'It breaks. Holds:: {}'\n    raise ValueError\n\n\n"
        "@hookimpl\ndef policycheck_checks():\n    return [breaks]\n"
    )
    install(folder / "site", "breaking", {"breaking.py": code}, entry_points="breaking = breaking")
    monkeypatch.syspath_prepend(str(folder / "site"))
    (folder / "house.yaml").write_text(
        "policycheck: 1\npolicy: house\nversion: 1.0.0\ntitle: House\nrules:\n"
        "  - {id: odd, stages: [template], effect: deny, when: breaks, because: Odd.}\n",
        "utf-8",
    )
    for filters, shown in ((["--rule", "odd"], ["template"]), (["--stage", "outgoing"], ["out-first", "out-second"])):
        status, verdicts, ledger, err = report("--policy", "house.yaml", *filters, capsys=capsys)
        assert [verdict["id"] for verdict in verdicts] == shown
        assert (status, ledger["errors"]) == (5, 1)
        assert "check `breaks` of plugin `breaking` broke (ValueError at breaking.py:7)" in err
