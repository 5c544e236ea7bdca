"""The exports of outreach tools and address books, with headers as they write them and invented people."""

from __future__ import annotations

from pathlib import Path

import pytest

from inputs import given, profile, recognising, records, told, written
from policycheck import Contact, Invitation, NotJudged, Person, UsageError
from policycheck.builtin.readers._headers import Header, tools_of
from policycheck.builtin.readers._tools import OWN, TOOLS, Tool

URL = "https://www.linkedin.com/in/mia-berg"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def row_of(cells: dict[str, str]) -> str:
    return f"{','.join(cells)}\n{','.join(cells.values())}\n"


MIA = Person(name="Mia Berg", profile_url=URL, company="Acme", position="Editor", email="mia@acme.example")

EXPORTS: dict[str, tuple[dict[str, str], str, Person]] = {
    "apollo": (
        {
            "First Name": "Mia",
            "Last Name": "Berg",
            "Title": "Editor",
            "Company": "Acme",
            "Company Name for Emails": "",
            "Email": "mia@acme.example",
            "Email Status": "",
            "Stage": "",
            "Person Linkedin Url": URL,
            "Website": "",
            "City": "Oslo",
            "State": "",
            "Country": "Norway",
            "Industry": "publishing",
            "Apollo Contact Id": "5f0a",
        },
        "5f0a",
        Person(
            name="Mia Berg",
            profile_url=URL,
            company="Acme",
            position="Editor",
            email="mia@acme.example",
            location="Oslo, Norway",
            industry="publishing",
        ),
    ),
    "phantombuster": (
        {
            "profileUrl": "https://www.linkedin.com/sales/lead/ACwAAA",
            "fullName": "Mia Berg",
            "firstName": "Mia",
            "lastName": "Berg",
            "companyName": "Acme",
            "title": "Editor",
            "industry": "Publishing",
            "location": "Oslo",
            "connectionDegree": "",
            "sharedConnectionsCount": "4",
            "name": "Mia Berg",
            "linkedInProfileUrl": "",
            "defaultProfileUrl": URL,
        },
        "export.csv:2",
        Person(
            name="Mia Berg",
            profile_url=URL,
            company="Acme",
            position="Editor",
            industry="Publishing",
            location="Oslo",
            mutual_connections=4,
        ),
    ),
    "edges": (
        {
            "first_name": "Mia",
            "last_name": "Berg",
            "full_name": "Mia Berg",
            "headline": "I edit",
            "linkedin_profile_url": URL,
            "location": "Oslo",
            "company_name": "Acme",
            "job_title": "Editor",
            "number_connections": "512",
        },
        "export.csv:2",
        Person(
            name="Mia Berg",
            profile_url=URL,
            company="Acme",
            position="Editor",
            headline="I edit",
            location="Oslo",
            connections=512,
        ),
    ),
    "hubspot": (
        {
            "Record ID": "901",
            "First Name": "Mia",
            "Last Name": "Berg",
            "Email": "mia@acme.example",
            "Job Title": "Editor",
            "Company Name": "Acme",
            "LinkedIn URL": URL,
            "Contact owner": "",
        },
        "901",
        MIA,
    ),
    "lemlist": (
        {
            "_id": "lea_1",
            "email": "mia@acme.example",
            "firstName": "Mia",
            "lastName": "Berg",
            "companyName": "Acme",
            "jobTitle": "Editor",
            "linkedinUrl": URL,
            "icebreaker": "",
            "campaignName": "",
        },
        "lea_1",
        MIA,
    ),
}


@pytest.mark.parametrize(("name", "export"), EXPORTS.items(), ids=EXPORTS)
def test_an_export_is_recognised_by_its_header_and_read_as_people_to_invite(
    name: str, export: tuple[dict[str, str], str, Person]
) -> None:
    cells, id_, person = export
    path = written("export.csv", row_of(cells))
    assert recognising(path) == [name]
    (record,) = records(path)
    assert (record.id, record.stage, record.note, record.person) == (id_, "outgoing", None, person)


@pytest.mark.parametrize(("name", "export"), EXPORTS.items(), ids=EXPORTS)
def test_an_export_may_have_columns_of_ours_beside_its_own(
    name: str, export: tuple[dict[str, str], str, Person]
) -> None:
    path = written("export.csv", row_of(export[0] | {"note": "Hello Mia", "known": "true"}))
    assert recognising(path) == [name]
    (record,) = records(path)
    assert (record.note, record.person.known) == ("Hello Mia", True)


@pytest.mark.parametrize(("name", "export"), EXPORTS.items(), ids=EXPORTS)
def test_an_export_is_one_with_semicolons_too(name: str, export: tuple[dict[str, str], str, Person]) -> None:
    assert recognising(written("export.csv", row_of(export[0]).replace(",", ";"))) == [name]


