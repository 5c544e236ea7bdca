"""Facts about people, joined by profile URL: what they add, what they never change, and every mistake at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck import InputError, Person, PolicyError
from policycheck.reading.facts import filled, load_facts

MIA = "https://www.linkedin.com/in/mia-berg"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def facts_file(text: str) -> str:
    Path("facts.jsonl").write_text(text)
    return "facts.jsonl"


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as error:
        load_facts(facts_file(text))
    return error.value.messages


def test_facts_fill_what_the_record_does_not_know_and_change_nothing_else() -> None:
    facts = load_facts(facts_file(f'{{"profile_url": "{MIA}", "company": "Acme", "name": "Mia B.", "known": true}}'))
    record = Person(name="Mia Berg", profile_url="linkedin.com/in/Mia-Berg/", has_photo=True)
    assert facts.complete(record) == Person(
        name="Mia Berg", profile_url="linkedin.com/in/Mia-Berg/", has_photo=True, company="Acme", known=True
    )


@pytest.mark.parametrize("url", [None, "", "https://www.linkedin.com/in/mia-berg-2"])
def test_facts_of_somebody_else_are_left_alone(url: str | None) -> None:
    facts = load_facts(facts_file(f'{{"profile_url": "{MIA}", "company": "Acme"}}'))
    assert facts.complete(Person(name="Mia Berg", profile_url=url)) == Person(name="Mia Berg", profile_url=url)
    assert facts.unused() == 1


def test_facts_remember_who_was_asked_for() -> None:
    facts = load_facts(facts_file('{"profile_url": "in/mia"}\n\n{"profile_url": "in/jo"}\n{"profile_url": "in/al"}'))
    for _ in range(2):
        facts.complete(Person(profile_url="https://www.linkedin.com/in/jo"))
    assert (len(facts), facts.unused()) == (3, 2)


@pytest.mark.parametrize(
    "text",
    ['[{"profile_url": "in/mia"}]', '{"people":\n [{"profile_url": "in/mia"}]}', '\ufeff{"profile_url": "in/mia"}'],
)
def test_facts_come_as_lines_or_as_an_array(text: str) -> None:
    assert len(load_facts(facts_file(text))) == 1


def test_every_mistake_is_told_at_once() -> None:
    text = "\n".join(
        [
            '{"profile_url": "in/mia", "compny": "zqxv", "connections": "zqxv"}',
            '{"profile_url": "in/jo"}',
            '{"name": "zqxv"}',
            "{",
            '{"profile_url": "https://www.linkedin.com/in/JO/", "joined_on": "zqxv"}',
            '{"profile_url": "https://www.linkedin.com/in/JO/"}',
            '{"profile_url": "https://www.linkedin.com/"}',
        ]
    )
    assert mistakes(text) == (
        "facts.jsonl:1: `compny` is an unknown key; did you mean `company`?",
        "facts.jsonl:1: `connections` cannot be read; write a whole number from 0, or leave it out",
        "facts.jsonl:3: `profile_url` is missing; add it: facts are joined by it",
        "facts.jsonl:4: this is no JSON (column 2); mend the syntax",
        "facts.jsonl:5: `joined_on` cannot be read; write a date such as 2019-04-01, or leave it out",
        "facts.jsonl:6: this person stands in line 2 already; put both into one record",
        "facts.jsonl:7: `profile_url` is missing; add it: facts are joined by it",
    )


def test_an_array_that_is_no_json_is_refused_with_its_line() -> None:
    assert mistakes('[{"profile_url": "in/mia"},\n}') == ("facts.jsonl:2: this is no JSON (column 1); mend the syntax",)


def test_a_facts_file_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"^nope\.jsonl: no such file or folder; check"):
        load_facts("nope.jsonl")


def test_a_folder_is_no_facts_file() -> None:
    Path("folder").mkdir()
    Path("folder/a.jsonl").write_text("{}")
    with pytest.raises(InputError) as error:
        load_facts("folder")
    assert str(error.value) == "folder: is a folder or archive; name a file of JSON Lines"


people = st.builds(
    Person,
    name=st.sampled_from([None, "", "Mia Berg"]),
    connections=st.sampled_from([None, 0, 3]),
    verified=st.sampled_from([None, True, False]),
    known=st.sampled_from([None, True, False]),
)


@given(people, people)
def test_filling_keeps_what_is_known_and_takes_all_that_is_told(person: Person, fact: Person) -> None:
    full = filled(person, fact)
    for name in Person.__struct_fields__:
        known: Any = getattr(person, name)
        assert getattr(full, name) == (getattr(fact, name) if known is None else known)
    assert filled(full, fact) == full
