"""What a run comes to, gathered verdict by verdict in bounded memory: counts, and the worst few of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from heapq import heappush, heapreplace
from typing import Any, Literal

from msgspec import UNSET, Struct

from policycheck import ACTIONS, RuleOutcome, Verdict
from policycheck.builtin.reporters._results import known
from policycheck.builtin.reporters._words import (
    REASON,
    breakages,
    deciding,
    evidence,
    hindsight,
    lacks,
    let_pass,
    lifted,
    one_line,
    undecided,
    unsupplied,
    wanted,
    who,
)

MOST_ROWS = 15
"""Invitations kept of each group: no page shows more."""
MOST_NAMES = 1000
"""Different missing facts and breakages counted: a plugin that invents one for each invitation fills no memory."""
EVIDENCE = 3

Stage = Literal["incoming", "outgoing", "connected", "template"]
Decision = Literal["allow", "review", "deny"]
Aside = Literal["", "known", "accepted already"]
"""Why a group comes after the others: the baseline has it, or nothing is left to do about it."""
DECISIONS: tuple[Decision, ...] = ("allow", "review", "deny")
_WORST_FIRST = {"deny": 0, "review": 1, "allow": 2}
ASIDES: tuple[Aside, ...] = ("", "known", "accepted already")
_AS_IT_IS = "No rule allows it as it is"
_BY_DEFAULT = {
    "allow": "No rule speaks against it",
    "review": "No rule decides it: look at it yourself",
    "deny": "No rule allows it",
}


class Row(Struct, frozen=True):
    """One invitation to act on, in few words."""

    who: str
    evidence: tuple[str, ...]
    where: str


class Group(Struct, frozen=True):
    """What is decided alike for the same reason; `rule` is empty where the stage's default decided."""

    aside: Aside
    stage: Stage
    decision: Decision
    rule: str

    @property
    def action(self) -> str:
        """The decision in the stage's own word."""
        return ACTIONS[self.stage][self.decision]


class Members:
    """The size of a group, its reason, and the worst of its rows: those against which most rules speak, then the first."""

    def __init__(self, because: str) -> None:
        self.because = because
        self.count = 0
        self._worst: list[tuple[int, int, Row]] = []

    def add(self, weight: int, row: Callable[[], Row]) -> None:
        """Count one more; `row` is made only where it is among the worst."""
        self.count += 1
        if len(self._worst) < MOST_ROWS:
            heappush(self._worst, (weight, -self.count, row()))
        elif weight > self._worst[0][0]:
            heapreplace(self._worst, (weight, -self.count, row()))

    def rows(self) -> list[Row]:
        """The worst first."""
        return [row for _, _, row in sorted(self._worst, reverse=True)]


class Summary:
    """Counts of everything, and the groups that somebody can act on."""

    def __init__(self) -> None:
        self.verdicts = 0
        self.rows = 0
        """How many records have no id of their own."""
        self.counts: Counter[tuple[Stage, Decision]] = Counter()
        self.accounts = 0
        self.account: str | None = None
        self.decided: Counter[tuple[str, Decision]] = Counter()
        self.undecided = 0
        self.missing: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        """What was allowed though a rule could not look at it, by rule; `suspect` has those for which something speaks."""
        self.suspect: Counter[str] = Counter()
        self.accepted: Counter[tuple[Stage, Decision]] = Counter()
        self.broken: Counter[str] = Counter()
        self.unsupplied: dict[str, set[tuple[bool, str]]] = {}
        """Lists of the profile that nobody supplied, with the rules that needed them: whether one only allows, and its id."""
        self.groups: dict[Group, Members] = {}

    def add(self, verdict: Verdict) -> None:
        """Take in one verdict; of its text only a few short pieces are kept."""
        self.verdicts += 1
        self.rows += verdict.by_row is not UNSET
        self.counts[verdict.stage, verdict.decision] += 1
        self._add_account(verdict.account)
        if hindsight(verdict):
            self.accepted[verdict.stage, verdict.decision] += 1
        rules = deciding(verdict)
        for rule in rules:
            self.decided[one_line(rule.id), verdict.decision] += 1
        for rule in verdict.rules:
            self._add_rule(rule)
        for rule_id, evident in let_pass(verdict):
            self.passed[rule_id] += 1
            self.suspect[rule_id] += evident
        open_ = undecided(verdict)
        if open_ and not hindsight(verdict):
            self._add_undecided(verdict)
        if lacks(verdict) if open_ else _actionable(verdict):
            self._add_row(verdict, rules)

    def ordered(self) -> list[tuple[Group, Members]]:
        """The groups, worst first: what is new before what is known and what is hindsight, deny before review before allow."""
        return sorted(self.groups.items(), key=lambda item: _rank(*item))

    def _add_account(self, account: str | None) -> None:
        if account is not None and account != self.account:
            self.accounts += 1
            self.account = account

    def _add_rule(self, rule: RuleOutcome) -> None:
        for how in breakages(rule):
            _bounded(self.broken, how)
        for name in unsupplied(rule):
            if name in self.unsupplied or len(self.unsupplied) < MOST_NAMES:
                self.unsupplied.setdefault(name, set()).add((rule.effect == "allow", one_line(rule.id)))

    def _add_undecided(self, verdict: Verdict) -> None:
        self.undecided += 1
        for path in wanted(verdict):
            _bounded(self.missing, path)

    def _add_row(self, verdict: Verdict, rules: Sequence[RuleOutcome]) -> None:
        waived = lifted(verdict) if not rules else ()
        shown = (*rules, *waived)
        rule = shown[0].id if shown else ""
        group = Group(_aside(verdict), verdict.stage, verdict.decision, one_line(rule))
        members = self.groups.get(group)
        if members is None:
            because = f"Waived: {waived[0].because}" if waived else _because(verdict, rules)
            members = self.groups[group] = Members(one_line(because, REASON).rstrip("."))
        members.add(len(rules), lambda: _row(verdict, shown))


def _aside(verdict: Verdict) -> Aside:
    return "accepted already" if hindsight(verdict) else "known" if known(verdict) else ""


def _because(verdict: Verdict, rules: Sequence[RuleOutcome]) -> str:
    if rules:
        return rules[0].because
    return _AS_IT_IS if lacks(verdict) else _BY_DEFAULT[verdict.decision]


def _row(verdict: Verdict, rules: tuple[RuleOutcome, ...]) -> Row:
    told = evidence(rules) if rules else lacks(verdict)
    told = (*(f"{one_line(rule.id)} waived" for rule in lifted(verdict) if rule not in rules), *told)
    return Row(who(verdict), told[:EVIDENCE], one_line(str(verdict.origin)))


def _actionable(verdict: Verdict) -> bool:
    """Whether there is something to do or to learn: not where a connection stays, or what was accepted is found right."""
    return verdict.decision != "allow" or not (verdict.stage == "connected" or hindsight(verdict))


def _rank(group: Group, members: Members) -> tuple[Any, ...]:
    return (ASIDES.index(group.aside), _WORST_FIRST[group.decision], -members.count, group.action, group.rule)


def _bounded(counter: Counter[str], key: str) -> None:
    if key in counter or len(counter) < MOST_NAMES:
        counter[key] += 1
