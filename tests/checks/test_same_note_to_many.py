from __future__ import annotations

from collections.abc import Callable
from typing import Any

from growth import LINEAR, growth
from policycheck.builtin.checks.same_note_to_many import same_note_to_many
from policycheck.testing import Answer, answer


def sent(note: str | None, name: str | None = None) -> dict[str, Any]:
    facts: dict[str, Any] = {"stage": "outgoing", "person": {"name": name} if name else {}}
    return facts if note is None else facts | {"note": note}


def asked(last: dict[str, Any], *others: dict[str, Any], at_least: int = 3) -> Answer:
    return answer(same_note_to_many, {**last, "history": list(others)}, {"at_least": at_least})


def test_names_case_accents_and_blanks_make_no_difference() -> None:
    answered = asked(
        sent("Hi Mia, let's talk, Mia Berg!", "Mia Berg"),
        sent("hi JOSÉ,  let’s talk, Jose García!", "José García"),
        sent("Hi Ben, let's talk, Ito!", "Ben Ito"),
    )
    assert answered.holds is True
    assert [(e.start, e.end, e.reason) for e in answered.evidence] == [(0, 29, "went to 3 people, names aside")]


def test_other_words_make_another_note() -> None:
    assert asked(sent("Hi Mia, good talk!", "Mia Berg"), *[sent("Hi Ben, bad talk!", "Ben Ito")] * 5).holds is False


def test_a_name_is_blanked_as_a_word_only() -> None:
    assert asked(sent("Anyone?", "Any Berg"), sent("Benone?", "Ben Ito"), at_least=2).holds is False


def test_empty_notes_never_count() -> None:
    assert asked(sent(""), sent(""), sent(" ")).holds is False


def test_notes_to_people_of_unknown_name_leave_it_open_as_long_as_they_may_be_the_same() -> None:
    mine = sent("Hi Mia! The gauge is new.", "Mia Berg")
    assert asked(mine, *[sent("Hi Ben! The gauge is new.")] * 2).holds is None
    assert asked(mine, *[sent("Hi Ben! The gauge is old.")] * 2).holds is False
    assert asked(mine, sent("Hi Ben! The gauge is new.")).holds is False


def test_a_note_to_somebody_of_unknown_name_may_be_the_same_as_any() -> None:
    answered = asked(sent("Hi Mia!"), sent("Hi Ben!", "Ben Ito"))
    assert (answered.holds, answered.missing) == (None, ("person.name",))
    assert asked(*[sent("Hello!")] * 3).holds is True


def test_incoming_notes_are_not_ours() -> None:
    assert asked({**sent("Hello!", "Mia Berg"), "stage": "incoming"}, *[sent("Hello!", "Ben Ito")] * 5).holds is False


def test_the_invitations_of_an_account_are_indexed_once(account_of: Callable[..., Any]) -> None:
    def asked_of_all(every: Callable[..., Any]) -> None:
        assert not any(every(same_note_to_many, at_least=10))

    assert growth(500, lambda size: account_of(size, _anybody), asked_of_all) < LINEAR


def _anybody(number: int) -> str:
    return f"https://www.linkedin.com/in/p{number}"
