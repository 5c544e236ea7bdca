"""The summary that a person grasps in five seconds, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from policycheck import ACTIONS, Ledger, Run
from policycheck.builtin.reporters._lines import BLANK, STYLES, Line, Page, Span, flow, label, words
from policycheck.builtin.reporters._text_rankings import BETWEEN, GUTTER, most, rankings
from policycheck.builtin.reporters._text_summary import DECISIONS, Summary
from policycheck.builtin.reporters._words import amount, day, one_line


def head(run: Run, summary: Summary, ledger: Ledger, on: Page) -> list[Line]:
    """Title, what went wrong, the table of decisions, and what explains them."""
    parts = [
        _title(run, summary, on),
        list(_alarms(summary, ledger, on)),
        list(_table(summary, on)),
        rankings(summary, ledger, on),
    ]
    lines = [line for part in parts if part for line in [*part, BLANK]]
    return lines[:-1]


def _title(run: Run, summary: Summary, on: Page) -> list[Line]:
    policy = Span(f"{one_line(run.policy.id)} {one_line(run.policy.version)}", "strong")
    rest = [Span(f"{amount(summary.verdicts, _noun(summary))}{_owner(summary)}"), Span(f"as of {day(run.as_of)}")]
    return flow((), [policy, *rest], on, between=BETWEEN)


def _noun(summary: Summary) -> str:
    match sorted({stage for stage, _ in summary.counts} - {"incoming", "outgoing"}):
        case ["template"] if not _invitations(summary):
            return "template"
        case ["connected"]:
            return "invitations and connection" if _invitations(summary) else "connection"
        case []:
            return "invitation"
        case _:
            return "record"


def _invitations(summary: Summary) -> int:
    return sum(count for (stage, _), count in summary.counts.items() if stage in {"incoming", "outgoing"})


def _owner(summary: Summary) -> str:
    if summary.accounts > 1:
        return f" of {summary.accounts:,} accounts"
    return f" of {one_line(summary.account)}" if summary.account else ""


def _alarms(summary: Summary, ledger: Ledger, on: Page) -> Iterator[Line]:
    if ledger.unreadable:
        told = f"{amount(ledger.unreadable, 'record')} of {ledger.read:,} could not be read: not everything was judged"
        yield from flow((label("UNREADABLE", GUTTER, "alarm"),), words(told, "alarm"), on)
    if ledger.errors:
        unless = " unless waived" if ledger.waived else ""
        told = f"in {amount(ledger.errors, 'verdict')} a check broke, so that nothing was allowed there{unless}:"
        which = [Span(f"{how}{_times(count)}") for how, count in most(summary.broken)]
        yield from flow((label("BROKEN", GUTTER, "alarm"),), [*words(told, "alarm"), *which], on)


def _times(count: int) -> str:
    return f" {count:,} times" if count > 1 else ""


def _table(summary: Summary, on: Page) -> Iterator[Line]:
    stages = [stage for stage in ACTIONS if any((stage, decision) in summary.counts for decision in DECISIONS)]
    totals = {stage: sum(summary.counts[stage, decision] for decision in DECISIONS) for stage in stages}
    digits = max((len(f"{total:,}") for total in totals.values()), default=0)
    for stage in stages:
        row = []
        for decision in DECISIONS:
            count, word = summary.counts[stage, decision], ACTIONS[stage][decision]
            longest = max(len(ACTIONS[other][decision]) for other in stages)
            row.append(Span(f"{count:>{digits + 4},} {word:<{longest}}", STYLES[decision] if count else "faint"))
        total = Span(f"{totals[stage]:>{digits},}")
        yield from flow((Span(stage.ljust(GUTTER), "strong"), total), row, on, between="")
