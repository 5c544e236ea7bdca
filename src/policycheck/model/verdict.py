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
    parameters: dict[str, Any]
    holds: Truth
    missing: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    error: str | UnsetType = UNSET
    """How the check broke: the exception's type and place, never its message, which may hold a cell."""


class RuleOutcome(Struct, frozen=True, kw_only=True):
    """A rule that holds, is unknown, was ignored as unknown, or broke."""

    id: str
    effect: Effect
    outcome: Outcome
    because: str
    source: str | None = None
    findings: tuple[CheckFinding, ...] = ()
    waived: Waived | UnsetType = UNSET
    """The waiver by which the rule doesn't count here."""


class Advice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What would help, for a person: from a check that stands in the way, or from a rule."""

    check: str | None = None
    rule: str | None = None
    text: str


class Subject(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who the verdict is about, as far as a report that shows text may tell."""

    name: str | None = None
    company: str | None = None


class Verdict(Struct, frozen=True, kw_only=True):
    """The decision about one invitation, with everything that it rests on. It holds no time: same input, same bytes."""

    id: str
    account: str | None
    stage: Stage
    decision: Decision
    action: str
    rules: tuple[RuleOutcome, ...]
    missing: tuple[str, ...]
    advice: tuple[Advice, ...]
    waived: tuple[str, ...]
    origin: Origin
    policy: str
    accepted: bool | UnsetType = UNSET
    """True where the person is a connection already: the verdict is hindsight, nothing is left to act on."""
    person: Subject | UnsetType = UNSET


class PolicyIdentity(Struct, frozen=True, kw_only=True):
    """Which policy decided: `digest` is "sha256:" and 64 hexadecimal digits over its meaning."""

    id: str
    version: str
    digest: str


class PluginIdentity(Struct, frozen=True, kw_only=True, order=True):
    """An installed plugin and the distribution that it came in."""

    name: str
    distribution: str
    version: str


class Run(Struct, frozen=True, kw_only=True):
    """What every verdict of a run shares. `as_of` is an ISO date, an input like any other."""

    format: int = 1
    policycheck: str
    python: str
    unicode: str
    as_of: str
    policy: PolicyIdentity
    plugins: tuple[PluginIdentity, ...]


class InputRead(Struct, frozen=True, kw_only=True):
    """An input as the user named it, and the name of the reader that read it."""

    path: str
    reader: str


class Ledger(Struct, frozen=True, kw_only=True):
    """The count of everything: ``read == allow + review + deny + unreadable``. `errors` are verdicts in which a check broke."""

    read: int = 0
    allow: int = 0
    review: int = 0
    deny: int = 0
    unreadable: int = 0
    errors: int = 0
    waived: int = 0
    not_judged: dict[str, int] = {}
    inputs: tuple[InputRead, ...] | UnsetType = UNSET
    """Who read what: left out where the records come from no input, as in a program of one's own."""
    left_out: dict[str, int] | UnsetType = UNSET
    """By filter, the verdicts that are counted above and that the report doesn't show; only where there was a filter."""

    waivers: tuple[WaiverUse, ...] | UnsetType = UNSET
    """What became of each waiver, in the order given: left out where none was."""

    def adds_up(self) -> bool:
        """Whether nothing was lost."""
        return self.read == self.allow + self.review + self.deny + self.unreadable
