"""tally: a report that fits on a postcard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from policycheck import Ledger, Reporter, Run, Verdict, hookimpl

_DECISIONS = ("allow", "review", "deny")


class _Tally:
    """Counts verdicts, and writes them when the ledger comes."""

    def __init__(self, run: Run, out: TextIO) -> None:
        self._run = run
        self._out = out
        self._counts: Counter[tuple[str, str]] = Counter()

    def verdict(self, verdict: Verdict) -> None:
        self._counts[verdict.stage, verdict.decision] += 1

    def close(self, ledger: Ledger) -> None:
        stages = sorted({stage for stage, _ in self._counts})
        rows = [_row(stage, [self._counts[stage, decision] for decision in _DECISIONS]) for stage in stages]
        policy, not_judged = self._run.policy, sum(ledger.not_judged.values())
        lines = [
            f"{policy.id} {policy.version}, as of {self._run.as_of}",
            "",
            _row("", _DECISIONS),
            *rows,
            "",
            f"{ledger.read} read, {ledger.unreadable} of them unreadable; {not_judged} not judged",
            f"{ledger.errors} with a broken check, {ledger.waived} waived",
        ]
        self._out.writelines(f"{line}\n" for line in lines)


def _row(stage: str, cells: Iterable[object]) -> str:
    return f"{stage:<9}" + "".join(f"{cell:>8}" for cell in cells)


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="tally", summary="Counts by stage and decision, as a small table.", open=_Tally)]
