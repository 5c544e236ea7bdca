"""The formats for the person at the machine: ``text``, what to do first, and ``full``, everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from policycheck import Ledger, Reporter, Run, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._lines import BLANK, Page, page
from policycheck.builtin.reporters._text_head import head
from policycheck.builtin.reporters._text_list import listing
from policycheck.builtin.reporters._text_summary import Summary
from policycheck.builtin.reporters._text_verdict import entry

_PROMPT = 3
"""Lines of a terminal that the report leaves free: a blank between its parts, and the shell's prompt."""


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [
        Reporter(name="text", summary="A summary, and what to act on, worst first.", open=open_text, shows_text=True),
        Reporter(
            name="full", summary="Every verdict with reasons, evidence and advice.", open=open_full, shows_text=True
        ),
    ]


def open_text(run: Run, stream: TextIO) -> Writer:
    """Summary and the worst few: holds counts and those few only, however many verdicts come."""
    return _Text(run, page(stream))


def open_full(run: Run, stream: TextIO) -> Writer:
    """Every verdict as it comes, the summary last."""
    return _Full(run, page(stream))


class _Text:
    def __init__(self, run: Run, on: Page) -> None:
        self._run, self._page, self._summary = run, on, Summary()

    def verdict(self, verdict: Verdict) -> None:
        self._summary.add(verdict)

    def close(self, ledger: Ledger) -> None:
        on = self._page
        first = head(self._run, self._summary, ledger, on)
        height = None if on.height is None else on.height - len(first) - _PROMPT
        rest = listing(self._summary, on, height)
        on.show([*first, BLANK, *rest] if rest else first)


class _Full:
    def __init__(self, run: Run, on: Page) -> None:
        self._run, self._page, self._summary = run, on, Summary()
        self._apart = False

    def verdict(self, verdict: Verdict) -> None:
        self._summary.add(verdict)
        lines = list(entry(verdict, self._page))
        before = self._apart or len(lines) > 1
        self._page.show([BLANK, *lines] if before and self._summary.verdicts > 1 else lines)
        self._apart = len(lines) > 1

    def close(self, ledger: Ledger) -> None:
        summed = head(self._run, self._summary, ledger, self._page)
        self._page.show([BLANK, *summed] if self._summary.verdicts else summed)
