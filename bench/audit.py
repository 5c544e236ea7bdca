"""What the verdict log costs: deciding invitations, and beside it committing to them, appending and syncing their verdicts.

    python bench/audit.py [--count 100000] [--seed 1] [--json FILE]

Invitations are drawn from the seed; every time is taken in this run, on the clock, so that waiting for the disk counts. "in
blocks" is what `check --audit-log` does, "in one batch" one append of everything.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from secrets import token_bytes
from typing import TypeVar

from policycheck import Account, Invitation, Origin, Person, Verdict, evaluate, load_policy
from policycheck.audit import records, series
from policycheck.audit.verify import verify
from policycheck.builtin.commands import _audit_records as made
from policycheck.builtin.commands._audit_recording import BLOCK

T = TypeVar("T")

RUN = "0" * 16
NOTES = (
    "",
    "We met at the conference on tidal energy; your talk on buoys stayed with me.",
    "We help agencies like yours double their leads. Worth a 15 minute call to show you a demo?",
    "I read your article on watermarks in old paper and would like to ask you two questions about it.",
)


def drawn(count: int, seed: int) -> list[Invitation]:
    """So many invitations."""
    draw = random.Random(seed)  # noqa: S311  # the same for everybody who measures
    return [
        Invitation(
            id=f"q-{number}",
            stage="incoming",
            origin=Origin("queue.jsonl", number + 1),
            person=Person(
                name=f"Person {number}",
                profile_url=f"https://www.linkedin.com/in/person-{number}",
                mutual_connections=draw.randrange(5),
                has_photo=draw.random() < 0.7,
                known=draw.random() < 0.2,
            ),
            note=draw.choice(NOTES),
        )
        for number in range(count)
    ]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came of it."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def decided(invitations: Sequence[Invitation]) -> list[Verdict]:
    policy = load_policy("pragmatic")
    accounts = [Account(id="us", records=iter(invitations))]
    return [one for one in evaluate(accounts, policy, as_of=date(2026, 11, 23)) if isinstance(one, Verdict)]


def recorded(invitations: Sequence[Invitation], verdicts: Sequence[Verdict], log: Path, block: int) -> None:
    profile = made.committed_profile(Account().profile, token_bytes(16))
    with series.writer(log) as writer:
        writer.append([records.line("run-start", run=RUN)])
        for lines, entries in _blocks(invitations, verdicts, profile, block):
            writer.append(lines, entries)


def _blocks(
    invitations: Sequence[Invitation], verdicts: Sequence[Verdict], profile: made.Committed, block: int
) -> Iterator[tuple[list[bytes], list[bytes]]]:
    for start in range(0, len(verdicts), block):
        inputs = [made.committed(one, token_bytes(16)) for one in invitations[start : start + block]]
        pairs = zip(verdicts[start : start + block], inputs, strict=True)
        yield [made.of(RUN, verdict, given, profile) for verdict, given in pairs], [one.entry for one in inputs]


def measured(count: int, seed: int) -> dict[str, float]:
    """Seconds for each part."""
    invitations = drawn(count, seed)
    decided(invitations[:100])  # what is loaded on first use is no part of either
    deciding, verdicts = timed(lambda: decided(invitations))
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder, "one.jsonl"), Path(folder, "many.jsonl")
        batch, _ = timed(lambda: recorded(invitations, verdicts, one, count))
        blocks, _ = timed(lambda: recorded(invitations, verdicts, many, BLOCK))
        verifying, found = timed(lambda: verify(many))
        size = many.stat().st_size
    assert found.verdicts == count
    return {
        "deciding": deciding,
        "logging in one batch": batch,
        "logging in blocks": blocks,
        "verifying": verifying,
        "bytes a verdict": size / count,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the verdict log costs.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = measured(given.count, given.seed)
    for name, value in found.items():
        share = "" if name.startswith("bytes") else f"{value / found['deciding']:>8.2f} of deciding"
        print(f"{name:<22}{value:>10.2f}{share}")
    if given.json:
        given.json.write_text(json.dumps({"count": given.count, **found}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
