"""The plugin as a user meets it: installed, found by its entry point, named in a policy and on the command line."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

QUEUE = """\
{"id": "q-1", "stage": "outgoing", "person": {"name": "Mia Berg", "location": "Ghent, Belgium"}, "note": "Hi Mia"}
{"id": "q-2", "stage": "outgoing", "person": {"name": "Noor Aziz", "location": "Oslo, Norway"}, "note": "Hi Noor"}
{"id": "q-3", "stage": "outgoing", "person": {"name": "Ida Holm"}, "note": "Hi Ida"}
{"id": "q-4", "stage": "incoming", "person": {"name": "Jo Park", "location": "Bruges, Belgium"}, "note": ""}
"""

POLICY = """\
policycheck: 1
policy: our-region
version: 1.0.0
title: Our region
defaults: {outgoing: allow}
rules:
  - id: outside-our-region
    stages: [outgoing]
    effect: deny
    when: {not: {based-in: {places: [Belgium]}}}
    because: We serve Belgium only.
"""

REPORT = """\
our-region 1.0.0, as of 2026-11-23

            allow  review    deny
incoming        0       1       0
outgoing        1       1       1

4 read, 0 of them unreadable; 0 not judged
0 with a broken check, 0 waived
"""


def policycheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "queue.jsonl").write_text(QUEUE)
    (folder / "our-region.yaml").write_text(POLICY)
    command = [sys.executable, "-m", "policycheck", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # our own command


def test_the_check_decides_and_the_reporter_counts(tmp_path: Path) -> None:
    asked = ("check", "queue.jsonl", "--policy", "our-region.yaml", "--as-of", "2026-11-23", "--format", "tally")
    ran = policycheck(tmp_path, *asked)
    assert (ran.stdout, ran.stderr, ran.returncode) == (REPORT, "", 1)


def test_it_is_listed_with_its_distribution_and_what_it_adds(tmp_path: Path) -> None:
    listed = policycheck(tmp_path, "plugins").stdout.splitlines()
    ours = [line.split() for line in listed if line.startswith("example")]
    name = ["policycheck-example", version("policycheck-example")]
    assert ours == [
        ["example", *name, "on"],
        ["example.based_in", *name, "on", "checks", "based-in"],
        ["example.tally", *name, "on", "reporters", "tally"],
    ]


def test_turned_off_it_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    asked = ("-p", "no:example", "check", "queue.jsonl", "--policy", "our-region.yaml")
    ran = policycheck(tmp_path, *asked)
    assert (ran.stdout, ran.returncode) == ("", 3)
    assert "our-region.yaml:10:18: no check or definition is called `based-in`" in ran.stderr