def test_apollos_stage_is_none_of_ours_and_is_told() -> None:
    path = written("export.csv", row_of(EXPORTS["apollo"][0] | {"Stage": "Cold"}))
    record, rest = records(path)
    assert (record.stage, rest) == ("outgoing", NotJudged("cell of columns that are not read: `Stage`", 1))


def test_a_stage_of_ours_counts_in_an_export_that_has_none_of_its_own() -> None:
    (record,) = records(written("export.csv", row_of(EXPORTS["lemlist"][0] | {"stage": "incoming"})))
    assert record.stage == "incoming"


def test_a_header_of_two_tools_asks_which_and_the_answer_counts() -> None:
    cells = dict.fromkeys(["Record ID", "First Name", "Last Name", "Person Linkedin Url"], "x")
    path = written("export.csv", row_of(cells))
    assert recognising(path) == ["apollo", "hubspot"]
    with pytest.raises(UsageError) as error:
        records(path)
    expected = "export.csv: the readers `apollo` and `hubspot` recognise this; choose one with `--reader`"
    assert str(error.value) == expected
    assert [item.person.profile_url for item in records(path, "apollo") if isinstance(item, Invitation)] == ["x"]
    assert [item.id for item in records(path, "hubspot") if isinstance(item, Invitation)] == ["x"]


def test_of_two_tools_the_one_with_more_of_its_columns_counts() -> None:
    cells = EXPORTS["apollo"][0] | {"Record ID": "1"}
    assert recognising(written("export.csv", row_of(cells))) == ["apollo"]


GOOGLE = {
    "now": {
        "First Name": "Mia",
        "Middle Name": "",
        "Last Name": "Berg",
        "Organization Name": "Acme",
        "Labels": "* myContacts",
        "E-mail 1 - Label": "Work",
        "E-mail 1 - Value": "mia@acme.example ::: m@berg.example",
        "E-mail 2 - Value": "berg@berg.example",
        "Website 1 - Value": URL,
    },
    "until 2024": {
        "Name": "Mia Berg",
        "Given Name": "Mia",
        "Family Name": "Berg",
        "Group Membership": "* myContacts",
        "E-mail 1 - Value": "mia@acme.example ::: m@berg.example",
        "E-mail 2 - Value": "berg@berg.example",
        "Website 1 - Value": URL,
    },
}


@pytest.mark.parametrize("cells", GOOGLE.values(), ids=GOOGLE)
def test_google_contacts_are_an_address_book(cells: dict[str, str]) -> None:
    path = written("contacts.csv", row_of(cells))
    assert recognising(path) == ["google-contacts"]
    emails = ["mia@acme.example", "m@berg.example", "berg@berg.example"]
    assert profile(path).address_book == tuple(
        Contact(name="Mia Berg", profile_url=URL, email=email) for email in emails
    )


def test_outlooks_contacts_are_an_address_book() -> None:
    cells = {
        "Title": "Ms",
        "First Name": "Mia",
        "Last Name": "Berg",
        "Suffix": "",
        "E-mail Address": "mia@acme.example",
    }
    path = written("contacts.csv", row_of(cells | {"E-mail 2 Address": "m@berg.example", "Web Page": "acme.example"}))
    assert recognising(path) == ["outlook-contacts"]
    assert profile(path).address_book == (
        Contact(name="Mia Berg", email="mia@acme.example"),
        Contact(name="Mia Berg", email="m@berg.example"),
    )


def test_every_row_of_an_address_book_is_a_contact_a_count_or_an_error() -> None:
    header = "First Name,Last Name,Labels,E-mail 1 - Value,Notes\n"
    path = written("contacts.csv", f"{header}Mia,Berg,,,a friend\n,,,not an address,\nBen,,,\nBen,,,b@ito.example,\n")
    found = given(path)
    assert [group for account, group in found if account is None] == [
        [
            NotJudged("contact of the address book", 2),
            NotJudged("contact without a name or an address", 1),
            NotJudged("cell of columns that are not read: `Notes`", 1),
        ]
    ]
    assert told([item for account, group in found if account for item in group]) == [
        (
            "contacts.csv:4: fields in the row: 4, in the header: 5; "
            "put quotes around a field that holds a comma, or export again"
        )
    ]
    assert profile_of_good_rows() == (Contact(name="Mia Berg"), Contact(name="Ben", email="b@ito.example"))


def profile_of_good_rows() -> tuple[Contact, ...] | None:
    header = "First Name,Last Name,Labels,E-mail 1 - Value,Notes\n"
    return profile(written("good.csv", f"{header}Mia,Berg,,,\nBen,,,b@ito.example,\n")).address_book


@pytest.mark.parametrize("tool", TOOLS, ids=[tool.name for tool in TOOLS])
def test_a_tools_table_is_sound(tool: Tool) -> None:
    fields = {*OWN, "first_name", "last_name", "city", "region", "country"}
    assert tool.source
    assert tool.columns.keys() <= fields
    for mark in tool.marks:
        assert tools_of(Header(mark, 1, 1, ",")) == (tool,)
