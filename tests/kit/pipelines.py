"""What a repository's own pipeline files run, step by step, in a shell as the service would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from checkouts import ran

from policycheck.cli import run

GITHUB, GITLAB, PLAIN = ".github/workflows/policycheck.yml", ".gitlab-ci.yml", "policycheck.sh"
_SHELLS = {GITHUB: ["bash", "--noprofile", "--norc", "-eo", "pipefail"], GITLAB: ["sh", "-e"]}


class Step(NamedTuple):
    """A step that was run: its command, its exit status, and what it printed."""

    command: str
    status: int
    said: str


def set_up(folder: Path, *argv: str) -> Path:
    """A repository in which ``policycheck init`` was run."""
    folder.mkdir(parents=True, exist_ok=True)
    assert run(["init", str(folder), "--as-of", "2026-11-23", *argv]) == 0
    return folder


def steps(pipeline: Path) -> list[str]:
    """The commands of a pipeline's one job, in order."""
    (job,) = _jobs(yaml.safe_load(pipeline.read_text("utf-8")))
    commands = [step["run"] for step in job["steps"] if "run" in step] if "steps" in job else job["script"]
    assert commands
    return list(commands)


def _jobs(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list(document.get("jobs", document).values())


def played(repository: Path, file: str, temp: Path) -> list[Step]:
    """Run the steps until one fails, as the service does; ``python3`` and ``policycheck`` are those of the tests."""
    done: list[Step] = []
    for number, command in enumerate(steps(repository / file)):
        script, summary = temp / f"step-{number}.sh", temp / f"summary-{number}.md"
        script.write_text(command + "\n", "utf-8")
        summary.touch()
        variables = {"GITHUB_STEP_SUMMARY": str(summary), "POLICYCHECK_AS_OF": "2026-11-23", "CI": "true"}
        ended = ran(repository, *_SHELLS[file], str(script), **variables)
        done.append(Step(command, ended.returncode, ended.stdout))
        if ended.returncode:
            break
    return done


def summary(temp: Path) -> str:
    """What the last step left as its summary."""
    return max(temp.glob("summary-*.md")).read_text("utf-8")


def in_a_bare_shell(repository: Path, script: str, wheels: Path, temp: Path) -> subprocess.CompletedProcess[str]:
    """Run a script where policycheck is not installed, but an index, here a folder, has it."""
    variables = {"PIP_FIND_LINKS": str(wheels), "TMPDIR": str(temp), "POLICYCHECK_AS_OF": "2026-11-23"}
    return ran(repository, "sh", script, **variables, PATH=_without_policycheck(temp))


def _without_policycheck(temp: Path) -> str:
    """A PATH on which ``python3`` is the one of the tests, and nothing else of theirs."""
    tools = temp / "tools"
    tools.mkdir()
    (tools / "python3").symlink_to(Path(sys.executable).resolve())
    return f"{tools}{os.pathsep}{os.defpath}"
