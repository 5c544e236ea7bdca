"""The Member Snapshot API's pages: the same as an export's tables, joined alike."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from msgspec import structs

from exports import Connection, Export, Invite, Talk, as_folder, files, url
from inputs import given, profile, recognising, records, told, written
from policycheck import Account, Invitation, NotJudged, Origin, read

DOMAINS = {
    "Invitations.csv": "INVITATIONS",
    "Connections.csv": "CONNECTIONS",
    "messages.csv": "INBOX",
    "Profile.csv": "PROFILE",
    "Endorsement_Received_Info.csv": "ENDORSEMENTS",
    "Contacts.csv": "CONTACTS",
}
EXPORT = Export(
    invites=[
        Invite("Mia Berg", "mia-berg", note="Hello"),
        Invite("Ben Ito", "ben-ito", "6/5/26, 8:00 AM", "Hi", outgoing=True),
    ],
    connections=[Connection("Ben", "Ito", "ben-ito", date(2026, 6, 7), company="Acme")],
    talks=[Talk("Ben Ito", "ben-ito", [("them", "2026-06-09 08:00:00", "Hello"), ("us", "2026-06-09 09:00:00", "Hi")])],
    tables={
        "Profile.csv": [["First Name", "Last Name", "Industry"], ["Ana", "Voss", "Publishing"]],
        "Endorsement_Received_Info.csv": [["Endorser Public Url"], ["www.linkedin.com/in/mia-berg"]],
        "Contacts.csv": [["FirstName", "LastName", "Emails"], ["Lo", "Chang", "lo@chang.example"]],
    },
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def elements(export: Export) -> list[dict[str, Any]]:
    """An export as the API gives it."""
    found = []
    for name, content in files(export, "2026").items():
        lines = io.StringIO(content.decode().partition("\n\n")[2] if name == "Connections.csv" else content.decode())
        found.append({"snapshotData": list(csv.DictReader(lines)), "snapshotDomain": DOMAINS[name]})
    return found


def page(*of: dict[str, Any], **more: Any) -> str:
    return json.dumps({"paging": {"start": 0, "count": 10, "links": []}, "elements": of, **more}, ensure_ascii=False)


def row(**more: str) -> dict[str, str]:
    cells = {
        "From": "Mia Berg",
        "To": "Ana Voss",
        "Sent At": "6/27/26, 7:35 PM",
        "Message": "Hi",
        "Direction": "INCOMING",
    }
    return cells | {"inviterProfileUrl": url("mia-berg"), "inviteeProfileUrl": url("ana-voss")} | more


def anywhere(items: list[Any]) -> list[Any]:
    """The records, wherever they stand."""
    nowhere = Origin("somewhere")
    return [structs.replace(item, id="", origin=nowhere) if isinstance(item, Invitation) else item for item in items]


def test_pages_say_what_the_export_says() -> None:
    snapshot = written("snapshot.json", page(*elements(EXPORT)))
    export = str(as_folder(Path("export"), files(EXPORT)))
    assert (recognising(snapshot), recognising(export)) == (["linkedin-snapshot"], ["linkedin-export"])
    ((one, found),), ((other, expected),) = given(snapshot), given(export)
    assert (one, anywhere(found)) == (other, anywhere(expected))
    assert [item.id for item in found if isinstance(item, Invitation)] == [
        "INVITATIONS:1",
        "INVITATIONS:2",
        "CONNECTIONS:1",
    ]
    assert profile(snapshot) == profile(export)


FORMS = {
    "a list of pages": lambda found: f"[{page(*found[:1])}, {page(*found[1:])}]",
    "elements alone": json.dumps,
    "spread over lines": lambda found: json.dumps({"elements": found}, indent=2),
    "a byte order mark": lambda found: f"\ufeff{page(*found)}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_in_which_pages_are_kept_is_read(form: Any) -> None:
    whole = records(written("whole.json", page(*elements(EXPORT))))
    path = written("snapshot.json", form(elements(EXPORT)))
    assert recognising(path) == ["linkedin-snapshot"]
    assert anywhere(records(path)) == anywhere(whole)


def test_a_folder_of_pages_is_one_account() -> None:
    for number, element in enumerate(elements(EXPORT)):
        written(f"pages/{number}.json", page(element))
    written("pages/log.txt", "done")
    whole = records(written("whole.json", page(*elements(EXPORT))))
    assert recognising("pages") == ["linkedin-snapshot"]
    *found, others = records("pages")
    assert anywhere(found) == anywhere(whole)
    assert others == NotJudged("file that is no page of the API", 1)


def test_rows_are_numbered_over_all_pages_and_stand_on_their_lines() -> None:
    pages = [page({"snapshotDomain": "INVITATIONS", "snapshotData": [row(), row(To="Ana")]})] * 2
    found = records(written("snapshot.json", f"[{pages[0]},\n\n{pages[1]}]"))
    assert [(item.id, str(item.origin)) for item in found] == [
        ("INVITATIONS:1", "snapshot.json:1"),
        ("INVITATIONS:2", "snapshot.json:1"),
        ("INVITATIONS:3", "snapshot.json:3"),
        ("INVITATIONS:4", "snapshot.json:3"),
    ]


def test_domains_that_are_not_read_are_counted_and_named() -> None:
    others = [{"snapshotDomain": name, "snapshotData": [{"x": "y"}] * 2} for name in ("SKILLS", "LEARNING_COACH_INBOX")]
    *_, rest = records(
        written("snapshot.json", page({"snapshotDomain": "INVITATIONS", "snapshotData": [row()]}, *others))
    )
    assert rest == NotJudged("row of domains that are not read: `LEARNING_COACH_INBOX`, `SKILLS`", 4)


BROKEN = {
    "no object": ("zqxv", "row 2 of the domain is no object; export again"),
    "a list": (["zqxv"], "row 2 of the domain is no object; export again"),
    "a value that is a list": (row(Message=["zqxv"]), "a value of the row is neither text nor number; export again"),  # type: ignore[arg-type]  # what is wrong with it
    "two keys of one name": (
        row() | {"from": "zqxv"},
        "two keys of one name, so that the row says two things; take one of them away",
    ),
    "a long field": (row(Message="zqxv" * 20_000), "a field is longer than 65,536 characters; shorten it"),
    "no direction": (
        row(Direction="zqxv"),
        "`Direction` is neither `INCOMING` nor `OUTGOING`; write one of them, or export again",
    ),
}


@pytest.mark.parametrize(("broken", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_told_with_its_line_and_the_others_are_read(broken: Any, message: str) -> None:
    rows = ",\n".join(map(json.dumps, [row(), broken, row()]))
    path = written("snapshot.json", f'{{"elements":[{{"snapshotDomain":"INVITATIONS","snapshotData":[\n{rows}]}}]}}')
    found = records(path)
    line = 2 if message.startswith("row") and isinstance(broken, str) else 3
    assert told(found) == [f"snapshot.json:{line}: {message}"]
    assert [item.id for item in found if isinstance(item, Invitation)] == ["INVITATIONS:1", "INVITATIONS:3"]


def test_rows_without_the_keys_of_their_table_are_told() -> None:
    path = written("snapshot.json", page({"snapshotDomain": "INVITATIONS", "snapshotData": [{"From": "x"}]}))
    keys = "`From`, `To`, `Sent At`, `Message`, `Direction`"
    assert told(records(path)) == [
        f"snapshot.json: no row of the table `invitations` has the keys {keys}; export again"
    ]


def test_a_key_that_a_row_lacks_is_an_empty_cell() -> None:
    short = {key: cell for key, cell in row().items() if key != "Message"}
    found = records(written("snapshot.json", page({"snapshotDomain": "INVITATIONS", "snapshotData": [row(), short]})))
    assert [item.note for item in found] == ["Hi", ""]


PAGES = {
    "no JSON": (
        '{"elements":[\n{"snapshotData": x}]}',
        "snapshot.json:2: this is no JSON (column 18); mend the syntax",
    ),
    "a doubled key": (
        '{"snapshotData": [], "snapshotData": []}',
        "snapshot.json:1: key 1 stands in one object twice; keep one of them",
    ),
    "another answer": (
        '{"message": "zqxv", "snapshotData": 1}',
        'snapshot.json: this is no page of the Member Snapshot API; save its answer as it is: {"elements": […]}',
    ),
}


@pytest.mark.parametrize(("content", "message"), PAGES.values(), ids=PAGES)
def test_a_page_that_is_none_is_told(content: str, message: str) -> None:
    path = written("snapshot.json", content)
    assert recognising(path) == ["linkedin-snapshot"]
    assert told(records(path)) == [message]


OTHERS = {
    "a record that speaks of a key": b'{"stage": "incoming", "note": "\\"snapshotData\\": [1]"}\n',
    "a record with such a value": b'{"stage": "incoming", "note": "snapshotData"}\n',
}


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_records_are_no_pages(content: bytes) -> None:
    assert recognising(written("queue.jsonl", content)) == ["jsonl"]


def test_standard_input_is_read_once() -> None:
    data = io.BytesIO(page({"snapshotDomain": "INVITATIONS", "snapshotData": [row()]}).encode())
    found = [record for item in read("-", stdin=data) if isinstance(item, Account) for record in item.records]
    assert [str(record.origin) for record in found if isinstance(record, Invitation)] == ["-:1"]


values = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2))
keys = st.sampled_from(["From", "To", "Sent At", "Message", "Direction", "x"])


@examples(
    st.lists(st.one_of(values, st.dictionaries(keys, values), st.just(row())), max_size=6), st.sampled_from([None, 1])
)
def test_no_row_is_lost(rows: list[Any], indent: int | None) -> None:
    element = {"snapshotDomain": "INVITATIONS", "snapshotData": [row(), *rows]}
    found = records(written("snapshot.json", json.dumps({"elements": [element]}, indent=indent)))
    whole = [item for item in found if not isinstance(item, NotJudged) and getattr(item, "fact", None) is None]
    assert len(whole) == 1 + len(rows)
