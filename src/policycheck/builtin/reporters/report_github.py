"""The format ``github``: annotations of a GitHub Actions run, which the runner reads from a step's output.

GitHub shows ten annotations of a level for each step. No more are written; the last one, a notice, counts what came in and what
is not shown. (The step summary is the format ``markdown``: ``--report markdown="$GITHUB_STEP_SUMMARY"``.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TextIO

from msgspec import UNSET

from policycheck import Ledger, Reporter, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._results import (
    also,
    broken,
    by_rows,
    counts,
    headline,
    known,
    path_of,
    results,
    said,
    state,
    unreadable,
)
from policycheck.builtin.reporters._words import amount, one_line

MOST = 10
"""Annotations of a level that GitHub shows for a step."""

Level = Literal["error", "warning", "notice"]
_ROOM: dict[Level, int] = {"error": MOST, "warning": MOST, "notice": MOST - 1}
"""How many are written of each level; one notice is kept for the counts."""


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="github", summary="Annotations for GitHub Actions.", open=open_github)]


def open_github(run: Run, stream: TextIO) -> Writer:
    """A line for each annotation, as the verdicts come."""
    return _Annotations(run, stream)


class _Annotations:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._run, self._stream = run, stream
        self._seen: Counter[Level] = Counter()
        self._rows = 0

    def verdict(self, verdict: Verdict) -> None:
        self._rows += verdict.by_row is not UNSET
        level = _level(verdict)
        if level is None or not self._has_room(level):
            return
        lines = [headline(verdict)]
        for rule in results(verdict):
            for label, text in said(rule):
                lines.append(f"{label}: {text}" if label else f"{one_line(rule.id)} ({state(rule)}): {text}")
        lines += [f"{label}: {text}" for label, text in also(verdict)]
        title = one_line(f"{verdict.stage}: {verdict.action}")
        self._write(level, title, lines, _place(verdict.origin.file, verdict.origin.line))

    def could_not_read(self, record: Unreadable) -> None:
        level: Level = "error" if record.fact is None else "warning"
        if self._has_room(level):
            self._write(level, "unreadable", [unreadable(record)], _place(record.origin.file, record.origin.line))

    def close(self, ledger: Ledger) -> None:
        policy = self._run.policy
        lines = [", ".join(f"{name} {count:,}" for name, count in counts(ledger))]
        hidden = [(level, self._seen[level] - room) for level, room in _ROOM.items()]
        more = [amount(count, level) for level, count in hidden if count > 0]
        if more:
            lines.append(f"not shown here: {', '.join(more)}; all of them: --report markdown=FILE or csv=FILE")
        if self._rows:
            lines.append(by_rows(self._rows))
        self._write("notice", f"policycheck {one_line(policy.id)} {one_line(policy.version)}", lines, {})
        self._stream.flush()

    def _has_room(self, level: Level) -> bool:
        self._seen[level] += 1
        return self._seen[level] <= _ROOM[level]

    def _write(self, level: Level, title: str, lines: list[str], place: dict[str, object]) -> None:
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in {**place, "title": title}.items())
        self._stream.write(f"::{level} {properties}::{_data(chr(10).join(lines))}\n")


def _level(verdict: Verdict) -> Level | None:
    if known(verdict):
        return "notice"
    if verdict.decision == "deny" or broken(verdict):
        return "error"
    if verdict.decision == "review":
        return "warning"
    return "notice" if verdict.waived else None


def _place(path: str, line: int | None) -> dict[str, object]:
    return {"file": path_of(path), **({} if line is None else {"line": line})}


def _data(text: str) -> str:
    """As the runner reads it back: https://github.com/actions/runner, Runner.Common/ActionCommand.cs."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
