"""Which waivers are in force for a policy and a day, and which rules they lift of an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Literal

from msgspec import Struct, structs

from policycheck.engine.compile import CompiledRule, StageProgram
from policycheck.model.identity import person_key
from policycheck.model.invitation import Invitation, Origin
from policycheck.model.waiver import Waived, Waiver, WaiverUse
from policycheck.policy.load import Policy


class Weighed(Struct, frozen=True):
    """Waivers, each with what keeps it from applying; `named` and `wide` have those in force, the longest first.

    `named` is by what is covered and its key; `wide` covers files and everything.
    """

    waivers: tuple[tuple[Waiver, Literal["expired", "too-long"] | None], ...]
    named: Mapping[tuple[str, str], list[Waiver]]
    wide: tuple[Waiver, ...]

    def covering(self, invitation: Invitation) -> dict[str, Waiver]:
        """By rule, the waiver that covers an invitation; of several the narrowest, then the one that lasts longest."""
        if not self.named and not self.wide:
            return {}
        slug = person_key(invitation.person.profile_url or "")
        found = [
            *self.named.get(("invitation", invitation.id), ()),
            *(self.named.get(("person", slug), ()) if slug else ()),
            *(waiver for waiver in self.wide if waiver.cover == "file" and _is_of(waiver.key, invitation.origin)),
            *(waiver for waiver in self.wide if waiver.cover == "everything"),
        ]
        return {waiver.rule: waiver for waiver in reversed(found)}

    def uses(self, verdicts: Mapping[str, int]) -> tuple[WaiverUse, ...]:
        """What became of each waiver, in their order, from the count of the verdicts that show it, by its place."""
        return tuple(
            WaiverUse(
                rule=waiver.rule,
                where=waiver.where,
                expires=waiver.expires.isoformat(),
                state=stale or ("used" if verdicts.get(waiver.where) else "unused"),
                verdicts=verdicts.get(waiver.where, 0),
            )
            for waiver, stale in self.waivers
        )


NO_WAIVERS = Weighed((), {}, ())


def weigh_waivers(waivers: Iterable[Waiver], policy: Policy, *, as_of: date) -> Weighed:
    """Sort waivers into those that apply on a day under a policy, and those that have expired or reach too far ahead.

    Give the result to `evaluate` and to `Tally`, whose ledger then tells what became of each.
    """
    weighed = tuple((waiver, _stale(waiver, policy.longest_waiver, as_of)) for waiver in waivers)
    named: dict[tuple[str, str], list[Waiver]] = {}
    wide = []
    in_force = (waiver for waiver, stale in weighed if stale is None)
    for waiver in sorted(in_force, key=lambda waiver: waiver.expires, reverse=True):
        if waiver.cover in ("invitation", "person"):
            named.setdefault((waiver.cover, waiver.key), []).append(waiver)
        else:
            wide.append(waiver)
    return Weighed(weighed, named, tuple(wide))


def _stale(waiver: Waiver, longest: int | None, as_of: date) -> Literal["expired", "too-long"] | None:
    if waiver.expires < as_of:
        return "expired"
    ahead = (waiver.expires - as_of).days
    return "too-long" if longest is not None and ahead > longest else None


def _is_of(pattern: str, origin: Origin) -> bool:
    """Whether a record's file is meant, as reports for people name it, or as those for services do, with its folder."""
    return _matches(pattern, origin.path) or _matches(pattern, origin.file)


def _matches(pattern: str, path: str) -> bool:
    """Whether a file is the one named, however its path is spelled, or fits a pattern of `*` and `?`."""
    plain = str(PurePosixPath(path))
    return plain == pattern or fnmatchcase(plain, pattern.replace("[", "[[]"))


def lifting(stage: StageProgram, covering: Mapping[str, Waiver]) -> StageProgram:
    """The stage with its waived rules set apart; the questions stay as they are numbered. An allow rule is never waived."""
    if not covering:
        return stage
    kept: list[CompiledRule] = []
    waived: list[CompiledRule] = []
    for compiled in stage.rules:
        lifts = compiled.rule.id in covering and compiled.rule.effect != "allow"
        (waived if lifts else kept).append(compiled)
    return structs.replace(stage, rules=tuple(kept), waived=tuple(waived))


def shown(waiver: Waiver) -> Waived:
    """A waiver as a verdict shows it: without whom it covers."""
    return Waived(
        reason=waiver.reason,
        owner=waiver.owner,
        ticket=waiver.ticket,
        expires=waiver.expires.isoformat(),
        where=waiver.where,
    )
