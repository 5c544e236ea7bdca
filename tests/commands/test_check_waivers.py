"""``--waivers``: what is waived, what is said of the waivers afterwards, and what leaves of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]
PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"
CANARY = "https://www.linkedin.com/in/canary-ito"
POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
extends: [pragmatic]
waivers: {longest: 90}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    records = [
        {"id": "one", "stage": "incoming", "person": {"profile_url": CANARY, "known": True}, "note": PITCH},
        {"id": "two", "stage": "incoming", "person": {"known": True}, "note": PITCH},
    ]
    Path("queue.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    Path("acme.yaml").write_text(POLICY, "utf-8")
    return tmp_path


def waivers(*written: str, name: str = "waivers.yaml") -> list[str]:
    lines = "".join(f"  - {{{each}, reason: agreed with them, owner: Dana Reyes}}\n" for each in written)
    Path(name).write_text(f"waivers:\n{lines}", "utf-8")
    return ["--waivers", name]


def check(*argv: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], list[str]]:
    """The exit status, the report as JSON, and what was said of waivers."""
    status = run(["check", "queue.jsonl", *AS_OF, "--format", "json", *argv])
    printed = capsys.readouterr()
    return status, json.loads(printed.out), [line for line in printed.err.split("\n") if "waiver" in line]


def decisions(told: dict[str, Any]) -> list[str]:
    return [verdict["decision"] for verdict in told["verdicts"]]


def test_a_waiver_lifts_a_rule_of_one_person_and_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    given = waivers(f'rule: decline-pitch, person: "{CANARY}", ticket: OPS-1, expires: 2026-12-31')
    status, told, said = check(*given, capsys=capsys)
    assert (status, decisions(told), said) == (1, ["allow", "deny"], [])
    assert [verdict["waived"] for verdict in told["verdicts"]] == [["decline-pitch"], []]
    assert told["verdicts"][0]["rules"][-1]["waived"] == {
        "reason": "agreed with them", "owner": "Dana Reyes", "ticket": "OPS-1", "expires": "2026-12-31",
        "where": "waivers.yaml:2:5",
    }  # fmt: skip
    assert not any("waived" in rule for rule in told["verdicts"][1]["rules"])
    assert told["ledger"]["waived"] == 1


def test_without_waivers_the_truth_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    given = waivers("rule: decline-pitch, everything: true, expires: 2026-12-31")
    assert decisions(check(*given, capsys=capsys)[1]) == ["allow", "allow"]
    status, told, _ = check(*given, "--no-waivers", capsys=capsys)
    assert (status, decisions(told), told["ledger"]["waived"]) == (1, ["deny", "deny"], 0)
    assert "waivers" not in told["ledger"]


def test_what_does_nothing_is_told_afterwards_and_in_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    given = waivers(
        "rule: decline-pitch, invitation: one, expires: 2026-11-23",
        "rule: decline-pitch, invitation: two, expires: 2026-11-22",
        "rule: decline-pitch, invitation: three, expires: 2027-02-21",
        "rule: decline-pitch, invitation: two, expires: 2027-02-22",
    )
    status, told, said = check("--policy", "acme.yaml", *given, capsys=capsys)
    assert (status, decisions(told)) == (1, ["allow", "deny"])
    assert said == [
        "policycheck: waivers.yaml:3:5: the waiver of `decline-pitch` expired on 2026-11-22; renew it, or delete it",
        "policycheck: waivers.yaml:4:5: the waiver of `decline-pitch` lifts nothing in this run; delete it if it is not needed any more",
        "policycheck: waivers.yaml:5:5: the waiver of `decline-pitch` does not apply, since it expires more than 90 days ahead; write 2027-02-21 or an earlier day",
    ]
    assert [(use["where"], use["state"], use["verdicts"]) for use in told["ledger"]["waivers"]] == [
        ("waivers.yaml:2:5", "used", 1),
        ("waivers.yaml:3:5", "expired", 0),
        ("waivers.yaml:4:5", "unused", 0),
        ("waivers.yaml:5:5", "too-long", 0),
    ]


def test_several_files_count_together_and_all_their_mistakes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    one = waivers("rule: decline-pitch, invitation: one, expires: 2026-12-31", name="one.yaml")
    two = waivers("rule: decline-pitch, invitation: two, expires: 2026-12-31", name="two.yaml")
    status, told, said = check(*one, *two, capsys=capsys)
    assert (status, decisions(told), said) == (0, ["allow", "allow"], [])
    waivers("rule: decline-pich, invitation: one, expires: 2026-12-31", name="one.yaml")
    waivers("rule: decline-pitch, expires: 2026-12-31", name="two.yaml")
    assert run(["check", "queue.jsonl", *one, *two]) == 3
    assert capsys.readouterr().err == (
        "policycheck: one.yaml:2:12: the policy `pragmatic` has no rule `decline-pich`; did you mean `decline-pitch`?\n"
        "policycheck: two.yaml:2:5: this waiver covers nothing; write exactly one of `invitation`, `person`, `file`, or `everything: true`\n"
    )


def test_a_file_named_twice_or_missing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    given = waivers("rule: decline-pitch, invitation: one, expires: 2026-12-31")
    assert run(["check", "queue.jsonl", *given, *given]) == 2
    assert "named 2 times; name each file once" in capsys.readouterr().err
    assert run(["check", "queue.jsonl", "--waivers", "nowhere.yaml"]) == 3
    assert capsys.readouterr().err.startswith("policycheck: nowhere.yaml: cannot be read")


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_no_person_of_a_waiver_leaves_in_a_format_for_machines(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    used = f'rule: decline-pitch, person: "{CANARY}", expires: 2026-12-31'
    unused = f'rule: blocked, person: "{CANARY}-2", expires: 2026-12-31'
    run(["check", "queue.jsonl", *AS_OF, "--format", format_, *waivers(used, unused)])
    printed = capsys.readouterr()
    assert '"owner":"Dana Reyes"' in printed.out
    assert "lifts nothing" in printed.err
    assert "canary" not in printed.out + printed.err


def test_an_explanation_shows_what_is_waived(capsys: pytest.CaptureFixture[str]) -> None:
    given = waivers(
        "rule: decline-pitch, invitation: one, ticket: OPS-1, expires: 2026-12-31",
        "rule: blocked, invitation: one, expires: 2026-11-01",
    )
    assert run(["explain", "queue.jsonl", "one", *AS_OF, *given]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("accept ")
    assert "\n✓ deny   decline-pitch (waived)\n" in printed.out
    assert "\n   waived: agreed with them (Dana Reyes, OPS-1, until 31 Dec 2026)\n" in printed.out
    assert printed.err == (
        "policycheck: waivers.yaml:3:5: the waiver of `blocked` expired on 2026-11-01; renew it, or delete it\n"
    )
    assert run(["explain", "queue.jsonl", "one", *AS_OF, *given, "--no-waivers"]) == 0
    assert capsys.readouterr().out.startswith("decline ")


def test_a_default_that_does_not_refuse_what_is_waived_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    Path("strict.yaml").write_text(
        "policycheck: 1\npolicy: strict\nversion: 1.0.0\ntitle: S\ndefaults: {incoming: deny}\n"
        "rules: [{id: look, effect: review, when: known-person, because: so}]\n",
        "utf-8",
    )
    given = waivers("rule: look, invitation: one, expires: 2026-12-31")
    assert run(["explain", "queue.jsonl", "one", *AS_OF, "--policy", "strict.yaml", *given]) == 0
    told = "default no rule decides; what a waived rule sends to review, the default (deny) does not refuse ◀"
    assert told in " ".join(capsys.readouterr().out.split())


def test_a_policy_shows_its_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "show", "acme.yaml"]) == 0
    assert "\nWaivers expire at most 90 days ahead\n" in capsys.readouterr().out
