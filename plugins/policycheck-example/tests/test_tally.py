"""What `tally` writes, from verdicts that policycheck itself came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import StringIO

from policycheck_example.tally import policycheck_reporters

from policycheck import Account, Invitation, NotJudged, Origin, Run, Tally, Unreadable, Verdict, evaluate, load_policy

NOTHING = """\
pragmatic {version}, as of 2026-11-23

            allow  review    deny

0 read, 0 of them unreadable; 0 not judged
0 with a broken check, 0 waived
"""

SOME = """\
pragmatic {version}, as of 2026-11-23

            allow  review    deny
incoming        0       2       0

3 read, 1 of them unreadable; 5 not judged
0 with a broken check, 0 waived
"""


def report(records: Iterable[Invitation | NotJudged | Unreadable]) -> tuple[str, str]:
    """What the reporter writes of some records, and the version of the policy."""
    policy = load_policy("pragmatic")
    run = Run(policycheck="1", python="3", unicode="15", as_of="2026-11-23", policy=policy.identity, plugins=())
    (reporter,) = policycheck_reporters()
    out, tally = StringIO(), Tally()
    writer = reporter.open(run, out)
    for outcome in evaluate([Account(records=records)], policy, as_of=date(2026, 11, 23)):
        tally.add(outcome)
        if isinstance(outcome, Verdict):
            writer.verdict(outcome)
    writer.close(tally.ledger())
    return out.getvalue(), policy.identity.version


def test_a_run_without_invitations_has_no_rows() -> None:
    written, version = report([])
    assert written == NOTHING.format(version=version)


def test_it_counts_by_stage_and_decision_and_carries_the_ledger() -> None:
    here = Origin("queue.jsonl")
    read = [Invitation(id=name, stage="incoming", origin=here) for name in ("q-1", "q-2")]
    unreadable = Unreadable(here, "this is no JSON", "write one object on each line")
    written, version = report([*read, unreadable, NotJudged("draft", 2), NotJudged("closed member", 3)])
    assert written == SOME.format(version=version)
