from __future__ import annotations

from typing import Any

import pytest

from policycheck.builtin.checks.blocked import blocked
from policycheck.testing import Answer, answer

NAMESAKE = "somebody whom you blocked has this name, which does not tell whether it is they"


def asked(person: dict[str, Any], people: list[dict[str, str]] | None, companies: list[str] | None) -> Answer:
    profile = {"blocked_people": people, "blocked_companies": companies}
    return answer(blocked, {"person": person, "profile": profile})


def test_a_blocked_company_is_enough_though_the_list_of_people_is_unknown() -> None:
    answered = asked({"company": "SPAMWORKS LLC"}, None, ["Spamworks"])
    assert answered.holds is True
    assert [(e.field, e.quote, e.reason) for e in answered.evidence] == [
        ("person.company", "SPAMWORKS LLC", "a company that you blocked")
    ]


@pytest.mark.parametrize(
    "company",
    [
        "Spam-works",
        "Spam Works",
        "Späm.works!",
        "Ѕраmwоrkѕ",
        "𝗦𝗽𝗮𝗺𝘄𝗼𝗿𝗸𝘀",
        "Spam\u200bworks",
        "Spamworks A/S",
        "Spamworks GmbH & Co. KG",
        "Spamworks Pvt Ltd",
        "Spamworks Private Limited",
        "Spamworks S.p.A.",
        "Spamworks Sp. z o.o.",
    ],
)
def test_a_blocked_company_is_found_in_every_spelling(company: str) -> None:
    assert asked({"company": company}, [], ["Spamworks"]).holds is True
    assert asked({"company": "spamworks"}, [], [company]).holds is True


@pytest.mark.parametrize(
    ("company", "entry"),
    [
        ("Spamworks HQ", "Spamworks"),
        ("Spamworks Labs", "Spamworks"),
        ("Studio 54", "Studio 55"),
        ("3M", "4M"),
        ("Пир", "Иир"),
        ("Tiffany & Co.", "Tiffany"),
        ("🚀", "Spamworks"),
    ],
)
def test_another_company_is_not_taken_for_a_blocked_one(company: str, entry: str) -> None:
    assert asked({"company": company}, [], [entry]).holds is False


def test_letters_of_another_script_are_found_where_all_of_them_look_latin() -> None:
    assert asked({"company": "Соре"}, [], ["Cope"]).holds is True
    assert asked({"company": "Сопле"}, [], ["Conne"]).holds is False


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"profile_url": "https://www.linkedin.com/in/jo%C3%AB-park?x=1"}, "person.profile_url"),
        ({"email": "JO@example.org"}, "person.email"),
        ({"profile_url": "linkedin.com/in/another", "email": "jo@example.org"}, "person.email"),
    ],
    ids=["by URL", "by e-mail", "by e-mail, under another URL"],
)
def test_a_blocked_person_is_found(person: dict[str, str], field: str) -> None:
    people = [{"profile_url": "https://de.linkedin.com/in/joë-park/", "email": "jo@example.org"}]
    answered = asked(person, people, [])
    assert answered.holds is True
    assert [(e.field, e.reason) for e in answered.evidence] == [(field, "a person whom you blocked")]


@pytest.mark.parametrize(
    ("person", "contact"),
    [
        ({"name": "Jo Park"}, {"name": "jo  PARK"}),
        ({"name": "Jo Park", "profile_url": "linkedin.com/in/jo"}, {"name": "Jo Park"}),
        ({"name": "Jo Park"}, {"name": "Jo Park", "profile_url": "linkedin.com/in/jo"}),
    ],
    ids=["both without URL", "the list without URL", "the record without URL"],
)
def test_a_namesake_is_unknown_and_is_the_evidence(person: dict[str, str], contact: dict[str, str]) -> None:
    answered = asked(person, [contact], [])
    assert answered.holds is None
    assert [(e.field, e.quote, e.reason) for e in answered.evidence] == [("person.name", "Jo Park", NAMESAKE)]


def test_a_namesake_of_another_url_is_somebody_else() -> None:
    person = {"name": "Jo Park", "profile_url": "linkedin.com/in/jo-park-2"}
    assert asked(person, [{"name": "Jo Park", "profile_url": "linkedin.com/in/jo-park"}], []).holds is False


@pytest.mark.parametrize(
    ("person", "contact", "missing"),
    [
        ({}, {"profile_url": "linkedin.com/in/jo"}, ("person.profile_url",)),
        ({}, {"email": "jo@example.org"}, ("person.email",)),
        ({}, {"name": "Jo Park"}, ("person.name",)),
        ({"profile_url": "linkedin.com/in/mia"}, {"name": "Jo Park"}, ("person.name",)),
        ({"profile_url": "linkedin.com/in/mia", "name": "Mia"}, {"email": "jo@example.org"}, ("person.email",)),
        ({"profile_url": ""}, {"profile_url": "linkedin.com/in/jo"}, ("person.profile_url",)),
    ],
    ids=["URL", "e-mail", "name", "name beside a URL", "e-mail beside a URL", "an empty URL"],
)
def test_it_is_unknown_while_something_could_put_them_on_the_list(
    person: dict[str, str], contact: dict[str, str], missing: tuple[str, ...]
) -> None:
    answered = asked(person, [contact], [])
    assert (answered.holds, answered.missing) == (None, missing)


@pytest.mark.parametrize(
    ("people", "companies", "missing"),
    [
        (None, None, ("profile.blocked_companies", "profile.blocked_people")),
        ([], None, ("profile.blocked_companies",)),
        (None, [], ("profile.blocked_people",)),
    ],
    ids=["neither list", "no companies", "no people"],
)
def test_a_list_that_nobody_supplied_is_named(
    people: list[dict[str, str]] | None, companies: list[str] | None, missing: tuple[str, ...]
) -> None:
    answered = asked({"company": "Brightleaf", "profile_url": "linkedin.com/in/mia"}, people, companies)
    assert (answered.holds, answered.missing) == (None, missing)


def test_nobody_is_on_empty_lists() -> None:
    assert asked({}, [], []).holds is False
