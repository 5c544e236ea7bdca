"""What is wrong with a line of records is told with its number, and the other lines are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hostile.json_files import DATES, MISTAKES, STAGE
from policycheck import Invitation, Origin, Person, Unreadable
from policycheck.reading.strict_json import RECORD_BYTES
from record_files import flat, lines, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


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
            by_row=True,
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
