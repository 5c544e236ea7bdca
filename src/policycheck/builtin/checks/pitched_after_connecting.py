"""pitched-after-connecting: they connected, and sold at once."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._first_messages import first_messages
from ._kleene import both, either
from ._texts import AT_LEAST, pitched


@check(
    "pitched-after-connecting",
    needs=["messages"],
    parameters={
        "days": {
            "type": "integer",
            "min": 0,
            "max": 3650,
            "default": 14,
            "meta": {"description": "how many days after connecting a message counts"},
        },
        "at_least": {**AT_LEAST, "default": 3},
        "first": {
            "type": "integer",
            "min": 1,
            "max": 100,
            "default": 3,
            "meta": {"description": "how many of their first messages count"},
        },
    },
    phrases=["pitch"],
)
def pitched_after_connecting(case: Case, *, days: int, at_least: int, first: int) -> Finding:
    """They connected, and one of their first messages sells something.

    Looks, at connections only, at their `first` messages within `days` days of connecting, and judges each as the check
    `sales-pitch` judges a note (`at_least`). Our own messages never count, and days are UTC dates.

    An invitation's note comes back as the first message of the conversation, dated at the acceptance: it was written before
    connecting, so a first message on the day of connecting that equals the note is left out. Where the note is not known such a
    message may be it, and the answer is unknown.

    Whoever connects and at once sends a pitch connected in order to sell.

    Holds::      {stage: connected, connected_on: 2026-06-01, messages: [{from: them, sent_at: "2026-06-02T09:00:00Z",
                 text: "We help agencies like yours double their leads. Worth a 15 minute call?"}]}
    Fails::      {stage: connected, connected_on: 2026-06-01, messages: [{from: us, sent_at: "2026-06-02T09:00:00Z",
                 text: "We help agencies like yours double their leads. Worth a 15 minute call?"}]}
    Fails::      {stage: connected, connected_on: 2026-06-01, messages: []}
    Unknown::    {stage: connected, connected_on: 2026-06-01, messages: [{from: them, sent_at: "2026-06-01T09:00:00Z",
                 text: "We help agencies like yours double their leads. Worth a 15 minute call?"}]}
    Unknown::    {stage: connected}
    """
    if case.invitation.stage != "connected":
        return Finding(False)
    firsts = first_messages(case, days, first)
    return either(*(both(is_first, pitched(case, field, at_least)) for field, is_first in firsts))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [pitched_after_connecting]
