"""What in messages.csv is a conversation with a person, and what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from exports import ERAS, Connection, Era, Export, Invite, Talk, as_folder, files, read_back, reading, url

BEN = Connection("Ben", "Ito", "ben-ito-81426", date(2026, 6, 7))
HELLO = Talk("Ben Ito", "ben-ito-81426", [("them", "2026-06-09 08:00:00", "Hello")])
ROW = {
    "CONVERSATION ID": "2-other",
    "FROM": "Ben Ito",
    "SENDER PROFILE URL": url("ben-ito-81426"),
    "TO": "Ana Voss",
    "RECIPIENT PROFILE URLS": url("ana-voss"),
    "DATE": "2026-06-10 08:00:00 UTC",
    "CONTENT": "We help agencies like yours. Book a demo",
    "FOLDER": "INBOX",
}


def texts(tmp_path: Path, export: Export) -> list[str | None]:
    record = read_back(tmp_path, export).invitations["Connections.csv:5"]
    return [message.text for message in record.messages or ()]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"IS MESSAGE DRAFT": "Yes"}, "draft"),
        ({"IS CONVERSATION DRAFT": "yes"}, "draft"),
        ({"SENDER PROFILE URL": "", "FROM": "Leadmill", "CONTENT": "<p>Hi %FIRSTNAME%</p>"}, "sponsored mail"),
        ({"SENDER PROFILE URL": "", "FROM": "LinkedIn Member"}, "message of a closed member"),
    ],
)
def test_what_nobody_wrote_to_us_is_counted_and_left_out(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    export = Export(connections=[BEN], talks=[HELLO], messages=[{**ROW, **change}])
    assert texts(tmp_path, export) == ["Hello"]
    assert read_back(tmp_path, export).not_judged == {reason: 1}


@pytest.mark.parametrize(
    "name",
    ["guide_messages.csv", "coach_messages.csv", "learning_coach_messages.csv", "learning_role_play_messages.csv"],
)
def test_guides_and_coaches_are_no_people(tmp_path: Path, name: str) -> None:
    export = Export(connections=[BEN], talks=[HELLO], tables={name: [list(ROW), list(ROW.values())]})
    assert texts(tmp_path, export) == ["Hello"]


def test_what_lies_in_spam_was_written_to_us_all_the_same(tmp_path: Path) -> None:
    assert texts(tmp_path, Export(connections=[BEN], messages=[{**ROW, "FOLDER": "SPAM"}])) == [ROW["CONTENT"]]


def test_a_message_in_the_newest_era_keeps_its_line_breaks(tmp_path: Path) -> None:
    text = 'Dear Ana,\n\nas "promised", the list:\n- one\u2028- two\n'
    talk = Talk("Ben Ito", "ben-ito-81426", [("them", "2026-06-09 08:00:00", text)])
    assert texts(tmp_path, Export(connections=[BEN], talks=[talk])) == [text]


def test_a_group_conversation_is_nobodys(tmp_path: Path) -> None:
    group = Talk(
        "Ben Ito",
        "ben-ito-81426",
        [("them", "2026-06-09 09:00:00", "Hi both"), ("mia-berg-1", "2026-06-09 10:00:00", "Hi")],
        others={"mia-berg-1": "Mia Berg, Jr."},
    )
    export = Export(connections=[BEN], talks=[HELLO, group], invites=[Invite("Lo Chang", "lo-chang-2")])
    assert texts(tmp_path, export) == ["Hello"]
    assert read_back(tmp_path, export).not_judged == {"group conversation": 1}


def test_a_message_of_ours_to_several_is_nobodys(tmp_path: Path) -> None:
    lines = [("us", "2026-06-09 09:00:00", "Hi both")]
    group = Talk("Ben Ito", "ben-ito-81426", lines, others={"mia-berg-1": "Mia Berg"})
    found = read_back(tmp_path, Export(talks=[group], invites=[Invite("Lo Chang", "lo-chang-2")]))
    assert found.not_judged == {"group conversation": 1}


@pytest.mark.parametrize("era", ["2021", "2018"])
def test_without_urls_a_message_to_several_is_nobodys(tmp_path: Path, era: Era) -> None:
    group = Talk(
        "Ben Ito", "ben-ito-81426", [("us", "2026-06-09 09:00:00", "Hi both")], others={"mia-berg-1": "Mia Berg"}
    )
    export = Export(connections=[BEN], talks=[group], invites=[Invite("Lo Chang", "")])
    found = read_back(tmp_path, export, era)
    assert [record.stage for record in found.invitations.values()] == ["incoming"]
    assert found.not_judged == {"conversation with no connection": 1, "no conversation": 1}


@pytest.mark.parametrize("era", ERAS)
def test_a_name_that_holds_a_comma_is_one_person(tmp_path: Path, era: Era) -> None:
    person = Connection("Ben", "Ito, Jr.", "ben-ito-81426", date(2026, 6, 7))
    talk = Talk(
        "Ben Ito, Jr.", "ben-ito-81426", [("us", "2026-06-09 09:00:00", "Hi"), ("them", "2026-06-09 10:00:00", "Ho")]
    )
    export = Export(connections=[person], talks=[talk], invites=[Invite("Lo Chang", "lo-chang-2")])
    found = read_back(tmp_path, export, era)
    (record,) = [record for record in found.invitations.values() if record.stage == "connected"]
    assert [(message.sender, message.text) for message in record.messages or ()] == [("us", "Hi"), ("them", "Ho")]


def test_a_message_is_ours_where_its_senders_url_is_ours(tmp_path: Path) -> None:
    talk = Talk(
        "Ben Ito", "ben-ito-81426", [("us", "2026-06-09 09:00:00", "Hi"), ("them", "2026-06-09 10:00:00", "Ho")]
    )
    export = Export(connections=[BEN], talks=[talk], invites=[Invite("Lo Chang", "lo-chang-2")])
    record = read_back(tmp_path, export).invitations["Connections.csv:5"]
    assert [message.sender for message in record.messages or ()] == ["us", "them"]


BOTH = [("us", "2026-06-09 09:00:00", "Hi"), ("them", "2026-06-09 10:00:00", "Ho")]


@pytest.mark.parametrize("era", ["2021", "2023", "2026"])
def test_without_invitations_the_one_connection_of_two_people_is_the_other(tmp_path: Path, era: Era) -> None:
    found = read_back(tmp_path, Export(connections=[BEN], talks=[Talk("Ben Ito", "ben-ito-81426", BOTH)]), era)
    assert found.account.id is None
    assert [message.sender for message in found.invitations["Connections.csv:5"].messages or ()] == ["us", "them"]


def test_without_invitations_a_namesake_among_the_connections_is_told_apart_by_url(tmp_path: Path) -> None:
    namesake = Connection("Ben", "Ito", "ben-ito-99", date(2026, 6, 7))
    export = Export(connections=[namesake, BEN], talks=[Talk("Ben Ito", "ben-ito-81426", BOTH[:1])])
    assert list(read_back(tmp_path, export).invitations) == ["Connections.csv:6"]


def test_without_invitations_and_urls_three_names_are_a_group(tmp_path: Path) -> None:
    messages = [{**ROW, "TO": "Ana Voss"}, {**ROW, "TO": "Mia Berg"}]
    found = read_back(tmp_path, Export(connections=[BEN], messages=messages), "2021")
    assert found.not_judged == {"group conversation": 1, "no conversation": 1}


def test_without_recipients_two_senders_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    row = {**ROW, "SENDER PROFILE URL": url("ben-ito-99")}
    export = Export(connections=[BEN], messages=[row, ROW], invites=[Invite("Mia Berg", "")])
    found = read_back(tmp_path, export, "2021")
    assert found.not_judged == {"no conversation": 1, "unattributed conversation": 1}


def test_within_a_conversation_a_sender_is_known_by_url_under_any_name(tmp_path: Path) -> None:
    export = Export(
        connections=[BEN], messages=[ROW, {**ROW, "FROM": "Benjamin Ito"}], invites=[Invite("Mia Berg", "m-1")]
    )
    record = read_back(tmp_path, export).invitations["Connections.csv:5"]
    assert [message.sender for message in record.messages or ()] == ["them", "them"]


def test_a_conversation_with_oneself_is_nobodys(tmp_path: Path) -> None:
    row = {**ROW, "FROM": "Ana Voss", "SENDER PROFILE URL": url("ana-voss")}
    found = read_back(tmp_path, Export(invites=[Invite("Lo Chang", "lo-chang-2")], messages=[row]))
    assert found.not_judged == {"unattributed conversation": 1}


def test_messages_without_a_conversation_id_are_each_their_own(tmp_path: Path) -> None:
    rows = [
        {**ROW, "CONVERSATION ID": ""},
        {**ROW, "CONVERSATION ID": "", "FROM": "Lo", "SENDER PROFILE URL": url("lo-2")},
    ]
    export = Export(connections=[BEN], messages=rows, invites=[Invite("Mia Berg", "mia-berg-1")])
    found = read_back(tmp_path, export)
    assert "Connections.csv:5" in found.invitations
    assert found.not_judged == {"conversation with no connection": 1}


def test_a_recipient_without_a_url_is_known_by_the_name_beside_the_owners(tmp_path: Path) -> None:
    row = {**ROW, "RECIPIENT PROFILE URLS": ""}
    export = Export(connections=[BEN], messages=[row], invites=[Invite("Mia Berg", "mia-berg-1")])
    assert texts(tmp_path, export) == [ROW["CONTENT"]]


def test_messages_alone_are_read_and_nothing_of_them_is_judged(tmp_path: Path) -> None:
    found = read_back(tmp_path, Export(talks=[HELLO]))
    assert (found.account.id, found.account.profile.connections) == (None, None)
    assert (found.invitations, found.unreadable) == ({}, [])
    assert found.not_judged == {"unattributed conversation": 1}


def test_an_unknown_direction_in_2018_is_reported(tmp_path: Path) -> None:
    content = files(Export(connections=[BEN], talks=[HELLO]), "2018")
    content["messages.csv"] = content["messages.csv"].replace(b"INCOMING", b"SIDEWAYS")
    found = reading(as_folder(tmp_path / "export", content))
    assert [(str(item.origin), item.why) for item in found.unreadable] == [
        ("messages.csv:2", "`Direction` is neither `INCOMING` nor `OUTGOING`")
    ]


def test_two_renderings_of_one_persons_name_are_one_person_by_url(tmp_path: Path) -> None:
    rows = [
        {**ROW, "CONVERSATION ID": "2-a"},
        {**ROW, "FROM": "Benjamin Ito", "DATE": "2026-06-11 08:00:00 UTC", "CONTENT": "Well?"},
    ]
    export = Export(connections=[BEN], messages=rows, invites=[Invite("Mia Berg", "mia-berg-1")])
    assert texts(tmp_path, export) == [ROW["CONTENT"], "Well?"]
