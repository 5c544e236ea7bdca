"""bench/memory.py, as a person runs it: memory doesn't grow with the number of invitations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from distributions import install

pytest.importorskip("resource", reason="only a Unix tells the peak of a child")

ROOT = Path(__file__).parents[1]
QUIET = {**os.environ, "PYTHONUTF8": "1"}


def measured(records: int, status: int = 0, **environment: str) -> list[dict[str, Any]]:
    command = [sys.executable, str(ROOT / "bench" / "memory.py"), "--records", str(records), "--json"]
    ran = subprocess.run(command, env={**QUIET, **environment}, capture_output=True, text=True, check=False)
    assert ran.returncode == status, ran.stderr
    peaks: list[dict[str, Any]] = json.loads(ran.stdout)
    return peaks


def test_ten_times_the_invitations_take_no_more_memory() -> None:
    few, many = measured(600), measured(6_000)
    assert [run["judged"] for run in many] == [6_000, 6_000]
    for before, after in zip(few, many, strict=True):
        assert after["peak"] < 1.2 * before["peak"], after["name"]


def test_a_run_that_takes_more_than_it_may_fails(tmp_path: Path) -> None:
    install(tmp_path, "hog", {"hog.py": "HELD = b'x' * 350_000_000\n"}, entry_points="hog = hog")
    assert all(run["peak"] > run["limit"] for run in measured(10, status=1, PYTHONPATH=str(tmp_path)))
