"""The kit for people who write checks."""

from __future__ import annotations

from datetime import date

import pytest

from policycheck import Case, Check, Finding, PolicyError, UsageError, check
from policycheck.testing import AS_OF, answer, case_of, examples


@check("photo-of-them", needs=["person.has_photo"])
def photo(case: Case) -> bool:
    """They show a photo.

    Holds::    {person: {has_photo: true},
                note: "with } with { braces"}   with {}
    Fails::  {person: {has_photo: false}}
    Unknown::  {}

    The end.
    """
    return bool(case.person.has_photo)


def test_a_case_holds_the_facts_and_nothing_else_is_known() -> None:
    case = case_of({"person": {"name": "Mia Berg"}, "profile": {"premium": True}, "as_of": "2026-01-31"})
    assert (case.invitation.stage, case.person.name, case.invitation.note) == ("incoming", "Mia Berg", None)
    assert (case.profile.premium, case.profile.competitors, case.as_of) == (True, None, date(2026, 1, 31))
    assert case_of({}).as_of == AS_OF


def test_the_history_holds_the_account_s_invitations_and_the_one_in_question() -> None:
    case = case_of({"stage": "outgoing", "history": [{"stage": "outgoing"}, {"note": "x"}]})
    assert case.history is not None
    assert [invitation.id for invitation in case.history.invitations] == ["history-1", "history-2", "case"]
    assert case.history.sent[-1] is case.invitation


def test_the_shipped_phrase_lists_are_there() -> None:
    case = case_of({"note": "I'd like to add you to my professional network on LinkedIn."})
    assert case.hits("stock")


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"persn": {}}, "facts: `persn` is no fact; did you mean `person`?"),
        ({"history": [{"nte": ""}]}, "facts: `nte` is no fact; did you mean `note`?"),
        ({"person": {"has_photo": "yes"}}, "facts: Expected `bool | null`, got `str` - at `$.person.has_photo`"),
        ({"person": {"age": 3}}, "facts: Object contains unknown field `age` - at `$.person`"),
        ({"sent_at": "2026-06-01T09:00:00"}, "facts: Expected `datetime` with a timezone component - at `$.sent_at`"),
    ],
)
def test_facts_that_are_none_are_refused(facts: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        case_of(facts)
    assert str(refused.value) == message


def test_examples_are_read_from_the_page() -> None:
    found = [(example.kind, example.facts, example.parameters) for example in examples(photo)]
    assert found == [
        ("Holds", {"person": {"has_photo": True}, "note": "with } with { braces"}, {}),
        ("Fails", {"person": {"has_photo": False}}, {}),
        ("Unknown", {}, {}),
    ]
    assert [answer(photo, example.facts).holds for example in examples(photo)] == [True, False, None]
    assert [example.holds for example in examples(photo)] == [True, False, None]


def test_an_example_that_is_no_yaml_is_refused_with_the_name_of_its_page() -> None:
    @check("broken-page")
    def broken(case: Case) -> bool:
        """A page with a mistake.

        Holds::  {person: [}
        """
        return True

    with pytest.raises(PolicyError, match=r"^the page of `broken-page`:1:11: this is no YAML"):
        examples(broken)


def test_parameters_are_checked_as_in_a_policy() -> None:
    with pytest.raises(PolicyError, match=r"^check `photo-of-them`: unknown key `at_least`"):
        answer(photo, {}, {"at_least": 1})


def test_a_check_that_breaks_is_seen_in_the_report() -> None:
    @check("breaks", needs=["note"])
    def breaks(case: Case) -> Finding:
        """Breaks."""
        raise ValueError("a text of the invitation")

    answered = answer(breaks, {"note": "Grüße"})
    assert answered.holds is None
    assert repr(answered).splitlines()[-1].startswith("    broke: ValueError at test_testing.py:")


def test_a_report_names_what_is_missing() -> None:
    assert repr(answer(photo, {"history": [{"stage": "outgoing"}]})).splitlines() == [
        "photo-of-them {} is unknown",
        '    facts: {"id": "case", "stage": "incoming", "origin": {"path": "case", "line": null}}',
        "    profile: {}",
        "    as of: 2026-11-23",
        '    beside: {"id": "history-1", "stage": "outgoing", "origin": {"path": "history-1", "line": null}}',
        "    missing: person.has_photo",
    ]


def test_a_check_can_be_called_as_the_function_that_it_is() -> None:
    assert isinstance(photo, Check)
    assert photo(case_of({"person": {"has_photo": True}})) is True
