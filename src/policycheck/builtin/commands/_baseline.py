"""A baseline: what an earlier report says. What it has is known, and doesn't count towards the exit status; the rest is new.

A record is the earlier one by its account and its own `id`, wherever it stands now; without an `id`, by its file and row, as
long as all rests on the same places of it. Of two records that are alike in this, each takes one of the baseline's.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from sys import intern

from msgspec import UNSET, structs

from policycheck.builtin.commands._report_file import verdicts_of
from policycheck.builtin.reporters._results import known, results, state
from policycheck.model.verdict import BaselineState, BaselineUse, Decision, RuleOutcome, Verdict

_SEVERITIES = {"unknown": 1, "review": 2, "denied": 3}
"""How much a result says against a record; a waived one nothing. What broke is not among them: it is never known."""

Result = tuple[int, bytes]
"""How much a rule says against a record, and a digest of what that rests on."""


class Baseline:
    """The results of an earlier report, by record; counts what of them is met again.

    Raises PolicyError where the file is no whole report.
    """

    def __init__(self, path: str) -> None:
        self.known: Counter[Decision] = Counter()
        """How many verdicts of each decision don't count."""
        self._new: Counter[Decision] = Counter()
        self._gone = 0
        self._earlier: dict[
            bytes, list[tuple[tuple[str, Result], ...]]
        ] = {}  # of tuples, which are half as large as dicts
        for verdict in verdicts_of(path):
            if verdict.decision != "allow":
                self._earlier.setdefault(_record(verdict), []).append(tuple(_told(verdict).items()))

    def marked(self, verdict: Verdict) -> Verdict:
        """The verdict, with what the baseline says of each of its results."""
        waiting = self._earlier.get(_record(verdict))
        earlier = dict(waiting.pop(0)) if waiting else {}
        now = _told(verdict)
        marks = {rule.id: _compared(earlier.get(rule.id), now.get(rule.id)) for rule in results(verdict)}
        if verdict.by_row is not UNSET:  # somebody else may stand in that row by now
            marks = {rule: "new" if mark == "updated" else mark for rule, mark in marks.items()}
        marked = structs.replace(verdict, baseline=marks)
        if verdict.decision == "allow":
            self._gone += bool(earlier)
        elif known(marked):
            self.known[verdict.decision] += 1
        else:
            self._new[verdict.decision] += 1
        return marked

    @property
    def use(self) -> BaselineUse:
        """What has become of it."""
        waiting = sum(map(len, self._earlier.values()))
        gone = self._gone + waiting
        return BaselineUse(new=self._new.total(), denied=self._new["deny"], known=self.known.total(), gone=gone)


def _record(verdict: Verdict) -> bytes:
    place = None if verdict.by_row is UNSET else verdict.origin.file
    return _digest([verdict.account, verdict.id, place])


def _told(verdict: Verdict) -> dict[str, Result]:
    """By rule, what is said of one record."""
    severities = {rule.id: 0 if rule.waived else _SEVERITIES.get(state(rule)) for rule in results(verdict)}
    rests = {rule.id: _rests_on(rule) for rule in results(verdict)}
    return {intern(rule): (severity, rests[rule]) for rule, severity in severities.items() if severity is not None}


def _rests_on(rule: RuleOutcome) -> bytes:
    """A digest of the facts and places that a result rests on; of no text, which a report need not show."""
    pieces = [[one.field, one.start, one.end, one.reason] for finding in rule.findings for one in finding.evidence]
    missing = [path for finding in rule.findings for path in finding.missing]
    return _digest([state(rule), pieces, missing])


def _compared(earlier: Result | None, now: Result | None) -> BaselineState:
    """Known is what says no more against a record than it did."""
    if earlier is None or now is None or now[0] > earlier[0]:
        return "new"
    return "unchanged" if now == earlier else "updated"


def _digest(value: object) -> bytes:
    return sha256(json.dumps(value).encode()).digest()[:16]
