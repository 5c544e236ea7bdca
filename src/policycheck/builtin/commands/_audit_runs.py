"""A run as the log has it, to be decided again."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from policycheck.audit.log import lines
from policycheck.audit.records import Record
from policycheck.builtin.commands._audit_prove import parsed
from policycheck.errors import AuditError, UsageError
from policycheck.model.verdict import Run
from policycheck.text.visible import visible

_NOT_SAID = ("kind", "salt", "run", "input", "profile", "link", "policy", "origin")
"""Keys of a record in which two records of the same verdict may differ."""


class Logged(Struct, frozen=True):
    """What a verdict was: its decision, a digest of all that it says, and the commitments to what it rests on."""

    decision: str
    digest: bytes
    input: str
    profile: str


class LoggedRun(Struct, frozen=True):
    """`verdicts` has all `count` of them by account and id, in order; `ended` is false where the run was stopped."""

    id: str
    run: Run
    count: int
    verdicts: dict[tuple[str | None, str], deque[Logged]]
    ended: bool
    waivers: str
    """The commitment to its waivers; empty where it had none."""


def logged_run(log: Path, wanted: str | None) -> LoggedRun:
    """The last run of a log, or the one whose name begins so. Raises UsageError where there is none, or several."""
    start = _start(log, wanted)
    verdicts: dict[tuple[str | None, str], deque[Logged]] = {}
    ended = False
    for record in _records(log):
        if record.get("run") == start["run"]:
            ended = ended or record["kind"] == "run-end"
            if record["kind"] == "verdict":
                verdicts.setdefault((record.get("account"), record.get("id", "")), deque()).append(_logged(record))
    count = sum(map(len, verdicts.values()))
    try:
        said = start.get("waivers", "")
        return LoggedRun(start["run"], msgspec.convert(start, Run), count, verdicts, ended, said)
    except msgspec.ValidationError:
        raise AuditError(
            f"{visible(str(log))}: the run does not say what it was decided by; it is no run of ours"
        ) from None


def digest_of(said: dict[str, Any]) -> bytes:
    """A digest of what a verdict says."""
    told = {key: value for key, value in said.items() if key not in _NOT_SAID}
    return sha256(json.dumps(told, sort_keys=True).encode()).digest()


def _logged(record: Record) -> Logged:
    return Logged(record["decision"], digest_of(record), record.get("input", ""), record.get("profile", ""))


def _start(log: Path, wanted: str | None) -> Record:
    name = visible(str(log))
    found = [
        record for record in _records(log) if record["kind"] == "run-start" and record["run"].startswith(wanted or "")
    ]
    if not found:
        raise UsageError(f"{name}: has no such run; `policycheck audit show` lists them")
    if wanted and len(found) > 1:
        raise UsageError(f"{name}: {len(found)} runs begin with `{visible(wanted)}`; write more of the name")
    return found[-1]


def _records(log: Path) -> Iterator[Record]:
    return (record for line in lines(log, 0) if (record := parsed(line)) is not None)
