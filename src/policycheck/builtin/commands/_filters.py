"""Which of the verdicts a report shows. Everything is judged all the same, and what is left out is counted."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct

from policycheck.builtin.reporters._results import known
from policycheck.builtin.reporters._words import hindsight
from policycheck.errors import UsageError, did_you_mean
from policycheck.model.invitation import Invitation
from policycheck.model.verdict import Decision, Verdict
from policycheck.policy.load import Policy
from policycheck.text.visible import visible


class Filters(Struct, frozen=True, kw_only=True):
    """What the options said; nothing given leaves nothing out."""

    stage: tuple[str, ...] = ()
    open_only: bool = False
    since: date | None = None
    decision: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()


class Chosen:
    """Tells verdict by verdict whether it is shown, and counts those that are not, by the first filter that leaves them out."""

    def __init__(self, filters: Filters) -> None:
        self.filters = filters
        given = [name for name in Filters.__struct_fields__ if getattr(filters, name)]
        self.left_out = {name.replace("_", "-"): 0 for name in given}
        self.decisions: Counter[Decision] = Counter()
        """The decisions of those that are left out, but for what a baseline has."""

    def shows(self, invitation: Invitation, verdict: Verdict) -> bool:
        """Whether no filter leaves it out: what isn't known (a day, whether it was accepted) is no reason to."""
        by = _left_out_by(self.filters, invitation, verdict)
        if by is not None:
            self.left_out[by] += 1
            self.decisions[verdict.decision] += not known(verdict)
        return by is None


def require_rules(filters: Filters, policy: Policy) -> None:
    """Raises UsageError for a rule that the policy doesn't have: it would leave out everything."""
    known = [rule.id for rule in policy.rules]
    unknown = [name for name in filters.rule if name not in known]
    if unknown:
        name = policy.identity.id
        where_to_look = f"; `policycheck policy show {name}` lists them"
        raise UsageError(
            *(
                f"--rule: `{visible(rule)}` is no rule of `{name}`{did_you_mean(rule, known) or where_to_look}"
                for rule in unknown
            )
        )


def _left_out_by(filters: Filters, invitation: Invitation, verdict: Verdict) -> str | None:
    if filters.stage and verdict.stage not in filters.stage:
        return "stage"
    if filters.open_only and hindsight(verdict):
        return "open-only"
    day = _day(invitation)
    if filters.since and day and day < filters.since:
        return "since"
    if filters.decision and verdict.decision not in filters.decision:
        return "decision"
    return "rule" if filters.rule and not _hit(filters.rule, verdict) else None


def _day(invitation: Invitation) -> date | None:
    """The UTC day on which it was sent, or on which you connected."""
    sent = invitation.sent_at.date() if invitation.sent_at else None
    return (invitation.connected_on or sent) if invitation.stage == "connected" else sent


def _hit(rules: tuple[str, ...], verdict: Verdict) -> bool:
    """Whether one of the rules holds, or a check of it broke, so that nobody knows."""
    return any(rule.id in rules and rule.outcome in {"holds", "error"} for rule in verdict.rules)
