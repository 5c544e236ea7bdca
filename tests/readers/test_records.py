"""Invitations as records: every key, ids, and the accounts that they form."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from policycheck import Account, InputError, Invitation, Message, Origin, Person, Reader, Unreadable
from policycheck.builtin.readers._seen import Seen
from policycheck.reading.sources import open_source
from record_files import FULL, KEYS, READERS, accounts, document, flat, lines, recognising, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_key_of_a_record_arrives() -> None:
    assert accounts(lines(FULL)) == [
        (
            "ana-voss",
            [
                Invitation(
                    id="q-17",
                    stage="outgoing",
                    origin=Origin("queue.jsonl", 1),
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
                        verified=True,
                        known=True,
                        known_by="earlier conversation",
                    ),
                    note='Hello \u201cMia\u201d, a \\ and a "quote": we met.\n',
                    sent_at=datetime(2026, 6, 27, 19, 35, tzinfo=UTC),
                    accepted=True,
                    connected_on=date(2026, 7, 1),
                    messages=(
                        Message(sender="them", sent_at=datetime(2026, 7, 2, 10, tzinfo=UTC), text="Welcome."),
                        Message(sender="us", sent_at=datetime(2026, 7, 3, 10, tzinfo=UTC), text="Thanks."),
                    ),
                    previous_invitations=1,
                )
            ],
        )
    ]


def test_times_are_in_utc() -> None:
    (record,) = flat(lines(FULL))
    assert (record.sent_at.tzinfo, record.messages[0].sent_at.tzinfo) == (UTC, UTC)


def test_all_but_the_stage_may_be_left_out_and_is_unknown() -> None:
    assert flat(lines({"stage": "incoming"})) == [
        Invitation(id="queue.jsonl:1", by_row=True, stage="incoming", origin=Origin("queue.jsonl", 1))
    ]


def test_null_is_unknown_and_an_empty_list_is_none_at_all() -> None:
    nothing = dict.fromkeys(["person", "note", "sent_at", "id", "account", "accepted"])
    (record,) = flat(lines({"stage": "incoming", "messages": [], **nothing}))
    assert record == Invitation(
        id="queue.jsonl:1", by_row=True, stage="incoming", origin=Origin("queue.jsonl", 1), messages=()
    )


def test_messages_of_unknown_time_keep_their_order() -> None:
    messages = [{"sent_at": "2026-07-03T10:00:00Z", "text": "b"}, {"text": "a"}]
    (record,) = flat(lines({"stage": "connected", "messages": messages}))
    assert [message.text for message in record.messages] == ["b", "a"]


def test_a_record_without_an_id_is_called_by_file_and_line() -> None:
    Path("sub").mkdir()
    path = lines({"stage": "incoming"}, b"", b"  \t\r", {"stage": "incoming"}, name="sub/my queue.jsonl")
    assert [(r.id, r.origin) for r in flat(path)] == [
        ("my queue.jsonl:1", Origin("sub/my queue.jsonl", 1)),
        ("my queue.jsonl:4", Origin("sub/my queue.jsonl", 4)),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    record = b'{"stage": "incoming"}'
    assert said(flat(lines(b"\xef\xbb\xbf" + record + b"\r", record + b"\r"))) == ["queue.jsonl:1", "queue.jsonl:2"]


def test_separators_of_unicode_are_no_line_ends() -> None:
    text = json.dumps({"stage": "incoming", "note": "a\u2028b\u2029c\x85d\x0b"}, ensure_ascii=False).encode()
    (record,) = flat(lines(text))
    assert record.note == "a\u2028b\u2029c\x85d\x0b"


def of(account: str | None, **more: object) -> dict[str, object]:
    return {"stage": "incoming", **({} if account is None else {"account": account}), **more}


def test_records_that_stand_together_form_an_account() -> None:
    path = lines(of("ana"), of("ana"), of("ben"), of(None))
    assert [(account, len(group)) for account, group in accounts(path)] == [("ana", 2), ("ben", 1), (None, 1)]


def test_a_broken_line_stands_with_the_account_before_it_or_alone() -> None:
    path = lines(b"{", b'{"x": 1}', of("ana"), b"{", of("ana"), b"{", of("ben"), b"{")
    assert [(account, said(group)) for account, group in accounts(path)] == [
        ("none of them", ["queue.jsonl:1: this is no JSON (column 2); mend the syntax"]),
        (
            "none of them",
            [
                f"queue.jsonl:2: key 1 is unknown; leave it out; {KEYS}",
            ],
        ),
        (
            "ana",
            [
                "queue.jsonl:3",
                "queue.jsonl:4: this is no JSON (column 2); mend the syntax",
                "queue.jsonl:5",
                "queue.jsonl:6: this is no JSON (column 2); mend the syntax",
            ],
        ),
        ("ben", ["queue.jsonl:7", "queue.jsonl:8: this is no JSON (column 2); mend the syntax"]),
    ]


@pytest.mark.parametrize("account", ["ana", None])
def test_an_account_that_comes_back_is_an_error_with_its_line(account: str | None) -> None:
    with pytest.raises(InputError) as error:
        accounts(lines(of(account), of("ben"), b"{", of(account)))
    assert str(error.value) == (
        "queue.jsonl:4: records of the same account stand further up, with others between; sort the file by `account`"
    )


STREAMING = """
import itertools, sys, tracemalloc
from policycheck.builtin.readers.records import policycheck_readers
from policycheck.reading.sources import open_source
jsonl = next(reader for reader in policycheck_readers() if reader.name == "jsonl")
tracemalloc.start()
with open_source("-") as source:
    count = sum(1 for account in jsonl.read(source) for record in account.records)
