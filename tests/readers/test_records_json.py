"""Invitations in one JSON document: the lines where they start, and what is refused as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

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


DOCUMENTS = {
    "a broken element": ('[{"stage": "incoming"},\n{"stage": ]', "2: this is no JSON (column 11); mend the syntax"),
    "broken off": ('{"invitations": [\n{"stage": "incoming"},\n', "2: this is no JSON (column 23); mend the syntax"),
    "no UTF-8": (b'[{"stage":\n"incoming", "note": "\xff"}}]', "2: the text is not UTF-8; save the file as UTF-8"),
    "one record": (
        '{\n"stage": "incoming"}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "a key beside": (
        '{"invitations": [], "stage": "incoming"}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "the key twice": (
        '{"invitations": [],\n"invitations": []}',
        "1: the key `invitations` stands in one object twice; keep one of them",
    ),
    "no list": (
        '{"invitations": {}}',
        '1: this is neither an array nor {"invitations": […]} and nothing beside it; write one of the two',
    ),
    "a depth bomb": ("[" * 100_000, "1: the values are nested too deep; write them without so many brackets"),
    "not a number": ("[NaN]", "1: `NaN` is no JSON; write null, or leave the key out"),
}


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
