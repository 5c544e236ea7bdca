"""``--strict``: what works for now and should be mended fails the run, which reports all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from distributions import install
from policycheck.cli import run

POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
waivers: {longest: 30}
defaults: {outgoing: allow}
rules:
  - {id: no-demo, effect: deny, when: {field: {field: note, matches: demo}}, because: No demos.}
"""
BLOCKED = "  - {id: blocked, effect: deny, when: blocked, because: Blocked., if-unknown: ignore}\n"
COUNTED = "  - {id: wordy, effect: review, when: {many-words: {%s: 3}}, because: Too many words.}\n"
PLUGIN = '''
from policycheck import check, hookimpl

PARAMETERS = {
    "above": {"type": "integer", "min": 0, "default": 5},
    "more_than": {"type": "integer", "min": 0, "meta": {"deprecated": "write `above` instead"}},
}


@check("many-words", needs=["note"], parameters=PARAMETERS)
def many_words(case, *, above, more_than=None):
    """The note has many words."""
    return len(case.invitation.note.split()) > (above if more_than is None else more_than)


@hookimpl
def policycheck_checks():
    return [many_words]
'''


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    record = {"id": "a", "stage": "outgoing", "person": {"known": True}, "note": "Hi."}
    Path("queue.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    Path("acme.yaml").write_text(POLICY, "utf-8")
    return tmp_path


@pytest.fixture
def plugin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder / "site", "words", {"words.py": PLUGIN}, entry_points="words = words")
    monkeypatch.syspath_prepend(str(folder / "site"))


def check(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[str]]:
    """The exit status and what was said; the report is there whatever comes of it."""
    capsys.readouterr()
    status = run(["check", "queue.jsonl", "--policy", "acme.yaml", "--as-of", "2026-11-23", "--format", "json", *argv])
    printed = capsys.readouterr()
    assert json.loads(printed.out)["ledger"]["read"] == 1
    return status, [line.removeprefix("policycheck: ") for line in printed.err.splitlines()]


def test_where_nothing_is_to_be_mended_strict_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "--strict") == check(capsys) == (0, [])


@pytest.mark.parametrize(
    ("expires", "why"),
    [
        ("2026-12-01", "lifts nothing in this run; delete it if it is not needed any more"),
        ("2026-11-01", "expired on 2026-11-01; renew it, or delete it"),
        (
            "2027-06-01",
            "does not apply, since it expires more than 30 days ahead; write 2026-12-23 or an earlier day",
        ),
    ],
    ids=["unused", "expired", "too long"],
)
def test_a_waiver_that_does_nothing_fails_a_strict_run(
    expires: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("waivers.yaml").write_text(
        f"waivers:\n  - {{rule: no-demo, invitation: a, reason: agreed, owner: Ann, expires: {expires}}}\n", "utf-8"
    )
    said = f"waivers.yaml:2:5: the waiver of `no-demo` {why}"
    assert check(capsys, "--waivers", "waivers.yaml") == (0, [said])
    assert check(capsys, "--waivers", "waivers.yaml", "--strict") == (3, [f"{said} (--strict)"])
    assert check(capsys, "--waivers", "waivers.yaml", "--no-waivers", "--strict") == (0, [])


def test_a_list_that_a_rule_needs_and_nobody_supplied_fails_a_strict_run(capsys: pytest.CaptureFixture[str]) -> None:
    Path("acme.yaml").write_text(POLICY + BLOCKED, "utf-8")
    needs = [
        f"nobody supplied `{name}`, which `blocked` needs; give it with --profile"
        for name in ("blocked_companies", "blocked_people")
    ]
    assert check(capsys) == (0, needs)
    assert check(capsys, "--strict") == (3, [f"{one} (--strict)" for one in needs])
    Path("us.yaml").write_text("blocked_companies: []\nblocked_people: []\n", "utf-8")
    assert check(capsys, "--strict", "--profile", "us.yaml") == (0, [])


def test_text_says_it_too_where_it_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    Path("acme.yaml").write_text(POLICY + BLOCKED, "utf-8")
    argv = ["check", "queue.jsonl", "--policy", "acme.yaml", "--as-of", "2026-11-23"]
    assert run(argv) == 0
    assert capsys.readouterr().err == ""
    assert run([*argv, "--strict"]) == 3
    assert capsys.readouterr().err.count("(--strict)\n") == 2


def test_a_deprecated_parameter_is_said_and_fails_a_strict_run(
    plugin: None, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("acme.yaml").write_text(POLICY + COUNTED % "more_than", "utf-8")
    said = "acme.yaml:9:53: check `many-words`: `more_than` is deprecated; write `above` instead"
    assert check(capsys) == (0, [said])
    assert check(capsys, "--strict") == (3, [f"{said} (--strict)"])
    Path("acme.yaml").write_text(POLICY + COUNTED % "above", "utf-8")
    assert check(capsys, "--strict") == (0, [])


def test_an_editor_shows_that_a_parameter_is_deprecated(plugin: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "policy"]) == 0
    shape = json.loads(capsys.readouterr().out)["$defs"]["condition"]["anyOf"][0]["properties"]["many-words"]
    assert shape["properties"]["more_than"] == {"deprecated": True, "type": "integer", "minimum": 0}
    assert "deprecated" not in shape["properties"]["above"]


def test_the_configuration_can_ask_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("acme.yaml").write_text(POLICY + BLOCKED, "utf-8")
    Path("policycheck.toml").write_text("strict = true\n", "utf-8")
    assert check(capsys)[0] == 3
    assert check(capsys, "--no-strict")[0] == 0
