"""bench/text_checks.py, as a person runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "bench" / "text_checks.py"
TEXTS = [
    {
        "text": "We help clinics double their bookings. Book a demo?",
        "source": "a",
        "lang": "en",
        "kind": "note",
        "pitch": 1,
    },
    {"text": "Our software saves agencies 10 hours a week.", "source": "a", "lang": "en", "kind": "note", "pitch": 0},
    {"text": "Nice to meet you at the fair.", "source": "b", "lang": "en", "kind": "note", "pitch": 0},
    {"text": "Schön, dich gestern getroffen zu haben.", "source": "b", "lang": "de", "kind": "e-mail", "pitch": 1},
    {"text": "We sell pumps.", "source": "c", "lang": "en", "kind": "note", "pitch": "unsure"},
]


def measure(
    texts: Path, *arguments: str, program: Path = PROGRAM, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"} | ({"PYTHONPATH": str(path)} if path else {})
    command = [sys.executable, str(program), str(texts), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)


def written(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_it_counts_right_false_missed_and_unsure_texts(tmp_path: Path) -> None:
    run = measure(written(tmp_path / "texts.jsonl", *map(json.dumps, TEXTS)), "--json")
    assert run.returncode == 0, run.stderr
    (pitch,) = [result for result in json.loads(run.stdout) if result["label"] == "pitch"]
    assert {key: pitch["pooled"][key] for key in ("texts", "right", "false_alarms", "missed")} == {
        "texts": 4,
        "right": 1,
        "false_alarms": 1,
        "missed": 1,
    }
    assert (pitch["pooled"]["precision"], pitch["pooled"]["recall"], pitch["pooled"]["f1"]) == (0.5, 0.5, 0.5)
    assert pitch["unsure"]["texts"] == 1
    assert pitch["by_language"]["de"]["missed"] == 1
    assert [(error["wrong"], error["source"]) for error in pitch["worst"]] == [("false alarm", "a"), ("missed", "b")]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    run = measure(written(tmp_path / "texts.jsonl", json.dumps(TEXTS[0]), '{"text": '))
    assert run.returncode != 0
    assert "texts.jsonl:2" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_check_that_breaks_is_no_measurement(tmp_path: Path) -> None:
    """It answers neither yes nor no, and must count as neither."""
    for folder in ("src", "policies", "bench"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "policies" / "phrases" / "pitch.de.yaml"
    broken.write_text(broken.read_text("utf-8") + "      (unclosed\n", "utf-8")
    texts = written(tmp_path / "texts.jsonl", *map(json.dumps, TEXTS))
    run = measure(texts, program=tmp_path / "bench" / PROGRAM.name, path=tmp_path / "src")
    assert run.returncode == 2
    assert run.stderr.startswith("`sales-pitch` broke (PolicyError")
    assert run.stdout == ""
