"""The project as others get it: the files of the source distribution, in a folder or as a git repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", ".venv", ".tox", "build", "dist")
_OF_THE_TESTS = ("COV_", "GITHUB_", "GIT_", "POLICYCHECK_", "PRE_COMMIT", "PYTHON", "PYTEST_", "TOX_", "VIRTUAL_ENV")


def environment(**more: str) -> dict[str, str]:
    """Variables as on a machine that knows nothing of these tests, whose `python3` is the one that runs them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_TESTS)}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}", **more}


def distributed() -> Iterator[Path]:
    """What pyproject.toml puts into the source distribution, at the root's level."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    yield ROOT / "pyproject.toml"
    for pattern in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]:
        yield from ROOT.glob(pattern)


def copied(folder: Path) -> Path:
    """Copy the project to a folder that is not there yet."""
    folder.mkdir(parents=True)
    for path in distributed():
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=_LEFT_BEHIND)
        else:
            shutil.copy(path, folder / path.name)
    return folder


def git(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run git for somebody with a name and no settings of their own."""
    who = ["-c", "user.name=Ana Voss", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main"]
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return ran(folder, "git", *who, *arguments, **nobody, **more)


def ran(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command there, with more variables; both streams are in `stdout`."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def committed(folder: Path) -> str:
    """Make the folder a git repository with everything in one commit, and return that commit."""
    for arguments in (["init"], ["add", "--all"], ["commit", "--message", "All of it"]):
        ended = git(folder, *arguments)
        assert ended.returncode == 0, ended.stdout
    return git(folder, "rev-parse", "HEAD").stdout.strip()
