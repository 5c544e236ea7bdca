"""The program that measures what the log costs, as one runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench" / "audit.py"


def test_it_logs_what_it_decides_and_says_what_each_part_took(tmp_path: Path) -> None:
    written = tmp_path / "found.json"
    command = [sys.executable, str(BENCH), "--count", "50", "--json", str(written)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    parts = ["deciding", "logging in one batch", "logging in blocks", "verifying", "bytes a verdict"]
    assert [line[:22].rstrip() for line in ran.stdout.splitlines()] == parts
    found = json.loads(written.read_text())
    assert list(found) == ["count", *parts]
    assert all(found[part] > 0 for part in parts)
