"""The format ``junit``: a test case for each record, in one suite, as CI services show them.

A decision to deny is a failure; a check that broke and a record that could not be read are errors; what a person has to decide,
what the facts don't tell, and what a baseline has already, is skipped, with the reason as its message. Held to the schema that
Jenkins' xunit plugin ships.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from msgspec import UNSET

from policycheck import Ledger, Reporter, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._results import (
    also,
    broken,
    by_rows,
    counts,
    headline,
    known,
    lacking,
    results,
    said,
    state,
    unreadable,
    waiver,
)
from policycheck.builtin.reporters._words import REASON, breakages, one_line

_ELEMENTS = {"denied": "failure", "broken": "error", "review": "skipped", "unknown": "skipped"}
_COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="junit", summary="JUnit XML: a test case for each record.", open=open_junit)]


def open_junit(run: Run, stream: TextIO) -> Writer:
    """One suite, written at the end: its counts stand before its cases, which are held until then."""
    return _Junit(run, stream)


class _Junit:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._run, self._stream = run, stream
        self._cases: list[str] = []
        self._facts: list[str] = []
        self._counts: Counter[str] = Counter()
        self._rows = 0

    def verdict(self, verdict: Verdict) -> None:
        self._rows += verdict.by_row is not UNSET
        outcome = _outcome(verdict)
        self._counts[outcome] += 1
        name, where = one_line(verdict.id), one_line(str(verdict.origin), REASON)
        text = "\n".join([where, *_text(verdict)])
        kind = "known" if known(verdict) else _state(verdict)
        body = _element(outcome, kind, _message(verdict), text) if outcome else _passed(verdict)
        self._cases.append(_case(verdict.stage, name, body))

    def could_not_read(self, record: Unreadable) -> None:
        where, what = one_line(str(record.origin), REASON), unreadable(record)
        if record.fact is not None:
            self._facts.append(f"{where}: {what}")
            return
        self._counts["error"] += 1
        self._cases.append(_case("unreadable", where, _element("error", "unreadable", what, f"{where}: {what}")))

    def close(self, ledger: Ledger) -> None:
        self._stream.writelines(self._lines(ledger))
        self._stream.flush()

    def _lines(self, ledger: Ledger) -> Iterator[str]:
        policy = self._run.policy
        counted = {name: self._counts[element] for element, name in _COUNTED.items()}
        totals = {"tests": len(self._cases), **counted}
        name = f"policycheck {one_line(policy.id)} {one_line(policy.version)}"
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f"<testsuites{_attributes({key: totals[key] for key in ('tests', 'failures', 'errors')})}>\n"
        yield f"<testsuite{_attributes({'name': name, **totals})}>\n<properties>\n"
        for key, value in self._properties(ledger):
            yield f"<property{_attributes({'name': key, 'value': value})}/>\n"
        yield "</properties>\n"
        yield from self._cases
        if self._facts:
            yield f"{_texts('system-err', self._facts)}\n"
        yield "</testsuite>\n</testsuites>\n"

    def _properties(self, ledger: Ledger) -> Iterator[tuple[str, object]]:
        yield "as of", self._run.as_of
        yield "policy digest", one_line(self._run.policy.digest)
        yield from counts(ledger)
        if self._rows:
            yield "identity", by_rows(self._rows)


def _outcome(verdict: Verdict) -> str:
    """The element that says what became of a case; empty where it passed."""
    if known(verdict):
        return "skipped"
    if verdict.decision == "deny":
        return "failure"
    if broken(verdict):
        return "error"
    return "skipped" if verdict.decision == "review" else ""


def _state(verdict: Verdict) -> str:
    """The state of the rule that made the outcome so."""
    outcome = "failure" if verdict.decision == "deny" else _outcome(verdict)
    standing = [state(rule) for rule in results(verdict) if not rule.waived]
    return next((one for one in standing if _ELEMENTS[one] == outcome), "broken")


def _message(verdict: Verdict) -> str:
    """The decision, whom it is about, and why in short."""
    decisive = next((rule for rule in results(verdict) if not rule.waived and state(rule) == _state(verdict)), None)
    if decisive is None or state(decisive) == "broken":
        why = ", ".join(how for rule in verdict.rules for how in breakages(rule)) + " broke"
    elif state(decisive) == "unknown":
        why = f"not known: {lacking(verdict)}"
    else:
        why = f"{one_line(decisive.id)}: {one_line(decisive.because, REASON)}"
    return f"{headline(verdict)} · {why}"


def _text(verdict: Verdict) -> Iterator[str]:
    for rule in results(verdict):
        for label, text in said(rule):
            yield f"  {label}: {text}" if label else f"{one_line(rule.id)} ({state(rule)}): {text}"
    yield from (f"{label}: {text}" for label, text in also(verdict))


def _passed(verdict: Verdict) -> str:
    """What is left to say of a case that passed: the waivers but for which it might not have."""
    lines = [f"waived {one_line(rule.id)}: {waiver(rule)}" for rule in verdict.rules if rule.waived]
    return _texts("system-out", lines) if lines else ""


def _texts(name: str, lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    return f"<{name}>{escape(text)}</{name}>"


def _case(group: str, name: str, body: str) -> str:
    start = f"<testcase{_attributes({'classname': f'policycheck.{group}', 'name': name})}"
    return f"{start}>{body}</testcase>\n" if body else f"{start}/>\n"


def _element(name: str, type_: str, message: str, text: str) -> str:
    return f"<{name}{_attributes({'type': type_, 'message': message})}>{escape(text)}</{name}>"


def _attributes(values: dict[str, object]) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())
