"""The auditor's tool as a module, and small logs that the package wrote, for it to judge too."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from policycheck.audit import log, records
from policycheck.audit.verify import Verified, verify
from policycheck.errors import AuditError

TOOL = Path(__file__).resolve().parents[1] / "tools" / "verify_log.py"

_spec = importlib.util.spec_from_file_location("verify_log", TOOL)
assert _spec
assert _spec.loader
verify_log: Any = importlib.util.module_from_spec(_spec)
sys.modules["verify_log"] = verify_log
_spec.loader.exec_module(verify_log)


def run_of(run: str, *decisions: str, ended: bool = True) -> list[bytes]:
    """The lines of a run."""
    counts = {"read": len(decisions), **{name: decisions.count(name) for name in records.DECISIONS}}
    lines = [records.line("run-start", run=run)]
    lines += [records.line("verdict", run=run, decision=decision) for decision in decisions]
    return [*lines, *([records.line("run-end", run=run, verdicts=len(decisions), counts=counts)] if ended else [])]


def written(folder: Path, *runs: Sequence[bytes], name: str = "verdicts.jsonl") -> Path:
    """A log of some runs, each appended by itself."""
    path = folder / name
    for lines in runs:
        log.append(path, lines)
    return path


def both(path: Path, keys: Sequence[str] = (), trusted: Sequence[Any] = (), **given: Sequence[Path]) -> Verified:
    """What the package makes of a log in which the tool finds nothing wrong either."""
    checkpoint = path.with_name(f"{path.name}.checkpoint")
    verify_log.verify(path, checkpoint, list(keys), list(given.get("seen", ())), list(given.get("shown", ())))
    return verify(path, trusted=trusted, **given)


def wrong_to_both(path: Path, keys: Sequence[str] = (), trusted: Sequence[Any] = (), **given: Sequence[Path]) -> bool:
    """Whether both refuse a log; that only one does is an error."""
    checkpoint = path.with_name(f"{path.name}.checkpoint")
    answers = []
    try:
        verify_log.verify(path, checkpoint, list(keys), list(given.get("seen", ())), list(given.get("shown", ())))
        answers.append(False)
    except (verify_log.LogError, OSError):
        answers.append(True)
    try:
        verify(path, trusted=trusted, **given)
        answers.append(False)
    except AuditError:
        answers.append(True)
    assert answers[0] == answers[1], answers
    return answers[0]
