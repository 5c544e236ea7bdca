"""Writers that are killed anywhere, and writers at the same time, lose no acknowledged verdict and leave a log that verifies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from audit_tool import both, run_of
from policycheck.audit import records, series
from policycheck.audit.files import beside

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")

WRITERS = Path(__file__).with_name("writers.py")


def acknowledged(*arguments: object, status: int = 0) -> list[str]:
    command = [sys.executable, str(WRITERS), *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stderr, ran.returncode) == ("", status)
    return ran.stdout.split()


def runs(base: Path) -> Counter[str]:
    """The runs of a series with an end; each file verifies, and continues the one before it."""
    ended: Counter[str] = Counter()
    before: list[Path] = []
    for file in series.numbered(base).values():
        found = both(file, seen=before)
        assert found.follows == bool(before)
        before = [beside(file, "checkpoint")]
        for line in file.read_bytes().split(b"\n")[:-1]:
            record = records.parse(line)
            ended[record.get("run", "")] += record["kind"] == "run-end"
    return ended


@pytest.mark.parametrize("seed", range(10))
def test_ten_writers_killed_at_random_ten_times_over_lose_no_acknowledged_run(tmp_path: Path, seed: int) -> None:
    base = tmp_path / "verdicts.jsonl"
    names = acknowledged("kill", base, seed, 10)
    assert all(runs(base)[name] == 1 for name in names)
    assert names == sorted(set(names))
    assert names, "the writers came to nothing"


def test_a_writer_killed_before_any_of_its_calls_loses_no_acknowledged_run_and_the_next_one_goes_on(
    tmp_path: Path,
) -> None:
    told = acknowledged("steps", tmp_path)
    names = {base: [run for log, run in zip(told[::2], told[1::2], strict=True) if log == base] for base in told[::2]}
    last = max(int(base.partition(".")[0]) for base in names)
    for number in range(last + 1):
        base = tmp_path / f"{number}.jsonl"
        if base.exists():
            assert set(names.get(base.name, ())) <= set(runs(base))
        with series.writer(base) as writer:
            writer.append(run_of("aa", "allow"))
        assert runs(base) >= Counter(["aa", *names.get(base.name, ())])
        assert both(base).behind == both(base).torn == 0
    assert last > 40
    assert names[f"{last}.jsonl"] == ["ff0000", "ff0001"]


def test_eight_writers_at_the_same_time_lose_no_run(tmp_path: Path) -> None:
    base = tmp_path / "verdicts.jsonl"
    names = acknowledged("together", base, 8, 12)
    assert len(names) == 8 * 12
    assert {name: count for name, count in runs(base).items() if name} == dict.fromkeys(names, 1)
