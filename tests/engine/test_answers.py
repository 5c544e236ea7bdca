"""One question put to one check: what counts as an answer, and what happens to everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET

from policies import AS_OF
from policycheck.engine.ask import ask
from policycheck.model.case import Case, Shared
from policycheck.model.check import check
from policycheck.model.finding import Evidence, Finding
from policycheck.model.invitation import Invitation, Message, Origin, Person
from policycheck.model.profile import Profile
from policycheck.model.verdict import CheckFinding
from policycheck.text.phrases import Lexicon

NOTE = "We met in Łódź 🎈 once"


def case(note: str | None = NOTE, **facts: Any) -> Case:
    invitation = Invitation(id="i", stage="incoming", origin=Origin("x", 1), note=note, **facts)
    return Case(invitation, Shared(Profile(), AS_OF, Lexicon({})))


def asked(function: Callable[..., Any], of: Case | None = None, **given: Any) -> CheckFinding:
    function.__doc__ = "A check."
    return ask(check("tried", **given)(function), {}, of or case())


@pytest.mark.parametrize("answer", [True, False, None])
def test_a_bare_answer_is_a_finding(answer: bool | None) -> None:
    assert asked(lambda case: answer) == CheckFinding(check="tried", parameters={}, holds=answer)


def test_a_missing_fact_is_named_and_the_check_not_called() -> None:
    def never(case: Case) -> bool:
        raise AssertionError

    found = asked(never, needs=["note", ("person.name", "person.email"), "profile.companies"])
    assert (found.holds, found.missing, found.error) == (
        None,
        ("person.name", "person.email", "profile.companies"),
        UNSET,
    )


def test_of_two_facts_either_will_do() -> None:
    found = asked(
        lambda case: True, of=case(person=Person(email="a@b.example")), needs=[("person.name", "person.email")]
    )
    assert found.holds is True


def test_evidence_is_quoted_from_the_raw_text() -> None:
    found = asked(lambda case: Finding(True, (Evidence(field="note", start=10, end=16, reason="a town"),)))
    assert [evidence.quote for evidence in found.evidence] == ["Łódź 🎈"]


def test_evidence_in_a_message_is_quoted_too() -> None:
    told = case(messages=(Message(sender="them", text="one"), Message(sender="them", text="two")))
    found = asked(
        lambda case: Finding(True, (Evidence(field="messages[1].text", start=0, end=3, reason="all"),)), of=told
    )
    assert found.evidence[0].quote == "two"


NONSENSE: dict[str, Any] = {
    "a number": 1,
    "a text": "yes",
    "a finding that holds a number": Finding(1),  # type: ignore[arg-type]  # wrong on purpose
    "missing facts as one text": Finding(None, (), "note"),  # type: ignore[arg-type]  # wrong on purpose
    "evidence past the end": Finding(True, (Evidence(field="note", start=0, end=99, reason="x"),)),
    "evidence that ends before it starts": Finding(True, (Evidence(field="note", start=3, end=2, reason="x"),)),
    "evidence before the start": Finding(True, (Evidence(field="note", start=-1, end=2, reason="x"),)),
    "half a span": Finding(True, (Evidence(field="note", start=1, reason="x"),)),
    "a span in no text": Finding(True, (Evidence(field="person.verified", start=0, end=0, reason="x"),)),
    "a span in a fact that is none": Finding(True, (Evidence(field="person.shoe_size", start=0, end=0, reason="x"),)),
    "no evidence": Finding(True, ("note",)),  # type: ignore[arg-type]  # wrong on purpose
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_unknown_and_an_error(answer: Any) -> None:
    found = asked(lambda case: answer)
    assert found.holds is None
    assert isinstance(found.error, str)
    assert found.error.startswith("it returned ")


@pytest.mark.parametrize("error", [ValueError, SystemExit, RecursionError, MemoryError, GeneratorExit])
def test_whatever_a_check_raises_is_unknown_and_an_error_that_tells_no_cell(error: type[BaseException]) -> None:
    def raises(case: Case) -> bool:
        raise error(case.invitation.note)

    found = asked(raises)
    assert found.holds is None
    assert isinstance(found.error, str)
    assert found.error.startswith(f"{error.__name__} at test_answers.py:")
    assert "Łódź" not in found.error


def test_a_user_may_still_interrupt() -> None:
    def interrupted(case: Case) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked(interrupted)


def test_needs_that_are_no_list_are_refused_when_the_check_is_written() -> None:
    with pytest.raises(ValueError, match="check `x` needs a list of facts, not one text"):
        check("x", needs="note")(lambda case: True)


def test_a_need_that_names_no_fact_is_an_error_of_the_check() -> None:
    found = asked(lambda case: True, needs=["person.shoe_size"])
    assert found.holds is None
    assert found.error is not UNSET
