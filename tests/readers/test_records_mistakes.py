"""What is wrong with a line of records is told with its number, and the other lines are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policycheck import Invitation, Origin, Person, Unreadable
from policycheck.reading.strict_json import RECORD_BYTES
from record_files import KEYS, flat, lines, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


STAGE = b'{"stage": "incoming", '
MISTAKES = {
    "a misspelt key": (STAGE + b'"persn": {}}', "`persn` is an unknown key; did you mean `person`?"),
    "a misspelt key within": (
        STAGE + b'"person": {"compny": "zqxv"}}',
        "`person.compny` is an unknown key; did you mean `company`?",
    ),
    "a key like no other": (
        STAGE + b'"messages": [{}, {"text": "a", "zqxv": 1}]}',
        "key 2 of `messages[1]` is unknown; leave it out; the keys are from, sent_at, text",
    ),
    "a person's name as a key": (b'{"zqxv Mia": 1, "stage": "incoming"}', f"key 1 is unknown; leave it out; {KEYS}"),
    "a key close to ours with an escape": (
        STAGE + b'"person": {"company\\u001b[2J": "zqxv"}}',
        "`person.company\\x1b[2J` is an unknown key; did you mean `company`?",
    ),
    "no stage": (b"{}", "`stage` is missing; write one of `incoming`, `outgoing`, `connected`, `template`"),
    "another stage": (
        b'{"stage": "zqxv"}',
        "`stage` cannot be read; write one of `incoming`, `outgoing`, `connected`, `template`",
    ),
    "a doubled key": (STAGE + b'"stage": "incoming"}', "the key `stage` stands in one object twice; keep one of them"),
    "a doubled key with other spacing": (
        b'{"stage":"incoming","note":"a","note"\t :"b"}',
        "the key `note` stands in one object twice; keep one of them",
    ),
    "a doubled key under escaped quotes": (
        b'{"stage":"incoming","note":"\\u0022\\u0022","stage":"outgoing"}',
        "the key `stage` stands in one object twice; keep one of them",
    ),
    "a doubled key beside a short offset": (
        b'{"stage":"incoming","sent_at":"2026-06-27T19:35:00+0200","stage":"outgoing"}',
        "the key `stage` stands in one object twice; keep one of them",
    ),
    "a doubled key that is none of ours": (
        STAGE + b'"person": {"name": "a", "zqxv": 1, "zqxv": 2}}',
        "key 2 stands in one object twice; keep one of them",
    ),
    "a doubled key within": (
        b'{"stage":"incoming","person":{"name":"zqxv","name":"zqxv"}}',
        "the key `name` stands in one object twice; keep one of them",
    ),
    "no object": (b'{"stage": "incoming"}[]', "this is no JSON (column 22); mend the syntax"),
    "a list": (b"[1]", "this cannot be read; write an object in { }"),
    "broken off": (b'{"stage": "incoming", "note": "zqxv', "this is no JSON (column 31); mend the syntax"),
    "a count as text": (
        STAGE + b'"person": {"mutual_connections": "3"}}',
        "`person.mutual_connections` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a negative count": (
        STAGE + b'"previous_invitations": -1}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a fraction": (
        STAGE + b'"previous_invitations": 1.0}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "true as a count": (
        STAGE + b'"previous_invitations": true}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "infinity by exponent": (
        STAGE + b'"previous_invitations": 1e999}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "a huge integer": (
        STAGE + b'"previous_invitations": 9007199254740992}',
        "`previous_invitations` cannot be read; write a whole number from 0, or leave it out",
    ),
    "an integer of thousands of digits": (
        STAGE + b'"previous_invitations": ' + b"1" * 5000 + b"}",
        "a number has thousands of digits; write the number that is meant",
    ),
    "not a number": (
        STAGE + b'"previous_invitations": NaN}',
        "`NaN` is no JSON; write null, or leave the key out",
    ),
    "infinity": (
        STAGE + b'"previous_invitations": -Infinity}',
        "`-Infinity` is no JSON; write null, or leave the key out",
    ),
    "a word for true": (
        STAGE + b'"accepted": "yes"}',
        "`accepted` cannot be read; write true or false, or leave it out",
    ),
    "a person as text": (
        STAGE + b'"person": "zqxv"}',
        "`person` cannot be read; write an object in { }, or leave it out",
    ),
    "messages as text": (
        STAGE + b'"messages": "zqxv"}',
        "`messages` cannot be read; write a list in [ ], or leave it out",
    ),
    "an empty id": (STAGE + b'"id": ""}', "`id` cannot be read; write a text of 1 to 200 characters, or leave it out"),
    "a depth bomb": (
        b'{"a":' + b"[" * 100_000,
        "the values are nested too deep; write them without so many brackets",
    ),
    "bytes that are no UTF-8": (STAGE + b'"note": "\xff"}', "the text is not UTF-8; save the file as UTF-8"),
    "a surrogate as UTF-8": (STAGE + b'"note": "\xed\xa0\x80"}', "the text is not UTF-8; save the file as UTF-8"),
    "a lone surrogate": (
        STAGE + b'"note": "\\ud800"}',
        "`note` holds half a character (a lone surrogate); write the text as UTF-8",
    ),
    "a raw control character": (STAGE + b'"note": "a\x00b"}', "this is no JSON (column 33); mend the syntax"),
    "another byte order mark": (b"\xef\xbb\xbf{}", "this is no JSON (column 1); mend the syntax"),
    "a time beyond the calendar": (
        STAGE + b'"sent_at": "0001-01-01T00:00:00+14:00"}',
        "a time lies beyond the calendar; mend `sent_at`, or leave it out",
    ),
    "more than a mebibyte": (
        STAGE + b'"note": "' + b"z" * RECORD_BYTES + b'"}',
        "this is over 1,048,576 bytes; shorten its texts",
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_broken_line_is_told_with_its_number_and_the_others_are_read(text: bytes, message: str) -> None:
    found = said(flat(lines({"stage": "incoming"}, text, {"stage": "incoming"})))
    assert found == ["queue.jsonl:1", f"queue.jsonl:2: {message}", "queue.jsonl:3"]


@pytest.mark.parametrize("text", [text for text, _ in MISTAKES.values()], ids=MISTAKES)
def test_no_message_holds_a_value(text: bytes) -> None:
    assert "zqxv" not in "".join(said(flat(lines({"stage": "incoming"}, text))))


def test_the_longest_line_is_read() -> None:
    text = STAGE + b'"note": "'
    text += b"z" * (RECORD_BYTES - len(text) - 3) + b'"}'
    assert said(flat(lines(text, b"x" * 3 * RECORD_BYTES, text))) == [
        "queue.jsonl:1",
        "queue.jsonl:2: this is over 1,048,576 bytes; shorten its texts",
        "queue.jsonl:3",
    ]


DATES = {
    "no zone": ("sent_at", "2026-06-27T19:35:00"),
    "a day only": ("sent_at", "2026-06-27"),
    "a number": ("sent_at", 1_782_588_900),
    "no day of the calendar": ("sent_at", "2026-02-30T19:35:00Z"),
    "Arabic digits": ("sent_at", "٢٠٢٦-06-27T19:35:00Z"),
    "American": ("sent_at", "6/27/26, 7:35 PM"),
    "day of the year": ("connected_on", "2026-178"),
    "a time": ("connected_on", "2026-07-01T00:00:00Z"),
    "no zeros": ("person.joined_on", "2026-7-1"),
    "spaces": ("person.joined_on", " 2026-07-01"),
}


@pytest.mark.parametrize(("field", "value"), DATES.values(), ids=DATES)
def test_a_date_that_cannot_be_read_is_reported_and_unknown_and_the_record_is_judged(field: str, value: object) -> None:
    record: dict[str, Any] = {"stage": "incoming", "note": "a", "person": {"name": "Mia Berg"}}
    owner, _, key = field.rpartition(".")
    (record[owner] if owner else record)[key] = value
    form = "time with its zone, such as 2026-06-27T19:35:00Z" if key == "sent_at" else "date such as 2019-04-01"
    assert flat(lines(record)) == [
        Unreadable(
            Origin("queue.jsonl", 1), f"`{field}` cannot be read", f"write a {form}, or leave it out", fact=field
        ),
        Invitation(
            id="queue.jsonl:1",
            stage="incoming",
            origin=Origin("queue.jsonl", 1),
            person=Person(name="Mia Berg"),
            note="a",
        ),
    ]


def test_dates_of_messages_are_reported_one_by_one() -> None:
    messages = [{"text": "a", "sent_at": "x"}, {"text": "b", "sent_at": "2026-07-03T10:00:00Z"}, {"sent_at": 5}]
    *unread, record = flat(lines({"stage": "connected", "messages": messages}))
    assert [u.fact for u in unread] == ["messages[0].sent_at", "messages[2].sent_at"]
    assert [(m.text, m.sent_at is None) for m in record.messages] == [("a", True), ("b", False), (None, True)]


def test_an_id_given_twice_is_told_and_the_first_is_judged() -> None:
    first = {"stage": "incoming", "id": "a"}
    assert said(flat(lines(first, {**first, "id": "b"}, first))) == [
        "a",
        "b",
        "queue.jsonl:3: its `id` is another record's; give each record an `id` of its own",
    ]


def test_an_id_that_another_line_goes_by_is_told() -> None:
    record = {"stage": "incoming"}
    assert said(flat(lines({**record, "id": "queue.jsonl:2"}, record, {**record, "id": "queue.jsonl:3"}))) == [
        "queue.jsonl:1: its `id` is another record's; give each record an `id` of its own",
        "queue.jsonl:2",
        "queue.jsonl:3",
    ]
