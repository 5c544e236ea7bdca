"""Why a verdict is what it is, what forces it, and what would turn it: from the same answers that decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from msgspec import Struct, structs

from policycheck.engine.compile import CompiledRule, Program, decisive
from policycheck.engine.compile import Node as Compiled
from policycheck.engine.decide import counts, decide, still_open, truths
from policycheck.engine.evaluate import Answered, verdict
from policycheck.engine.waive import shown
from policycheck.model.truth import Truth
from policycheck.model.verdict import CheckFinding, Decision, Effect, Verdict
from policycheck.model.waiver import Waived

MAX_CHANGES = 3
MAX_TRIALS = 20_000


class Node(Struct, frozen=True):
    """A condition with its truth; `decisive` where it made the rule what it is."""

    kind: str
    label: str
    truth: Truth
    decisive: bool
    children: tuple[Node, ...]
    finding: CheckFinding | None


class ExplainedRule(Struct, frozen=True):
    """A rule of the stage with its condition; `decisive` where it made the decision."""

    id: str
    effect: Effect
    outcome: Truth
    because: str
    source: str | None
    decisive: bool
    ignored: bool
    root: Node
    waived: Waived | None = None


class Change(Struct, frozen=True):
    """Answers that would lead to another decision."""

    decision: Decision
    answers: tuple[tuple[CheckFinding, bool], ...]
    """Findings as they are, each with the answer that it would have to have."""


class Explanation(Struct, frozen=True):
    """`forces`: a smallest set of answers that fixes the decision whatever the others are; none of them can be spared."""

    verdict: Verdict
    rules: tuple[ExplainedRule, ...]
    default: Decision
    by_default: bool
    forces: tuple[CheckFinding, ...]
    turns: tuple[Change, ...]


def explain(answered: Answered, account: str | None, program: Program) -> Explanation:
    """Explain the verdict of one answered case."""
    made = verdict(answered, account, program)
    deciding = _deciding(answered, made.decision)
    return Explanation(
        verdict=made,
        rules=(
            *(_rule(compiled, answered, compiled.rule.id in deciding) for compiled in answered.program.rules),
            *(_waived(compiled, answered) for compiled in answered.program.waived),
        ),
        default=answered.program.default,
        by_default=not deciding and not counts(answered.program, answered.broken),
        forces=tuple(answered.findings[index] for index in _forces(answered, made.decision)),
        turns=tuple(_turns(answered, made.decision)),
    )


def _deciding(answered: Answered, decision: Decision) -> set[str]:
    """The rules that made the decision; none where the stage's default did."""
    found = answered.truths
    rules = [compiled.rule for compiled in answered.program.rules]
    if decision != "review":
        return {rule.id for rule in rules if rule.effect == decision and found[rule.id] is True}
    return {
        rule.id
        for rule in rules
        if rule.effect != "allow" and (found[rule.id] is True or (found[rule.id] is None and not rule.ignore_unknown))
    }


def _rule(compiled: CompiledRule, answered: Answered, decides: bool) -> ExplainedRule:
    rule = compiled.rule
    value = answered.truths[rule.id]
    marked = {id(node) for node in decisive(compiled.node, answered.answers)} if decides else set()
    root = _node(compiled.node, answered, marked)
    ignored = value is None and rule.ignore_unknown
    return ExplainedRule(rule.id, rule.effect, value, rule.because, rule.source, decides, ignored, root)


def _waived(compiled: CompiledRule, answered: Answered) -> ExplainedRule:
    return structs.replace(_rule(compiled, answered, False), waived=shown(answered.waivers[compiled.rule.id]))


def _node(node: Compiled, answered: Answered, marked: set[int]) -> Node:
    finding = answered.findings[node.question] if node.kind == "check" else None
    children = tuple(_node(child, answered, marked) for child in node.children)
    return Node(node.kind, node.label, node.value(answered.answers), id(node) in marked, children, finding)


def _forces(answered: Answered, decision: Decision) -> list[int]:
    """Leave out one known answer after the other as long as the decision still follows from the rest.

    Nothing forces a decision that missing facts could still change.
    """
    kept = list(answered.answers)
    if not _follows(answered, kept, decision):
        return []
    for index, value in enumerate(answered.answers):
        kept[index] = None
        if not _follows(answered, kept, decision):
            kept[index] = value
    return [index for index, value in enumerate(kept) if value is not None]


def _follows(answered: Answered, answers: Sequence[Truth], decision: Decision) -> bool:
    """Whether the decision is this one, whatever the unknown answers turn out to be (rules that let the unknown pass aside)."""
    found = truths(answered.program, answers)
    if decide(answered.program, found, answered.broken) != decision:
        return False
    return all(compiled.rule.ignore_unknown for compiled in still_open(answered.program, found, answered.broken))


def _turns(answered: Answered, decision: Decision) -> Iterator[Change]:
    """For each other decision, the fewest answers (at most three) that would lead to it."""
    wanted = {"allow", "review", "deny"} - {decision}
    for answers, change in _trials(answered):
        found = truths(answered.program, answers)
        reached = decide(answered.program, found, answered.broken)
        if reached in wanted:
            wanted.discard(reached)
            yield Change(reached, tuple((answered.findings[index], value) for index, value in change))
        if not wanted:
            return


def _trials(answered: Answered) -> Iterator[tuple[list[Truth], list[tuple[int, bool]]]]:
    tried = 0
    for size in range(1, MAX_CHANGES + 1):
        for places in combinations(range(len(answered.answers)), size):
            for values in product((True, False), repeat=size):
                change = list(zip(places, values, strict=True))
                if all(answered.answers[index] is not value for index, value in change):
                    tried += 1
                    if tried > MAX_TRIALS:
                        return
                    answers = list(answered.answers)
                    for index, value in change:
                        answers[index] = value
                    yield answers, change
