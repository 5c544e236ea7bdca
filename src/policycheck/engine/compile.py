"""A policy compiled once: for each stage its distinct questions, and its rules as closures over their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, assert_never

from msgspec import Struct

from policycheck.model import truth
from policycheck.model.invitation import STAGES, Stage
from policycheck.model.truth import Truth
from policycheck.model.verdict import Effect
from policycheck.policy.condition import Condition, Group, Leaf, Named, facts_needed
from policycheck.policy.load import Policy, Rule
from policycheck.text.phrases import Lexicon

Answers = Sequence[Truth]


class Node(Struct, frozen=True):
    """A condition compiled: `value` computes its truth from the answers to the stage's questions."""

    kind: Literal["all", "any", "not", "at-least", "check", "definition"]
    label: str
    value: Callable[[Answers], Truth]
    children: tuple[Node, ...] = ()
    question: int = -1
    """For a check: which of the stage's questions it is."""

    def questions(self) -> Iterator[int]:
        """Every question below, in the order of the file."""
        if self.kind == "check":
            yield self.question
        for child in self.children:
            yield from child.questions()


class CompiledRule(Struct, frozen=True):
    """A rule and its condition; `questions` are the distinct ones that it asks."""

    rule: Rule
    node: Node
    questions: frozenset[int]


class StageProgram(Struct, frozen=True):
    """What decides about one stage. Each distinct question is asked once an invitation, whatever the rules make of it.

    `rules` are those that count; `waived` are those that a waiver lifts of the invitation.
    """

    questions: tuple[Leaf, ...]
    rules: tuple[CompiledRule, ...]
    default: Effect
    waived: tuple[CompiledRule, ...] = ()


class Program(Struct, frozen=True):
    """A compiled policy."""

    policy: Policy
    stages: dict[Stage, StageProgram]
    lexicon: Lexicon
    looks_across: bool
    """Whether a check asks for the account's other invitations: its records are then held in memory, else they stream."""


def compile_policy(policy: Policy) -> Program:
    """Compile a policy, once for any number of invitations."""
    stages = {stage: _stage(policy, stage) for stage in STAGES}
    asked = [leaf for program in stages.values() for leaf in program.questions]
    looks_across = any("history" in facts_needed(leaf.check, leaf.parameters) for leaf in asked)
    return Program(policy, stages, Lexicon(policy.phrases), looks_across)


def _stage(policy: Policy, stage: Stage) -> StageProgram:
    index: dict[str, int] = {}
    questions: list[Leaf] = []
    rules = []
    for rule in policy.rules:
        if stage in rule.stages:
            node = _node(rule.when, index, questions)
            rules.append(CompiledRule(rule, node, frozenset(node.questions())))
    return StageProgram(tuple(questions), tuple(rules), policy.defaults[stage])


def _node(condition: Condition, index: dict[str, int], questions: list[Leaf]) -> Node:
    match condition:
        case Leaf():
            return _check(condition, index, questions)
        case Named(name=name, part=part):
            child = _node(part, index, questions)
            return Node("definition", name, child.value, (child,))
        case Group():
            return _group(condition, tuple(_node(part, index, questions) for part in condition.parts))
        case _:
            assert_never(condition)


def _check(leaf: Leaf, index: dict[str, int], questions: list[Leaf]) -> Node:
    number = index.setdefault(leaf.key, len(questions))
    if number == len(questions):
        questions.append(leaf)
    return Node("check", leaf.check.name, lambda answers: answers[number], question=number)


def _group(group: Group, children: tuple[Node, ...]) -> Node:
    parts = tuple(child.value for child in children)
    count = group.count
    match group.kind:
        case "not":
            return Node("not", "not", lambda answers: truth.negate(parts[0](answers)), children)
        case "all":
            return Node("all", "all", lambda answers: truth.every(part(answers) for part in parts), children)
        case "any":
            return Node("any", "any", lambda answers: truth.some(part(answers) for part in parts), children)
        case "at-least":
            label = f"at least {count} of {len(parts)}"
            return Node(
                "at-least", label, lambda answers: truth.at_least(count, [part(answers) for part in parts]), children
            )
        case _:
            assert_never(group.kind)


def decisive(node: Node, answers: Answers) -> Iterator[Node]:
    """The nodes below (and with) a node that make it what it is: of operands, those that share its truth where one would do."""
    yield node
    value = node.value(answers)
    for child in node.children:
        if node.kind in ("not", "definition") or child.value(answers) is value:
            yield from decisive(child, answers)
