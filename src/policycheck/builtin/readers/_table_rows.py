"""The rows of a table of people: as records, or as the contacts of an address book."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from policycheck import Contact, JsonError, NotJudged, Unreadable, person_key, visible

from ._csv import Row
from ._headers import Header, Layout, unread_columns
from ._placing import BEFORE_ANY, Ids, Placed
from ._record import decode

_COUNTS = frozenset({"previous_invitations", "person.mutual_connections", "person.connections"})
_TRUTHS = frozenset({"accepted", "person.has_photo", "person.verified", "person.known"})
_WHOLE = re.compile("[0-9]{1,16}")
_BETWEEN = re.compile(r"\s*:::\s*")
"""Between several values in one cell of Google's."""


class Table(Struct, frozen=True):
    """What is known of a table before its rows; `stage` is that of rows that don't say theirs."""

    name: str
    header: Header
    layout: Layout
    stage: str | None
    own: bool
    """Whether it is a list of ours, and no tool's."""


def placed(rows: Iterable[Row | Unreadable], table: Table) -> Iterator[Placed]:
    """The rows as records, and last how many cells no field of a record holds."""
    ids, left_out = Ids(table.name), Counter[int]()
    account: str | None = BEFORE_ANY
    for row in rows:
        if isinstance(row, Unreadable):
            yield account, row
            continue
        left_out.update(filled(row, table))
        try:
            record, mistakes = decode(json.dumps(record_of(row, table)).encode())
        except JsonError as error:
            yield account, Unreadable(row.origin, _why(row, error.mistakes[0], table), error.mistakes[0].repair)
            continue
        account = record.account
        for mistake in mistakes:
            yield account, Unreadable(row.origin, _why(row, mistake, table), mistake.repair, mistake.field)
        yield account, ids.invitation(record, row.origin, table.name)
    if left_out:
        yield account, not_read(left_out, table)


def filled(row: Row, table: Table) -> Iterator[int]:
    """The columns in which the row has something that no field holds."""
    return (index for index in table.layout.unread if row.text(str(index)))


def not_read(left_out: Counter[int], table: Table) -> NotJudged:
    """How many cells no field holds, with the names of their columns."""
    columns = unread_columns(table.header, sorted(left_out), hints=table.own)
    return NotJudged(f"cell of columns that are not read: {columns}", left_out.total())


def _why(row: Row, mistake: Any, table: Table) -> str:
    """What is wrong, by the name that the table's column has."""
    index = _filled(row, table.layout.fields.get(mistake.field, ()))
    why: str = mistake.why
    return why if index is None else why.replace(f"`{mistake.field}`", f"`{visible(table.header.columns[index])}`", 1)


def record_of(row: Row, table: Table) -> dict[str, Any]:
    """The row as a record of plain values. An empty cell is unknown, but an empty note is one."""
    record: dict[str, Any] = {"stage": table.stage} if table.stage else {}
    person: dict[str, Any] = {}
    for field, indexes in table.layout.fields.items():
        text = _cell(row, field, indexes)
        if text is not None:
            owner, _, key = field.rpartition(".")
            (person if owner else record)[key] = _value(field, text)
    record["person"] = _joined(person, record)
    return record


def _joined(person: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """The person, with a name and a location put together where no cell has the whole."""
    names = [record.pop(part, None) for part in ("first_name", "last_name")]
    places = [record.pop(part, None) for part in ("city", "region", "country")]
    whole = {"name": " ".join(filter(None, names)), "location": ", ".join(filter(None, places))}
    return {key: text for key, text in whole.items() if text} | person


def _cell(row: Row, field: str, indexes: tuple[int, ...]) -> str | None:
    if field == "note":
        notes = [row.cells[str(index)] for index in indexes]
        return next(filter(str.strip, notes), notes[0])
    if field == "person.profile_url":
        urls = [url for index in indexes if (url := row.text(str(index)))]
        return next(filter(person_key, urls), urls[0] if urls else None)
    index = _filled(row, indexes)
    return None if index is None else row.text(str(index))


def _filled(row: Row, indexes: tuple[int, ...]) -> int | None:
    return next((index for index in indexes if row.text(str(index))), None)


def _value(field: str, text: str) -> str | int | bool:
    """A number or truth where the field is one and the text is; else the text, whose kind is told as a mistake."""
    if field in _COUNTS and _WHOLE.fullmatch(text):
        return int(text)
    if field in _TRUTHS and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    return text


def contacts(row: Row, table: Table) -> list[Contact]:
    """The people of a row of an address book, one for each address; none where it names nobody."""
    fields = table.layout.fields
    name = _joined(*_name_parts(row, table)).get("name")
    urls = [url for url in _texts(row, fields.get("person.profile_url", ())) if person_key(url) and "linkedin." in url]
    url = urls[0] if urls else None
    emails = [text for text in _texts(row, fields.get("person.email", ())) if "@" in text]
    if emails:
        return [Contact(name=name, profile_url=url, email=email) for email in emails]
    return [Contact(name=name, profile_url=url)] if name or url else []


def _name_parts(row: Row, table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = {field: _cell(row, field, table.layout.fields.get(field, ())) for field in ("first_name", "last_name")}
    whole = _cell(row, "person.name", table.layout.fields.get("person.name", ()))
    return ({"name": whole} if whole else {}), parts


def _texts(row: Row, indexes: tuple[int, ...]) -> list[str]:
    cells = (row.text(str(index)) for index in indexes)
    return [text for cell in cells if cell for text in _BETWEEN.split(cell) if text]
