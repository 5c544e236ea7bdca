"""already-connected: there is nothing left to invite or to accept."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from . import _people
from ._kleene import either


@check("already-connected", advice="Write them a message instead: you are connected already.")
def already_connected(case: Case) -> Finding:
    """The person is a connection of yours already.

    They are when the record is a connection, when it says that the invitation was accepted, or when the `connections`
    of your profile hold them, by profile URL, then e-mail. A name alone is never enough: a namesake leaves the answer
    unknown. It fails only when the record says "not accepted" and the list doesn't hold them: an export can't tell an
    open invitation from a declined one, so there it holds or is unknown.

    Why it matters: an invitation to a connection is a mistake in a list. That two people are connected never says that
    they know each other.

        Holds::      {accepted: true}
        Holds::      {stage: connected}
        Holds::      {person: {email: "Mia@Example.org"}, profile: {connections: [{email: "mia@example.org"}]}}
        Fails::      {accepted: false, profile: {connections: []}}
        Unknown::    {profile: {connections: []}}
        Unknown::    {accepted: false, person: {name: Mia Berg}, profile: {connections: [{name: Mia Berg}]}}
    """
    if case.invitation.stage == "connected":
        return Finding(True, (Evidence(field="stage", reason="the record is a connection"),))
    return either(_accepted(case), _listed(case))


def _accepted(case: Case) -> Finding:
    accepted = case.invitation.accepted
    if accepted is None:
        return Finding(None, missing=("accepted",))
    return Finding(accepted, (Evidence(field="accepted", reason="the invitation was accepted"),) if accepted else ())


def _listed(case: Case) -> Finding:
    namesake = "a connection of yours has this name, which does not tell whether it is they"
    return _people.on_list(case, "profile.connections", "a connection of yours", namesake)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [already_connected]
