"""``policycheck lock`` and ``check --locked``: a run that would decide by something else is refused."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from policycheck.cli import run

POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
rules:
  - {id: no-pitch, effect: deny, when: sales-pitch, because: An invitation doesn't sell.}
"""
AGREE = "look at what changed; where it is meant, run `policycheck lock`"
CHECK = ["check", "queue.jsonl", "--policy", "acme.yaml", "--as-of", "2026-11-23", "--locked"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    record = {
        "id": "a",
        "stage": "outgoing",
        "person": {"known": True},
        "note": "We help teams like yours double their leads. A demo?",
    }
    Path("queue.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    Path("acme.yaml").write_text(POLICY, "utf-8")
    return tmp_path


def lock(*argv: str) -> str:
    """The lock of the policy here."""
    assert run(["lock", "--policy", "acme.yaml", *argv]) == 0
    return Path("policycheck.lock").read_text("utf-8")


def refusal(capsys: pytest.CaptureFixture[str], *argv: str, status: int = 3) -> list[str]:
    capsys.readouterr()
    assert run([*CHECK, *argv]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    return [line.removeprefix("policycheck: ") for line in printed.err.splitlines()]


def test_a_lock_holds_the_policy_its_lists_and_the_plugins(capsys: pytest.CaptureFixture[str]) -> None:
    held = tomllib.loads(lock())
    assert capsys.readouterr().out == "policycheck.lock: acme 1.0.0, 1 phrase list, 1 plugin\n"
    assert (held["lock"], held["policy"]["id"], held["policy"]["version"]) == (1, "acme", "1.0.0")
    assert (list(held["rules"]), list(held["phrases"])) == (["no-pitch"], ["pitch"])
    assert held["plugins"] == {"builtin": "policycheck 0.1.0"}
    assert lock() == lock()


def test_a_run_that_agrees_with_the_lock_goes_on() -> None:
    lock()
    assert run(CHECK) == 1


def test_a_changed_rule_is_refused_and_nothing_is_decided(capsys: pytest.CaptureFixture[str]) -> None:
    held = tomllib.loads(lock())
    Path("acme.yaml").write_text(POLICY.replace("deny", "review"), "utf-8")
    said, rule = refusal(capsys)
    assert rule.startswith("policycheck.lock:10: the rule `no-pitch` differs (sha256:")
    assert said.startswith(
        f"policycheck.lock:7: the policy's `digest` differs ({held['policy']['digest'][:19]}… is locked, sha256:"
    )
    assert said.endswith(f"… is here); {AGREE}")
    lock()
    assert run(CHECK) == 0


def test_locking_anew_says_what_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    lock()
    Path("acme.yaml").write_text(POLICY.replace("deny", "review"), "utf-8")
    capsys.readouterr()
    lock()
    head, change, rule = capsys.readouterr().out.splitlines()
    assert rule.startswith("  the rule `no-pitch`: sha256:")
    assert head == "policycheck.lock: acme 1.0.0, 1 phrase list, 1 plugin"
    assert re.fullmatch(r"  the policy's `digest`: sha256:[0-9a-f]{12}… → sha256:[0-9a-f]{12}…", change)


def test_what_does_not_change_the_meaning_is_no_difference() -> None:
    lock()
    Path("acme.yaml").write_text(f"# A remark.\n\n{POLICY}", "utf-8")
    assert run(CHECK) == 1


def test_a_changed_phrase_list_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    lock()
    Path("acme.yaml").write_text(POLICY + "phrases: {pitch: {remove: [demo]}}\n", "utf-8")
    assert [line.partition(" differs")[0] for line in refusal(capsys)] == [
        "policycheck.lock:7: the policy's `digest`",
        "policycheck.lock:13: the phrase list `pitch`",
    ]


def test_a_plugin_of_another_version_one_more_and_one_less_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    held = lock()
    changed = held.replace("policycheck 0.1.0", "policycheck 0.0.9") + '"acme-pack" = "acme-pack 1.0"\n'
    Path("policycheck.lock").write_text(changed, "utf-8")
    assert refusal(capsys) == [
        f"policycheck.lock:17: the plugin `acme-pack` differs (acme-pack 1.0 is locked, nothing is here); {AGREE}",
        "policycheck.lock:16: the plugin `builtin` differs (policycheck 0.0.9 is locked, policycheck 0.1.0 is here); "
        + AGREE,
    ]
    Path("policycheck.lock").write_text(held.replace('"builtin" = "policycheck 0.1.0"\n', ""), "utf-8")
    assert refusal(capsys) == [
        "policycheck.lock:15: the plugin `builtin` differs (nothing is locked, policycheck 0.1.0 is here); " + AGREE
    ]


def test_without_a_lock_a_locked_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(capsys) == ["policycheck.lock: there is no such lock; write it with `policycheck lock`"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "lock = 2\n[policy]\n[rules]\n[phrases]\n[plugins]\n",
            "policycheck.lock:1: `lock` cannot be `2`; choose one of 1",
        ),
        ("lock = 1\n[policy]\n[rules]\n[phrases]\n", "policycheck.lock: `plugins` is missing; add it"),
        (
            "lock = 1\n[policy]\nid = 1\n[rules]\n[phrases]\n[plugins]\n",
            "policycheck.lock:3: `id` must be a text; quote it",
        ),
        ("{}\n", "policycheck.lock:1: this is no TOML (invalid statement); mend the line"),
    ],
)
def test_what_is_no_lock_is_refused(text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("policycheck.lock").write_text(text, "utf-8")
    assert refusal(capsys)[0] == message


def test_a_lock_is_written_over_nothing_but_a_lock(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("acme.yaml").read_bytes()
    assert run(["lock", "--policy", "acme.yaml", "--lock", "acme.yaml"]) == 3
    assert Path("acme.yaml").read_bytes() == before
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "policycheck: acme.yaml: is no lock, and is left as it is; name another file with --lock"


@pytest.mark.parametrize("locked", ["--locked", "--no-locked"])
def test_a_report_does_not_take_the_place_of_the_lock(locked: str, capsys: pytest.CaptureFixture[str]) -> None:
    lock()
    (said,) = refusal(capsys, locked, "--report", "csv=policycheck.lock", status=2)
    assert said.startswith("--report policycheck.lock: is also read, or written, by this run")


def test_a_lock_is_not_written_through_a_link_that_leads_out(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "lock"
    Path("policycheck.lock").symlink_to(outside)
    assert run(["lock", "--policy", "acme.yaml"]) == 2
    assert "--lock policycheck.lock: a link leads out of this folder" in capsys.readouterr().err
    assert not outside.exists()


def test_a_policy_that_is_invalid_is_not_locked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("acme.yaml").write_text("policycheck: 1\n", "utf-8")
    assert run(["lock", "--policy", "acme.yaml"]) == 3
    assert not Path("policycheck.lock").exists()


def test_the_configuration_names_policy_and_lock_and_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("policycheck.toml").write_text('policy = "acme.yaml"\nlock = "acme.lock"\nlocked = true\n', "utf-8")
    assert run(["lock"]) == 0
    assert Path("acme.lock").exists()
    assert run(["check", "queue.jsonl", "--as-of", "2026-11-23"]) == 1
    Path("acme.yaml").write_text(POLICY.replace("deny", "review"), "utf-8")
    assert run(["check", "queue.jsonl", "--as-of", "2026-11-23"]) == 3
    assert run(["check", "queue.jsonl", "--as-of", "2026-11-23", "--no-locked"]) == 0
