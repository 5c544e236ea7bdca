"""What every check keeps to, whoever wrote it: its page, its parameters, and the laws."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from msgspec import UNSET

import policycheck.builtin.checks
from policycheck import Check
from policycheck.engine.ask import ask
from policycheck.model.invitation import STAGES
from policycheck.policy.phrases import shipped_phrases
from policycheck.policy.schema import schema_mistake
from policycheck.registry import load
from policycheck.testing import Answer, answer, case_of, examples
from strategies import CANARY, facts, with_one_fact_less

REGISTRY = load()
CHECKS = REGISTRY.checks
MODULES = sorted(
    path.stem for path in Path(policycheck.builtin.checks.__path__[0]).glob("*.py") if not path.stem.startswith("_")
)
EXAMPLES = [
    pytest.param(check, example, id=f"{name}-{number}-{example.kind.lower()}")
    for name, check in CHECKS.items()
    for number, example in enumerate(examples(check), start=1)
]


def questions() -> list[tuple[Check, dict[str, Any]]]:
    """Every check with the parameters that its page shows, each set once, with its defaults."""
    found: dict[str, tuple[Check, dict[str, Any]]] = {}
    for check in CHECKS.values():
        for example in examples(check):
            parameters = answer(check, {}, example.parameters).finding.parameters
            found.setdefault(f"{check.name} {parameters}", (check, parameters))
    return list(found.values())


QUESTIONS = questions()
every_check = pytest.mark.parametrize("check", [pytest.param(check, id=name) for name, check in CHECKS.items()])


@pytest.mark.parametrize("module", MODULES)
def test_every_module_gives_a_check(module: str) -> None:
    assert f"builtin.checks.{module}" in {owner for (kind, _), owner in REGISTRY.owners.items() if kind == "checks"}


@every_check
def test_a_check_has_a_page(check: Check) -> None:
    prose = [part for part in check.manual.split("\n\n") if "::" not in part]
    assert check.summary.endswith(".")
    assert len(check.summary) <= 120
    assert prose[0] == check.summary
    assert len(prose) >= 3, "the page says what the check does and why it matters"


@every_check
def test_a_check_shows_an_example_of_each_outcome_that_it_can_have(check: Check) -> None:
    shown = {example.holds for example in examples(check)}
    assert {True, False} <= shown
    if None not in shown:
        parameters = examples(check)[0].parameters
        assert None not in {answer(check, {"stage": stage}, parameters).holds for stage in STAGES}


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_an_example_on_a_check_s_page_is_true(check: Check, example: Any) -> None:
    answered = answer(check, example.facts, example.parameters)
    assert answered.finding.error is UNSET
    assert answered.holds is example.holds, answered


@every_check
def test_a_check_and_its_parameters_are_named_as_the_language_names_things(check: Check) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", check.name)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", parameter) for parameter in check.parameters)
    assert check.function.__name__ == check.name.replace("-", "_")


@every_check
def test_every_parameter_is_described_and_its_schema_valid(check: Check) -> None:
    assert schema_mistake(check.parameters) is None
    for name, rules in check.parameters.items():
        assert rules.get("meta", {}).get("description"), f"say what `{name}` is in `meta: {{description: …}}`"


def test_what_the_checks_need_are_facts() -> None:
    case = case_of({})
    for check, parameters in QUESTIONS:
        needs = check.needed(parameters)
        assert len(set(needs)) == len(needs)
        for path in [path for need in needs for path in ([need] if isinstance(need, str) else need)]:
            case.fact(path)  # raises LookupError for what is no fact


@every_check
def test_the_phrase_lists_that_a_check_reads_are_there(check: Check) -> None:
    assert set(check.phrases) <= set(shipped_phrases())


@given(given=facts)
def test_any_case_gets_an_answer_whose_evidence_is_in_the_text(given: dict[str, Any]) -> None:
    case = case_of(given)
    for check, parameters in QUESTIONS:
        answered = Answer(ask(check, parameters, case), case)
        assert answered.finding.error is UNSET, answered
        for evidence in answered.evidence:
            if evidence.start is not None:
                assert (case.raw(evidence.field) or "")[evidence.start : evidence.end] == evidence.quote, answered


@given(given=facts)
def test_what_a_check_says_in_its_own_words_holds_no_text_of_the_invitation(given: dict[str, Any]) -> None:
    case = case_of(given)
    for check, parameters in QUESTIONS:
        answered = Answer(ask(check, parameters, case), case)
        said = [evidence.reason for evidence in answered.evidence] + list(answered.missing)
        assert CANARY not in " ".join(said).casefold(), answered


@given(given=facts)
def test_one_fact_less_gives_the_same_answer_or_unknown(given: dict[str, Any]) -> None:
    case = case_of(given)
    before = [Answer(ask(check, parameters, case), case) for check, parameters in QUESTIONS]
    for taken, fewer in with_one_fact_less(given):
        case = case_of(fewer)
        for (check, parameters), with_it in zip(QUESTIONS, before, strict=True):
            after = Answer(ask(check, parameters, case), case)
            assert after.holds in (with_it.holds, None), f"without {taken}:\n{after!r}\nwith it:\n{with_it!r}"


@given(given=facts)
def test_the_same_case_gets_the_same_answer(given: dict[str, Any]) -> None:
    first, again = case_of(given), case_of(given)
    for check, parameters in QUESTIONS:
        finding = ask(check, parameters, first)
        assert ask(check, parameters, first) == finding
        assert ask(check, parameters, again) == finding


@given(given=facts)
def test_the_order_in_which_checks_are_asked_changes_no_answer(given: dict[str, Any]) -> None:
    one, other = case_of(given), case_of(given)
    forwards = [ask(check, parameters, one) for check, parameters in QUESTIONS]
    backwards = [ask(check, parameters, other) for check, parameters in reversed(QUESTIONS)]
    assert forwards == backwards[::-1]


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    assert _said_with_seed("1") == _said_with_seed("2")


def _said_with_seed(seed: str) -> str:
    lines = [
        "from policycheck.registry import load",
        "from policycheck.testing import answer, examples",
        "for check in load().checks.values():",
        "    for example in examples(check):",
        "        print(answer(check, example.facts, example.parameters))",
    ]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], env=environment, capture_output=True, check=True)
    said = run.stdout.decode()
    assert len(said.splitlines()) > len(EXAMPLES)
    return said


def test_an_answer_tells_in_its_repr_what_a_report_of_a_bug_needs() -> None:
    answered = answer(
        CHECKS["shared-employer"],
        {"id": "q-1", "person": {"company": "Acme"}, "profile": {"companies": ["Acme"]}},
    )
    assert repr(answered).splitlines() == [
        "shared-employer {} holds",
        '    facts: {"id": "q-1", "stage": "incoming", "origin": {"path": "case", "line": null}, "person": {"company": "Acme"}}',
        '    profile: {"companies": ["Acme"]}',
        "    as of: 2026-11-23",
        '    evidence: person.company[0:4] "Acme": a company of yours',
    ]
