"""``policycheck explain``: one invitation, by its id or by its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]


@pytest.fixture(autouse=True)
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    records = [
        {"id": "first", "stage": "incoming", "person": {"name": "Ann", "known": True}, "note": ""},
        {"id": "second", "stage": "outgoing", "person": {"name": "Bob", "known": False}, "note": "Hi {{first_name}}"},
    ]
    Path("queue.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


@pytest.mark.parametrize("name", ["second", "queue.jsonl:2"])
def test_an_invitation_is_found_by_its_id_and_by_its_place(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "queue.jsonl", name, *AS_OF]) == 0
    printed = capsys.readouterr().out
    assert "withhold-unfilled" in printed
    assert "{{first_name}}" in printed


def test_an_unknown_id_is_refused_with_a_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "queue.jsonl", "secnd", *AS_OF]) == 2
    assert (
        capsys.readouterr().err
        == "policycheck: queue.jsonl: no invitation has the id `secnd`; did you mean `second`?\n"
    )


def test_an_input_that_is_missing_is_named_before_the_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "nowhere.jsonl", "second", *AS_OF]) == 4
    assert capsys.readouterr().err.startswith("policycheck: nowhere.jsonl: no such file")


def test_a_near_id_is_offered_without_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "quarterly-invitation-0017-berlin\n::error::x\x1b[2J"
    Path("queue.jsonl").write_text(json.dumps({"id": hostile, "stage": "incoming"}) + "\n", "utf-8")
    assert run(["explain", "queue.jsonl", "quarterly-invitation-0017-berlin", *AS_OF]) == 2
    err = capsys.readouterr().err
    assert "did you mean `quarterly-invitation-0017-berlin" in err
    assert "\x1b" not in err
    assert err.count("\n") == 1


def test_an_id_that_is_written_like_anothers_place_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    Path("d/q.jsonl").write_text('{"id": "d/q.jsonl:2", "stage": "incoming"}\n{"stage": "incoming"}\n')
    assert run(["explain", "d/q.jsonl", "d/q.jsonl:2", "--as-of", "2026-11-23"]) == 2
    assert "2 invitations of these inputs are called so" in capsys.readouterr().err
