"""Who is who across the files: by URL, and hardly by name; and on what it rests that somebody is known."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exports import Connection, Export, Invite, Talk, read_back
from policycheck import Message

BEN = Connection("Ben", "Ito", "ben-ito-81426", date(2026, 6, 7))
INVITED = Invite("Ben Ito", "ben-ito-81426", "6/5/26, 8:00 AM")
LAST = replace(INVITED, note="second", outgoing=True)
SINCE = ("them", "2026-06-09 08:00:00", "Hello")
ANSWERED = (("us", "2026-05-01 07:00:00", "Hello"), ("them", "2026-05-01 08:00:00", "Hello"))


def talk(*lines: tuple[str, str, str], folder: str = "INBOX") -> Talk:
    return Talk("Ben Ito", "ben-ito-81426", lines, folder=folder)


@pytest.mark.parametrize(
    ("connected", "invited"),
    [
        pytest.param("zoë-brandt-5521", "zoë-brandt-5521", id="percent-encoded in one file"),
        pytest.param(unicodedata.normalize("NFD", "zoë-brandt-5521"), "zoë-brandt-5521", id="decomposed"),
        pytest.param("ben-ito-81426", "Ben-Ito-81426/?trk=x", id="case, slash and query"),
        pytest.param("李雷-88", "李雷-88", id="another script"),
    ],
)
def test_slugs_join_however_they_are_spelt(tmp_path: Path, connected: str, invited: str) -> None:
    export = Export(connections=[replace(BEN, slug=connected)], invites=[replace(INVITED, slug=invited)])
    assert read_back(tmp_path, export).invitations["Invitations.csv:2"].accepted is True


def test_a_namesake_with_another_url_is_no_connection(tmp_path: Path) -> None:
    export = Export(connections=[BEN], invites=[replace(INVITED, slug="ben-ito-99")], talks=[talk(SINCE)])
    invitation = read_back(tmp_path, export).invitations["Invitations.csv:2"]
    assert (invitation.accepted, invitation.connected_on, invitation.person.known) == (None, None, None)


def test_accepted_is_never_false(tmp_path: Path) -> None:
    export = Export(connections=[BEN], invites=[INVITED, Invite("Mia Berg", "mia-berg-1"), Invite("Lo", "")])
    accepted = [i.accepted for i in read_back(tmp_path, export).invitations.values() if i.stage == "incoming"]
    assert accepted == [True, None, None]


@pytest.mark.parametrize("first", ["us", "them"])
def test_a_conversation_before_the_invitation_shows_that_they_are_known(tmp_path: Path, first: str) -> None:
    answer = "them" if first == "us" else "us"
    lines = [(first, "2026-06-01 09:00:00", "See you on Thursday"), (answer, "2026-06-05 14:59:59", "Yes")]
    export = Export(invites=[INVITED], talks=[talk(*lines)])
    person = read_back(tmp_path, export).invitations["Invitations.csv:2"].person
    assert (person.known, person.known_by) == (True, "earlier conversation")


@pytest.mark.parametrize(
    "conversation",
    [
        pytest.param(talk(("them", "2026-05-01 08:00:00", "Hello")), id="that nobody answered"),
        pytest.param(talk(("us", "2026-05-01 08:00:00", "Hello")), id="that they never answered"),
        pytest.param(
            talk(("us", "2026-05-01 08:00:00", "Hello"), ("them", "2026-06-05 15:00:00", "Hello")),
            id="answered after the invitation",
        ),
        pytest.param(
            talk(("us", "2026-05-01 07:00:00", "Hello"), ("them", "2026-05-01 08:00:00", "Hello"), folder="SPAM"),
            id="in the spam folder",
        ),
        pytest.param(talk(("us", "2026-05-01 07:00:00", "Hello"), ("them", "long ago", "Hello")), id="of unknown time"),
        pytest.param(
            Talk("Ben Ito", "ben-ito-99", [("us", "2026-05-01 07:00:00", "Hi"), ("them", "2026-05-01 08:00:00", "Hi")]),
            id="with a namesake of another URL",
        ),
        pytest.param(
            Talk(
                "Ben Ito",
                "ben-ito-81426",
                [("us", "2026-05-01 07:00:00", "Hi all"), ("them", "2026-05-01 08:00:00", "Hi all")],
                others={"mia-berg-1": "Mia Berg"},
            ),
            id="of several people",
        ),
    ],
)
def test_what_is_no_conversation_before_the_invitation_leaves_open_whether_they_are_known(
    tmp_path: Path, conversation: Talk
) -> None:
    person = (
        read_back(tmp_path, Export(invites=[INVITED], talks=[conversation])).invitations["Invitations.csv:2"].person
    )
    assert (person.known, person.known_by) == (None, None)


def test_without_the_time_of_the_invitation_no_conversation_is_earlier(tmp_path: Path) -> None:
    export = Export(invites=[replace(INVITED, sent_at="?")], talks=[talk(*ANSWERED)])
    assert read_back(tmp_path, export).invitations["Invitations.csv:2"].person.known is None


@pytest.mark.parametrize(
    ("lines", "known_by"),
    [
        pytest.param(
            [("them", "2026-06-06 23:00:00", "Hello"), ("us", "2026-06-06 23:59:59", "Hello"), SINCE],
            "earlier conversation",
            id="the day before",
        ),
        pytest.param(
            [("them", "2026-06-06 23:00:00", "Hello"), ("us", "2026-06-07 00:00:00", "Hello"), SINCE],
            None,
            id="answered on the day of connecting",
        ),
    ],
)
def test_a_connection_is_known_by_a_conversation_before_the_day_of_connecting(
    tmp_path: Path, lines: list[tuple[str, str, str]], known_by: str | None
) -> None:
    person = (
        read_back(tmp_path, Export(connections=[BEN], talks=[talk(*lines)])).invitations["Connections.csv:5"].person
    )
    assert (person.known, person.known_by) == (True if known_by else None, known_by)


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("Endorsement_Received_Info.csv", "Endorser"),
        ("Endorsement_Given_Info.csv", "Endorsee"),
    ],
)
def test_an_endorsement_shows_that_they_are_known(tmp_path: Path, file: str, columns: str) -> None:
    header = [
        "Endorsement Date",
        "Skill Name",
        f"{columns} First Name",
        f"{columns} Last Name",
        f"{columns} Public Url",
    ]
    rows = [
        [*header, "Endorsement Status"],
        ["2024/01/01", "Radio", "Ben", "Ito", "www.linkedin.com/in/ben-ito-81426", "ACCEPTED"],
    ]
    person = read_back(tmp_path, Export(invites=[INVITED], tables={file: rows})).invitations["Invitations.csv:2"].person
    assert (person.known, person.known_by) == (True, "endorsement")


def test_a_recommendation_names_somebody_and_shows_nothing(tmp_path: Path) -> None:
    rows = [
        ["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"],
        ["Ben", "Ito", "Hall & Sons", "Editor", "A pleasure.", "01/02/24, 10:00 AM", "VISIBLE"],
    ]
    export = Export(invites=[INVITED], tables={"Recommendations_Received.csv": rows})
    found = read_back(tmp_path, export)
    assert found.invitations["Invitations.csv:2"].person.known is None
    assert found.account.profile.address_book is None


def test_only_the_messages_since_connecting_are_in_the_record(tmp_path: Path) -> None:
    export = Export(connections=[BEN], talks=[talk(("us", "2026-06-06 10:00:00", "Before"), SINCE)])
    record = read_back(tmp_path, export).invitations["Connections.csv:5"]
    assert record.messages == (Message(sender="them", sent_at=datetime(2026, 6, 9, 8, tzinfo=UTC), text="Hello"),)


def test_a_connection_with_messages_from_before_alone_is_counted(tmp_path: Path) -> None:
    found = read_back(tmp_path, Export(connections=[BEN], talks=[talk(("us", "2026-06-06 10:00:00", "Before"))]))
    assert (found.invitations, found.not_judged) == ({}, {"no conversation": 1})


def test_several_conversations_with_one_person_are_one_record_in_time_order(tmp_path: Path) -> None:
    export = Export(
        connections=[BEN],
        talks=[
            talk(("us", "2026-06-08 10:00:00", "one"), ("them", "2026-06-10 10:00:00", "three")),
            talk(("them", "2026-06-09 10:00:00", "two")),
        ],
    )
    (record,) = read_back(tmp_path, export).invitations.values()
    assert [message.text for message in record.messages or ()] == ["one", "two", "three"]


def test_two_messages_of_one_second_keep_the_order_of_the_conversation(tmp_path: Path) -> None:
    export = Export(connections=[BEN], talks=[talk(SINCE, ("them", "2026-06-09 08:00:00", "again"))])
    (record,) = read_back(tmp_path, export).invitations.values()
    assert [message.text for message in record.messages or ()] == ["Hello", "again"]


@pytest.mark.parametrize(
    ("invites", "note"),
    [
        pytest.param([], None, id="none in the export"),
        pytest.param([replace(INVITED, note="Hello Ana")], "Hello Ana", id="theirs"),
        pytest.param([replace(INVITED, note="Hello Ben", outgoing=True)], "Hello Ben", id="ours"),
        pytest.param([INVITED], "", id="without a note"),
        pytest.param([replace(INVITED, sent_at="6/8/26, 8:00 AM")], None, id="after connecting"),
        pytest.param([replace(INVITED, sent_at="6/7/26, 3:00 PM", note="Same day")], "Same day", id="on the day"),
        pytest.param([LAST, replace(LAST, sent_at="5/1/26, 8:00 AM", note="first")], "second", id="the last of two"),
        pytest.param([replace(INVITED, note="x"), replace(INVITED, note="y", outgoing=True)], None, id="one each way"),
        pytest.param([replace(INVITED, sent_at="?", note="undated")], "undated", id="of unknown time"),
        pytest.param([INVITED, replace(INVITED, sent_at="?", note="undated")], None, id="two, one of unknown time"),
        pytest.param([replace(INVITED, slug="", note="no URL")], None, id="by a name alone"),
    ],
)
def test_a_connections_note_is_that_of_the_accepted_invitation(
    tmp_path: Path, invites: list[Invite], note: str | None
) -> None:
    export = Export(connections=[BEN], talks=[talk(SINCE)], invites=invites)
    assert read_back(tmp_path, export).invitations["Connections.csv:5"].note == note


def test_the_note_that_came_back_stays_among_the_messages(tmp_path: Path) -> None:
    lines = ("them", "2026-06-07 09:00:00", "Hello Ana"), ("them", "2026-06-08 09:00:00", "How are you?")
    export = Export(connections=[BEN], talks=[talk(*lines)], invites=[replace(INVITED, note="Hello Ana")])
    record = read_back(tmp_path, export).invitations["Connections.csv:5"]
    assert [message.text for message in record.messages or ()] == ["Hello Ana", "How are you?"]
    assert record.note == "Hello Ana"


def test_of_two_connections_of_one_name_neither_is_joined_by_it(tmp_path: Path) -> None:
    twins = [BEN, replace(BEN, on=date(2026, 6, 8))]
    export = Export(connections=twins, talks=[talk(SINCE)], invites=[Invite("Mia Berg", "")])
    found = read_back(tmp_path, export, "2021")
    assert [record.stage for record in found.invitations.values()] == ["incoming"]
    assert found.not_judged == {"conversation with no connection": 1, "no conversation": 2}


def test_of_two_rows_with_one_url_the_first_says_where_they_work(tmp_path: Path) -> None:
    export = Export(connections=[replace(BEN, company="Hall & Sons"), replace(BEN, company="Mills")], invites=[INVITED])
    assert read_back(tmp_path, export).invitations["Invitations.csv:2"].person.company == "Hall & Sons"


def test_two_people_of_one_name_in_the_messages_are_not_joined_by_it(tmp_path: Path) -> None:
    talks = [talk(SINCE), Talk("Ben Ito", "ben-ito-99", [SINCE])]
    export = Export(connections=[BEN], talks=talks, invites=[Invite("Mia Berg", "")])
    found = read_back(tmp_path, export, "2021")
    assert [record.stage for record in found.invitations.values()] == ["incoming"]
    assert found.not_judged == {"conversation with no connection": 2, "no conversation": 1}


def test_a_connection_whose_url_differs_is_not_joined_by_name(tmp_path: Path) -> None:
    export = Export(connections=[BEN], talks=[Talk("Ben Ito", "ben-ito-99", [SINCE])], invites=[INVITED])
    found = read_back(tmp_path, export)
    assert list(found.invitations) == ["Invitations.csv:2"]


def test_the_owners_url_is_the_one_that_most_invitations_give(tmp_path: Path) -> None:
    rows = [
        ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"],
        ["Mia Berg", "Ana Voss", "6/1/26, 8:00 AM", "", "INCOMING", "https://www.linkedin.com/in/mia-berg-1", "https://www.linkedin.com/in/ana-v"],
        ["Ana Voss", "Ben Ito", "6/1/26, 8:00 AM", "", "OUTGOING", "https://www.linkedin.com/in/ana-voss", "https://www.linkedin.com/in/ben-ito-81426"],
        ["Cy Ode", "Ana Voss", "6/1/26, 8:00 AM", "", "INCOMING", "https://www.linkedin.com/in/cy-ode-4", "https://www.linkedin.com/in/ana-voss"],
    ]  # fmt: skip
    found = read_back(tmp_path, Export(tables={"Invitations.csv": rows}))
    assert (found.account.id, found.account.profile.profile_url) == ("ana-voss", "https://www.linkedin.com/in/ana-voss")


def test_of_two_connections_of_one_url_the_first_is_judged_and_the_other_counted(tmp_path: Path) -> None:
    again = replace(BEN, on=date(2026, 6, 9), company="Acme")
    read = read_back(tmp_path, Export(connections=[BEN, again], talks=[talk(SINCE)]))
    assert list(read.invitations) == ["Connections.csv:5"]
    assert read.not_judged == {"connection listed twice": 1}
