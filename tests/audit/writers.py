"""Real writers of a log, for tests to kill: forked, since a hundred interpreters would take their time.

    python writers.py kill LOG SEED TIMES        kills TIMES writers, one after another
    python writers.py together LOG WRITERS RUNS  lets WRITERS append RUNS runs each at the same time
    python writers.py steps FOLDER               kills one before each call that changes a file: 0.jsonl, 1.jsonl …

Each prints the runs that were acknowledged, one a line; the last one after the name of the log.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit_tool import run_of
from policycheck.audit import series


def write(log: Path, name: str, sizes: Iterator[int], acknowledge: int, most: int = 60_000) -> None:
    """Append runs, each as a start, verdicts and an end, and say so after each."""
    for number, size in enumerate(sizes):
        run = f"{name}{number:04x}"
        first, *verdicts, last = run_of(run, *random.choices(("allow", "review", "deny"), k=size))
        with series.writer(log, series.by_size(most)) as writer:
            writer.append([first], [b'{"input":"","salt":"%032x"}' % number])
            writer.append([*verdicts, last])
        os.write(acknowledge, f"{run}\n".encode())


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A process at work, and where to read what it acknowledges."""
    read, acknowledge = os.pipe()
    child = os.fork()
    if child:
        os.close(acknowledge)
        return child, read
    try:
        work(acknowledge)
        os._exit(0)
    except BaseException:  # noqa: BLE001  # a fork must not go on as its parent
        traceback.print_exc()
        os._exit(1)


def acknowledged(read: int) -> str:
    with os.fdopen(read) as lines:
        return lines.read()


def kill(log: Path, seed: int, times: int) -> None:
    for number in range(times):
        draw = random.Random(seed * 1_000 + number)
        sizes = (draw.randrange(1, 30) for _ in range(10_000))
        child, read = forked(lambda out, name=f"{number:02x}", sizes=sizes: write(log, name, sizes, out))
        with os.fdopen(read) as lines:
            first = [lines.readline() for _ in range(draw.randrange(3))]
            time.sleep(draw.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            print(*first, lines.read(), sep="", end="", flush=True)


def together(log: Path, writers: int, runs: int) -> None:
    at_work = [
        forked(lambda out, name=f"{number:02x}": write(log, name, (number % 7 for number in range(runs)), out))
        for number in range(writers)
    ]
    for child, read in at_work:
        print(acknowledged(read), end="")
        assert os.waitpid(child, 0)[1] == 0


def steps(folder: Path) -> None:
    status, number = -1, 0
    while status:
        log = folder / f"{number}.jsonl"
        child, read = forked(lambda out, log=log, number=number: dying(log, number, out))
        status = os.waitpid(child, 0)[1]
        print(*(f"{log.name} {run}\n" for run in acknowledged(read).split()), sep="", end="", flush=True)
        number += 1


def dying(log: Path, number: int, acknowledge: int) -> None:
    with killing_itself(number, acknowledge):
        write(log, "ff", iter([3, 2]), acknowledge, most=500)


@contextmanager
def killing_itself(number: int, but: int) -> Iterator[None]:
    """Die before this call of those that change a file; a write is done by half first."""
    left = [number]

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def or_die(*arguments: Any, **named: Any) -> Any:
            left[0] -= arguments[0] != but
            if left[0] < 0:
                if call is real["write"]:
                    call(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            if call in (real["fsync"], real["fdatasync"]):
                return None  # who is killed loses nothing that was written: only a power cut would
            return call(*arguments, **named)

        return or_die

    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "fdatasync", "ftruncate", "replace")}
    for name, call in real.items():
        setattr(os, name, counted(call))
    yield


if __name__ == "__main__":
    what, path, *numbers = sys.argv[1:]
    {"kill": kill, "together": together, "steps": steps}[what](Path(path), *map(int, numbers))
