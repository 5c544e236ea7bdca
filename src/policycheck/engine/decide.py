"""From the answers to a stage's questions to a decision: the meaning of the policy language, all of it, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Set

from policycheck.engine.compile import Answers, CompiledRule, StageProgram
from policycheck.model.truth import Truth
from policycheck.model.verdict import Decision, Outcome

Truths = dict[str, Truth]
"""The truth of each rule's condition, by the rule's id."""


def truths(program: StageProgram, answers: Answers) -> Truths:
    """Every rule's condition, evaluated."""
    return {compiled.rule.id: compiled.node.value(answers) for compiled in program.rules}


def decide(program: StageProgram, found: Truths, broken: Set[int]) -> Decision:
    """The decision, whatever the order of the rules.

    A deny that holds decides deny; else a review that holds, a deny or review left unknown, or a check that broke anywhere in the
    stage, decides review; else an allow that holds decides allow; else the stage's default.
    """
    allowed = review = False
    for compiled in program.rules:
        rule, value = compiled.rule, found[compiled.rule.id]
        if rule.effect == "deny" and value is True:
            return "deny"
        if rule.effect == "allow":
            allowed = allowed or value is True
        else:
            review = review or value is True or (value is None and not rule.ignore_unknown)
    if review or broken:
        return "review"
    return "allow" if allowed else program.default


def outcome(compiled: CompiledRule, value: Truth, broken: Set[int]) -> Outcome | None:
    """What a verdict says of a rule; None where it is plainly false."""
    if value is True:
        return "holds"
    if not broken.isdisjoint(compiled.questions):
        return "error"
    if value is None:
        return "ignored" if compiled.rule.ignore_unknown else "unknown"
    return None


def still_open(program: StageProgram, found: Truths, broken: Set[int]) -> Iterator[CompiledRule]:
    """The rules left unknown whose answer could still change the decision."""
    by_effect: dict[str, list[Truth]] = {"allow": [], "review": [], "deny": []}
    for compiled in program.rules:
        by_effect[compiled.rule.effect].append(found[compiled.rule.id])
    if True in by_effect["deny"]:
        return
    capped = True in by_effect["review"] or bool(broken)
    lenient = any(value is not False for value in by_effect["allow"]) or program.default != "review"
    for compiled in program.rules:
        effect = compiled.rule.effect
        if found[compiled.rule.id] is not None:
            continue
        turns_review = not capped and lenient
        turns_allow = not capped and True not in by_effect["allow"] and program.default != "allow"
        if effect == "deny" or (effect == "review" and turns_review) or (effect == "allow" and turns_allow):
            yield compiled
