"""Completion as a person has it: the script is sourced by the shell itself, which then asks."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policycheck.cli import run

pty = pytest.importorskip("pty", reason="needs pseudo terminals")

SHELLS = {shell: shutil.which(shell) for shell in ("bash", "zsh", "fish")}
HERE = str(Path(sys.executable).parent)
ENVIRONMENT = {**os.environ, "PATH": f"{HERE}{os.pathsep}{os.environ['PATH']}"}

# Each calls the shell's own completion of a line, typed up to its end, and prints what is offered, a line each.
ASK = {
    "bash": """
source <(policycheck completion bash)
compopt() {{ echo "files"; }}
COMP_WORDS=({words} {last}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
_policycheck_completion policycheck
printf '%s\\n' "${{COMPREPLY[@]}}"
""",
    # Without its completion system: what our function hands to it is printed.
    "zsh": """
compdef() {{ : }}
compadd() {{ print -l -- ${{(P)@[-1]}} }}
_describe() {{ print -l -- ${{${{(P)3}}%%:*}} }}
_path_files() {{ print files }}
eval "$(policycheck completion zsh)"
words=({words} {last}); CURRENT=$#words
_policycheck_completion
""",
    "fish": """
policycheck completion fish | source
complete -C {line}
""",
}


def offered(shell: str, line: str, folder: Path) -> list[str]:
    *words, last = line.split(" ")
    script = ASK[shell].format(words=" ".join(words), last=shlex.quote(last), line=shlex.quote(line))
    flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    ran = subprocess.run(
        [str(SHELLS[shell]), *flags, "-c", script],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    return [word.partition("\t")[0] for word in ran.stdout.split("\n") if word]  # fish: the word, and what it is


def installed(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(SHELLS[shell] is None, reason=f"{shell} is not installed here")


EACH = [pytest.param(shell, marks=installed(shell), id=shell) for shell in SHELLS]
LINES = {
    "policycheck expl": ["explain"],
    "policycheck test t.yaml --format ju": ["junit"],
    "policycheck check q.jsonl --pol": ["--policy"],
    "policycheck check q.jsonl --policy prag": ["pragmatic"],
    "policycheck policy show con": ["conservative"],
    "policycheck check q.jsonl --format json": ["json", "jsonl"],
    "policycheck check q.jsonl --reader goo": ["google-contacts"],
    "policycheck check q.jsonl --fail-on ne": ["never"],
    "policycheck checks sa": ["sales-pitch", "same-note-to-many"],
    "policycheck completion f": ["fish"],
    "policycheck -p no:builtin.checks.ver": ["no:builtin.checks.verified"],
    "policycheck check q.jsonl --format nosuch": [],
}


@pytest.mark.parametrize("shell", EACH)
@pytest.mark.parametrize("line", LINES)
def test_a_shell_offers_what_the_plugins_give(shell: str, line: str, tmp_path: Path) -> None:
    assert offered(shell, line, tmp_path) == LINES[line]


@pytest.mark.parametrize("shell", EACH)
@pytest.mark.parametrize(
    "line",
    [
        "policycheck check queu",
        "policycheck check x --profile queu",
        "policycheck check x --policy queu",
        "policycheck test queu",
    ],
)
def test_a_shell_offers_its_files_where_a_file_is_meant(shell: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "queue.yaml").write_text("")
    assert offered(shell, line, tmp_path) == (["queue.yaml"] if shell == "fish" else ["files"])


@installed("bash")
def test_the_tabulator_completes_a_line_that_is_typed(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [str(SHELLS["bash"]), "--norc", "--noprofile", "-i"]
    environment = {**ENVIRONMENT, "INPUTRC": os.devnull, "PS1": "", "HOME": str(tmp_path), "TERM": "dumb"}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as shell:
        os.write(ours, b'eval "$(policycheck completion bash)"\npolicycheck policy show cons\t --yaml\nexit\n')
        assert shell.stdout is not None
        printed = shell.stdout.read().decode()
    os.close(ours)
    os.close(theirs)
    assert "\npolicy: conservative\n" in printed


def test_no_other_shell_is_promised(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err


def test_where_completing_breaks_nothing_lands_in_the_line(tmp_path: Path) -> None:
    environment = {
        **ENVIRONMENT,
        "_POLICYCHECK_COMPLETE": "bash_complete",
        "COMP_WORDS": "policycheck",
        "COMP_CWORD": "x",
    }
    ran = subprocess.run(["policycheck"], env=environment, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 1)
