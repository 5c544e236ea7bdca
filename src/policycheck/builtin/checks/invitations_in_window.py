"""invitations-in-window: too many invitations in too short a time."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from ._times import sent, times


@check(
    "invitations-in-window",
    needs=["history"],
    parameters={
        "at_least": {
            "type": "integer",
            "min": 1,
            "default": 100,
            "meta": {"description": "how many invitations, this one included, are too many"},
        },
        "days": {
            "type": "integer",
            "min": 1,
            "max": 3650,
            "default": 7,
            "meta": {"description": "the length of the window, which ends when this invitation is sent"},
        },
    },
    advice="Wait, or leave some out: so many invitations in so few days can get an account restricted.",
)
def invitations_in_window(case: Case, *, at_least: int, days: int) -> Finding:
    """You sent many invitations within a few days.

    Counts the account's outgoing invitations in the rolling window that ends with this one, this one included. Where
    times are unknown, it answers only if they can't matter. The count is a lower bound: an export leaves out what was
    withdrawn. It fails for every invitation that isn't outgoing.

    Why it matters: LinkedIn publishes no limit; about 100 invitations in a rolling seven days are reported (users'
    reports since 2021), after which accounts are restricted.

        Holds::      {stage: outgoing, sent_at: "2026-06-08T09:00:00Z",
                      history: [{stage: outgoing, sent_at: "2026-06-02T09:00:00Z"}]}   with {at_least: 2}
        Fails::      {stage: outgoing, sent_at: "2026-06-09T09:00:00Z",
                      history: [{stage: outgoing, sent_at: "2026-06-02T09:00:00Z"}]}   with {at_least: 2}
        Fails::      {stage: incoming}
        Unknown::    {stage: outgoing, sent_at: "2026-06-08T09:00:00Z", history: [{stage: outgoing}]}   with {at_least: 2}
    """
    if case.invitation.stage != "outgoing":
        return Finding(False)
    every = case.once_per_account("times sent", lambda: times(sent(case)))
    surely, possibly = every.within(days, case.invitation.sent_at)
    surely = max(surely, 1)  # itself, also where its own time is unknown
    if surely < at_least <= possibly:
        return Finding(None, missing=("history",) if case.invitation.sent_at else ("sent_at",))
    reason = f"invitations sent in the {days} days up to this one: {surely}"
    return Finding(surely >= at_least, (Evidence(field="sent_at", reason=reason),) if surely >= at_least else ())


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [invitations_in_window]
