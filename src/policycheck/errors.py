"""What a user can have got wrong, as values that one place turns into messages and an exit status.

A message reads ``where: what is wrong; how to mend it``. It never holds a cell of an invitation.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import PurePath

from policycheck.text.visible import visible

MAX_MISTAKES = 100
"""How many messages one error holds; the rest are counted."""


class PolicycheckError(Exception):
    """Something that a user can mend; `status` is the exit status it leads to."""

    status = 2

    def __init__(self, *messages: str) -> None:
        if len(messages) > MAX_MISTAKES + 1:  # one more may be the count of another error's
            messages = (*messages[:MAX_MISTAKES], f"{len(messages) - MAX_MISTAKES:,} more mistakes; mend these first")
        super().__init__("\n".join(messages))
        self.messages = messages


class UsageError(PolicycheckError):
    """Wrong use of the command line or of a function."""


class PolicyError(PolicycheckError):
    """The policy, waivers, profile, facts or configuration file is invalid: all mistakes at once."""

    status = 3


class InputError(PolicycheckError):
    """An input could not be read at all."""

    status = 4


class PluginError(PolicycheckError):
    """A plugin broke: not everything was checked."""

    status = 5


class AuditError(PolicycheckError):
    """The verdict log doesn't verify or could not be written."""

    status = 6


class ReportError(PolicycheckError):
    """A report could not be written: not everything was reported."""

    status = 5


def place_of(error: BaseException) -> str:
    """The kind of an exception and where it was raised. Never its message, which may hold a cell of an invitation."""
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean `x`?`` where there is a near name, else nothing."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean `{visible(near[0])}`?" if near else ""