print(count, tracemalloc.get_traced_memory()[1] < 2_000_000)
"""


def test_lines_stream_in_little_memory() -> None:
    line = json.dumps(FULL | {"id": None}).encode() + b"\n"
    done = subprocess.run([sys.executable, "-c", STREAMING], input=line * 20_000, capture_output=True, check=True)
    assert done.stdout.decode() == "20000 True\n"


def test_an_account_is_given_before_its_last_line_is_read() -> None:
    with open_source(lines(of("ana"), of("ana"), b"{")) as source:
        account = next(iter(READERS["jsonl"].read(source)))
        assert isinstance(account, Account)
        assert [type(record) for record in account.records] == [Invitation, Invitation, Unreadable]


def test_standard_input_is_called_stdin() -> None:
    script = STREAMING.replace("count = sum(1 ", "count = next(record.id ")
    done = subprocess.run(
        [sys.executable, "-c", script], input=b'\n{"stage":"incoming"}', capture_output=True, check=True
    )
    assert done.stdout.decode().split()[0] == "stdin:2"


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        (b'{"stage": "incoming"}', ["jsonl"]),
        (b'\n \n{"stage": broken\n{"stage": "incoming"}', ["jsonl"]),
        (b"{}", ["jsonl"]),
        (b"\xef\xbb\xbf{}", ["jsonl"]),
        (b'{ \r\n"stage": "incoming"}', ["json"]),
        (b"[]", ["json"]),
        (b"First Name,Last Name\n{}", []),
        (b"stage: incoming\n", []),
        (b"   \n", []),
    ],
)
def test_a_reader_is_found_by_content(text: bytes, reader: list[str]) -> None:
    assert recognising(document(text, "any.thing")) == reader


@given(st.text('[]{}"invitations: \n\r\t\ufeff,x').map(str.encode) | st.binary(max_size=40))
def test_no_content_is_recognised_twice(head: bytes) -> None:
    assert sum(reader.recognises(_Head(head)) for reader in READERS.values()) <= 1


class _Head:
    """A source of which only the head is asked for."""

    path = "any"
    members = ()

    def __init__(self, head: bytes) -> None:
        self.head = head

    def open(self, member: str | None = None) -> Any:
        raise LookupError(member)


def test_a_folder_is_recognised_by_neither() -> None:
    Path("folder").mkdir()
    lines({"stage": "incoming"}, name="folder/queue.jsonl")
    assert recognising("folder") == []


@pytest.mark.parametrize("reader", READERS)
def test_a_folder_cannot_be_forced_on_a_reader_of_files(reader: str) -> None:
    Path("folder").mkdir()
    lines({"stage": "incoming"}, name="folder/queue.jsonl")
    with pytest.raises(InputError) as error:
        flat("folder", reader)
    assert str(error.value) == "folder: is a folder or archive; name one file of records"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.text(max_size=5) | st.sampled_from(["incoming", "2026-07-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(FULL)), json_values), st.booleans())
def test_every_line_is_read_or_told_with_its_number(record: dict[str, Any], ascii_only: bool) -> None:
    text = json.dumps(record | {"account": "ana"}, ensure_ascii=ascii_only).encode()
    found = flat(lines(of("ana"), text))
    assert {r.origin.line for r in found} == {1, 2}
    assert [r.origin.line for r in found if isinstance(r, Invitation) or r.fact is None] == [1, 2]


@given(st.lists(st.sampled_from(list(FULL)), unique=True))
def test_leaving_facts_out_changes_those_facts_only(left_out: list[str]) -> None:
    kept = {key: value for key, value in FULL.items() if key not in left_out or key == "stage"}
    (whole,) = flat(lines(FULL))
    (record,) = flat(lines(kept))
    unknown: dict[str, Any] = {"id": "queue.jsonl:1", "person": Person()}
    gone = {key: unknown.get(key) for key in left_out if key not in ("stage", "account")}
    assert record == structs.replace(whole, by_row="id" in left_out, **gone)


@given(st.lists(st.text(max_size=3), max_size=40))
def test_seen_tells_new_texts_from_old_ones(texts: list[str]) -> None:
    seen = Seen()
    assert [seen.add(text) for text in texts] == [text not in texts[:index] for index, text in enumerate(texts)]


def test_seen_tells_many_texts_apart() -> None:
    seen = Seen()
    assert all(seen.add(f"q-{number}") for number in range(50_000))
    assert not any(seen.add(f"q-{number}") for number in range(50_000))


def test_the_readers_say_what_they_are_for() -> None:
    assert all(isinstance(reader, Reader) and reader.summary for reader in READERS.values())


def test_seen_is_not_misled_where_two_fingerprints_meet() -> None:
    seen = Seen()
    own = blake2b(b"a", digest_size=9).digest()[:7]
    for bucket in seen._buckets:
        bucket += b"\0" * 3 + own + b"\0" * 4
    assert (seen.add("a"), seen.add("a")) == (True, False)
