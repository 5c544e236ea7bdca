"""How much memory `check` takes over a million invitations: of one account with a policy that looks at each alone, and of
20,000 accounts with the shipped one, which looks across an account.

    python bench/memory.py [--records 1000000] [--per-account 50] [--json]

The records are piped in as they are made, the verdicts read and thrown away. The peak is what a Unix says of the child's resident
set when it has ended, in bytes, and no less than this program's own, from which it was forked. Exits with 1 where a peak is over
its limit, and where the records were not all judged.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from msgspec import Struct, to_builtins

ALONE = """\
policycheck: 1
policy: alone
version: 1.0.0
title: Each invitation by itself
rules:
  - {id: no-pitch, effect: deny, when: sales-pitch, because: It pitches.}
  - {id: known, effect: allow, when: {any: [known-person, mutual-connection]}, because: You know them.}
"""
MB = 1_000_000
NOTES = (
    "",
    "Hi, we met at the paper fair in Leipzig; your talk on felt was great.",
    "We help agencies like yours double their leads. Worth a 15 minute call for a demo?",
    "I'd like to add you to my professional network on LinkedIn.",
)
_KIB = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in."""


class Peak(Struct, frozen=True):
    """The child's peak, in bytes, its limit, and how many of the records it gave a verdict on."""

    name: str
    records: int
    judged: int
    peak: int
    limit: int

    @property
    def kept(self) -> bool:
        return self.peak <= self.limit and self.judged == self.records


def records(count: int, per_account: int) -> Iterator[bytes]:
    """Lines of invitations to people who are all different, sent one after the other."""
    for number in range(count):
        account, day = divmod(number, per_account)
        record = {
            "id": f"r-{number}",
            "account": f"member-{account}",
            "stage": ("incoming", "outgoing")[number % 2],
            "person": {
                "name": f"Person {number}",
                "profile_url": f"https://www.linkedin.com/in/person-{number}",
                "company": f"Company {number % 997}",
                "mutual_connections": number % 7,
            },
            "note": NOTES[number % len(NOTES)],
            "sent_at": f"2026-{day % 12 + 1:02}-{day % 28 + 1:02}T10:00:00Z",
        }
        yield json.dumps(record).encode() + b"\n"


def peak(name: str, policy: str, count: int, per_account: int, limit: int) -> Peak:
    """Judge so many records in a process of its own."""
    command = [sys.executable, "-m", "policycheck", "check", "-", "--reader", "jsonl", "--policy", policy]
    command += ["--format", "jsonl", "--fail-on", "never", "--as-of", "2026-11-23"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # ourselves
    assert child.stdin is not None
    assert child.stdout is not None
    Thread(target=_feed, args=(child.stdin, count, per_account), daemon=True).start()
    judged = sum(line.startswith(b'{"id":') for line in child.stdout)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Peak(name, count, judged if child.returncode == 0 else 0, usage.ru_maxrss * _KIB, limit)


def _feed(stream: BinaryIO, count: int, per_account: int) -> None:
    with stream:
        stream.writelines(records(count, per_account))


def peaks(count: int, per_account: int) -> Iterator[Peak]:
    """A run with one account of all records and nothing looked at across them, and one with many accounts and everything."""
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder, "alone.yaml")
        alone.write_text(ALONE, "utf-8")
        yield peak("one account, each by itself", str(alone), count, count, 200 * MB)
    yield peak(f"accounts of {per_account}, looked across", "pragmatic", count, per_account, 300 * MB)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--per-account", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = []
    for each in peaks(chosen.records, chosen.per_account):
        found.append(each)
        if not chosen.json:
            told = f"{each.peak / MB:6.1f} MB of {each.limit / MB:.0f}   {each.judged:,} of {each.records:,} judged"
            print(f"{told}   {each.name}", flush=True)
    if chosen.json:
        print(json.dumps(to_builtins(found)))
    return 0 if all(each.kept for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
