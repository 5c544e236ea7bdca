"""CSV in columns of our own: delimiters, kinds of values, and what is wrong with a header or a row."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from inputs import given, recognising, records, refusal, told, written
from policycheck import Invitation, NotJudged, Origin, Person, Unreadable


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


FULL = {
    "id": "q-17",
    "account": "ana-voss",
    "stage": "outgoing",
    "note": " Hello, Mia\nwe met ",
    "sent_at": "2026-06-27T21:35:00+02:00",
    "accepted": "TRUE",
    "connected_on": "2026-07-01",
    "previous_invitations": "1",
    "name": "Mia Berg",
    "profile_url": "https://www.linkedin.com/in/mia-berg",
    "headline": "Editor",
    "company": "Acme",
    "position": "Editor in chief",
    "industry": "Publishing",
    "location": "Oslo",
    "email": "mia@acme.example",
    "mutual_connections": "3",
    "connections": "512",
    "has_photo": "true",
    "joined_on": "2019-04-01",
    "verified": "false",
    "known": "True",
    "known_by": "the fair",
}


def table(*rows: dict[str, str], delimiter: str = ",", name: str = "queue.csv", encoding: str = "utf-8") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written(name, text.getvalue().encode(encoding))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_every_field_of_a_record_is_a_column(delimiter: str, encoding: str) -> None:
    path = table(FULL, delimiter=delimiter, encoding=encoding)
    assert recognising(path) == ["csv"]
    assert given(path) == [
        (
            "ana-voss",
            [
                Invitation(
                    id="q-17",
                    stage="outgoing",
                    origin=Origin("queue.csv", 2),
                    person=Person(
                        name="Mia Berg",
                        profile_url="https://www.linkedin.com/in/mia-berg",
                        headline="Editor",
                        company="Acme",
                        position="Editor in chief",
                        industry="Publishing",
                        location="Oslo",
                        email="mia@acme.example",
                        mutual_connections=3,
                        connections=512,
                        has_photo=True,
                        joined_on=date(2019, 4, 1),
                        verified=False,
                        known=True,
                        known_by="the fair",
                    ),
                    note=" Hello, Mia\nwe met ",
                    sent_at=datetime(2026, 6, 27, 19, 35, tzinfo=UTC),
                    accepted=True,
                    connected_on=date(2026, 7, 1),
                    previous_invitations=1,
                )
            ],
        )
    ]


@pytest.mark.parametrize("column", ["Profile URL", "profileUrl", "person.profile_url", "LinkedIn URL", "linkedin"])
def test_a_column_may_be_spelled_in_several_ways(column: str) -> None:
    (record,) = records(table({"stage": "incoming", column: "linkedin.com/in/mia-berg"}))
    assert record.person == Person(profile_url="linkedin.com/in/mia-berg")


def test_names_and_places_are_put_together_where_no_cell_has_the_whole() -> None:
    row = {"Stage": "incoming", "First Name": "Mia", "Last Name": "Berg", "City": "Oslo", "Country": "Norway"}
    (parts,) = records(table(row))
    (whole,) = records(table(row | {"Full Name": "Mia B. Berg", "Location": "Oslo region"}))
    assert (parts.person, whole.person) == (
        Person(name="Mia Berg", location="Oslo, Norway"),
        Person(name="Mia B. Berg", location="Oslo region"),
    )


def test_an_empty_cell_is_unknown_but_an_empty_note_is_a_note() -> None:
    path = table({"stage": "outgoing", "name": "", "note": "", "accepted": "", "connections": ""})
    assert records(path) == [
        Invitation(id="queue.csv:2", by_row=True, stage="outgoing", origin=Origin("queue.csv", 2), note="")
    ]


def test_without_a_column_for_notes_the_note_is_unknown() -> None:
    (record,) = records(table({"stage": "outgoing", "name": "Mia Berg"}))
    assert record.note is None


def test_cells_of_columns_that_are_not_read_are_counted_with_their_columns() -> None:
    rows = [{"stage": "incoming", "sent att": "today", "messages": "", "shoe size": "7"}] * 2
    first, second, rest = records(table(*rows))
    assert (first.id, second.id) == ("queue.csv:2", "queue.csv:3")
    reason = "cell of columns that are not read: `sent att` (did you mean `sent_at`?), `shoe size`"
    assert rest == NotJudged(reason, 4)


def test_the_first_twenty_columns_that_are_not_read_are_named() -> None:
    *_, rest = records(table({"stage": "incoming", **{f"extra{number:02}": "x" for number in range(25)}}))
    assert (rest.reason.count("`extra"), rest.reason.endswith("`extra19`, 5 more"), rest.count) == (20, True, 25)


def test_records_of_an_account_stand_together() -> None:
    rows = [{"stage": "incoming", "account": account} for account in ("ana", "ana", "ben")]
    assert [(account, len(group)) for account, group in given(table(*rows))] == [("ana", 2), ("ben", 1)]


def test_an_account_that_comes_back_is_an_error_with_its_line() -> None:
    rows = [{"stage": "incoming", "account": account} for account in ("ana", "ben", "ana")]
    why = "records of the same account stand further up, with others between; sort the file by `account`"
    assert refusal(table(*rows)) == f"queue.csv:4: {why}"


def test_an_id_given_twice_is_told() -> None:
    rows = [{"stage": "incoming", "id": "a"}, {"stage": "incoming", "id": "a"}]
    assert told(records(table(*rows))) == [
        "queue.csv:3: its `id` is another record's; give each record an `id` of its own"
    ]


WRONG = {
    "a count in words": ("Mutual Connections", "zqxv", "write a whole number from 0, or leave it out"),
    "a count with a sign": ("connections", "-3", "write a whole number from 0, or leave it out"),
    "another script's digits": ("connections", "٣", "write a whole number from 0, or leave it out"),
    "a truth in words": ("Has Photo", "zqxv", "write true or false, or leave it out"),
    "a long id": ("id", "zqxv" * 60, "write a text of 1 to 200 characters, or leave it out"),
    "an unknown stage": ("Stage", "zqxv", "write one of `incoming`, `outgoing`, `connected`, `template`"),
}


@pytest.mark.parametrize(("column", "cell", "repair"), WRONG.values(), ids=WRONG)
def test_a_cell_of_another_kind_costs_its_row_and_is_told_by_its_column(column: str, cell: str, repair: str) -> None:
    good = {"Stage": "incoming", column: ""} | ({"Stage": "incoming"} if column == "Stage" else {})
    path = table(good, good | {column: cell}, good)
    found = records(path)
    assert told(found) == [f"queue.csv:3: `{column}` cannot be read; {repair}"]
    assert [item.id for item in found if isinstance(item, Invitation)] == ["queue.csv:2", "queue.csv:4"]


@pytest.mark.parametrize("cell", ["27.6.2026", "6/27/26, 7:35 PM", "2026-06-27T19:35:00"])
def test_a_time_that_cannot_be_read_is_told_and_unknown_and_the_row_is_judged(cell: str) -> None:
    unread, record = records(table({"stage": "incoming", "Sent At": cell}))
    repair = "write a time with its zone, such as 2026-06-27T19:35:00Z, or leave it out"
    assert unread == Unreadable(Origin("queue.csv", 2), "`Sent At` cannot be read", repair, fact="sent_at")
    assert (record.id, record.sent_at) == ("queue.csv:2", None)


GOOD = "incoming,Mia Berg,Good day\n"
BROKEN = {
    "too few fields": (
        "incoming,Ben\n",
        "fields in the row: 2, in the header: 3; put quotes around a field that holds a comma, or export again",
    ),
    "quotes that are not closed": (
        'incoming,"zqxv,Hi\n',
        (
            "a quoted field is not closed, or text follows its closing quote; "
            "double the quotes inside the field, or export again"
        ),
    ),
    "NUL": (
        "incoming,zq\0xv,Hi\n",
        "the row holds a NUL or bytes that are not UTF-8; save the file as UTF-8, or export again",
    ),
    "a long field": (
        f"incoming,{'z' * 65_537},Hi\n",
        "a field is longer than 65,536 characters; shorten it, or close the quotes before it",
    ),
    "no stage": (
        ",zqxv,Hi\n",
        "`stage` is missing; write one of `incoming`, `outgoing`, `connected`, `template`",
    ),
}


@pytest.mark.parametrize(("row", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_told_with_its_line_and_the_others_are_read(row: str, message: str) -> None:
    found = records(written("queue.csv", f"stage,name,note\n{GOOD}{row}{GOOD}"))
    assert told(found) == [f"queue.csv:3: {message}"]
    assert [item.id for item in found if isinstance(item, Invitation)] == ["queue.csv:2", "queue.csv:4"]


def test_a_ragged_row_is_mended_by_the_files_own_delimiter() -> None:
    (message,) = told(records(written("queue.csv", "stage;name\nincoming;Mia;Berg\n")))
    assert "put quotes around a field that holds a semicolon" in message


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    found = records(written("queue.csv", '\n\nstage,note\nincoming,"one\ntwo"\n\nincoming,three\n'))
    assert [item.id for item in found] == ["queue.csv:4", "queue.csv:7"]


def test_a_delimiter_within_the_quotes_of_the_header_is_none() -> None:
    (record, rest) = records(written("queue.csv", '"a,b,c,d";stage\nx;incoming\n'))
    assert (record.stage, rest.reason) == ("incoming", "cell of columns that are not read: `a,b,c,d`")


HEADERS = {
    "no stage": (
        "LastName,Note,Frist Name\na,b,c\n",
        (
            "queue.csv:1: no column says the stage (read: `LastName`, `Note`; "
            "not read: `Frist Name` (did you mean `First Name`?)); "
            "add a column `stage` with `incoming`, `outgoing`, `connected` or `template`"
        ),
    ),
    "one column twice": (
        "stage,note,Note\nincoming,a,b\n",
        "queue.csv:1: two columns `note`, so that a row says two things; take one of them away",
    ),
}


@pytest.mark.parametrize(("content", "message"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_cannot_be_read_by_is_an_error(content: str, message: str) -> None:
    path = written("queue.csv", content)
    assert recognising(path) == ["csv"]
    assert refusal(path) == message


def test_two_columns_of_one_field_are_an_error_and_numbered_ones_are_not() -> None:
    """Which of the two is read would decide the verdict."""
    assert refusal(written("queue.csv", "stage,note,Message\nincoming,We sell pumps,Hi\n")) == (
        "queue.csv:1: `note` and `Message` are columns of one field, so that a row may say two things; take one of them away"
    )


def test_a_column_twice_that_is_not_read_does_no_harm() -> None:
    record, rest = records(written("queue.csv", "stage,x,x\nincoming,a,b\n"))
    assert (record.id, rest.count) == ("queue.csv:2", 2)


def test_a_table_without_a_column_of_ours_says_which_there_are_and_repeats_none_that_may_be_data() -> None:
    path = written("queue.csv", "Mia Berg,zqxv,Oslo\nBen Ito,zqxv,Bonn\n")
    assert recognising(path) == ["csv"]
    message = refusal(path)
    assert message.startswith(
        "queue.csv:1: none of the 3 columns is one that we read; name columns so: `stage`, `id`, "
    )
    assert "zqxv" not in message
    assert "Oslo" not in message


def test_a_column_that_is_nearly_ours_is_named_with_what_it_may_be() -> None:
    message = refusal(written("queue.csv", "zqxv,stagee\na,b\n"))
    hint = "queue.csv:1: none of the 2 columns is one that we read: `stagee` (did you mean `stage`?); name columns so: "
    assert message.startswith(hint)
    assert "zqxv" not in message


def test_a_header_that_is_broken_is_no_header() -> None:
    assert refusal(written("queue.csv", 'stage,"name\nincoming,x\n'), "csv") == (
        "queue.csv: no header row; put the names of the columns into the first row, without quotes that are not closed"
    )


def test_utf_16_is_told_whether_the_reader_is_chosen_or_not() -> None:
    path = table({"stage": "incoming"}, encoding="utf-16")
    message = "queue.csv: is UTF-16 text; save it as UTF-8"
    assert (refusal(path), refusal(path, "csv")) == (message, message)


def test_a_folder_is_no_table() -> None:
    written("folder/queue.csv", "stage,name\nincoming,x\n")
    assert refusal("folder", "csv") == "folder: is a folder or archive; name one file of records"


OTHERS = {
    "JSON Lines": (b'{"stage": "incoming", "note": "stage,name"}\n', ["jsonl"]),
    "JSON": (b'[{"stage": "incoming", "note": "a"}]', ["json"]),
    "an export's table": (b"From,To,Sent At,Message,Direction\n", ["linkedin-export"]),
    "an old export's connections": (b"First Name,Last Name,Email Address,Company,Position,Connected On\n", ["linkedin-export"]),
    "one column of ours": (b"stage\nincoming\n", ["csv"]),
    "prose": (b"Dear all,\nwe meet at eight, as always, at the gate.\n", []),
    "a word": (b"hello\n", []),
    "a policy": (b"policycheck: 1\npolicy: a\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("content", "readers"), OTHERS.values(), ids=OTHERS)
def test_a_table_is_recognised_by_content(content: bytes, readers: list[str]) -> None:
    assert recognising(written("any.thing", content)) == readers


cells = st.text(st.sampled_from('ab,;\t"\n\r é'), max_size=4)


@examples(st.lists(st.tuples(st.sampled_from(["incoming", "outgoing", "x", ""]), cells, cells), max_size=8))
def test_no_row_is_lost(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("stage", "note", "name"), *rows])
    found = records(written("queue.csv", text.getvalue()), "csv")
    whole = [item for item in found if isinstance(item, Invitation) or (isinstance(item, Unreadable) and not item.fact)]
    assert len(whole) == sum(any(row) for row in rows)
    assert [item.note for item in found if isinstance(item, Invitation)] == [
        note for stage, note, _ in rows if stage in ("incoming", "outgoing")
    ]


@examples(st.binary(max_size=200))
def test_any_bytes_below_a_header_give_records_or_unreadable_ones_within_the_file(data: bytes) -> None:
    path = written("queue.csv", b"stage,note\n" + data)
    for item in records(path, "csv"):
        assert isinstance(item, NotJudged) or item.origin.line >= 2
