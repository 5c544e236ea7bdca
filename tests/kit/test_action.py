"""The GitHub action, run step by step as the runner does."""

from __future__ import annotations

from pathlib import Path

import pytest
from action_runner import SUMMARY_LIMIT, Action, Ended, Uses
from queues import GOOD, PITCH, UNREADABLE, WHY

from github_runner import Command, commands


def waivers_of(rule: str) -> str:
    return f"waivers:\n  - {{rule: {rule}, file: queue.jsonl, reason: A test., owner: Ana Voss, expires: 2026-12-01}}\n"


def levels(ended: Ended) -> list[str]:
    return [command.name for command in commands(ended.log)]


def test_a_queue_that_passes_is_a_step_that_passes_with_its_summary(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD)
    ended = uses(inputs="queue.jsonl\n")
    assert (ended.status, ended.outputs) == (0, {"status": "0", "sarif": ""})
    assert commands(ended.log) == [
        Command(
            "notice",
            {"title": "policycheck pragmatic 1.0.0"},
            "read 1, allow 1, review 0, deny 0, unreadable 0, errors 0, waived 0",
        )
    ]
    assert ended.summary.startswith("## policycheck: `pragmatic 1.0.0`\n\n1 record read, as of `2026-11-23`.\n")
    assert ended.summary.endswith("| outgoing | 1 send | 0 revise | 0 withhold |\n\n")


def test_a_pitch_fails_the_step_with_an_annotation_at_its_line_and_the_summary_says_why(uses: Uses) -> None:
    uses.holds("out reach/queue.jsonl", GOOD + PITCH)
    ended = uses(inputs="out reach/queue.jsonl", sarif_file="found.sarif")
    assert (ended.status, ended.outputs) == (1, {"status": "1", "sarif": "found.sarif"})
    error, notice = commands(ended.log)
    assert error.properties == {"file": "out reach/queue.jsonl", "line": "2", "title": "outgoing: withhold"}
    assert error.data.split("\n")[:2] == ["withhold: q-2", f"withhold-pitch (denied): {WHY}."]
    assert notice.data.startswith("read 2, allow 1, review 0, deny 1")
    assert f"`withhold-pitch` (denied): `{WHY}.`" in ended.summary
    assert "Noor" not in ended.log + ended.summary
    assert '"ruleId":"withhold-pitch"' in (uses.workspace / "found.sarif").read_text("utf-8")


def test_a_queue_that_cannot_be_read_in_part_keeps_its_own_status(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD + UNREADABLE)
    ended = uses(inputs="queue.jsonl")
    assert (ended.status, ended.outputs["status"]) == (4, "4")
    assert levels(ended) == ["error", "notice", "error"]
    assert commands(ended.log)[-1].data == "it ended with status 4; the lines above say why"
    assert ended.summary.endswith("\n\npolicycheck ended with status 4; the step's log says why.\n")
    assert "- `queue.jsonl:2` `could not be read: this is no JSON" in ended.summary


def test_waivers_and_further_arguments_count(uses: Uses) -> None:
    uses.holds("queue.jsonl", PITCH)
    uses.holds("these.yaml", waivers_of("withhold-pitch"))
    uses.holds("others.yaml", waivers_of("withhold-unfilled"))
    ended = uses(
        inputs="queue.jsonl", waivers="these.yaml\nothers.yaml", args="--report\ncsv=all of it.csv\n--show-text"
    )
    assert (ended.status, levels(ended)) == (0, ["warning", "notice"])
    assert "others.yaml:2:5: the waiver of `withhold-unfilled` lifts nothing in this run" in ended.log
    assert "Noor Aziz" in (uses.workspace / "all of it.csv").read_text("utf-8")


def test_what_no_input_says_the_repository_s_configuration_may(uses: Uses) -> None:
    uses.holds("queue.jsonl", PITCH)
    uses.holds("policycheck.toml", 'policy = "conservative"\nfail-on = "never"\nformat = "json"\n')
    ended = uses(inputs="queue.jsonl")
    assert ended.status == 0
    assert levels(ended) == ["error", "notice"]
    assert ended.summary.startswith("## policycheck: `conservative 1.0.0`")


def test_a_run_without_a_report_says_so_in_the_summary(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD)
    uses.holds("found.sarif", "of yesterday")
    ended = uses(inputs="queue.jsonl", policy="pragmatc", sarif_file="found.sarif")
    assert (ended.status, ended.outputs) == (3, {"status": "3", "sarif": ""})
    assert ended.summary == "\npolicycheck ended with status 3; the step's log says why.\n"


def test_what_stands_in_the_summary_already_stays(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD)
    assert uses("An earlier word", inputs="queue.jsonl").summary.startswith("An earlier word\n\n## policycheck: `prag")


@pytest.mark.parametrize("spare", [0, 400], ids=["none", "some"])
def test_a_report_that_has_no_room_in_the_summary_is_left_out_and_that_is_said(uses: Uses, spare: int) -> None:
    uses.holds("queue.jsonl", PITCH)
    earlier = "x" * (SUMMARY_LIMIT - 100 - spare)
    ended = uses(earlier, inputs="queue.jsonl")
    said = "policycheck ended with status 1; its report has no room in this summary."
    assert (ended.status, ended.summary) == (1, f"{earlier}\n\n{said}\n")


def test_no_input_at_all_is_wrong_use(uses: Uses) -> None:
    ended = uses(inputs="\n")
    assert (ended.status, ended.outputs["status"]) == (2, "2")
    assert "Missing argument 'INPUT...'" in ended.log


def test_a_python_that_is_too_old_is_named_before_anything_is_installed(action: Action, tmp_path: Path) -> None:
    old = tmp_path / "python3.10"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    ended = action.step("install", tmp_path, {"python": str(old)}, {})
    assert (ended.status, ended.outputs) == (1, {})
    assert commands(ended.log) == [
        Command(
            "error",
            {"title": "policycheck"},
            "it needs Python 3.11 or newer; use actions/setup-python in a step before",
        )
    ]


def test_the_repository_gets_nothing_that_was_not_asked_for(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD)
    uses(inputs="queue.jsonl")
    assert uses.names() == ["queue.jsonl"]
