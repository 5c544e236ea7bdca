"""What is known of us, from YAML: every key, three ways to write a person, and every mistake with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from growth import LINEAR, growth
from policycheck import Contact, PolicyError, Profile
from policycheck.policy.profile import PROFILE, load_profile

FULL = """\
names: [Ana Voss]
profile_url: https://www.linkedin.com/in/ana-voss
companies: [Brightleaf]
industries: [Marketing Services]
interests: [newsrooms]
related_companies: ["Acme, Inc."]
related_industries: [Public Relations]
competitors: [Rivalis]
blocked_companies: [Spamworks]
blocked_people: [{name: Gus Pitchman, email: gus@spam.example}]
address_book:
  - {name: Ben Ito, profile_url: https://www.linkedin.com/in/ben-ito}
  - https://uk.linkedin.com/in/cleo-marsh
  - linkedin.com/in/dev-rao
  - eve@lund.example
  - Finn O'Day
connections: []
connections_visible: true
premium: false
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def profile_file(text: str) -> str:
    Path("us.yaml").write_text(text)
    return "us.yaml"


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as error:
        load_profile(profile_file(text))
    return error.value.messages


def test_every_key_of_a_profile_arrives() -> None:
    assert load_profile(profile_file(FULL)) == Profile(
        names=("Ana Voss",),
        profile_url="https://www.linkedin.com/in/ana-voss",
        companies=("Brightleaf",),
        industries=("Marketing Services",),
        interests=("newsrooms",),
        related_companies=("Acme, Inc.",),
        related_industries=("Public Relations",),
        competitors=("Rivalis",),
        blocked_companies=("Spamworks",),
        blocked_people=(Contact(name="Gus Pitchman", email="gus@spam.example"),),
        address_book=(
            Contact(name="Ben Ito", profile_url="https://www.linkedin.com/in/ben-ito"),
            Contact(profile_url="https://uk.linkedin.com/in/cleo-marsh"),
            Contact(profile_url="linkedin.com/in/dev-rao"),
            Contact(email="eve@lund.example"),
            Contact(name="Finn O'Day"),
        ),
        connections=(),
        connections_visible=True,
        premium=False,
    )


def test_the_schema_knows_the_facts_about_us_and_no_others() -> None:
    assert set(PROFILE) == set(Profile.__struct_fields__)


def test_a_list_that_nobody_supplied_is_unknown() -> None:
    assert load_profile(profile_file("names: []\n")) == Profile(names=())


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    text = """\
companys: [Brightleaf]
industries: [1]
address_book: [{nme: Ben Ito}, 5, {name: 5}]
connections_visible: 1
premium:
competitors: Rivalis
"""
    assert mistakes(text) == (
        "us.yaml:1:1: unknown key `companys`; did you mean `companies`?",
        "us.yaml:2:14: `industries` must be a text; quote it",
        "us.yaml:3:17: unknown key `nme`; did you mean `name`?",
        "us.yaml:3:32: `address_book` must be a text or a mapping; quote it",
        "us.yaml:3:42: `name` must be a text; quote it",
        "us.yaml:4:22: `connections_visible` must be true or false",
        "us.yaml:5:9: `premium` is empty; give it a value, or leave the key out",
        "us.yaml:6:14: `competitors` must be a list",
    )


def test_an_entry_that_matches_nobody_or_everybody_is_refused() -> None:
    text = """\
blocked_people:
  - {}
  - ""
  - {name: " "}
  - https://www.linkedin.com/
  - {profile_url: "HTTPS://WWW.LINKEDIN.COM/?trk=x"}
  - https://example.org/mia-berg
"""
    form = "write it as https://www.linkedin.com/in/mia-berg"
    assert mistakes(text) == (
        "us.yaml:2:5: this names nobody; write `profile_url`, `email` or `name`",
        "us.yaml:3:5: this names nobody; write `profile_url`, `email` or `name`",
        "us.yaml:4:5: this names nobody; write `profile_url`, `email` or `name`",
        f"us.yaml:5:5: the URL leads to no profile; {form}",
        f"us.yaml:6:5: the URL leads to no profile; {form}",
        f"us.yaml:7:5: a person's URL must be on linkedin.com; {form}",
    )


def test_a_profile_that_is_not_there_is_named() -> None:
    with pytest.raises(PolicyError) as error:
        load_profile("nope.yaml")
    assert str(error.value) == (
        "nope.yaml: cannot be read (No such file or directory); check the path and its permissions"
    )


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(PolicyError) as error:
        load_profile("a\0b")
    assert str(error.value) == "a\\x00b: cannot be read (no possible file name); check the path and its permissions"


def test_a_company_without_a_letter_or_digit_is_refused() -> None:
    assert mistakes("competitors: [Rivalis]\nblocked_companies:\n  - Spamworks\n  - 🚀\n") == (
        "us.yaml:4:5: this names no company; write its name in letters or digits",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for() -> None:
    os.mkfifo("pipe")
    with pytest.raises(PolicyError) as error:
        load_profile("pipe")
    assert str(error.value) == "pipe: is a pipe or device, not a file; write it to a file and name that"


def test_a_folder_is_refused() -> None:
    with pytest.raises(PolicyError) as error:
        load_profile(".")
    assert str(error.value) == ".: cannot be read (Is a directory); check the path and its permissions"


def test_an_empty_profile_is_refused() -> None:
    assert mistakes("# all commented out\n") == ("us.yaml:1:1: this must be a mapping of keys to values",)


@pytest.mark.parametrize(
    ("before", "entry"),
    [("", "companies{}: 1\n"), ("address_book:\n", "- 1\n"), ("address_book:\n", "- {{name: Mia, nmae: Mia}}\n")],
    ids=["unknown keys", "people who are none", "people with an unknown key"],
)
def test_thousands_of_mistakes_are_collected_in_linear_time(before: str, entry: str) -> None:
    def text(count: int) -> str:
        return before + "".join(entry.format(number) for number in range(count))

    assert growth(400, text, mistakes) < LINEAR
