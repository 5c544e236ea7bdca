"""What ``check`` is told of the verdict log, and where its keys come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec import Struct

from policycheck.config.table import SETTINGS
from policycheck.engine.evaluate import Judged
from policycheck.engine.waive import Weighed
from policycheck.errors import UsageError
from policycheck.model.verdict import Ledger, Run

F = TypeVar("F", bound=Callable[..., Any])

LINK_KEY = "POLICYCHECK_LINK_KEY"
MIN_KEY = 16
"""Bytes of a key for links; fewer can be guessed."""

_SIZE = re.compile(r"([1-9][0-9]{0,11})([kmg]?)b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


class Auditing(Struct, frozen=True):
    """`rotate` is a size in bytes, "month", or None for never."""

    log: Path
    keep_evidence: bool
    link_key: bytes | None
    rotate: int | str | None

    def files(self) -> list[str]:
        """Every file that the log is written to, and those beside them."""
        from policycheck.audit.series import files_of  # who keeps no log need not pay for it

        return [str(path) for path in files_of(self.log)]


class Recording(Struct, frozen=True):
    """`passing` lets outcomes through once they are in the log; `end` writes the run's end."""

    passing: Callable[[Iterator[Judged]], Iterator[Judged]]
    end: Callable[[Ledger], None]


@contextmanager
def recording(audit: Auditing | None, run: Run, waivers: Weighed) -> Iterator[Recording]:
    """Record a run in the log, if one is kept."""
    if audit is None:
        yield Recording(passing=iter, end=lambda _ledger: None)
        return
    from policycheck.builtin.commands._audit_recording import recorded  # who keeps no log need not pay for it

    with recorded(audit, run, waivers) as log:
        yield log


def audited(command: F) -> F:
    """The options of the verdict log, as one argument `audit`: an Auditing, or None where no log is kept."""

    @wraps(command)
    def with_one(
        *arguments: Any,
        audit_log: str | None,
        keep_evidence: bool,
        link_key: str | None,
        audit_rotate: int | str | None,
        **others: Any,
    ) -> Any:
        if audit_log is None and (keep_evidence or link_key or audit_rotate):
            raise click.UsageError("--keep-evidence, --link-key and --audit-rotate go with --audit-log FILE")
        audit = None
        if audit_log is not None:
            key = _link_key(link_key) if link_key else None
            audit = Auditing(Path(audit_log), keep_evidence, key, audit_rotate)
        return command(*arguments, audit=audit, **others)

    decorated: Any = with_one
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    result: F = decorated
    return result


def _link_key(source: str) -> bytes:
    from policycheck.audit.signing import secret

    key = secret(source, LINK_KEY, "--link-key").encode()
    if len(key) < MIN_KEY:
        raise UsageError(f"--link-key: the key has {len(key)} bytes; take {MIN_KEY} at least, drawn at random")
    return key


def _rotation(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> int | str | None:
    if value is None or value == "month":
        return value
    if found := _SIZE.fullmatch(value):
        return int(found[1]) * _UNITS[found[2].lower()]
    raise click.BadParameter("this is no size; write bytes, or such as 64kB, 100MB or 1GB, or `month`")


_OPTIONS = (
    click.option("--audit-log", metavar="FILE", help=SETTINGS["audit-log"].about),
    click.option("--audit-rotate", callback=_rotation, metavar="SIZE|month", help=SETTINGS["audit-rotate"].about),
    click.option("--keep-evidence/--no-keep-evidence", help=SETTINGS["keep-evidence"].about),
    click.option(
        "--link-key", metavar="FILE|env", help=f"Link verdicts about a person by HMAC; the key's file, or {LINK_KEY}."
    ),
)
