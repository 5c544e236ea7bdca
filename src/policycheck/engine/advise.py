"""What would help: the advice of the checks that stand in the way, and of the rules that decided."""

from __future__ import annotations

from collections.abc import Iterator

from policycheck.engine.compile import Answers, CompiledRule, Node, StageProgram
from policycheck.engine.decide import Truths
from policycheck.model.invitation import Stage
from policycheck.model.truth import Truth
from policycheck.model.verdict import Advice

_OURS = ("outgoing", "template")
"""The stages whose texts we write: what a check advises can be acted on only there."""


def advice(stage: Stage, program: StageProgram, answers: Answers, found: Truths) -> tuple[Advice, ...]:
    """Advice for a verdict that is no allow.

    From a deny or review rule that holds: what makes it hold. From an allow rule that does not: what keeps it from holding.
    """
    given: dict[Advice, None] = {}
    for compiled in program.rules:
        effect, value = compiled.rule.effect, found[compiled.rule.id]
        stands_in_the_way = value is True if effect != "allow" else value is not True
        if stands_in_the_way:
            held = value is True
            given.update(dict.fromkeys(_of_rule(compiled, held)))
            given.update(dict.fromkeys(_of_checks(compiled, program, answers, held) if stage in _OURS else ()))
    return tuple(sorted(given, key=lambda item: (item.rule or "", item.check or "", item.text)))


def _of_rule(compiled: CompiledRule, held: bool) -> Iterator[Advice]:
    if held and compiled.rule.advice:
        yield Advice(rule=compiled.rule.id, text=compiled.rule.advice)


def _of_checks(compiled: CompiledRule, program: StageProgram, answers: Answers, held: bool) -> Iterator[Advice]:
    for index in sorted(set(_blocking(compiled.node, answers, held))):
        check = program.questions[index].check
        if check.advice:
            yield Advice(check=check.name, text=check.advice)


def _blocking(node: Node, answers: Answers, value: Truth) -> Iterator[int]:
    """The questions answered with `value` that hold a node at that value; unknown ones can't be mended by writing better."""
    if node.value(answers) is not value:
        return
    if node.kind == "check":
        yield node.question
    for child in node.children:
        wanted = (not value) if node.kind == "not" else value
        yield from _blocking(child, answers, wanted)
