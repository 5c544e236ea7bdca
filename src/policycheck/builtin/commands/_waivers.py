"""The waivers of a run: read, weighed, and what is to be said of them on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import assert_never

from policycheck.builtin.commands._session import Session, Settings
from policycheck.engine.compile import Program
from policycheck.engine.waive import Weighed, weigh_waivers
from policycheck.errors import PolicyError
from policycheck.model.waiver import Waiver, WaiverUse
from policycheck.policy.waivers import load_waivers


def weighed(settings: Settings, program: Program) -> Weighed:
    """The waivers for this policy and day. Raises PolicyError with the mistakes of every file."""
    waivers: list[Waiver] = []
    mistakes: list[str] = []
    for path in settings.waivers:
        try:
            waivers += load_waivers(path, program.policy)
        except PolicyError as error:
            mistakes += error.messages
    if mistakes:
        raise PolicyError(*mistakes)
    return weigh_waivers(waivers, program.policy, as_of=settings.as_of)


def report_waivers(uses: Iterable[WaiverUse], session: Session, settings: Settings, program: Program) -> None:
    """Name the waivers that have expired, that reach too far ahead, and that lifted nothing."""
    for use in uses:
        why = _why(use, settings, program)
        if why:
            session.warn(f"{use.where}: the waiver of `{use.rule}` {why}", kind="waivers")


def _why(use: WaiverUse, settings: Settings, program: Program) -> str:
    match use.state:
        case "used":
            return ""
        case "unused":
            return "lifts nothing in this run; delete it if it is not needed any more"
        case "expired":
            return f"expired on {use.expires}; renew it, or delete it"
        case "too-long":
            longest = program.policy.longest_waiver or 0
            last = settings.as_of + timedelta(days=longest)
            return f"does not apply, since it expires more than {longest:,} days ahead; write {last} or an earlier day"
        case _:
            assert_never(use.state)
