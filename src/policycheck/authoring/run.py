"""The cases of a suite, judged as every other invitation is, and held against what they expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import UNSET, Struct, structs

from policycheck.authoring.suite import Expected, Suite, Trial
from policycheck.engine.compile import Program, compile_policy
from policycheck.engine.evaluate import Answered, answer, cases, verdict
from policycheck.model.case import Case
from policycheck.model.verdict import Verdict
from policycheck.policy.load import Policy

State = Literal["passed", "failed", "broken"]


class Difference(Struct, frozen=True):
    """Where a verdict is not what a case expects; each side sorted."""

    what: Literal["decision", "rules", "missing"]
    expected: tuple[str, ...]
    got: tuple[str, ...]


class Result(Struct, frozen=True):
    """What came of one case. A check that broke leaves it open whether the case would pass."""

    trial: Trial
    answered: Answered
    verdict: Verdict
    differences: tuple[Difference, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that hold, sorted."""
        return holding(self.verdict)

    @property
    def state(self) -> State:
        """Whether the verdict is what was expected."""
        if any(finding.error is not UNSET for rule in self.verdict.rules for finding in rule.findings):
            return "broken"
        return "failed" if self.differences else "passed"


class Ran(Struct, frozen=True):
    """What came of a suite. `proves_nothing`: a policy without a rule, of the same defaults, would pass every case of it."""

    suite: Suite
    program: Program
    results: tuple[Result, ...]
    proves_nothing: bool

    @property
    def passed(self) -> bool:
        """Whether every case passed, and so would not have without the rules."""
        return not self.proves_nothing and all(result.state == "passed" for result in self.results)


class Refused(Struct, frozen=True):
    """A file of tests that could not be loaded, and why."""

    origin: str
    messages: tuple[str, ...]


def run_suite(suite: Suite) -> Ran:
    """Judge every case; what comes of one depends on no other."""
    program = compile_policy(suite.policy)
    results = tuple(_result(trial, program, suite.as_of) for trial in suite.trials)
    return Ran(suite, program, results, bool(results) and _passes(_without_rules(suite.policy), suite))


def _result(trial: Trial, program: Program, as_of: date) -> Result:
    answered = _answered(trial, program, as_of)
    made = verdict(answered, trial.account.id, program)
    return Result(trial, answered, made, tuple(_differences(trial.expected, made)))


def _answered(trial: Trial, program: Program, as_of: date) -> Answered:
    """The last record of the account, as a case with the others as its history."""
    *_, last = cases(trial.account, program, as_of)
    assert isinstance(last, Case)
    return answer(last, program)


def _differences(expected: Expected, made: Verdict) -> Iterator[Difference]:
    if expected.decision is not None and expected.decision != made.decision:
        yield Difference("decision", (expected.decision,), (made.decision,))
    if expected.rules is not None and expected.rules != holding(made):
        yield Difference("rules", expected.rules, holding(made))
    if expected.missing is not None and expected.missing != made.missing:
        yield Difference("missing", expected.missing, made.missing)


def holding(made: Verdict) -> tuple[str, ...]:
    """The ids of the rules that hold, sorted."""
    return tuple(sorted(rule.id for rule in made.rules if rule.outcome == "holds"))


def _without_rules(policy: Policy) -> Program:
    return compile_policy(structs.replace(policy, rules=(), phrases={}))


def _passes(program: Program, suite: Suite) -> bool:
    return all(not _result(trial, program, suite.as_of).differences for trial in suite.trials)
