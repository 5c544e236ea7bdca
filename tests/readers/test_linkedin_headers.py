"""The header row of a table: found wherever the era puts it, and missed aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports import Connection, Export, Invite, as_folder, files, reading
from policycheck import Unreadable

INVITATIONS = "From,To,Sent At,Message,Direction\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Invitations.csv", "`From`, `To`, `Sent At`, `Message`, `Direction`"),
        ("Connections.csv", "`First Name`, `Last Name`, `Connected On`"),
        ("messages.csv", "`CONVERSATION ID`, `FROM`, `SENDER PROFILE URL`, `TO`, `DATE`, `CONTENT`"),
        ("Positions.csv", "`Company Name`"),
        ("Contacts.csv", "`FirstName`, `Emails`"),
        ("Registration.csv", "`Subscription Types`"),
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Von;An;Gesendet\nx;y;z\n", id="another header"),
        pytest.param(INVITATIONS.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\n" * 25 + INVITATIONS.encode(), id="a header too far down"),
    ],
)
def test_a_table_without_its_header_is_reported_with_what_was_expected(
    tmp_path: Path, name: str, expected: str, content: bytes
) -> None:
    whole = files(Export(connections=[Connection("Ben", "Ito", "ben-ito-81426")], invites=[Invite("Lo Chang", "lo-2")]))
    found = reading(as_folder(tmp_path / "export", {**whole, name: content}))
    assert found.unreadable == [
        Unreadable(
            found.unreadable[0].origin,
            f"no header row with {expected} in the first 20 records",
            "export again, or save the file with its header row, comma-separated and in UTF-8",
        )
    ]
    assert str(found.unreadable[0].origin) == name


def test_a_list_whose_table_has_no_header_is_not_known(tmp_path: Path) -> None:
    whole = files(Export(invites=[Invite("Lo Chang", "lo-2")]))
    broken = {"Connections.csv": b"x\n", "Contacts.csv": b"x\n", "Registration.csv": b"x\n"}
    profile = reading(as_folder(tmp_path / "export", {**whole, **broken})).account.profile
    assert (profile.connections, profile.address_book, profile.premium) == (None, None, None)


def test_a_header_is_found_whatever_the_preamble(tmp_path: Path) -> None:
    header = "Company,CONNECTED ON,first name,Last_Name,URL\n"
    row = "Hall & Sons,07 Jun 2026,Ben,Ito,https://www.linkedin.com/in/ben-ito-81426\n"
    preamble = "Notes:,,,,\nSaved again,,,,\n,,,,\n,,,,\n,,,,\n"
    found = reading(as_folder(tmp_path / "export", {"Connections.csv": (preamble + header + row).encode()}))
    assert found.unreadable == []
    assert [contact.name for contact in found.account.profile.connections or ()] == ["Ben Ito"]


def test_two_columns_of_one_name_are_refused_and_no_row_guessed(tmp_path: Path) -> None:
    content = files(Export(invites=[Invite("Ben Ito", "ben-ito-81426", note="Hello")]))
    table = content["Invitations.csv"].decode().split("\n")
    doubled = "\n".join([f"{table[0]},MESSAGE", *(f"{row},Other" for row in table[1:] if row), ""])
    found = reading(as_folder(tmp_path / "export", {**content, "Invitations.csv": doubled.encode()}))
    assert [(str(lost.origin), lost.why) for lost in found.unreadable] == [
        ("Invitations.csv", "two columns of one name, so that a row says two things")
    ]
