"""The one evaluation path: accounts in, verdicts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import UNSET, Struct, structs

from policycheck.engine.advise import advice
from policycheck.engine.ask import ask
from policycheck.engine.compile import Answers, CompiledRule, Program, StageProgram, compile_policy, decisive
from policycheck.engine.decide import Truths, decide, outcome, still_open, truths
from policycheck.engine.waive import NO_WAIVERS, Weighed, lifting, shown, weigh_waivers
from policycheck.model.case import Case, Shared
from policycheck.model.history import History
from policycheck.model.invitation import Invitation, NotJudged, Unreadable
from policycheck.model.profile import Account
from policycheck.model.verdict import ACTIONS, CheckFinding, Ledger, RuleOutcome, Subject, Verdict
from policycheck.model.waiver import Waiver
from policycheck.policy.load import Policy

Outcome = Verdict | Unreadable | NotJudged
"""What comes out for each thing that came in: nothing is dropped on the way."""

_OUTCOMES = {"holds": 0, "error": 1, "unknown": 2, "ignored": 3}
_EFFECTS = {"deny": 0, "review": 1, "allow": 2}


class Answered(Struct, frozen=True):
    """One case with every question of its stage answered.

    In `program` the rules are set apart that `waivers`, those that cover the case by rule, lift.
    """

    case: Case
    program: StageProgram
    findings: tuple[CheckFinding, ...]
    answers: Answers
    broken: frozenset[int]
    truths: Truths
    waivers: dict[str, Waiver]


Judged = tuple[Answered | None, Outcome]
"""An outcome; a verdict beside the answers that it comes from."""


def evaluate(
    accounts: Iterable[Account | Unreadable],
    policy: Policy | Program,
    *,
    as_of: date,
    waivers: Iterable[Waiver] | Weighed = (),
) -> Iterator[Outcome]:
    """Decide about every invitation, lazily and in order.

    What could not be read, and what is no invitation to decide about, comes through where it stood. `as_of` is the day for which
    to decide; nothing asks the clock. A rule that a waiver lifts stays in the verdict, marked, and doesn't count.
    """
    for _, what in judged(accounts, policy, as_of=as_of, waivers=waivers):
        yield what


def judged(
    accounts: Iterable[Account | Unreadable],
    policy: Policy | Program,
    *,
    as_of: date,
    waivers: Iterable[Waiver] | Weighed = (),
) -> Iterator[Judged]:
    """As `evaluate`, each verdict beside the answers that it comes from."""
    program = policy if isinstance(policy, Program) else compile_policy(policy)
    weighed = waivers if isinstance(waivers, Weighed) else weigh_waivers(waivers, program.policy, as_of=as_of)
    for account in accounts:
        if isinstance(account, Unreadable):
            yield None, account
            continue
        for record in cases(account, program, as_of):
            if isinstance(record, Case):
                answered = answer(record, program, weighed)
                yield answered, verdict(answered, account.id, program)
            else:
                yield None, record


def cases(account: Account, program: Program, as_of: date) -> Iterator[Case | Unreadable | NotJudged]:
    """Each record of an account; an invitation as a case."""
    records = account.records
    history = None
    if program.looks_across:
        records = tuple(records)
        history = History(record for record in records if isinstance(record, Invitation))
    shared = Shared(account.profile, as_of, program.lexicon, history)
    for record in records:
        yield Case(record, shared) if isinstance(record, Invitation) else record


def answer(case: Case, program: Program, waivers: Weighed = NO_WAIVERS) -> Answered:
    """Ask every question of the case's stage: each leaf, so that a broken check is seen whatever the others say.

    The one place where waivers apply.
    """
    covering = waivers.covering(case.invitation)
    stage = lifting(program.stages[case.invitation.stage], covering)
    findings = tuple(ask(leaf.check, leaf.parameters, case) for leaf in stage.questions)
    answers = [finding.holds for finding in findings]
    broken = frozenset(index for index, finding in enumerate(findings) if finding.error is not UNSET)
    return Answered(case, stage, findings, answers, broken, truths(stage, answers), covering)


def verdict(answered: Answered, account: str | None, program: Program) -> Verdict:
    """The verdict that the answers come to."""
    invitation, stage = answered.case.invitation, answered.program
    decision = decide(stage, answered.truths, answered.broken)
    rules = _rules(answered)
    return Verdict(
        id=invitation.id,
        account=account,
        stage=invitation.stage,
        decision=decision,
        action=ACTIONS[invitation.stage][decision],
        rules=rules,
        missing=_missing(answered),
        advice=advice(invitation.stage, stage, answered.answers, answered.truths) if decision != "allow" else (),
        waived=tuple(rule.id for rule in rules if rule.waived is not UNSET),
        origin=invitation.origin,
        policy=program.policy.identity.digest,
        by_row=True if invitation.by_row else UNSET,
        accepted=True if invitation.accepted else UNSET,
        person=Subject(name=invitation.person.name, company=invitation.person.company),
    )


def _rules(answered: Answered) -> tuple[RuleOutcome, ...]:
    """What is to be said of each rule: the deciding ones first, those that are waived last."""
    stage = answered.program
    told = [_told(compiled, answered) for compiled in stage.rules]
    told += [_told(compiled, answered, answered.waivers[compiled.rule.id]) for compiled in stage.waived]
    return tuple(sorted((rule for rule in told if rule is not None), key=_rank))


def _rank(rule: RuleOutcome) -> tuple[bool, int, int, str]:
    return rule.waived is not UNSET, _OUTCOMES[rule.outcome], _EFFECTS[rule.effect], rule.id


def _told(compiled: CompiledRule, answered: Answered, waiver: Waiver | None = None) -> RuleOutcome | None:
    rule = compiled.rule
    happened = outcome(compiled, answered.truths[rule.id], answered.broken)
    if happened is None:
        return None
    return RuleOutcome(
        id=rule.id,
        effect=rule.effect,
        outcome=happened,
        because=rule.because,
        source=rule.source,
        findings=_findings(compiled, answered),
        link=rule.link or UNSET,
        waived=UNSET if waiver is None else shown(waiver),
    )


def _findings(compiled: CompiledRule, answered: Answered) -> tuple[CheckFinding, ...]:
    """The answers that made the rule what it is, and those that broke."""
    made = {node.question for node in decisive(compiled.node, answered.answers) if node.kind == "check"}
    return tuple(answered.findings[index] for index in sorted(made | (answered.broken & compiled.questions)))


def _missing(answered: Answered) -> tuple[str, ...]:
    """The facts that are missing and could still change the decision, in the order of the rules that want them."""
    facts: dict[str, None] = {}
    for compiled in still_open(answered.program, answered.truths, answered.broken):
        for node in decisive(compiled.node, answered.answers):
            if node.kind == "check":
                facts.update(dict.fromkeys(answered.findings[node.question].missing))
    return tuple(sorted(facts))


def redacted(verdict: Verdict) -> Verdict:
    """The verdict without any name or text of the invitation."""
    rules = tuple(structs.replace(rule, findings=tuple(map(_without_quotes, rule.findings))) for rule in verdict.rules)
    return structs.replace(verdict, person=UNSET, rules=rules)


def _without_quotes(finding: CheckFinding) -> CheckFinding:
    if not finding.evidence:
        return finding
    return structs.replace(
        finding, evidence=tuple(structs.replace(evidence, quote=UNSET) for evidence in finding.evidence)
    )


class Tally:
    """Counts what comes out of `evaluate` into a ledger; with the waivers weighed, also what became of each."""

    def __init__(self, waivers: Weighed = NO_WAIVERS) -> None:
        self._waivers = waivers
        self._lifting: Counter[str] = Counter()
        self._counts: dict[str, Any] = dict.fromkeys(
            ("read", "allow", "review", "deny", "unreadable", "errors", "waived"), 0
        )
        self._not_judged: dict[str, int] = {}

    def add(self, outcome: Outcome) -> None:
        """Count one outcome. A single fact that could not be read is no record of its own."""
        match outcome:
            case Verdict():
                self._count("read", outcome.decision)
                if any(finding.error is not UNSET for rule in outcome.rules for finding in rule.findings):
                    self._count("errors")
                if outcome.waived:
                    self._count("waived")
                    self._lifting.update(rule.waived.where for rule in outcome.rules if rule.waived is not UNSET)
            case Unreadable(fact=None):
                self._count("read", "unreadable")
            case NotJudged():
                self._not_judged[outcome.reason] = self._not_judged.get(outcome.reason, 0) + outcome.count

    def _count(self, *names: str) -> None:
        for name in names:
            self._counts[name] += 1

    def ledger(self) -> Ledger:
        """The counts so far."""
        uses = self._waivers.uses(self._lifting) or UNSET
        return Ledger(**self._counts, not_judged=dict(sorted(self._not_judged.items())), waivers=uses)
