"""The runs of a log: each starts once, ends at most once, and counts its verdicts."""

from __future__ import annotations

from collections import Counter
from typing import Any

from policycheck.audit.records import DECISIONS, OF_A_RUN, Record


class Runs:
    """Sees the records in order; `see` raises ValueError, which says what is wrong with one."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.origin: Any = None
        self.previous: Any = None
        """Of the file before this one: origin, size and root of its checkpoint; None where there is none."""
        self._started: set[str] = set()
        self._running: dict[str, Counter[str]] = {}

    def see(self, record: Record) -> None:
        kind = record["kind"]
        if (kind == "opened") != (not self.kinds) or self.kinds["closed"]:
            raise ValueError("does not begin with its only `opened`, or goes on after `closed`")
        self.kinds[kind] += 1
        if kind == "opened":
            self.origin, self.previous = record.get("origin"), record.get("previous")
        elif kind in OF_A_RUN:
            self._of_a_run(kind, record)

    def unfinished(self) -> tuple[str, ...]:
        """The runs without a `run-end`."""
        return tuple(self._running)

    def _of_a_run(self, kind: str, record: Record) -> None:
        run = record["run"]
        if run in self._started if kind == "run-start" else run not in self._running:
            raise ValueError("starts a run that has started, or belongs to none that is running")
        if kind == "run-start":
            self._started.add(run)
            self._running[run] = Counter()
        elif kind == "verdict":
            self._running[run][record["decision"]] += 1
        else:
            _check_counts(record, self._running.pop(run))


def _check_counts(record: Record, found: Counter[str]) -> None:
    counts = record.get("counts")
    numbers = {key: n for key, n in counts.items() if type(n) is int} if isinstance(counts, dict) else {}
    given, there = ([of.get(key, 0) for key in DECISIONS] for of in (numbers, found))
    if given != there or record.get("verdicts") != sum(there):
        raise ValueError(f"counts other verdicts than the {sum(there)} of its run")
    if "read" in numbers and numbers["read"] != sum(given) + numbers.get("unreadable", 0):
        raise ValueError("has counts that don't add up to `read`")
