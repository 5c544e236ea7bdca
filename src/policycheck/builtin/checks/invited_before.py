"""invited-before: the same person, invited again and again."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from policycheck import Case, Check, Evidence, Finding, Invitation, check, hookimpl, person_key

from ._times import Times, sent, times


@check(
    "invited-before",
    needs=["history"],
    parameters={
        "at_least": {
            "type": "integer",
            "min": 1,
            "default": 1,
            "meta": {"description": "how many earlier invitations to the same person are too many"},
        },
        "days": {
            "type": "integer",
            "min": 1,
            "max": 3650,
            "default": 21,
            "meta": {"description": "how far back the account's own invitations are looked through"},
        },
    },
    advice="Don't invite the same person again: wait three weeks at least, and write why you do.",
)
def invited_before(case: Case, *, at_least: int, days: int) -> Finding:
    """You invited the same person before.

    Takes the larger of two counts: `previous_invitations`, if the record says so, and the account's outgoing
    invitations to the same profile URL in the `days` before this one. Nothing found is no proof: invitations are
    withdrawn and exports reach back some months only, so it fails only when the record itself says how many there were,
    and too few. It fails for every invitation that isn't outgoing.

    Why it matters: after withdrawing an invitation, LinkedIn lets one invite the same person again only after three
    weeks (a copy of a help page). Whoever asks again and again is reported as spam.

        Holds::      {stage: outgoing, previous_invitations: 2}   with {at_least: 2}
        Holds::      {stage: outgoing, sent_at: "2026-06-20T09:00:00Z", person: {profile_url: "linkedin.com/in/mia-berg"},
                      history: [{stage: outgoing, sent_at: "2026-06-10T09:00:00Z",
                                 person: {profile_url: "https://www.linkedin.com/in/mia-berg/"}}]}
        Fails::      {stage: outgoing, previous_invitations: 0}
        Fails::      {stage: incoming}
        Unknown::    {stage: outgoing}
    """
    if case.invitation.stage != "outgoing":
        return Finding(False)
    surely, possibly = _earlier(case, days)
    previous = case.invitation.previous_invitations
    if max(surely, previous or 0) >= at_least:
        return Finding(True, tuple(_evidence(surely, previous or 0, days)))
    if previous is None or possibly >= at_least:
        return Finding(None, missing=_missing(case))
    return Finding(False)


def _evidence(surely: int, previous: int, days: int) -> Iterable[Evidence]:
    if previous:
        yield Evidence(field="previous_invitations", reason=f"previous invitations: {previous}")
    if surely:
        yield Evidence(field="sent_at", reason=f"invitations to the same profile in the {days} days before: {surely}")


def _missing(case: Case) -> tuple[str, ...]:
    facts = ("person.profile_url", "previous_invitations", "sent_at")
    return tuple(fact for fact in facts if case.fact(fact) is None) or ("history",)


class _Sent(Struct, frozen=True):
    """When invitations were sent: to each person, and to nobody known."""

    to: dict[str, Times]
    to_nobody_known: Times


def _earlier(case: Case, days: int) -> tuple[int, int]:
    """How many earlier invitations surely, and how many possibly, went to the same person within the days."""
    index = case.once_per_account("times sent by person", lambda: _indexed(sent(case)))
    person, at = _person(case.invitation), case.invitation.sent_at
    if person is None:
        return 0, len(sent(case)) - 1
    surely, possibly = index.to[person].within(days, at)
    itself = 0 if at is None else 1
    return surely - itself, possibly - 1 + index.to_nobody_known.within(days, at)[1]


def _indexed(invitations: Iterable[Invitation]) -> _Sent:
    by_person: dict[str | None, list[Invitation]] = {}
    for invitation in invitations:
        by_person.setdefault(_person(invitation), []).append(invitation)
    nobody = times(by_person.pop(None, ()))
    return _Sent({key: times(found) for key, found in by_person.items() if key is not None}, nobody)


def _person(invitation: Invitation) -> str | None:
    """Who was invited; an empty URL names nobody."""
    url = invitation.person.profile_url
    return person_key(url) or None if url else None


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [invited_before]
