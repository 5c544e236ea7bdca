"""An explanation as a tree: what was asked, what the answer was and on what evidence, and what would change the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from policycheck.builtin.reporters._lines import BLANK, STYLES, Line, Page, Span, Style, flow, page, words
from policycheck.builtin.reporters._words import REASON, fact, hindsight, one_line, place, quote, waiver, who
from policycheck.engine.explain import MAX_CHANGES, Change, ExplainedRule, Explanation, Node
from policycheck.model.truth import Truth
from policycheck.model.verdict import ACTIONS, CheckFinding, Decision, Verdict

_MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}
_WORDS: dict[Truth, str] = {True: "true", False: "false", None: "unknown"}
_LEGEND = "✓ true   ✗ false   ? unknown   ◀ decides"
_BAR, _FORK, _LAST, _NONE = "│  ", "├─ ", "└─ ", "   "
_NUMBERS = ("no", "one", "two", "three")


def render(explanation: Explanation, stream: TextIO) -> None:
    """Print an explanation: plain, or in colour on a terminal."""
    on = page(stream)
    on.show(lines(explanation, on))


def lines(explanation: Explanation, on: Page) -> Iterator[Line]:
    """Verdict, tree, what forces the decision, what would change it."""
    yield from _verdict(explanation.verdict, on)
    yield BLANK
    yield (Span(_LEGEND, "faint"),)
    for rule in sorted(explanation.rules, key=lambda rule: not rule.decisive):
        yield BLANK
        yield from _rule(rule, on)
    if explanation.by_default:
        yield BLANK
        yield from _default(explanation, on)
    yield BLANK
    yield from _forces(explanation, on)
    yield from _turns(explanation, on)
    for advice in explanation.verdict.advice:
        yield from flow((Span("advice      ", "faint"),), words(one_line(advice.text, REASON)), on)


def _verdict(verdict: Verdict, on: Page) -> list[Line]:
    late = [Span("accepted already", "faint")] if hindsight(verdict) else []
    subject = [Span(who(verdict), "strong"), Span(one_line(str(verdict.origin)), "faint"), *late]
    return flow((Span(f"{verdict.action:<12}", STYLES[verdict.decision]),), subject, on, between=" · ")


def _default(explanation: Explanation, on: Page) -> list[Line]:
    decision = explanation.verdict.decision
    told = f"no rule decides, so the policy's default for {explanation.verdict.stage} does: {decision}"
    if decision != explanation.default:
        told = f"no rule decides; what a waived rule sends to {decision}, the default ({explanation.default}) does not refuse"
    return flow((Span("default     ", "faint"),), words(f"{told} ◀", STYLES[decision]), on)


def _rule(rule: ExplainedRule, on: Page) -> Iterator[Line]:
    style: Style = STYLES[rule.effect] if rule.decisive else "" if rule.outcome is not False else "faint"
    passed = " (let pass: the rule ignores what is not known)" if rule.ignored else ""
    passed += " (waived)" if rule.waived else ""
    end = " ◀" if rule.decisive else ""
    title = words(f"{one_line(rule.id)}{passed}{end}", style)
    yield from flow((Span(f"{_MARKS[rule.outcome]} {rule.effect:<7}", style),), title, on)
    source = [Span(f"[{one_line(rule.source)}]", "faint")] if rule.source else []
    reason = words(one_line(rule.because, REASON), "faint" if rule.outcome is False and not rule.decisive else "")
    yield from flow((Span(_NONE),), [*reason, *source], on)
    if rule.waived:
        yield from flow((Span(_NONE), Span("waived: ", "review")), words(waiver(rule.waived)), on)
    yield from _node(rule.root, _NONE, last=True, on=on)


def _node(node: Node, before: str, *, last: bool, on: Page) -> Iterator[Line]:
    style: Style = "strong" if node.decisive else "review" if node.truth is None else "faint"
    own = _parameters(node.finding.parameters) if node.finding else ""
    end = " ◀" if node.decisive else ""
    start = (Span(before + (_LAST if last else _FORK), "faint"), Span(f"{_MARKS[node.truth]} ", style))
    yield from flow(start, words(f"{one_line(node.label)}{own}{end}", style), on)
    below = before + (_NONE if last else _BAR)
    if node.finding:
        yield from _finding(node.finding, below + _NONE, on)
    for index, child in enumerate(node.children, start=1):
        yield from _node(child, below, last=index == len(node.children), on=on)


def _parameters(parameters: dict[str, Any]) -> str:
    given = ", ".join(f"{name}: {value}" for name, value in sorted(parameters.items()) if value is not None)
    return f" ({one_line(given)})" if given else ""


def _finding(finding: CheckFinding, before: str, on: Page) -> Iterator[Line]:
    start = (Span(before, "faint"),)
    for piece in finding.evidence:
        told = " ".join(part for part in (place(piece), quote(piece), f"({one_line(piece.reason)})") if part)
        yield from flow(start, words(told), on)
    if finding.missing:
        yield from flow(start, words(f"not known: {_facts(finding.missing)}", "review"), on)
    if finding.error:
        yield from flow(start, words(f"broke: {one_line(finding.error)}", "alarm"), on)


def _facts(missing: Iterable[str]) -> str:
    return ", ".join(fact(path) for path in missing)


def _forces(explanation: Explanation, on: Page) -> list[Line]:
    verdict = explanation.verdict
    if explanation.forces:
        answers = _joined([f"{_named(finding)} is {_WORDS[finding.holds]}" for finding in explanation.forces])
        passing = [f"`{rule.id}`" for rule in explanation.rules if _passing(rule, verdict.decision)]
        unless = f", unless {_joined(passing)}, which lets the unknown pass, turns out to hold" if passing else ""
        told = f"{answers}: whatever else is found out, it stays {verdict.action}{unless}"
    elif verdict.missing:
        told = f"nothing yet; what is not known could still change it: {_facts(verdict.missing)}"
    else:
        told = "no answer; it is what the policy says where no rule decides" if explanation.by_default else "nothing"
    return flow((Span("forced by   ", "faint"),), words(told), on)


def _passing(rule: ExplainedRule, decision: Decision) -> bool:
    """Whether a rule that lets the unknown pass could make the decision stricter."""
    stricter = {"allow": ("deny", "review"), "review": ("deny",), "deny": ()}[decision]
    return rule.ignored and not rule.waived and rule.effect in stricter


def _turns(explanation: Explanation, on: Page) -> Iterator[Line]:
    if not explanation.turns:
        told = f"no {_NUMBERS[MAX_CHANGES]} answers or fewer, were they different, would change it"
        yield from flow((Span("changed by  ", "faint"),), words(told), on)
    for change in explanation.turns:
        action = ACTIONS[explanation.verdict.stage][change.decision]
        start = (Span("changed by  ", "faint"), Span(f"{action}, ", STYLES[change.decision]))
        yield from flow(start, words(f"if {_conditions(change)}"), on)


def _conditions(change: Change) -> str:
    return _joined([f"{_named(finding)} were {_WORDS[answer]}" for finding, answer in change.answers])


def _named(finding: CheckFinding) -> str:
    return f"{one_line(finding.check)}{_parameters(finding.parameters)}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
