"""Who is known, by what, and what two profiles come to: the laws and the cases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from policycheck import Contact, Person, Profile
from policycheck.reading.knowing import NAMESAKE, merge, resolve

URL, OTHER_URL = "https://www.linkedin.com/in/mia-berg", "https://www.linkedin.com/in/mia-berg-2"
BOOK = Profile(address_book=(Contact(name="Mia Berg", profile_url=URL, email="mia@acme.example"),))


def known(person: dict[str, Any], profile: Profile = BOOK) -> tuple[bool | None, str | None]:
    settled = resolve(Person(**person), profile)
    return settled.known, settled.known_by


def test_by_url_the_address_book_wins_over_the_record() -> None:
    assert known({"profile_url": "linkedin.com/in/Mia-Berg/?trk=x", "known": False}) == (True, "address book")


def test_by_email_the_address_book_wins_over_the_record() -> None:
    assert known({"email": " Mia@ACME.example", "known": False}) == (True, "address book")


def test_a_namesake_alone_is_never_known() -> None:
    assert known({"name": "mia  BERG"}) == (None, NAMESAKE)


def test_a_namesake_makes_a_stranger_unknown_too() -> None:
    assert known({"name": "Mia Berg", "known": False}) == (None, NAMESAKE)


def test_a_namesake_takes_nothing_from_somebody_known() -> None:
    assert known({"name": "Mia Berg", "known": True}) == (True, "the record")


def test_two_urls_tell_namesakes_apart() -> None:
    assert known({"name": "Mia Berg", "profile_url": OTHER_URL, "known": False}) == (False, "the record")
    assert known({"name": "Mia Berg", "profile_url": OTHER_URL}) == (None, None)


@pytest.mark.parametrize("profile", [Profile(), Profile(address_book=()), BOOK], ids=["none", "empty", "without them"])
def test_without_the_person_the_record_counts(profile: Profile) -> None:
    assert known({"name": "Jo Lund", "known": True}, profile) == (True, "the record")
    assert known({"name": "Jo Lund", "known": False}, profile) == (False, "the record")
    assert known({"name": "Jo Lund"}, profile) == (None, None)


def test_what_a_reader_found_out_stays() -> None:
    found = {"profile_url": URL, "known": True, "known_by": "earlier conversation"}
    assert known(found) == (True, "earlier conversation")
    assert known(found, Profile()) == (True, "earlier conversation")


def test_nothing_rests_on_a_reason_without_an_answer() -> None:
    assert known({"known_by": "hearsay"}, Profile()) == known({"known_by": "hearsay"}) == (None, None)
    assert known({"known": False, "known_by": "hearsay"}) == (False, "hearsay")


def test_urls_and_addresses_that_lead_to_nobody_match_nobody() -> None:
    empty = Profile(address_book=(Contact(profile_url="https://www.linkedin.com/", email=" "),))
    assert known({"profile_url": "https://www.linkedin.com", "email": ""}, empty) == (None, None)
    assert known({"profile_url": "  ", "email": "  "}, empty) == (None, None)


names = st.sampled_from([None, "", "Mia Berg", "MIA BERG", "Jo Lund"])
urls = st.sampled_from([None, "", URL, URL + "/", OTHER_URL])
emails = st.sampled_from([None, "", "mia@acme.example", "jo@acme.example"])
contacts = st.lists(st.builds(Contact, name=names, profile_url=urls, email=emails), max_size=4).map(tuple)
people = st.builds(
    Person,
    name=names,
    profile_url=urls,
    email=emails,
    known=st.sampled_from([None, True, False]),
    known_by=st.sampled_from([None, None, "endorsement"]),
)
words = st.none() | st.lists(st.sampled_from(["Acme", "Brightleaf", "Northwind"]), unique=True, max_size=3).map(tuple)
profiles = st.builds(
    Profile,
    names=words,
    companies=words,
    address_book=st.none() | contacts.map(dict.fromkeys).map(tuple),
    profile_url=urls,
    premium=st.sampled_from([None, True, False]),
)


@given(people, profiles)
def test_settling_twice_changes_nothing(person: Person, profile: Profile) -> None:
    once = resolve(person, profile)
    assert resolve(once, profile) == once


@given(people, contacts, st.randoms(use_true_random=False))
def test_the_order_of_the_address_book_is_irrelevant(person: Person, book: tuple[Contact, ...], dice: Any) -> None:
    shuffled = tuple(dice.sample(book, len(book)))
    assert resolve(person, Profile(address_book=book)) == resolve(person, Profile(address_book=shuffled))


@given(people, contacts)
def test_only_what_is_known_changes(person: Person, book: tuple[Contact, ...]) -> None:
    settled = resolve(person, Profile(address_book=book))
    assert structs.replace(settled, known=person.known, known_by=person.known_by) == person


@given(people.filter(lambda person: person.known is None), contacts, st.sampled_from(["name", "profile_url", "email"]))
def test_taking_a_fact_away_makes_nobody_known_or_strange(person: Person, book: tuple[Contact, ...], fact: str) -> None:
    whole = resolve(person, Profile(address_book=book))
    less = resolve(structs.replace(person, **{fact: None}), Profile(address_book=book))
    assert less.known in (whole.known, None)


@given(people, contacts)
def test_a_longer_address_book_never_makes_somebody_a_stranger(person: Person, book: tuple[Contact, ...]) -> None:
    if resolve(person, Profile()).known is not False:
        assert resolve(person, Profile(address_book=book)).known is not False


# --- two profiles ----------------------------------------------------------------------------------------------------


def test_lists_are_united_and_single_values_are_the_users() -> None:
    own = Profile(names=("Ana Voss",), companies=("Acme", "Brightleaf"), premium=False, profile_url=URL)
    given_ = Profile(companies=("Northwind", "Acme"), industries=(), premium=True)
    assert merge(own, given_) == Profile(
        names=("Ana Voss",),
        companies=("Acme", "Brightleaf", "Northwind"),
        industries=(),
        premium=True,
        profile_url=URL,
    )


@given(profiles)
def test_a_profile_united_with_itself_or_with_nothing_is_itself(profile: Profile) -> None:
    assert merge(profile, profile) == merge(profile, Profile()) == merge(Profile(), profile) == profile


@given(profiles, profiles)
def test_uniting_twice_changes_nothing(own: Profile, given_: Profile) -> None:
    once = merge(own, given_)
    assert merge(once, given_) == once


@given(profiles, profiles)
def test_nothing_is_known_that_neither_knew_and_nothing_is_lost(own: Profile, given_: Profile) -> None:
    united = merge(own, given_)
    for name in Profile.__struct_fields__:
        both = (getattr(own, name), getattr(given_, name))
        assert (getattr(united, name) is None) == (both == (None, None))
    for name in ("names", "companies", "address_book"):
        parts = {*(getattr(own, name) or ()), *(getattr(given_, name) or ())}
        assert set(getattr(united, name) or ()) == parts
