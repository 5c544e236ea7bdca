"""The GitLab component, interpolated as GitLab does, its script run by the image's shells."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from checkouts import ROOT
from gitlab_component import Job, Value, interpolated
from junitparser import JUnitXml
from queues import GOOD, PITCH, UNREADABLE, WHY

TEMPLATE = (ROOT / "templates" / "policycheck.yml").read_text("utf-8")
SH, BASH = ["sh", "-e"], ["bash", "-eo", "pipefail"]
NAMES = [
    "a b'c\"d.jsonl",
    "$(touch owned) `id` $HOME.jsonl",
    "--fail-on=never",
    "-",
    "é\u2028: #{x}\\.jsonl",
    "two\nlines",
]


class Project:
    """A project that includes the component; it is installed once for all tests."""

    def __init__(self, folder: Path, temp: Path) -> None:
        self.folder, self.temp = folder, temp

    def holds(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def runs(self, shell: list[str] = SH, **given: Value) -> subprocess.CompletedProcess[str]:
        """Run the job's script, after the lines that installed what it needs."""
        job = Job(interpolated(TEMPLATE, **{"as_of": "2026-11-23", **given}))
        (installed,) = self.temp.iterdir()
        lines = [f"folder='{installed}'", *job.document["script"]]
        return job.run(self.folder, shell, lines, self.temp)

    def findings(self) -> list[str]:
        found = json.loads((self.folder / "gl-code-quality-report.json").read_text("utf-8"))
        return [f"{one['location']['path']}:{one['location']['lines']['begin']} {one['check_name']}" for one in found]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the job's first lines have installed a package, in a project that would rather have its own code run."""
    project, temp = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("temp")
    for module in ("venv", "pip", "ensurepip"):
        (project / f"{module}.py").write_text("raise SystemExit('code of the repository under test')\n")
    job = Job(interpolated(TEMPLATE, inputs=["queue.jsonl"], package=str(wheel)))
    ended = job.run(project, SH, job.document["before_script"], temp)
    assert ended.returncode == 0, ended.stdout
    return temp


@pytest.fixture
def project(installed: Path, tmp_path: Path) -> Project:
    return Project(tmp_path, installed)


@pytest.mark.parametrize("shell", [SH, BASH], ids=["sh", "bash"])
def test_a_pitch_fails_the_job_which_leaves_both_reports(project: Project, shell: list[str]) -> None:
    project.holds("queue.jsonl", GOOD + PITCH)
    ended = project.runs(shell, inputs=["queue.jsonl"])
    assert ended.returncode == 1, ended.stdout
    assert f"`withhold-pitch` (denied): `{WHY}.`" in ended.stdout
    assert "Noor" not in ended.stdout
    assert project.findings() == ["queue.jsonl:2 withhold-pitch"]
    report = JUnitXml.fromfile(str(project.folder / "policycheck.xml"))
    assert (report.tests, report.failures, report.errors) == (2, 1, 0)


def test_the_reports_are_those_that_the_job_uploads_always(project: Project) -> None:
    project.holds("queue.jsonl", GOOD)
    ended = project.runs(inputs=["queue.jsonl"])
    assert ended.returncode == 0, ended.stdout
    artifacts = Job(interpolated(TEMPLATE, inputs=["queue.jsonl"])).document["artifacts"]
    assert artifacts["when"] == "always"
    assert sorted(path.name for path in project.folder.iterdir()) == sorted(
        [*artifacts["reports"].values(), "queue.jsonl"]
    )


def test_a_queue_that_cannot_be_read_in_part_keeps_its_own_status_and_the_reports(project: Project) -> None:
    project.holds("queue.jsonl", GOOD + UNREADABLE)
    assert project.runs(inputs=["queue.jsonl"]).returncode == 4
    assert project.findings() == ["queue.jsonl:2 policycheck:unreadable"]


def test_what_no_input_says_the_project_s_configuration_may(project: Project) -> None:
    project.holds("queue.jsonl", PITCH)
    project.holds("policycheck.toml", 'policy = "conservative"\nfail-on = "never"\n')
    ended = project.runs(inputs=["queue.jsonl"])
    assert ended.returncode == 0
    assert ended.stdout.startswith("## policycheck: `conservative 1.0.0`")


def test_every_input_reaches_the_command_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "temp" / "installed"
    command = folder / "bin" / "policycheck"
    command.parent.mkdir(parents=True)
    command.write_text("#!/usr/bin/env python3\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\nsys.exit(3)\n")
    command.chmod(0o755)
    (folder / "bin" / "python").write_text('#!/bin/sh\nexec python3 "$@"\n')
    (folder / "bin" / "python").chmod(0o755)
    (tmp_path / "project").mkdir()
    hostile = "  'a' \"b\": $(touch owned) \\n # é"
    ended = Project(tmp_path / "project", folder.parent).runs(
        inputs=NAMES,
        policy=hostile,
        profile="$HOME",
        facts="`id`",
        waivers=NAMES,
        fail_on="review",
        as_of="today",
        args=NAMES,
    )
    assert json.loads(ended.stdout) == [
        "check",
        *NAMES,
        "--format=markdown",
        "--format=markdown",
        "--report=gitlab=gl-code-quality-report.json",
        "--report=junit=policycheck.xml",
        f"--policy={hostile}",
        "--profile=$HOME",
        "--facts=`id`",
        *(f"--waivers={name}" for name in NAMES),
        "--fail-on=review",
        "--as-of=today",
        "--",
        *("./-" if name == "-" else name for name in NAMES),
    ]
    assert ended.returncode == 3
    assert list((tmp_path / "project").iterdir()) == []


def test_a_job_that_checks_nothing_fails_though_a_report_of_before_is_there(project: Project) -> None:
    project.holds("queue.jsonl", PITCH)
    project.holds("policycheck.xml", "<old/>")
    ended = project.runs(inputs=["queue.jsonl"], args=["--help"])
    assert (ended.returncode, "nothing was checked: args must not ask for help" in ended.stdout) == (2, True)


def test_an_argument_that_lacks_its_value_brings_no_name_into_the_log(project: Project) -> None:
    project.holds("queue.jsonl", PITCH)
    ended = project.runs(inputs=["queue.jsonl"], args=["--worksheet"])
    assert (ended.returncode, "Noor Aziz" in ended.stdout, "## policycheck" in ended.stdout) == (1, False, True)


def test_a_package_is_never_an_option_of_pip(tmp_path: Path) -> None:
    job = Job(interpolated(TEMPLATE, inputs=[], package="--version"))
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\nshift 2\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    ended = job.run(tmp_path, SH, [f"folder='{tmp_path}'", job.document["before_script"][-1]], tmp_path)
    assert ended.stdout.split("\n")[-4:] == ["--disable-pip-version-check", "--", "--version", ""]
