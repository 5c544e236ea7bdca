"""Runs what the documentation shows: files are written, commands run, and what they print is compared.

A fence ``yaml file=NAME`` (or json, python, toml) is a file, one ``yaml from=NAME`` shows one that is there. A page with a line
``<!-- in FOLDER -->`` is read in a copy of that folder. A fence ``console`` holds commands after ``$ `` with their output; a
``[exit N]`` line at the end of an output is the status, 0 where it is left out. With POLICYCHECK_UPDATE_DOCS set, outputs are
written anew instead. What a log draws at random (salts, roots, names of runs) is shown as an ellipsis.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from policycheck.cli import run

ROOT = Path(__file__).resolve().parents[2]
UPDATE = "POLICYCHECK_UPDATE_DOCS"
UPDATING = UPDATE in os.environ  # asked while tests are collected: they run without variables of this prefix

_RANDOM = re.compile(
    r"(?<![0-9A-Za-z+])(?<!sha256:)"
    r"(?:[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})(?![0-9A-Za-z+/=])"
)
_WITHIN = re.compile(r"^<!-- in (\S+) -->$", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def played(page: Path, folder: Path) -> str:
    """The page as it would read if every output were as it is now; files go to `folder`, which is the working directory."""
    text = page.read_text("utf-8")
    return _FENCE.sub(lambda fence: f"```{fence['info']}\n{_body(fence['info'], fence['body'], folder)}```", text)


def place(page: Path) -> str:
    """The folder of the project in which a reader of the page is; "." where it doesn't say."""
    within = _WITHIN.search(page.read_text("utf-8"))
    return within[1] if within else "."


def commands(page: Path) -> list[str]:
    """Every command that a page shows."""
    fences = _FENCE.finditer(page.read_text("utf-8"))
    return [
        line[2:]
        for fence in fences
        if fence["info"] == "console"
        for line in fence["body"].split("\n")
        if line.startswith("$ ")
    ]


def _body(info: str, body: str, folder: Path) -> str:
    if " from=" in info:
        return (folder / info.partition(" from=")[2]).read_text("utf-8")
    language, _, name = info.partition(" file=")
    if name:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, "utf-8")
    return "".join(_outputs(body)) if language == "console" else body


def _outputs(body: str) -> Iterator[str]:
    for line in body.split("\n"):
        if line.startswith("$ "):
            yield f"{line}\n{_output(line[2:])}"


def _output(command: str) -> str:
    words = shlex.split(command)
    assert words[0] == "policycheck", f"only policycheck's own commands can be run here, not `{command}`"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        status = run(words[1:])
    return _RANDOM.sub("…", printed.getvalue()) + (f"[exit {status}]\n" if status else "")


def updating() -> bool:
    return UPDATING
