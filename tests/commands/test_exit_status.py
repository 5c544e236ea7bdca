"""The exit status: each one by itself, and each pair, of which the higher counts."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from distributions import install
from policycheck.cli import run

PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"


class Arranged:
    """A working directory in which things can be made to go wrong, one by one."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.lines = [{"id": "kept", "stage": "connected", "person": {"name": "Ann"}, "note": "", "messages": []}]
        self.broken_line = False
        self.options = ["--as-of", "2026-11-23"]

    def reaches_the_threshold(self) -> None:
        self.lines.append({"id": "sold", "stage": "incoming", "person": {"name": "Bob"}, "note": PITCH})

    def uses_it_wrongly(self) -> None:
        self.options += ["--format", "no-such-format"]

    def has_an_invalid_policy(self) -> None:
        (self.folder / "bad.yaml").write_text("policycheck: 1\nrules: []\n", "utf-8")
        self.options += ["--policy", "bad.yaml"]

    def has_an_unreadable_line(self) -> None:
        self.broken_line = True

    def has_a_broken_plugin(self) -> None:
        package = self.folder / "site"
        modules = {"broken_plugin.py": "raise RuntimeError('at import')\n"}
        install(package, "broken-plugin", modules, entry_points="broken = broken_plugin")
        self.monkeypatch.syspath_prepend(str(package))

    def has_a_log_that_cannot_be_written(self) -> None:
        self.options += ["--audit-log", "no-such-folder/verdicts.jsonl"]

    def status(self) -> int:
        lines = [json.dumps(line) for line in self.lines] + (["{broken"] if self.broken_line else [])
        (self.folder / "queue.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        self.monkeypatch.chdir(self.folder)
        return run(["check", "queue.jsonl", *self.options])


CAUSES = {
    1: Arranged.reaches_the_threshold,
    2: Arranged.uses_it_wrongly,
    3: Arranged.has_an_invalid_policy,
    4: Arranged.has_an_unreadable_line,
    5: Arranged.has_a_broken_plugin,
    6: Arranged.has_a_log_that_cannot_be_written,
}


@pytest.fixture
def arranged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Arranged:
    return Arranged(tmp_path, monkeypatch)


def test_without_a_cause_the_status_is_0(arranged: Arranged) -> None:
    assert arranged.status() == 0


@pytest.mark.parametrize("status", CAUSES)
def test_each_cause_has_its_status(status: int, arranged: Arranged) -> None:
    CAUSES[status](arranged)
    assert arranged.status() == status


# Wrong use and an invalid policy end a run before the input is read or the log begun, so what they would have come to cannot be
# known; wrong use is seen before the policy is loaded.
NEVER_MEET = {(1, 2), (2, 4), (1, 3), (3, 4), (2, 3), (2, 6), (3, 6)}


@pytest.mark.parametrize(("lower", "higher"), [pair for pair in combinations(CAUSES, 2) if pair not in NEVER_MEET])
def test_of_two_causes_the_higher_status_counts(lower: int, higher: int, arranged: Arranged) -> None:
    CAUSES[lower](arranged)
    CAUSES[higher](arranged)
    assert arranged.status() == higher


@pytest.mark.parametrize(("first", "other"), sorted(NEVER_MEET))
def test_what_ends_a_run_early_decides_its_status(first: int, other: int, arranged: Arranged) -> None:
    CAUSES[first](arranged)
    CAUSES[other](arranged)
    assert arranged.status() == (2 if 2 in (first, other) else 3)


@pytest.mark.parametrize(("fail_on", "status"), [("deny", 0), ("review", 1), ("never", 0)])
def test_fail_on_says_from_which_decision_on_to_fail(fail_on: str, status: int, arranged: Arranged) -> None:
    arranged.lines.append({"id": "open", "stage": "incoming", "person": {"name": "Cy"}, "note": ""})
    arranged.options += ["--fail-on", fail_on]
    assert arranged.status() == status


def test_fail_on_never_lets_a_refusal_pass_but_no_unreadable_line(arranged: Arranged) -> None:
    arranged.reaches_the_threshold()
    arranged.options += ["--fail-on", "never"]
    assert arranged.status() == 0
    arranged.has_an_unreadable_line()
    assert arranged.status() == 4


def test_an_input_without_an_invitation_is_no_pass(arranged: Arranged) -> None:
    arranged.lines.clear()
    assert arranged.status() == 4
