"""The format ``gitlab``: a Code Quality report, a finding for each rule that asks for something of a record.

The severity says what is asked: ``critical`` not everything was checked, ``major`` decided against, ``minor`` a person's to
decide, ``info`` not known, waived, or in the baseline.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from msgspec import UNSET

from policycheck import Ledger, Reporter, RuleOutcome, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._results import (
    UNREADABLE,
    Fingerprints,
    also,
    headline,
    is_known,
    path_of,
    results,
    said,
    sentence,
    state,
    unreadable,
)
from policycheck.builtin.reporters._words import one_line
from policycheck.builtin.reporters.report_json import encoded

_SEVERITIES = {"broken": "critical", "denied": "major", "review": "minor", "unknown": "info"}


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="gitlab", summary="A Code Quality report for GitLab.", open=open_gitlab)]


def open_gitlab(_run: Run, stream: TextIO) -> Writer:
    """An array, written as the verdicts come."""
    return _CodeQuality(stream)


class _CodeQuality:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._fingerprints = Fingerprints()
        self._held = ""

    def verdict(self, verdict: Verdict) -> None:
        for rule in results(verdict):
            text = f"{headline(verdict)} · {sentence(iter([*said(rule), *also(verdict)]))}"
            identity = "id" if verdict.by_row is UNSET else "row"
            location = _location(verdict.origin.file, verdict.origin.line)
            given = self._fingerprints.of(rule.id, verdict)
            rest = {"location": location, "identity": identity, **_baseline(rule, verdict)}
            severity = "info" if is_known(rule, verdict) else _severity(rule)
            self._write(one_line(rule.id), text, given, severity, rest)

    def could_not_read(self, record: Unreadable) -> None:
        severity = "critical" if record.fact is None else "minor"
        location = _location(record.origin.file, record.origin.line)
        given = self._fingerprints.of_unreadable(record)
        self._write(UNREADABLE, unreadable(record), given, severity, {"location": location, "identity": "row"})

    def close(self, _ledger: Ledger) -> None:
        self._stream.write(f"{self._held}\n]\n" if self._held else "[]\n")
        self._stream.flush()

    def _write(self, check: str, text: str, fingerprint: str, severity: str, rest: dict[str, Any]) -> None:
        finding = {"description": text, "check_name": check, "fingerprint": fingerprint, "severity": severity, **rest}
        self._stream.write(f"{self._held},\n" if self._held else "[\n")
        self._held = encoded(finding)


def _baseline(rule: RuleOutcome, verdict: Verdict) -> dict[str, str]:
    return {} if verdict.baseline is UNSET else {"baseline": verdict.baseline.get(rule.id, "new")}


def _severity(rule: RuleOutcome) -> str:
    return "info" if rule.waived else _SEVERITIES[state(rule)]


def _location(path: str, line: int | None) -> dict[str, Any]:
    """GitLab needs a line: a record that has none stands at the first."""
    return {"path": path_of(path), "lines": {"begin": line or 1}}
