"""Invitations in one JSON document: the lines where they start, and what is refused as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.json_files import DOCUMENTS
from policycheck import InputError
from policycheck.builtin.readers import records
from record_files import document, flat, recognising, said


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


ARRAY = """\
[
  {"stage": "incoming", "note": "]\\n["},

  {
    "stage": "incoming",
    "id": "b"
  }, {"stage": "incoming"},
  7,
  {"stage": "incoming",
   "persn": {}}
]
"""
READ = [
    "queue.json:2",
    "b",
    "queue.json:7",
    "queue.json:8: this cannot be read; write an object in { }",
    "queue.json:9: `persn` is an unknown key; did you mean `person`?",
]


@pytest.mark.parametrize(
    "text",
    [ARRAY, '{ "invitations": ' + ARRAY + "}", "\ufeff" + ARRAY, ARRAY.replace("\n", "\r\n")],
    ids=["array", "object", "byte order mark", "Windows"],
)
def test_the_records_of_a_document_have_the_lines_where_they_start(text: str) -> None:
    assert recognising(document(text)) == ["json"]
    assert said(flat("queue.json", "json")) == READ


def test_lines_before_the_array_count() -> None:
    assert said(flat(document('{\n"invitations"\n:\n[{"stage": "incoming"}]}'), "json")) == ["queue.json:4"]


def test_equal_elements_have_lines_of_their_own() -> None:
    record = '{"stage": "incoming"}'
    path = document(f"[{record},\n{record},{record},\n\n{record}]")
    assert [record.origin.line for record in flat(path, "json")] == [1, 2, 2, 4]


def test_an_empty_array_has_no_records() -> None:
    assert flat(document("[]"), "json") == []


@pytest.mark.parametrize(("text", "message"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_that_cannot_be_read_is_refused_with_the_line(text: str | bytes, message: str) -> None:
    path = document(text)
    assert recognising(path) == ["json"]
    with pytest.raises(InputError) as error:
        flat(path, "json")
    assert str(error.value) == f"queue.json:{message}"


def test_a_document_of_more_than_100_megabytes_is_refused() -> None:
    path = document("[")
    with Path(path).open("ab") as file:
        file.truncate(records.DOCUMENT_BYTES + 1)
    with pytest.raises(InputError) as error:
        flat(path, "json")
    expected = "queue.json: over 10,000,000 bytes of JSON; write JSON Lines, one record a line"
    assert str(error.value) == expected
