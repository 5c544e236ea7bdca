"""One story told in the form of each era: what each era's export lets one know."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exports import ERAS, Connection, Era, Export, Invite, Talk, read_back
from policycheck import Contact, Invitation, Message, Origin, Person

PITCH = "We help newsrooms like yours.\nWorth a call?"
STORY = Export(
    invites=[
        Invite("Zoë Brandt", "zoë-brandt-5521", "6/6/26, 9:15 PM", "We met in Porto, Ana."),
        Invite("Ben Ito", "ben-ito-81426", "6/27/26, 7:35 PM", outgoing=True),
    ],
    connections=[
        Connection("Zoë", "Brandt", "zoë-brandt-5521", date(2026, 6, 7), "Hall & Sons", "Editor", "zoe@example.org"),
        Connection("Gus", "Marlow", "gus-marlow-7", date(2026, 6, 9)),
    ],
    talks=[
        Talk(
            "Zoë Brandt",
            "zoë-brandt-5521",
            [
                ("them", "2026-06-07 08:30:00", "We met in Porto, Ana."),
                ("us", "2026-06-08 10:00:00", "So we did"),
                ("them", "2026-06-09 10:00:00", PITCH),
            ],
        )
    ],
)


def message(sender: str, sent_at: datetime, text: str) -> Message:
    return Message(sender="us" if sender == "us" else "them", sent_at=sent_at, text=text)


def since_connecting(text: str) -> tuple[Message, ...]:
    return (
        message("them", datetime(2026, 6, 7, 8, 30, tzinfo=UTC), "We met in Porto, Ana."),
        message("us", datetime(2026, 6, 8, 10, tzinfo=UTC), "So we did"),
        message("them", datetime(2026, 6, 9, 10, tzinfo=UTC), text),
    )


@pytest.mark.parametrize("era", ["2023", "2026"])
def test_with_urls_an_invitation_is_accepted_where_its_person_is_a_connection(tmp_path: Path, era: Era) -> None:
    found = read_back(tmp_path, STORY, era)
    assert found.unreadable == []
    assert found.invitations["Invitations.csv:2"] == Invitation(
        id="Invitations.csv:2",
        by_row=True,
        stage="incoming",
        origin=Origin("Invitations.csv", 2),
        person=Person(
            name="Zoë Brandt",
            profile_url="https://www.linkedin.com/in/zoë-brandt-5521",
            company="Hall & Sons",
            position="Editor",
            email="zoe@example.org",
        ),
        note="We met in Porto, Ana.",
        sent_at=datetime(2026, 6, 7, 4, 15, tzinfo=UTC),
        accepted=True,
        connected_on=date(2026, 6, 7),
    )


@pytest.mark.parametrize("era", ["2023", "2026"])
def test_with_urls_an_open_invitation_knows_a_name_a_url_a_note_and_a_time(tmp_path: Path, era: Era) -> None:
    assert read_back(tmp_path, STORY, era).invitations["Invitations.csv:3"] == Invitation(
        id="Invitations.csv:3",
        by_row=True,
        stage="outgoing",
        origin=Origin("Invitations.csv", 3),
        person=Person(name="Ben Ito", profile_url="https://www.linkedin.com/in/ben-ito-81426"),
        note="",
        sent_at=datetime(2026, 6, 28, 2, 35, tzinfo=UTC),
    )


@pytest.mark.parametrize("era", ["2018", "2021"])
def test_without_urls_a_name_makes_nobody_accepted_or_somebodys_employee(tmp_path: Path, era: Era) -> None:
    found = read_back(tmp_path, STORY, era)
    assert found.unreadable == []
    invitation = found.invitations["Invitations.csv:2"]
    assert invitation.person == Person(name="Zoë Brandt")
    assert (invitation.accepted, invitation.connected_on) == (None, None)
    assert (invitation.stage, invitation.note) == ("incoming", "We met in Porto, Ana.")
    assert invitation.sent_at == datetime(2026, 6, 7, 4, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("era", "text", "note", "line"),
    [
        ("2018", PITCH.replace("\n", " "), None, 2),
        ("2021", PITCH.replace("\n", " "), None, 5),
        ("2023", PITCH.replace("\n", " "), "We met in Porto, Ana.", 5),
        ("2026", PITCH, "We met in Porto, Ana.", 5),
    ],
    ids=ERAS,
)
def test_a_connection_with_a_conversation_is_a_record_with_all_messages_in_time_order(
    tmp_path: Path, era: Era, text: str, note: str | None, line: int
) -> None:
    found = read_back(tmp_path, STORY, era)
    record = found.invitations[f"Connections.csv:{line}"]
    assert record.stage == "connected"
    assert record.origin == Origin("Connections.csv", line)
    assert record.person.company == "Hall & Sons"
    assert record.connected_on == date(2026, 6, 7)
    assert record.messages == since_connecting(text)
    assert record.note == note
    assert record.person.known is None
    assert found.not_judged == {"no conversation": 1}


@pytest.mark.parametrize(
    ("era", "owner"), [("2018", None), ("2021", None), ("2023", "ana-voss"), ("2026", "ana-voss")], ids=ERAS
)
def test_the_account_is_the_owners_slug_where_the_era_tells_it(tmp_path: Path, era: Era, owner: str | None) -> None:
    account = read_back(tmp_path, STORY, era).account
    assert account.id == owner
    assert account.profile.names == ("Ana Voss",)
    assert account.profile.profile_url == (owner and "https://www.linkedin.com/in/ana-voss")


@pytest.mark.parametrize("era", ["2018", "2021"])
def test_without_urls_the_connections_are_known_by_name_and_address(tmp_path: Path, era: Era) -> None:
    assert read_back(tmp_path, STORY, era).account.profile.connections == (
        Contact(name="Zoë Brandt", email="zoe@example.org"),
        Contact(name="Gus Marlow"),
    )


@pytest.mark.parametrize("era", ERAS)
def test_every_era_holds_the_same_records(tmp_path: Path, era: Era) -> None:
    stages = [record.stage for record in read_back(tmp_path, STORY, era).invitations.values()]
    assert stages == ["incoming", "outgoing", "connected"]


def test_a_spreadsheets_connected_on_is_read(tmp_path: Path) -> None:
    talk = Talk("Noor Aziz", "noor-aziz-3", [("them", "2024-02-05 08:00:00", "Hello")])
    export = Export(connections=[Connection("Noor", "Aziz", "noor-aziz-3", "4-Feb-24")], talks=[talk])
    found = read_back(tmp_path, export)
    assert found.invitations["Connections.csv:5"].connected_on == date(2024, 2, 4)


def test_a_time_in_the_oldest_messages_is_pacific(tmp_path: Path) -> None:
    row = {"From": "Noor Aziz", "To": "Ana Voss", "Date": "4/3/18, 6:30 PM", "Content": "Hi", "Direction": "INCOMING"}
    export = Export(connections=[Connection("Noor", "Aziz", "", date(2018, 4, 3))], messages=[row])
    (record,) = read_back(tmp_path, export, "2018").invitations.values()
    assert record.messages == (message("them", datetime(2018, 4, 4, 1, 30, tzinfo=UTC), "Hi"),)
