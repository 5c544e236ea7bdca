"""Whoever chooses a file's name, or an input of the action, gets a judgement of that file and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from action_runner import Action, Uses
from queues import GOOD, PITCH

from github_runner import commands

HOSTILE = [
    "$(touch owned).jsonl",
    "`touch owned`.jsonl",
    "${PATH}.jsonl",
    "a b\t'c' \"d\" *?[x].jsonl",
    "; exit 0 #.jsonl",
    "--fail-on=never",
    "--policy=conservative",
    "-h",
    "--",
    "-",
    " ",
    "::set-output name=status::0.jsonl",
    "##[set-output name=status]0.jsonl",
    "##[stop-commands]x.jsonl",
    "${{ inputs.policy }}.jsonl",
    "a%0A::error::b.jsonl",
    "\u202ea\u2028b\x1b[31m.jsonl",
    "EOF",
]
LINES = "\n".join(HOSTILE)


@pytest.fixture
def noted(action: Action, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Uses:
    """The action with a command that only notes its arguments, in `noted.json`."""
    folder = tmp_path_factory.mktemp("noted")
    command = folder / "venv" / "bin" / "policycheck"
    command.parent.mkdir(parents=True)
    command.write_text("#!/usr/bin/env python3\nimport json, sys\njson.dump(sys.argv[1:], open('noted.json', 'w'))\n")
    command.chmod(0o755)
    return Uses(action, {"install": {"folder": str(folder)}}, tmp_path)


def arguments(uses: Uses) -> list[str]:
    noted: list[str] = json.loads((uses.workspace / "noted.json").read_text("utf-8"))
    return ["--report=markdown=…" if one.startswith("--report=markdown=") else one for one in noted]


def test_each_value_is_one_argument_as_it_stands(noted: Uses) -> None:
    several = "two\nlines $(touch owned)"
    noted(
        inputs=LINES,
        policy=several,
        profile="-p $HOME",
        facts="'",
        waivers=LINES,
        fail_on='"never"',
        as_of="`date`",
        args=LINES,
        sarif_file="a b.sarif",
    )
    assert arguments(noted) == [
        "check",
        *HOSTILE,
        "--format=github",
        "--format=github",
        "--report=markdown=…",
        f"--policy={several}",
        "--profile=-p $HOME",
        "--facts='",
        *(f"--waivers={one}" for one in HOSTILE),
        '--fail-on="never"',
        "--as-of=`date`",
        "--report=sarif=a b.sarif",
        "--",
        *("./-" if one == "-" else one for one in HOSTILE),
    ]
    assert noted.names() == ["noted.json"]


def test_what_is_left_empty_is_no_argument(noted: Uses) -> None:
    noted(inputs="\r\nqueue.jsonl", as_of="")
    assert arguments(noted) == [
        "check",
        "--format=github",
        "--format=github",
        "--report=markdown=…",
        "--",
        "\r",
        "queue.jsonl",
    ]


@pytest.mark.parametrize("names", [HOSTILE[:9], HOSTILE[9:]], ids=["first half", "second half"])
def test_files_of_any_name_are_judged_and_their_names_say_nothing_to_the_runner(uses: Uses, names: list[str]) -> None:
    for number, name in enumerate(names):
        uses.holds(name, PITCH.replace("q-2", f"q-{number}"))
    ended = uses(inputs="\n".join(names))
    assert (ended.status, ended.outputs["status"]) == (1, "1"), ended.log
    assert [command.name for command in commands(ended.log)] == ["error"] * 9 + ["notice"]
    assert "read 9, allow 0, review 0, deny 9" in ended.log
    assert uses.names() == sorted(names)


def test_files_that_are_not_there_are_status_4_and_their_names_say_nothing_to_the_runner(uses: Uses) -> None:
    ended = uses(inputs=LINES, policy="pragmatic")
    assert (ended.status, ended.outputs["status"]) == (4, "4"), ended.log
    assert ended.log.count(": no such file or folder") == len(HOSTILE)
    assert [command.name for command in commands(ended.log)] == ["notice", "error"]
    assert uses.names() == []


def test_an_argument_that_lacks_its_value_does_not_make_options_of_the_inputs(uses: Uses) -> None:
    uses.holds("--fail-on=never", PITCH)
    ended = uses(inputs="--fail-on=never", args="--facts")
    assert ended.status == 3, ended.log


def test_an_argument_that_lacks_its_value_brings_no_name_into_the_log(uses: Uses) -> None:
    uses.holds("queue.jsonl", PITCH)
    ended = uses(inputs="queue.jsonl", args="--worksheet")
    assert (ended.status, "Noor Aziz" in ended.log) == (1, False), ended.log
    assert [command.name for command in commands(ended.log)] == ["error", "notice"]


def test_a_step_that_checks_nothing_fails(uses: Uses) -> None:
    uses.holds("queue.jsonl", PITCH)
    ended = uses(inputs="queue.jsonl", args="--help")
    assert (ended.status, ended.outputs["status"]) == (2, "2")
    assert "::error title=policycheck::nothing was checked; `args` must not ask for help" in ended.log


def test_a_sarif_file_of_two_lines_sets_no_output_of_its_own(uses: Uses) -> None:
    uses.holds("queue.jsonl", GOOD)
    ended = uses(inputs="queue.jsonl", sarif_file="a\nstatus=0")
    assert (ended.status, ended.outputs) == (2, {"status": "2", "sarif": ""})
    assert [command.data for command in commands(ended.log)] == ["sarif-file must be one line"]


def test_no_script_holds_an_expression_and_every_input_is_a_variable(action: Action) -> None:
    steps = action.document["runs"]["steps"]
    assert [step["id"] for step in steps] == ["install", "check"]
    assert not [step["id"] for step in steps if "${{" in step["run"]]
    variables = {name: value for step in steps for name, value in step["env"].items()}
    expected = {
        f"CHECK_{name.upper().replace('-', '_')}": f"${{{{ inputs.{name} }}}}" for name in action.document["inputs"]
    }
    assert variables == {**expected, "CHECK_FOLDER": "${{ steps.install.outputs.folder }}"}
