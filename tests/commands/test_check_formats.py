"""The formats for CI through the command line: a real queue, a real policy, a real export."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from github_runner import commands
from policycheck.cli import run
from service_schemas import finding_mistakes, junit_mistakes, needs_schemas, sarif_mistakes

AS_OF = ["--as-of", "2026-11-23"]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "linkedin-export"
FORMATS = ("sarif", "junit", "github", "gitlab", "markdown", "csv")
POLICY = """
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
sources:
  handbook: {title: Our handbook, url: "https://example.org/handbook"}
  memory: {title: What we remember}
rules:
  - {id: no-notes, effect: deny, when: {note-length: {free: 1, premium: 1}}, because: Write no note., source: handbook}
  - {id: ask-us, effect: review, when: {not: {note-length: {free: 300, premium: 300}}}, because: Ask us., source: memory}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    records = [{"id": "q-1", "stage": "outgoing", "note": "Hi there"}, {"stage": "outgoing", "note": "Hi there"}]
    Path("queue.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records) + "{broken\n", "utf-8")
    Path("acme.yaml").write_text(POLICY, "utf-8")
    return tmp_path


def printed(format_: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["check", "queue.jsonl", "--policy", "acme.yaml", *AS_OF, "--format", format_]) == 4
    return capsys.readouterr().out


def test_identity_is_the_records_own_id_or_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    results = json.loads(printed("sarif", capsys))["runs"][0]["results"]
    assert [(one["properties"]["id"], one["properties"]["identity"]) for one in results[::2]] == [
        ("q-1", "id"),
        ("queue.jsonl:2", "row"),
    ]


def test_a_rule_links_to_its_source_where_the_policy_has_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    rules = json.loads(printed("sarif", capsys))["runs"][0]["tool"]["driver"]["rules"]
    assert {rule["id"]: rule.get("helpUri") for rule in rules} == {
        "no-notes": "https://example.org/handbook",
        "ask-us": None,
    }


def test_a_line_that_cannot_be_read_is_annotated_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(printed("github", capsys))
    assert [(one.name, one.properties.get("line")) for one in found] == [
        ("error", "1"), ("error", "2"), ("error", "3"), ("notice", None),
    ]  # fmt: skip
    assert found[2].data.startswith("could not be read: ")


@needs_schemas
@pytest.mark.parametrize("more", [[], ["--show-text"]], ids=["bare", "with text"])
def test_the_services_schemas_accept_the_reports_of_the_example(more: list[str]) -> None:
    files = [word for name in FORMATS for word in ("--report", f"{name}={name}")]
    assert run(["check", str(EXAMPLE), *AS_OF, *files, *more]) == 1
    assert sarif_mistakes(json.loads(Path("sarif").read_text())) == []
    assert finding_mistakes(json.loads(Path("gitlab").read_text())) == []
    assert junit_mistakes(Path("junit").read_text()) == []


def test_the_same_input_gives_the_same_bytes_whatever_the_environment() -> None:
    seen = []
    for way in (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    ):
        files = [word for name in FORMATS for word in ("--report", f"{name}={name}")]
        subprocess.run(
            [sys.executable, "-m", "policycheck", "check", str(EXAMPLE), *AS_OF, *files, "--show-text"],
            env=dict(os.environ) | way, capture_output=True, check=False,
        )  # fmt: skip
        seen.append([Path(name).read_bytes() for name in FORMATS])
        for name in FORMATS:
            Path(name).unlink()
    assert seen[0] == seen[1]
    assert all(seen[0])
