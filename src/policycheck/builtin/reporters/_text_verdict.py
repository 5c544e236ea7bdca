"""One verdict with everything that it rests on, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from policycheck import RuleOutcome, Verdict
from policycheck.builtin.reporters._lines import STYLES, Line, Page, Span, Style, flow, words
from policycheck.builtin.reporters._results import known
from policycheck.builtin.reporters._words import REASON, breakages, fact, hindsight, one_line, place, quote, waiver, who

_ACTION = 12
_INDENT = " " * _ACTION
_HOW = {"holds": (), "unknown": ("not known",), "ignored": ("not known, and let pass",), "error": ("a check broke",)}


def entry(verdict: Verdict, on: Page) -> Iterator[Line]:
    """The decision and whom it is about; each rule with its evidence; what is missing; what would help."""
    yield from _subject(verdict, on)
    for rule in verdict.rules:
        yield from _rule(rule, rule.id in verdict.waived, on)
    if verdict.missing:
        facts = ", ".join(fact(path) for path in verdict.missing)
        yield from _said("missing:", facts, "review", on)
    for advice in verdict.advice:
        yield from _said("advice:", one_line(advice.text, REASON), "", on)


def _subject(verdict: Verdict, on: Page) -> list[Line]:
    name, where = who(verdict), one_line(str(verdict.origin))
    own_id = one_line(verdict.id)
    ids = [Span(own_id, "faint")] if own_id not in (name, where) else []
    late = [Span("accepted already", "faint")] if hindsight(verdict) else []
    late += [Span("known", "faint")] if known(verdict) else []
    start = (Span(f"{verdict.action:<{_ACTION}}", STYLES[verdict.decision]),)
    return flow(start, [Span(name, "strong"), *ids, Span(where, "faint"), *late], on, between=" · ")


def _rule(rule: RuleOutcome, waived: bool, on: Page) -> Iterator[Line]:
    notes = [*_HOW[rule.outcome], *(["waived"] if waived else [])]
    how = f" ({'; '.join(notes)})" if notes else ""
    style: Style = "faint" if waived or rule.outcome in {"unknown", "ignored"} else STYLES[rule.effect]
    reason = [Span(f"{one_line(rule.id)}{how}:", style), *words(one_line(rule.because, REASON))]
    yield from flow((Span(f"{_INDENT}{rule.effect:<7}", style),), reason, on)
    if rule.waived:
        yield from _said("       waived:", waiver(rule.waived), "review", on)
    for broken in breakages(rule):
        yield from _said("       broken:", broken, "alarm", on)
    for finding in rule.findings:
        for piece in finding.evidence:
            told = " ".join(part for part in (place(piece), quote(piece), f"({one_line(piece.reason)})") if part)
            yield from flow((Span(f"{_INDENT}       "),), words(told), on)


def _said(name: str, text: str, style: Style, on: Page) -> list[Line]:
    return flow((Span(_INDENT), Span(f"{name} ", style or "faint")), words(text), on)
