"""A baseline: what an earlier report says. What it has is known, and doesn't count towards the exit status; the rest is new.

A record is the earlier one by its account, its stage and its own `id`, wherever it stands now; without an `id`, by its file and
row. Of two records that are alike in this, each takes one of the baseline's. A result is the earlier one by its rule and by the
places in the text that it rests on: what was written anew is judged anew, and so is whoever got another's `id`.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from sys import intern

from msgspec import UNSET, structs

from policycheck.builtin.commands._earlier_report import verdicts_of
from policycheck.builtin.reporters._results import DEFAULT, known, results, state
from policycheck.builtin.reporters._words import breakages
from policycheck.model.verdict import BaselineState, BaselineUse, Decision, RuleOutcome, Verdict

_SEVERITIES = {"unknown": 1, "review": 2, "denied": 3}
"""How much a result says against a record; a waived one nothing. What broke is not among them: it is never known."""

Result = tuple[int, bytes]
"""How much a rule says against a record, and a digest of what that rests on."""


Told = tuple[tuple[str, Result], ...]
"""What is said of one record, by rule: as a tuple, which is half as large as a dict."""


class Baseline:
    """The results of an earlier report, by record; counts what of them is met again.

    Raises PolicyError where the file is no whole report.
    """

    def __init__(self, path: str) -> None:
        self.known: Counter[Decision] = Counter()
        """How many verdicts of each decision don't count."""
        self._new: Counter[Decision] = Counter()
        self._gone = 0
        self._earlier: dict[bytes, list[Told]] = {}
        for verdict in verdicts_of(path):
            if verdict.decision != "allow":
                self._earlier.setdefault(_record(verdict), []).append(tuple(_told(verdict).items()))

    def marked(self, verdict: Verdict) -> Verdict:
        """The verdict, with what the baseline says of each of its results."""
        waiting = self._earlier.get(_record(verdict))
        earlier = dict(waiting.pop(0)) if waiting else {}
        now = _told(verdict)
        marks = {rule.id: _compared(earlier.get(rule.id), now.get(rule.id)) for rule in results(verdict)}
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
    return _digest([verdict.account, verdict.stage, verdict.id, place])


def _told(verdict: Verdict) -> dict[str, Result]:
    """By rule, what is said of one record."""
    told = {}
    for rule in results(verdict):
        severity = 0 if rule.waived else _SEVERITIES.get(state(rule))
        if severity is not None and not any(breakages(rule)):
            told[intern(rule.id)] = (severity, _rests_on(rule, verdict))
    return told


def _rests_on(rule: RuleOutcome, verdict: Verdict) -> bytes:
    """A digest of the places that a result rests on, and of no text, which a report need not show.

    That more facts are known by now, or that the places are told in another order, makes it no other result. Where no rule
    decides, it rests on what the text lacks.
    """
    if rule.id == DEFAULT:
        return _digest([advice.check for advice in verdict.advice])
    places = [[one.field, one.start, one.end, one.reason] for found in rule.findings for one in found.evidence]
    return _digest(sorted(places, key=repr))


def _compared(earlier: Result | None, now: Result | None) -> BaselineState:
    """Known is what rests on the same and says no more against a record than it did."""
    if earlier is None or now is None or now[0] > earlier[0] or now[1] != earlier[1]:
        return "new"
    return "unchanged" if now == earlier else "updated"


def _digest(value: object) -> bytes:
    return sha256(json.dumps(value).encode()).digest()[:16]
