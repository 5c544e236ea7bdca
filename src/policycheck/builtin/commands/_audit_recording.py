"""A run's hand on the verdict log: no verdict is reported before it is in the log and the log is on the disk.

Verdicts are written and reported in blocks: a run of any length takes the memory of one block, and each verdict that was ever
printed is in the log. If a block can't be written, the run ends there, with nothing of the block reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from secrets import token_bytes, token_hex

from policycheck.audit import series
from policycheck.audit.series import Writer
from policycheck.builtin.commands import _audit_records as made
from policycheck.builtin.commands._audit_options import Auditing, Recording
from policycheck.builtin.commands._audit_records import Committed
from policycheck.engine.evaluate import Judged
from policycheck.engine.waive import Weighed
from policycheck.model.profile import Profile
from policycheck.model.verdict import Ledger, Run, Verdict

BLOCK = 1_000
"""Outcomes that are written at once."""


@contextmanager
def recorded(audit: Auditing, run: Run, waivers: Weighed) -> Iterator[Recording]:
    """Record a run in the log. Its start is written at once: a log that can't be is found out early."""
    with series.writer(audit.log, _due(audit.rotate, run.as_of)) as writer:
        recorder = _Recorder(audit, writer, run, waivers)
        yield Recording(passing=recorder.passing, end=recorder.end)


def _due(rotate: int | str | None, as_of: str) -> series.Due | None:
    if rotate is None:
        return None
    return series.by_size(rotate) if isinstance(rotate, int) else series.by_month(as_of[:7])


class _Recorder:
    def __init__(self, audit: Auditing, writer: Writer, run: Run, waivers: Weighed) -> None:
        self._audit = audit
        self._writer = writer
        self._id = token_hex(8)
        self._profile: Profile | None = None
        """The profile that was committed to last."""
        self._known = Committed("", b"")
        lifted = made.committed_waivers(waivers, token_bytes(16))
        writer.append([made.start(self._id, run, lifted)], [lifted.entry] if lifted else [])

    def passing(self, outcomes: Iterator[Judged]) -> Iterator[Judged]:
        """The same, once what they say is in the log."""
        lines: list[bytes] = []
        entries: list[bytes] = []
        while block := [self._noted(pair, lines, entries) for pair in islice(outcomes, BLOCK)]:
            if lines:
                self._writer.append(lines, entries)
            lines.clear()
            entries.clear()
            yield from block

    def _noted(self, pair: Judged, lines: list[bytes], entries: list[bytes]) -> Judged:
        answered, outcome = pair
        if answered is not None and isinstance(outcome, Verdict):
            case = answered.case
            if case.profile is not self._profile:
                self._profile, self._known = case.profile, made.committed_profile(case.profile, token_bytes(16))
                entries.append(self._known.entry)
            keep, key = self._audit.keep_evidence, self._audit.link_key
            invitation = made.committed(case.invitation, token_bytes(16), keep=keep, link_key=key)
            lines.append(made.of(self._id, outcome, invitation, self._known))
            entries.append(invitation.entry)
        return pair

    def end(self, ledger: Ledger) -> None:
        self._writer.append([made.end(self._id, ledger)])
