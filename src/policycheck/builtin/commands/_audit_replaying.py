"""Comparing verdicts with those that were logged, as they come, and finding out why one differs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from policycheck.audit import evidence
from policycheck.builtin.commands._audit_records import as_bytes, body, canonical, waiver_bytes
from policycheck.builtin.commands._audit_runs import Logged, LoggedRun, digest_of
from policycheck.engine.evaluate import Judged
from policycheck.engine.waive import Weighed
from policycheck.model.invitation import Invitation
from policycheck.model.profile import Profile
from policycheck.model.verdict import Verdict

CAUSES = ("policy", "waivers", "day", "engine", "plugins", "input", "profile", "another invitation", "salt forgotten")
"""Why a verdict can differ, as far as anybody can tell.

"another invitation" is one of the same account, where the policy has a check that looks across them; "salt forgotten" means that
nobody can tell any more whether the input, the profile or the waivers are the same.
"""


class Difference(Struct, frozen=True):
    """Without causes it is the alarm."""

    id: str
    what: str
    causes: tuple[str, ...]


class _Found(Struct, frozen=True):
    """`unmatched`: there is one verdict only, so that nothing but the input can be its cause."""

    account: str | None
    id: str
    what: str
    causes: frozenset[str]
    unmatched: bool = False


class _Met(Struct, frozen=True):
    """An invitation that was read: what was logged of it, and in what it differs from what was committed to."""

    logged: Logged | None
    causes: frozenset[str]


class Replay:
    """Sees each verdict beside what it was decided from."""

    def __init__(self, logged: LoggedRun, log: Path, changed: frozenset[str], *, looks_across: bool) -> None:
        self._logged = logged
        self._changed = changed
        self._looks_across = looks_across
        self._found: list[_Found] = []
        self._touched: defaultdict[str | None, set[str]] = defaultdict(set)
        """The invitations of each account that are not as they were, or of which nobody can tell."""
        self._profile: Profile | None = None
        self._same_profile: Callable[[str], bool | None] = lambda _commitment: None
        wanted = {name for group in logged.verdicts.values() for one in group for name in (one.input, one.profile)}
        wanted.add(logged.waivers)
        self._salts = {one.input: bytes.fromhex(one.salt) for one in evidence.read(log) if one.input in wanted}

    def compare_waivers(self, waivers: Weighed) -> None:
        """Whether the run had the same waivers: they concern the whole of it."""
        then, now = self._logged.waivers, waiver_bytes(waivers) if waivers.waivers else None
        same = then == "" if now is None else bool(then) and self._is(then, lambda: now)
        if same is not True:
            self._changed |= {"waivers" if same is False else "salt forgotten"}

    def see(self, pair: Judged) -> None:
        """Compare a verdict with the logged one."""
        answered, outcome = pair
        if answered is None or not isinstance(outcome, Verdict):
            return
        if answered.case.profile is not self._profile:
            self._profile = profile = answered.case.profile
            self._same_profile = self._remembering(lambda: as_bytes(profile))
        met = self._met(answered.case.invitation, outcome.account, self._same_profile)
        if met.logged is None:
            if self._logged.ended:
                self._found.append(_Found(outcome.account, outcome.id, "is not in the log", frozenset({"input"}), True))
        elif met.logged.digest != digest_of(json.loads(body(outcome))):
            then, now = met.logged.decision, outcome.decision
            what = f"{then} then, {now} now" if then != now else f"{now} as then, for other reasons"
            self._found.append(_Found(outcome.account, outcome.id, what, met.causes))

    def differences(self) -> list[Difference]:
        """All of them, once everything was seen; what was logged and did not come is one too."""
        gone = [
            _Found(account, id_, "is in the log and not in the input", frozenset({"input"}), True)
            for (account, id_), group in self._logged.verdicts.items()
            for _ in group
        ]
        for one in gone:
            self._touched[one.account].add(one.id)
        return [Difference(one.id, one.what, self._causes(one)) for one in (*self._found, *gone)]

    def _causes(self, found: _Found) -> tuple[str, ...]:
        across = self._looks_across and self._touched[found.account] - {found.id}
        others = self._changed | ({"another invitation"} if across else set())
        causes = found.causes if found.unmatched else found.causes | others
        return tuple(cause for cause in CAUSES if cause in causes)

    def _met(self, invitation: Invitation, account: str | None, profile: Callable[[str], bool | None]) -> _Met:
        group = self._logged.verdicts.get((account, invitation.id))
        logged = group.popleft() if group else None
        if logged is None:
            self._touched[account].add(invitation.id)
            return _Met(None, frozenset())
        same = {"input": self._is(logged.input, lambda: canonical(invitation)), "profile": profile(logged.profile)}
        if same["input"] is not True:
            self._touched[account].add(invitation.id)
        causes = {name for name, answer in same.items() if answer is False}
        return _Met(logged, frozenset(causes | ({"salt forgotten"} if None in same.values() else set())))

    def _is(self, commitment: str, data: Callable[[], bytes]) -> bool | None:
        """Whether some bytes are what was committed to; None where the salt is gone."""
        salt = self._salts.get(commitment)
        return None if salt is None else evidence.commitment(salt, data()) == commitment

    def _remembering(self, data: Callable[[], bytes]) -> Callable[[str], bool | None]:
        known: dict[str, bool | None] = {}

        def answer(commitment: str) -> bool | None:
            if commitment not in known:
                known[commitment] = self._is(commitment, data)
            return known[commitment]

        return answer
