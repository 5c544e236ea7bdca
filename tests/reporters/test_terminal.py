"""The text report on a real pseudo terminal, and through a pipe."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs pseudo terminals")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

_STYLES = re.compile(r"\x1b\[[0-9;]*m")
_COLOURS = re.compile(r"\x1b\[(?:[0-9]+;)*[34][0-9]")

QUEUE = [
    {"name": "Ian Cole", "note": "We help agencies like yours double their leads. Worth a 15 minute call for a demo?"},
    {"name": "宮本 美咲", "note": "We help agencies like yours double their leads. Worth a 15 minute call for a demo?"},
    {
        "name": "\x1b]0;owned\x07\x1b[31mRed",
        "note": "We help agencies like yours. \x9b31m Book a demo, double your leads!",
    },
    {"name": "Gil Ortega", "note": ""},
]


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    path = tmp_path / "queue.jsonl"
    records = [
        {"stage": "incoming", "person": {"name": each["name"]}, "note": each["note"]}
        for _ in range(30)
        for each in QUEUE
    ]
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def command(queue: Path) -> list[str]:
    return [sys.executable, "-m", "policycheck", "check", queue.name, "--as-of", "2026-11-23", "--fail-on", "never"]


def environment(**more: str) -> dict[str, str]:
    taken = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE")
    kept = {name: value for name, value in os.environ.items() if name not in taken}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **more}


def on_a_terminal(queue: Path, columns: int, rows: int, **variables: str) -> str:
    """What the command writes on a pseudo terminal of this size."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        command(queue),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        cwd=queue.parent,
        env=environment(**variables),
    )
    os.close(theirs)
    written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert process.wait() == 0
    return written.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def piped(queue: Path) -> str:
    run = subprocess.run(command(queue), capture_output=True, cwd=queue.parent, env=environment(), check=True)
    return run.stdout.decode()


def test_a_terminal_shows_colours_and_a_pipe_the_same_lines_without(queue: Path) -> None:
    shown = on_a_terminal(queue, columns=100, rows=200)
    assert "\x1b[1;31mdecline" in shown
    assert _STYLES.sub("", shown) == piped(queue)
    assert "\x1b" not in piped(queue)


def test_no_color_takes_the_colours_away_and_nothing_else(queue: Path) -> None:
    shown = on_a_terminal(queue, columns=100, rows=200, NO_COLOR="1")
    assert not _COLOURS.search(shown)
    assert _STYLES.sub("", shown) == piped(queue)


def test_a_dumb_terminal_gets_no_escape(queue: Path) -> None:
    assert "\x1b" not in on_a_terminal(queue, columns=100, rows=200, TERM="dumb")


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 30), (50, 40)])
def test_the_report_fits_the_terminal(queue: Path, columns: int, rows: int) -> None:
    from rich.cells import cell_len

    lines = _STYLES.sub("", on_a_terminal(queue, columns, rows)).splitlines()
    assert len(lines) < rows
    assert max(map(cell_len, lines)) <= columns


def test_what_an_invitation_says_cannot_steer_the_terminal(queue: Path) -> None:
    shown = on_a_terminal(queue, columns=200, rows=200)
    assert "\\x1b]0;owned\\x07\\x1b[31mRed" in shown
    assert not re.search(r"[\x07\x9b]|\x1b(?!\[[0-9;]*m)", shown)


def test_a_pipe_does_not_pay_for_rich(queue: Path) -> None:
    script = (
        "import sys; from policycheck.cli import main\n"
        "try: main()\n"
        "finally: print('rich' in sys.modules, file=sys.stderr)"
    )
    arguments = [sys.executable, "-c", script, *command(queue)[3:]]
    run = subprocess.run(arguments, capture_output=True, cwd=queue.parent, env=environment(), check=True)
    assert run.stderr.decode().splitlines()[-1] == "False"
