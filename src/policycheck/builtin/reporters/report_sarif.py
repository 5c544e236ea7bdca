"""The format ``sarif``: SARIF 2.1.0 for code scanning, a result for each rule that asks for something of a record.

What a rule decides against is kind ``fail``; a person's decision is ``review``, what the facts don't tell is ``open``, both of
level ``none``. A waived rule's result is suppressed. What could not be read and checks that broke are notifications, and the
execution was not successful. Messages are plain text: a link or a placeholder in somebody's words is broken up (SARIF 2.1.0,
3.11.5 and 3.11.6).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote as quoted

from msgspec import UNSET, to_builtins

from policycheck import Ledger, Reporter, RuleOutcome, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._code_spans import code
from policycheck.builtin.reporters._results import (
    UNREADABLE,
    Fingerprints,
    also,
    by_rows,
    headline,
    path_of,
    results,
    said,
    sentence,
    state,
    unreadable,
    waiver,
)
from policycheck.builtin.reporters._words import REASON, amount, breakages, one_line
from policycheck.builtin.reporters.report_json import encoded

_KINDS = {"denied": "fail", "review": "review", "unknown": "open", "broken": "open"}
_LEVELS = {"deny": "error", "review": "warning", "allow": "note"}
_START = (
    '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",'
    '"runs":[{"columnKind":"unicodeCodePoints","results":['
)
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")
_LINK = re.compile(r"https://[!-~]+")
Json = dict[str, Any]


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="sarif", summary="SARIF 2.1.0, for code scanning.", open=open_sarif)]


def open_sarif(run: Run, stream: TextIO) -> Writer:
    """One log of one run; the results are written as the verdicts come, the rules and what went wrong after them."""
    return _Sarif(run, stream)


class _Sarif:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._run, self._stream = run, stream
        self._rules: dict[str, tuple[RuleOutcome, dict[str, None]]] = {}
        self._notes: list[Json] = []
        self._broken: Counter[str] = Counter()
        self._fingerprints = Fingerprints()
        self._rows = 0
        self._held = ""
        stream.write(f"{_START}\n")

    def verdict(self, verdict: Verdict) -> None:
        self._rows += verdict.by_row is not UNSET
        for rule in results(verdict):
            self._broken.update(breakages(rule))
            if self._held:
                self._stream.write(f"{self._held},\n")
            self._held = encoded(self._result(rule, verdict))

    def could_not_read(self, record: Unreadable) -> None:
        level = "error" if record.fact is None else "warning"
        note = _notification(UNREADABLE, level, unreadable(record))
        self._notes.append({**note, "locations": [_location(record.origin.file, record.origin.line)]})

    def close(self, ledger: Ledger) -> None:
        rest = {
            "tool": {"driver": self._driver()},
            "invocations": [self._invocation(ledger)],
            "properties": {"as_of": self._run.as_of, "ledger": to_builtins(ledger)},
        }
        last = f"{self._held}\n" if self._held else ""
        self._stream.write(f"{last}],{encoded(rest)[1:]}]}}\n")
        self._stream.flush()

    def _result(self, rule: RuleOutcome, verdict: Verdict) -> Json:
        kind = _KINDS[state(rule)]
        text = f"{headline(verdict)} · {one_line(rule.id)} · {sentence(iter([*said(rule), *also(verdict)]))}"
        justification = {"kind": "external", "status": "accepted", "justification": plain(waiver(rule))}
        return {
            "ruleId": rule.id,
            "ruleIndex": self._index(rule),
            "kind": kind,
            "level": "error" if kind == "fail" else "none",
            "message": {"text": plain(text)},
            "locations": [_location(verdict.origin.file, verdict.origin.line)],
            "partialFingerprints": {"primaryLocationLineHash": self._fingerprints.of(rule.id, verdict)},
            "suppressions": [justification] if rule.waived else [],
            "properties": _properties(rule, verdict),
            **({} if verdict.baseline is UNSET else {"baselineState": verdict.baseline.get(rule.id, "new")}),
        }

    def _index(self, rule: RuleOutcome) -> int:
        _, checks = self._rules.setdefault(rule.id, (rule, {}))
        checks.update(dict.fromkeys(finding.check for finding in rule.findings))
        return list(self._rules).index(rule.id)

    def _driver(self) -> Json:
        policy = self._run.policy
        return {
            "name": "policycheck",
            "semanticVersion": self._run.policycheck,
            "rules": [
                _descriptor(rule, checks, f"{policy.id} {policy.version}") for rule, checks in self._rules.values()
            ],
            "properties": {"policy": to_builtins(policy)},
        }

    def _invocation(self, ledger: Ledger) -> Json:
        broke = [
            _notification("policycheck:broken", "error", f"broke in {amount(count, 'rule of a verdict')}: {how}")
            for how, count in sorted(self._broken.items())
        ]
        rows = by_rows(self._rows)
        return {
            "executionSuccessful": not (ledger.unreadable or ledger.errors or self._notes),
            "toolExecutionNotifications": [*self._notes, *broke],
            "toolConfigurationNotifications": [_notification("policycheck:rows", "note", rows)] if self._rows else [],
        }


def plain(text: str) -> str:
    """A text that is no link and holds no placeholder."""
    return _PLACEHOLDER.sub(r"{{\1}}", text).replace("](", "] (")


def _notification(id_: str, level: str, text: str) -> Json:
    return {"descriptor": {"id": id_}, "level": level, "message": {"text": plain(text)}}


def _location(path: str, line: int | None) -> Json:
    region: Json = {} if line is None else {"region": {"startLine": line}}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, **region}}


def _uri(path: str) -> str:
    """A path as a relative reference, or as a file's where it is absolute."""
    escaped = quoted(path_of(path))
    return f"file://{escaped}" if escaped.startswith("/") else escaped


def _properties(rule: RuleOutcome, verdict: Verdict) -> Json:
    told: Json = {"id": verdict.id, "stage": verdict.stage, "decision": verdict.decision, "action": verdict.action}
    told["identity"] = "id" if verdict.by_row is UNSET else "row"
    told["missing"] = sorted({path for finding in rule.findings for path in finding.missing})
    told["evidence"] = to_builtins([piece for finding in rule.findings for piece in finding.evidence])
    return told


def _descriptor(rule: RuleOutcome, checks: Iterable[str], policy: str) -> Json:
    because = one_line(rule.because, REASON)
    ways = [f"policycheck checks {one_line(check)}" for check in checks]
    facts = [
        ("Of the policy", one_line(policy)),
        ("It rests on", one_line(rule.source or "")),
        ("More:", "; ".join(ways)),
    ]
    known = [(label, text) for label, text in facts if text]
    text = " ".join([because, *(f"{label} {text}." for label, text in known)])
    marked = [code(because), *(f"{label} {code(text)}" for label, text in known)]
    link = {"helpUri": rule.link} if rule.link and _LINK.fullmatch(rule.link) else {}
    return {
        "id": rule.id,
        "shortDescription": {"text": plain(because)},
        "help": {"text": plain(text), "markdown": "\n\n".join(part for part in marked if part)},
        "defaultConfiguration": {"level": _LEVELS[rule.effect]},
        "properties": {"effect": rule.effect},
        **link,
    }
