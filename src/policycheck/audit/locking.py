"""Locks on files, between processes: with fcntl where there is one, else with msvcrt. The system lets go of a dead process's."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from policycheck.errors import AuditError
from policycheck.text.visible import visible

SECONDS = 30.0
"""How long a writer waits for the others."""
_PAUSE = 0.005
_FROM, _BYTES = 2**40, 2**20
"""Where locks are on ranges of bytes, a shared one is on one byte of so many, an exclusive one on all of them; they lie where no
file is long enough to have bytes, since nobody else may read or write what is locked so."""

if sys.platform == "win32":  # pragma: no cover  # another system's calls
    import msvcrt
    from random import randrange

    def _lock(file: int, *, shared: bool) -> None:
        os.lseek(file, _FROM + (randrange(_BYTES) if shared else 0), os.SEEK_SET)  # noqa: S311  # to be apart, not to be secret
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1 if shared else _BYTES)
else:
    import fcntl

    def _lock(file: int, *, shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def share(file: int) -> None:
    """Hold a shared lock on an open file until it is closed. Raises OSError where somebody holds it alone."""
    _lock(file, shared=True)


def is_alone(file: int) -> bool:
    """Whether nobody else holds a lock on an open file; if so, it is held alone until the file is closed."""
    try:
        _lock(file, shared=False)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def exclusive(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of a file, which is made where there is none. Raises AuditError where others keep it for too long."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise AuditError(
            f"{visible(str(path))}: could not be made ({error.strerror}); mend the path or the permissions of its folder"
        ) from None
    try:
        until = time.monotonic() + seconds
        while not is_alone(file):
            if time.monotonic() > until:
                raise AuditError(
                    f"{visible(str(path))}: another run has kept the log for {seconds:g} seconds; try again when it is done"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(file)
