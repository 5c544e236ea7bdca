from __future__ import annotations

from typing import Any

import pytest

from growth import LINEAR, growth
from policycheck import Case
from policycheck.builtin.checks._names import mentions
from policycheck.builtin.checks.names_a_connection import names_a_connection
from policycheck.testing import Answer, answer, case_of


def asked(note: str, *names: str, **more: Any) -> Answer:
    profile = {"names": ["Ana Voss"], "connections": [{"name": name} for name in names], "address_book": []}
    return answer(
        names_a_connection,
        {"note": note, "person": {"name": "Hana Sato"}, "profile": profile | more.pop("profile", {}), **more},
    )


@pytest.mark.parametrize(
    ("note", "name", "quote"),
    [
        ("Ben Ito suggested it.", "Ben Ito", "Ben Ito"),
        ("As Ito, Ben told me", "Ben Ito", "Ito, Ben"),
        ("BEN ITO told me", "ben ito", "BEN ITO"),
        ("B. Ito told me", "Ben Ito", "B. Ito"),
        ("Ben K. Ito told me", "Ben Ito", "Ben K. Ito"),
        ("Ben Ito told me", "Dr. Ben Karl Ito, PhD", "Ben Ito"),
        ("Ben Ito told me", "Ben (Benny) Ito 🚀", "Ben Ito"),
        ("Zoe Müller-Brandt told me", "Zoë Muller-Brandt", "Zoe Müller-Brandt"),
        ("Jose Garcia told me", "José García", "Jose Garcia"),
        ("Anna van der Berg told me", "Anna Berg", "Anna van der Berg"),
        ("Anna Berg told me", "Anna van der Berg", "Anna Berg"),
        ("Sean O’Neil told me", "Sean O'Neil", "Sean O’Neil"),
        ("Sean ONeil told me", "Sean O'Neil", "Sean ONeil"),
        ("Ben Ito's talk was good.", "Ben Ito", "Ben Ito's"),
        ("Karl Mueller told me", "Karl Müller", "Karl Mueller"),
        ("Karl Müller told me", "Karl Mueller", "Karl Müller"),
        ("As Will Young told me", "Will Young", "Will Young"),
        ("Мне сказал Иван Петров.", "Иван Петров", "Иван Петров"),
        ("佐藤花子さんの紹介です", "佐藤 花子", "佐藤花子"),
    ],
)
def test_a_name_is_found_in_the_forms_that_people_use(note: str, name: str, quote: str) -> None:
    answered = asked(note, name)
    assert (answered.holds, answered.quotes) == (True, (quote,))


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Ben told me that Ito is nice.", "Ben Ito"),
        ("I ben ito", "Ben Ito"),
        ("Benjamin Ito told me", "Ben Ito"),
        ("Will Young people come?", "Will Young"),
        ("Rich May asked me", "Rich May"),
        ("We march on May Day", "May Day"),
        ("Lunch in the Rose Garden?", "Rose Garden"),
        ("As our General Manager said", "General Manager"),
        ("He is a Nice Guy", "Nice Guy"),
        ("Great Victor of old", "Victor Great"),
        ("Paris, London and Rome", "Paris London"),
        ("Chase Banks for a loan", "Chase Banks"),
        ("I met Ben. Ito was there.", "Ben Ito"),
        ("Ben told me", "Ben"),
        ("Ben I. told me", "Ben I."),
    ],
)
def test_parts_of_names_and_common_words_are_no_names(note: str, name: str) -> None:
    assert asked(note, name).holds is False


def test_the_evidence_says_on_which_list_the_name_stands() -> None:
    book = {"connections": None, "address_book": [{"name": "Ben Ito"}]}
    assert [e.reason for e in asked("Ben Ito told me", "Ben Ito").evidence] == ["names one of our connections"]
    assert [e.reason for e in asked("Ben Ito told me", profile=book).evidence] == ["names somebody in our address book"]


def test_the_person_s_own_name_and_ours_do_not_count() -> None:
    assert asked("Hana Sato here", "Hana Sato").holds is False
    assert asked("Hello Ana Voss", "Ana Voss").holds is False


def test_a_name_that_may_be_the_person_s_own_or_ours_is_unknown() -> None:
    answered = asked("Ben Ito told me", "Ben Ito", person={}, profile={"names": None})
    assert (answered.holds, answered.missing) == (None, ("person.name", "profile.names"))


def test_a_list_that_nobody_supplied_leaves_it_open_where_the_note_may_name_somebody() -> None:
    missing = {"connections": None}
    answered = asked("Ben Ito told me", profile=missing)
    assert (answered.holds, answered.missing) == (None, ("profile.connections",))
    assert asked("thanks for the talk", profile=missing).holds is False
    assert asked("Hi Hana, thanks for the talk on Thursday", profile=missing).holds is False


def test_blanks_between_two_words_are_passed_over_in_linear_time() -> None:
    assert growth(1_000, lambda count: f"Will{' ' * count}5 May", lambda note: list(mentions(note))) < LINEAR


def test_our_names_are_indexed_once_for_all_invitations() -> None:
    def cases(count: int) -> list[Case]:
        names = tuple("Ana Voss" + "".join(chr(ord("a") + int(digit)) for digit in str(n)) for n in range(count))
        first = case_of({"note": "Ben Ito suggested it.", "profile": {"names": names}})
        return [Case(first.invitation, first._shared) for _ in range(count)]

    assert growth(100, cases, lambda cases: [names_a_connection(case) for case in cases]) < LINEAR
