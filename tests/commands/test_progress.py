"""Progress: on a terminal, for what takes more than a second; nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

SLOW = """
import time
from policycheck.builtin.commands._progress import watched
for number in watched(range(640)):
    time.sleep(0.003)
print(number)
"""
FEW = SLOW.replace("640", "63").replace("0.003", "0")
"""Fewer than it takes to look at the clock, so that no busy machine makes them slow."""


def on_a_terminal(program: str) -> tuple[bytes, bytes]:
    """What a program writes to its standard output (a pipe) and to its standard error (a terminal)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate()
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:
        pass  # the other end is closed: that is how a terminal ends
    os.close(ours)
    return out, shown


def test_slow_work_shows_its_count_and_wipes_it_away() -> None:
    out, shown = on_a_terminal(SLOW)
    assert out == b"639\n"
    assert b" records read" in shown
    assert shown.endswith(b"\r\x1b[2K")


def test_quick_work_shows_nothing() -> None:
    assert on_a_terminal(FEW) == (b"62\n", b"")


def test_no_terminal_no_progress() -> None:
    ended = subprocess.run([sys.executable, "-c", SLOW], capture_output=True, check=True)
    assert (ended.stdout, ended.stderr) == (b"639\n", b"")
