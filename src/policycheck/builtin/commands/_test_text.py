"""What came of the tests of a policy, for a person: each file in a line, each case that failed with its tree, and the count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from msgspec import structs

from policycheck.authoring.run import Difference, Ran, Refused, Result
from policycheck.builtin.commands._explain_text import lines as tree
from policycheck.builtin.reporters._lines import BLANK, Line, Page, Span, flow, label, page, words
from policycheck.builtin.reporters._words import amount, day, one_line
from policycheck.engine.explain import ExplainedRule, explain

PROVES_NOTHING = (
    "a policy without a rule, of the same defaults, would pass every case; "
    "expect a rule to hold, or a decision that is not the default"
)
_WIDTH = 12


def report_text(ran: Sequence[Ran | Refused], stream: TextIO) -> None:
    """Print what came of every file."""
    on = page(stream)
    on.show(_lines(ran, on))


def _lines(ran: Sequence[Ran | Refused], on: Page) -> Iterator[Line]:
    for one in ran:
        match one:
            case Ran():
                yield from _suite(one, on)
            case Refused():
                yield from flow((label("not run", _WIDTH, "alarm"),), [Span(one_line(one.origin), "strong")], on)
    if ran:
        yield BLANK
        yield (Span(_total(ran)),)


def _suite(ran: Ran, on: Page) -> Iterator[Line]:
    policy, suite = ran.suite.policy.identity, ran.suite
    about = [
        Span(one_line(suite.origin), "strong"),
        Span(f"{one_line(policy.id)} {one_line(policy.version)}"),
        Span(amount(len(ran.results), "case")),
        Span(f"as of {day(suite.as_of.isoformat())}"),
    ]
    state = label("passed", _WIDTH, "allow") if ran.passed else label("failed", _WIDTH, "deny")
    yield from flow((state,), about, on, between=" · ")
    if ran.proves_nothing:
        yield from flow((label("", _WIDTH),), words(PROVES_NOTHING, "deny"), on)
    for result in ran.results:
        if result.state != "passed":
            yield BLANK
            yield from case_lines(result, ran, on)


def case_lines(result: Result, ran: Ran, on: Page) -> Iterator[Line]:
    """A case that did not pass: what was expected, what came, and why."""
    title = [Span(one_line(result.trial.name), "strong"), Span(one_line(result.trial.where), "faint")]
    yield from flow((label(result.state, _WIDTH, "deny"),), title, on, between=" · ")
    for difference in result.differences:
        yield from flow((label(f"  {difference.what}", _WIDTH),), words(told(difference)), on)
    if result.state == "broken":
        yield from flow((label("", _WIDTH),), words("a check broke, so that this case shows nothing", "alarm"), on)
    yield BLANK
    whole = explain(result.answered, result.trial.account.id, ran.program)
    rules = tuple(rule for rule in whole.rules if _matters(rule, result))
    yield from tree(structs.replace(whole, rules=rules), on)
    left_out = len(whole.rules) - len(rules)
    if left_out:
        text = f"{amount(left_out, 'rule')}: false, and not expected"
        yield from flow((label("left out", _WIDTH),), words(text), on)


def _matters(rule: ExplainedRule, result: Result) -> bool:
    """Whether a rule could tell why the case came out so: not one that is plainly false, where nobody expects it."""
    expected = result.trial.expected
    wanted = rule.effect == expected.decision or rule.id in (expected.rules or ())
    return wanted or rule.decisive or rule.outcome is not False


def told(difference: Difference) -> str:
    """What was expected, and what came."""
    return f"expected {_listed(difference.expected)}; got {_listed(difference.got)}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(one_line, names)) or "none"


def _total(ran: Sequence[Ran | Refused]) -> str:
    states = Counter(result.state for one in ran if isinstance(one, Ran) for result in one.results)
    refused = sum(isinstance(one, Refused) for one in ran)
    counts = [f"{states[state]:,} {state}" for state in ("passed", "failed", "broken") if states[state]]
    counts += [f"{amount(refused, 'file')} not run"] if refused else []
    idle = sum(isinstance(one, Ran) and one.proves_nothing for one in ran)
    counts += [f"nothing shown by {amount(idle, 'file')}"] if idle else []
    return f"{amount(states.total(), 'case')} in {amount(len(ran), 'file')}: {', '.join(counts) or 'nothing'}"
