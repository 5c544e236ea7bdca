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
    return {compiled.rule.id: compiled.node.value(answers) for compiled in (*program.rules, *program.waived)}


def decide(program: StageProgram, found: Truths, broken: Set[int]) -> Decision:
    """The decision, whatever the order of the rules.

    A deny that holds decides deny; else a review that holds, a deny or review left unknown, or a check that broke anywhere in the
    stage, decides review; else an allow that holds decides allow; else the stage's default. A waived rule doesn't count, nor does
    a check that broke in waived rules only; but the default denies nothing that they had sent to review.
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
    if review or counts(program, broken):
        return "review"
    return "allow" if allowed else _fallback(program, found, broken)


def counts(program: StageProgram, broken: Set[int]) -> bool:
    """Whether a check broke that a rule asks which isn't waived."""
    if not program.waived:
        return bool(broken)
    return any(not broken.isdisjoint(compiled.questions) for compiled in program.rules)


def _fallback(program: StageProgram, found: Truths, broken: Set[int]) -> Decision:
    """The stage's default. Waiving makes nothing worse: what a waived rule sends to review, no default denies instead."""
    sent = any(_sends_to_review(compiled, found[compiled.rule.id], broken) for compiled in program.waived)
    return "review" if sent and program.default == "deny" else program.default


def _sends_to_review(waived: CompiledRule, value: Truth, broken: Set[int]) -> bool:
    if value is True:
        return waived.rule.effect == "review"
    return (value is None and not waived.rule.ignore_unknown) or not broken.isdisjoint(waived.questions)


def _may_send(waived: CompiledRule, value: Truth, broken: Set[int]) -> set[bool]:
    """Whether it sends to review, now and whatever becomes known."""
    values: tuple[Truth, ...] = (None, True, False) if value is None else (value,)
    return {_sends_to_review(waived, value, broken) for value in values}


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
    capped = True in by_effect["review"] or counts(program, broken)
    sending = [(waived, _may_send(waived, found[waived.rule.id], broken)) for waived in program.waived]
    spared = program.default == "deny" and any(sends == {True} for _, sends in sending)
    default = "review" if spared else program.default
    lenient = any(value is not False for value in by_effect["allow"]) or default != "review"
    for compiled in program.rules:
        effect = compiled.rule.effect
        if found[compiled.rule.id] is not None:
            continue
        turns_review = not capped and lenient
        turns_allow = not capped and True not in by_effect["allow"] and default != "allow"
        if effect == "deny" or (effect == "review" and turns_review) or (effect == "allow" and turns_allow):
            yield compiled
    if default == "deny" and not capped and True not in by_effect["allow"]:
        yield from (waived for waived, sends in sending if len(sends) > 1)
