"""The format ``csv``: a row for each record, for a spreadsheet, in which no cell is a formula.

A cell that would begin with ``=``, ``+``, ``-``, ``@`` or a full-width form of them, also where a program splits at semicolons or
tabs, gets an apostrophe before it. Every cell is one line and stands in quotation marks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from msgspec import UNSET

from policycheck import Ledger, Reporter, RuleOutcome, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._results import (
    Said,
    also,
    known,
    lacking,
    path_of,
    results,
    said,
    state,
    unreadable,
    waiver,
)
from policycheck.builtin.reporters._words import one_line

COLUMNS = (
    "outcome", "count", "action", "stage", "account", "id", "identity", "file", "line", "name", "company", "denied",
    "review", "unknown", "broken", "waived", "let_pass", "because", "evidence", "missing", "advice",
    "baseline",
)  # fmt: skip
_FORMULA = re.compile(r"(^|[;,\t|\"'])(\s*)(?=[=+\-@＝＋－＠])")
_BETWEEN = "; "


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="csv", summary="A row for each record, for a spreadsheet.", open=open_csv)]


def open_csv(_run: Run, stream: TextIO) -> Writer:
    """A header, then a row for each record as it comes, and one for each reason why records were not judged."""
    return _Table(stream)


class _Table:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._csv = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        self._csv.writerow(COLUMNS)

    def verdict(self, verdict: Verdict) -> None:
        self._row(dict(_cells(verdict)))

    def could_not_read(self, record: Unreadable) -> None:
        outcome = "unreadable" if record.fact is None else "unreadable fact"
        place = {"file": path_of(record.origin.file), "line": record.origin.line}
        self._row({"outcome": outcome, "count": 1, "because": unreadable(record), **place})

    def close(self, ledger: Ledger) -> None:
        for reason, count in ledger.not_judged.items():
            self._row({"outcome": "not judged", "count": count, "because": one_line(reason)})
        self._stream.flush()

    def _row(self, cells: dict[str, object]) -> None:
        self._csv.writerow([_harmless(cells.get(column)) for column in COLUMNS])


def _cells(verdict: Verdict) -> Iterator[tuple[str, object]]:
    yield from (("outcome", verdict.decision), ("count", 1), ("stage", verdict.stage))
    yield from (("action", one_line(verdict.action)), ("account", one_line(verdict.account or "")))
    yield from (("id", one_line(verdict.id)), ("identity", "id" if verdict.by_row is UNSET else "row"))
    yield from (("file", path_of(verdict.origin.file)), ("line", verdict.origin.line))
    if verdict.person is not UNSET:
        yield from (("name", one_line(verdict.person.name or "")), ("company", one_line(verdict.person.company or "")))
    told = results(verdict)
    for name in ("denied", "review", "unknown", "broken"):
        yield name, _joined(one_line(rule.id) for rule in told if state(rule) == name and not rule.waived)
    yield "waived", _joined(f"{one_line(rule.id)}: {waiver(rule)}" for rule in told if rule.waived)
    yield "let_pass", _joined(one_line(rule.id) for rule in verdict.rules if rule.outcome == "ignored")
    yield "missing", lacking(verdict)
    if verdict.baseline is not UNSET and verdict.decision != "allow":
        yield "baseline", "known" if known(verdict) else "new"
    yield from _texts(told, also(verdict))


def _texts(told: list[RuleOutcome], more: Iterator[Said]) -> Iterator[tuple[str, object]]:
    pieces = [piece for rule in told if not rule.waived for piece in said(rule)]
    yield "because", _joined(text for label, text in pieces if not label)
    yield "evidence", _joined(text for label, text in pieces if label == "evidence")
    yield "advice", _joined(text if label == "advice" else label for label, text in more if label != "known")


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(texts))


def _harmless(cell: object) -> str:
    if isinstance(cell, int):
        return str(cell)
    return _FORMULA.sub(r"\1\2'", str(cell or ""))
