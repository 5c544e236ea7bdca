"""What examples/outreach-repo holds is of today. Pages show it, and are written anew after it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pages import ROOT, UPDATE, updating

from policycheck.cli import run

LOCK = "policycheck.lock"


def test_the_lock_is_that_of_the_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(ROOT / "examples" / "outreach-repo", tmp_path / "outreach"))
    committed = ROOT / "examples" / "outreach-repo" / LOCK
    Path(LOCK).unlink()
    assert run(["lock"]) == 0
    if updating():
        committed.write_bytes(Path(LOCK).read_bytes())
    assert committed.read_bytes() == Path(LOCK).read_bytes(), f"if that is meant, run again with {UPDATE}=1"
