"""The README's first command, as a newcomer runs it: a copy of the project, a new virtual environment, nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from pages import ROOT

LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")


def test_the_first_command_installs_and_prints_what_the_readme_shows(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    command = next(line.strip() for line in readme.split("\n") if line.startswith("    python3 -m venv"))
    shown = re.search(r"```console\n\$ policycheck [^\n]*\n(.*?)```", readme, re.DOTALL)
    assert shown
    assert shown[1]
    shutil.copytree(ROOT, tmp_path / "copy", ignore=LEFT_BEHIND)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONWARNINGS", "VIRTUAL_ENV")
    }
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    ended = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path / "copy", env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.endswith(shown[1])


def test_both_commands_stand_in_the_readme_and_ci_calls_the_second() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"<!-- tests -->\n```\n(.*)\n```", readme)
    assert block
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    extract = next(line for line in script.split("\n") if line.startswith("command="))
    found = subprocess.run(
        ["bash", "-c", f'{extract}; printf "%s" "$command"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == block[1]
