"""What comes out: verdicts, the run that they share, and the ledger that must add up. The JSON format is these structs."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from policycheck.model.finding import Evidence
from policycheck.model.invitation import Origin, Stage
from policycheck.model.truth import Truth
from policycheck.model.waiver import Waived, WaiverUse

Effect = Literal["allow", "review", "deny"]
Decision = Effect
Outcome = Literal["holds", "unknown", "ignored", "error"]
BaselineState = Literal["new", "unchanged", "updated"]

ACTIONS: dict[Stage, dict[Decision, str]] = {
    "incoming": {"allow": "accept", "review": "review", "deny": "decline"},
    "outgoing": {"allow": "send", "review": "revise", "deny": "withhold"},
    "connected": {"allow": "keep", "review": "review", "deny": "disconnect"},
    "template": {"allow": "use", "review": "revise", "deny": "reject"},
}
"""The decision in a person's words, by stage."""


class CheckFinding(Struct, frozen=True, kw_only=True):
    """A finding with the identity that the engine stamps on it: a check cannot lie about who it is."""

    check: str
    """The name of the check."""
    parameters: dict[str, Any]
    """What the policy asked with, defaults filled in."""
    holds: Truth
    """The answer; null where it is not known."""
    missing: tuple[str, ...] = ()
    """The facts without which it is not known."""
    evidence: tuple[Evidence, ...] = ()
    """What the answer rests on."""
    error: str | UnsetType = UNSET
    """How the check broke: the exception's type and place, never its message, which may hold a cell."""


class RuleOutcome(Struct, frozen=True, kw_only=True):
    """A rule that holds, is unknown, was ignored as unknown, or broke."""

    id: str
    """The rule's id in the policy."""
    effect: Effect
    """What the rule does where it holds."""
    outcome: Outcome
    """Whether it holds, is unknown, was ignored as unknown, or broke."""
    because: str
    """The reason that the policy gives."""
    source: str | None = None
    """The id of what the rule rests on."""
    findings: tuple[CheckFinding, ...] = ()
    """The answers that made the rule what it is."""
    link: str | UnsetType = UNSET
    """Where to read what the rule rests on: the `url` of its source, where the policy gives one."""
    waived: Waived | UnsetType = UNSET
    """The waiver by which the rule doesn't count here."""


class Advice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What would help, for a person: from a check that stands in the way, or from a rule."""

    check: str | None = None
    """The check that it comes from."""
    rule: str | None = None
    """The rule that it comes from."""
    text: str
    """What would help."""


class Subject(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who the verdict is about, as far as a report that shows text may tell."""

    name: str | None = None
    """Their name."""
    company: str | None = None
    """Where they work."""


class Verdict(Struct, frozen=True, kw_only=True):
    """The decision about one invitation, with everything that it rests on. It holds no time: same input, same bytes."""

    id: str
    """The record's own id, or its file and line."""
    account: str | None
    """Whose invitation it is, where the input says so."""
    stage: Stage
    """What there was to decide."""
    decision: Decision
    """What the policy says."""
    action: str
    """The decision in a person's words for the stage."""
    rules: tuple[RuleOutcome, ...]
    """Every rule that holds, is unknown, was ignored as unknown or broke, the deciding ones first."""
    missing: tuple[str, ...]
    """The facts that are unknown and could still change the decision."""
    advice: tuple[Advice, ...]
    """What would help."""
    waived: tuple[str, ...]
    """The ids of the rules that a waiver lifts here."""
    origin: Origin
    """Where the record stands."""
    policy: str
    """The digest of the policy that decided."""
    by_row: bool | UnsetType = UNSET
    """True where `id` is the record's file and row, for want of an id of its own: another row, another identity."""
    accepted: bool | UnsetType = UNSET
    """True where the person is a connection already: the verdict is hindsight, nothing is left to act on."""
    person: Subject | UnsetType = UNSET
    """Who it is about; left out of a report that shows no text."""
    baseline: dict[str, BaselineState] | UnsetType = UNSET
    """By rule that asks for something (`policycheck:default` where none decides), whether the baseline of the run has it:
    `new`, or known: `unchanged`, or `updated` where it says less against the record now. Left out where there was no baseline."""


class PolicyIdentity(Struct, frozen=True, kw_only=True):
    """Which policy decided: `digest` is "sha256:" and 64 hexadecimal digits over its meaning."""

    id: str
    """The policy's id."""
    version: str
    """The policy's version."""
    digest: str
    """"sha256:" and 64 hexadecimal digits over what the policy means."""


class PluginIdentity(Struct, frozen=True, kw_only=True, order=True):
    """An installed plugin and the distribution that it came in."""

    name: str
    """The entry point's name."""
    distribution: str
    """What it was installed with."""
    version: str
    """The distribution's version."""


class Run(Struct, frozen=True, kw_only=True):
    """What every verdict of a run shares. `as_of` is an ISO date, an input like any other."""

    format: int = 1
    """The version of this format."""
    policycheck: str
    """The version of the engine."""
    python: str
    """The version of Python."""
    unicode: str
    """The version of Python's Unicode tables."""
    as_of: str
    """The day for which the run decides."""
    policy: PolicyIdentity
    """The policy that decided."""
    plugins: tuple[PluginIdentity, ...]
    """The plugins that were on."""


class InputRead(Struct, frozen=True, kw_only=True):
    """An input as the user named it, and the name of the reader that read it."""

    path: str
    """The input as the user named it."""
    reader: str
    """The reader that read it."""


class BaselineUse(Struct, frozen=True, kw_only=True):
    """How the verdicts that don't allow compare with the baseline: ``new + known == review + deny``."""

    new: int
    """How many the baseline doesn't have, so that they count towards the exit status."""
    denied: int
    """How many of the new ones are decided against."""
    known: int
    """How many the baseline has, so that they don't count."""
    gone: int
    """How many of the baseline's own are not among them any more."""


class Ledger(Struct, frozen=True, kw_only=True):
    """The count of everything: ``read == allow + review + deny + unreadable``. `errors` are verdicts in which a check broke."""

    read: int = 0
    """How many records there were."""
    allow: int = 0
    """How many were allowed."""
    review: int = 0
    """How many a person has to look at."""
    deny: int = 0
    """How many were refused."""
    unreadable: int = 0
    """How many could not be read."""
    errors: int = 0
    """In how many verdicts a check broke."""
    waived: int = 0
    """How many verdicts a waiver changed."""
    not_judged: dict[str, int] = {}
    """How many records are no invitations to decide about, by reason."""
    inputs: tuple[InputRead, ...] | UnsetType = UNSET
    """Who read what: left out where the records come from no input, as in a program of one's own."""
    left_out: dict[str, int] | UnsetType = UNSET
    """By filter, the verdicts that are counted above and that the report doesn't show; only where there was a filter."""
    waivers: tuple[WaiverUse, ...] | UnsetType = UNSET
    """What became of each waiver, in the order given: left out where none was."""
    baseline: BaselineUse | UnsetType = UNSET
    """What the baseline says of the run: left out where none was given."""

    def adds_up(self) -> bool:
        """Whether nothing was lost."""
        return self.read == self.allow + self.review + self.deny + self.unreadable
