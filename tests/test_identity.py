"""When two spellings mean the same person or company."""

from __future__ import annotations

import pytest

from growth import LINEAR, growth
from policycheck import Contact, People, company_key, person_key

SAME_PERSON = [
    "https://www.linkedin.com/in/zoë-brandt-90001",
    "http://linkedin.com/in/zo%C3%AB-brandt-90001/",
    "de.linkedin.com/in/ZOË-brandt-90001?trk=people",
    "linkedin.com/in/zoe\u0308-brandt-90001#about",
    "linkedin.com/in/zoë-brandt-90001/de",
    "linkedin.com/in/zoë-brandt-90001/details/experience/",
    "zoë-brandt-90001",
    "in/zoë-brandt-90001",
    "https://www.linkedin.com:443/in/zoë-brandt-90001",
    "//www.linkedin.com/in/zoë-brandt-90001",
    "www.linkedin.com./in//zoë-brandt-90001",
    "https://www.linkedin.com/./in/zoë-brandt-90001%20",
    "https://www.linkedin.com/mwlite/in/zoë-brandt-90001;x",
    "https://www.linkedin.com/in/zoë-\u200bbrandt-90001",
]


@pytest.mark.parametrize("url", SAME_PERSON)
def test_all_spellings_of_an_address_have_one_key(url: str) -> None:
    assert person_key(url) == "zoë-brandt-90001"


@pytest.mark.parametrize(
    "url",
    [
        "https://x@www.linkedin.com/in/zoë",
        "linkedin.com/pub/../in/zoë",
        "",
        "https://www.linkedin.com/in/",
        "linkedin.com",
        "https://linkedin.com?x=1",
        "/",
    ],
)
def test_an_address_without_a_slug_is_nobodys(url: str) -> None:
    assert person_key(url) == ""
    assert not People([Contact(profile_url=url)]).holds(url, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil-linkedin.com/in/zoë",
        "https://linkedin.com@evil.example/in/zoë",
        "https://linkedin.com.evil.example/in/zoë",
        "https://evil.example/linkedin.com/in/zoë",
        "https://linkedin.com/in/zoë/../another",
        "https://linkedin.com/in/zoë/%2e%2e/another",
        "https://linkedin.com/in/zo%25C3%25AB",
        "https://linkedin.com/company/zoë",
        "https://in/zoë",
        "javascript://in/zoë",
    ],
)
def test_what_leads_elsewhere_is_not_taken_for_the_person(url: str) -> None:
    assert person_key(url) != person_key("zoë")


@pytest.mark.parametrize(
    "name",
    [
        "Acme",
        "ACME Inc",
        "Acme, Inc.",
        "acme  gmbh",
        "ACME Co. Ltd",
        "Acme A/S",
        "Acme GmbH & Co. KG",
        "Ａcme",
        "Ac\u200bme",
        "Ac\u00adme",
    ],
)
def test_a_company_is_the_same_without_case_and_legal_form(name: str) -> None:
    assert company_key(name) == "acme"


@pytest.mark.parametrize(("one", "other"), [("Acme", "Acme Labs"), ("Inc", "Co"), ("A & B", "A B")])
def test_different_companies_stay_different(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


def test_letters_that_only_casefolding_makes_alike_stay_different_people() -> None:
    assert person_key("linkedin.com/in/anna-strau\u00df-1") != person_key("linkedin.com/in/anna-strauss-1")
    people = People([Contact(email="ben@strasse.example")])
    assert not people.holds(None, "ben@stra\u00dfe.example")
    assert people.holds(None, "Ben@Strasse.example ")


def test_a_name_that_thousands_bear_is_looked_up_at_once() -> None:
    def index(count: int) -> tuple[People, int]:
        return People(Contact(name="Mia Berg", profile_url=f"linkedin.com/in/mia-{n}") for n in range(count)), count

    def look_up(given: tuple[People, int]) -> None:
        assert not any(given[0].namesake("Mia Berg", "linkedin.com/in/mia-berg") for _ in range(given[1]))

    assert growth(200, index, look_up) < LINEAR
