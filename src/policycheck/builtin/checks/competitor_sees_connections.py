"""competitor-sees-connections: accepting would show your network to a competitor."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from ._companies import on_list
from ._kleene import both


@check("competitor-sees-connections")
def competitor_sees_connections(case: Case) -> Finding:
    """The person works for a competitor and would see your connections.

    Looks for their company in the `competitors` of your profile (without case, punctuation and legal forms) and asks
    whether your profile says `connections_visible: true`. Where your connections are hidden, it fails whatever the
    company.

    Why it matters: your connections may see your other connections, depending on a setting. For a competitor they may
    be a list of your clients: choose wisely.

        Holds::      {person: {company: RIVALIS Ltd}, profile: {competitors: [Rivalis], connections_visible: true}}
        Fails::      {person: {company: Brightleaf}, profile: {competitors: [Rivalis], connections_visible: true}}
        Fails::      {person: {}, profile: {connections_visible: false}}
        Unknown::    {person: {}, profile: {competitors: [Rivalis], connections_visible: true}}
        Unknown::    {person: {company: Rivalis}, profile: {competitors: [Rivalis]}}
    """
    return both(on_list(case, "person.company", "profile.competitors", "a competitor of yours"), _visible(case))


def _visible(case: Case) -> Finding:
    visible = case.profile.connections_visible
    if visible is None:
        return Finding(None, missing=("profile.connections_visible",))
    reason = f"your connections are {'visible to your connections' if visible else 'hidden'}"
    return Finding(visible, (Evidence(field="profile.connections_visible", reason=reason),))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [competitor_sees_connections]
