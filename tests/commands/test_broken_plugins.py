"""Plugins that break while a command runs: named, contained, without a traceback and without a cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from distributions import install
from policycheck.cli import run

PLUGIN = """
import click
from policycheck import Reporter, check, hookimpl

class Raises:
    def __init__(self, run, out):
        pass
    def verdict(self, verdict):
        raise {error}(verdict.id)
    def close(self, ledger):
        pass

@check("breaks", needs=["note"])
def breaks(case):
    \"\"\"Holds never: it breaks.\"\"\"
    raise {error}(case.invitation.note)

@click.command("boom")
def boom():
    raise ValueError("CANARY")

@hookimpl
def policycheck_checks():
    return [breaks]

@hookimpl
def policycheck_reporters():
    return [Reporter(name="raising", summary="Raises.", open=Raises)]

@hookimpl
def policycheck_commands():
    return [boom]
"""
POLICY = """
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
rules:
  - {id: breaks, effect: deny, when: breaks, because: so}
  - {id: fine, effect: allow, when: known-person, because: so}
"""


@pytest.fixture(params=["ValueError", "SystemExit", "RecursionError"])
def installed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The plugin as an installed distribution, and a queue of two; the name of what it raises."""
    site = tmp_path / "site"
    module = f"acme_{request.param.lower()}"
    install(site, "acme", {f"{module}.py": PLUGIN.format(error=request.param)}, entry_points=f"acme = {module}")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(POLICY, "utf-8")
    records = [{"id": f"r{n}", "stage": "incoming", "person": {"known": True}, "note": "CANARY"} for n in (1, 2)]
    Path("queue.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(request.param)


def test_a_check_that_breaks_caps_each_decision_and_fails_the_run(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "queue.jsonl", "--policy", "acme.yaml", "--format", "json"]) == 5
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert [verdict["decision"] for verdict in told["verdicts"]] == ["review", "review"]
    assert told["ledger"]["errors"] == 2
    assert f"queue.jsonl:1: check `breaks` of plugin `acme` broke ({installed} at acme_" in printed.err
    assert "CANARY" not in printed.out + printed.err


def test_a_reporter_that_breaks_is_named_and_fails_the_run(installed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "queue.jsonl", "--format", "raising"]) == 5
    err = capsys.readouterr().err
    assert f"policycheck: the format `raising` of plugin `acme` broke ({installed} at acme_" in err
    assert "Traceback" not in err


def test_a_command_that_breaks_shows_no_traceback(installed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["boom"]) == 5
    err = capsys.readouterr().err
    assert err.startswith("policycheck: something broke that should not have (ValueError at acme_")
    assert "CANARY" not in err
