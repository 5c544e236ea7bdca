"""What an export tells about its owner; what it doesn't have is not known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from exports import Connection, Export, Invite, read_back
from policycheck import Contact, Profile

INVITES = [Invite("Mia Berg", "mia-berg-1")]
PROFILE = [
    ["First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code"],
    ["Ana", "Voss", "", "1 Long Street", "May 5", "Editor", "Two\nlines", "Marketing Services", "1000"],
]
POSITIONS = [
    ["Company Name", "Title", "Description", "Location", "Started On", "Finished On"],
    ["Brightleaf", "Editor", "", "", "Jan 2020", ""],
    ["Northwind Media", "Writer", "", "", "2015", "Dec 2019"],
    ["Brightleaf Ltd.", "Trainee", "", "", "2014", "2015"],
]
CONTACTS = [
    ["Source", "FirstName", "LastName", "Companies", "Title", "Emails", "PhoneNumbers", "FullName"],
    ["MOBILE", "Ben", "Ito", "", "", "ben@example.org, Ben.Ito@example.com", "5550100", "Ben Ito"],
    ["MOBILE", "", "", "", "", "", "5550101", "Noor Aziz"],
    ["MOBILE", "", "", "", "", "lo@example.org", "", ""],
    ["MOBILE", "", "", "", "", "", "5550102", ""],
]
RECOMMENDATIONS = [
    ["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"],
    ["Mia", "Berg", "Hall & Sons", "Editor", "A pleasure.", "01/02/24, 10:00 AM", "VISIBLE"],
]


def profile(folder: Path, tables: dict[str, Sequence[Sequence[str]]]) -> Profile:
    found = read_back(folder, Export(invites=INVITES, tables=tables))
    assert found.unreadable == []
    return found.account.profile


def test_without_its_smaller_files_an_export_tells_a_name_and_a_url_alone(tmp_path: Path) -> None:
    assert profile(tmp_path, {}) == Profile(names=("Ana Voss",), profile_url="https://www.linkedin.com/in/ana-voss")


def test_the_name_and_industry_come_from_the_profile(tmp_path: Path) -> None:
    found = profile(tmp_path, {"Profile.csv": [PROFILE[0], [*PROFILE[1][:1], "Voß", *PROFILE[1][2:]]]})
    assert found.names == ("Ana Voß", "Ana Voss")
    assert found.industries == ("Marketing Services",)


def test_an_empty_industry_is_not_known(tmp_path: Path) -> None:
    rows = [["First Name", "Last Name", "Industry"], ["Ana", "Voss", ""]]
    assert profile(tmp_path, {"Profile.csv": rows}).industries is None


def test_the_companies_are_todays_and_former_employers_once_each(tmp_path: Path) -> None:
    assert profile(tmp_path, {"Positions.csv": POSITIONS}).companies == ("Brightleaf", "Northwind Media")


def test_the_companies_followed_are_the_interests(tmp_path: Path) -> None:
    rows = [["Organization", "Followed On"], ["Hall & Sons", "Thu Jan 04 10:11:12 UTC 2024"], ["Hall & Sons", ""]]
    assert profile(tmp_path, {"Company Follows.csv": rows}).interests == ("Hall & Sons",)


@pytest.mark.parametrize("name", ["Contacts.csv", "ImportedContacts.csv", "Imported Contacts.csv"])
def test_the_contacts_are_the_address_book_with_each_of_their_addresses(tmp_path: Path, name: str) -> None:
    assert profile(tmp_path, {name: CONTACTS}).address_book == (
        Contact(name="Ben Ito", email="ben@example.org"),
        Contact(name="Ben Ito", email="Ben.Ito@example.com"),
        Contact(name="Noor Aziz"),
        Contact(email="lo@example.org"),
    )


def test_both_files_of_contacts_are_one_address_book(tmp_path: Path) -> None:
    imported = [["First Name", "Last Name", "Email Address"], ["Ben", "Ito", "ben@example.org"], ["Cy", "Ode", ""]]
    found = profile(tmp_path, {"Contacts.csv": CONTACTS[:2], "ImportedContacts.csv": imported})
    assert found.address_book == (
        Contact(name="Ben Ito", email="ben@example.org"),
        Contact(name="Ben Ito", email="Ben.Ito@example.com"),
        Contact(name="Cy Ode"),
    )


@pytest.mark.parametrize("name", ["Recommendations_Received.csv", "Recommendations Given.csv"])
def test_a_recommendation_adds_a_name_to_the_address_book(tmp_path: Path, name: str) -> None:
    found = profile(tmp_path, {"Contacts.csv": CONTACTS[:2], name: RECOMMENDATIONS})
    assert (found.address_book or ())[-1] == Contact(name="Mia Berg")


@pytest.mark.parametrize(
    ("cells", "premium"),
    [
        (["", ""], False),
        (["203.0.113.5", "Free"], False),
        (["", "LinkedIn Basic"], False),
        (["", "Premium Career"], True),
        (["", "Basic, Sales Navigator"], True),
    ],
)
def test_a_subscription_is_premium_unless_it_is_free(tmp_path: Path, cells: list[str], premium: bool) -> None:
    header = ["Registered At", "Registration Ip", "Subscription Types"]
    assert profile(tmp_path, {"Registration.csv": [header, ["1/12/10, 9:14 AM", *cells]]}).premium is premium


def test_a_registration_without_a_row_tells_nothing(tmp_path: Path) -> None:
    assert profile(tmp_path, {"Registration.csv": [["Registered At", "Subscription Types"]]}).premium is None


def test_the_connections_are_known_by_url_and_address_and_not_as_people_we_know(tmp_path: Path) -> None:
    connections = [
        Connection("Zoë", "Brandt", "zoë-brandt-5521", email="zoe@example.org"),
        Connection("", "Teller", ""),
    ]
    found = read_back(tmp_path, Export(invites=INVITES, connections=connections)).account.profile
    assert found.connections == (
        Contact(
            name="Zoë Brandt", profile_url="https://www.linkedin.com/in/zo%C3%AB-brandt-5521", email="zoe@example.org"
        ),
        Contact(name="Teller"),
    )
    assert found.address_book is None


def test_an_unreadable_row_of_a_smaller_file_is_reported(tmp_path: Path) -> None:
    rows = [*POSITIONS, ["Hall & Sons"]]
    found = read_back(tmp_path, Export(invites=INVITES, tables={"Positions.csv": rows}))
    assert [(str(item.origin), item.why) for item in found.unreadable] == [
        ("Positions.csv:5", "fields in the row: 1, in the header: 6")
    ]
    assert found.account.profile.companies == ("Brightleaf", "Northwind Media")
