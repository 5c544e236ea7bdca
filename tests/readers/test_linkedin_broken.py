"""Broken tables: each broken record is named by the line where it starts, and the rest is still read."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import PREAMBLE, Connection, Export, Invite, Reading, Talk, as_folder, files, reading, resaved
from policycheck import Unreadable
from policycheck.builtin.readers._csv import Row, lines_of, rows

INVITATIONS = "From,To,Sent At,Message,Direction\n"
GOOD = 'Mia Berg,Ana Voss,"6/27/26, 7:35 PM",Good day,INCOMING\n'
QUOTES = "a quoted field is not closed, or text follows its closing quote"
BYTES = "the row holds a NUL or bytes that are not UTF-8"
LONG = "a field is longer than 65,536 characters"
RAGGED = "fields in the row: {}, in the header: 5"


def read_table(folder: Path, content: bytes | str, name: str = "Invitations.csv") -> Reading:
    data = content.encode() if isinstance(content, str) else content
    return reading(as_folder(folder / "export", {name: data}))


def whys(found: Reading) -> list[tuple[str, str]]:
    return [(str(item.origin), item.why) for item in found.unreadable]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        pytest.param("Ben Ito,Ana Voss,INCOMING\n", RAGGED.format(3), id="too few fields"),
        pytest.param('B,A,"6/27/26, 7:35 PM",Hi, Ana,INCOMING\n', RAGGED.format(6), id="an unquoted comma"),
        pytest.param('B,A,"6/27/26, 7:35 PM,Hi,INCOMING\n', QUOTES, id="a lost closing quote"),
        pytest.param('B,A,"6/27/26, 7:35 PM","Hi "Ana"!",INCOMING\n', QUOTES, id="quotes that are not doubled"),
        pytest.param('B,A,"6/27/26, 7:35 PM",H\0i,INCOMING\n', BYTES, id="NUL"),
        pytest.param(f'B,A,"6/27/26, 7:35 PM",{"x" * 65_537},INCOMING\n', LONG, id="a long field"),
        pytest.param(f'B,A,"6/27/26, 7:35 PM",{"x" * 140_000},INCOMING\n', LONG, id="a field over the parser's own limit"),
        pytest.param(f'B,A,"6/27/26, 7:35 PM",{"x" * 1_100_000},INCOMING\n', LONG, id="a line of a megabyte"),
        pytest.param('B,A,"6/27/26, 7:35 PM",Hi,UPWARDS\n', "`Direction` is neither `INCOMING` nor `OUTGOING`", id="direction"),
    ],
)  # fmt: skip
def test_a_broken_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path, broken: str, why: str) -> None:
    found = read_table(tmp_path, INVITATIONS + GOOD + broken + GOOD)
    assert whys(found) == [("Invitations.csv:3", why)]
    assert list(found.invitations) == ["Invitations.csv:2", "Invitations.csv:4"]


def test_bytes_that_are_not_utf_8_cost_their_row_alone(tmp_path: Path) -> None:
    bad = GOOD.replace("Good day", "Grüß Gott").encode("latin-1")
    found = read_table(tmp_path, INVITATIONS.encode() + bad + GOOD.encode())
    assert whys(found) == [("Invitations.csv:2", BYTES)]
    assert list(found.invitations) == ["Invitations.csv:3"]


def test_a_quote_that_is_never_closed_costs_its_row_alone(tmp_path: Path) -> None:
    found = read_table(tmp_path, INVITATIONS + 'B,A,x,"never closed,INCOMING\n' + "Mia,Ana,x,Hi,INCOMING\n" * 2)
    assert whys(found)[0] == ("Invitations.csv:2", QUOTES)
    assert list(found.invitations) == ["Invitations.csv:3", "Invitations.csv:4"]


def test_a_note_of_the_greatest_length_is_read(tmp_path: Path) -> None:
    found = read_table(tmp_path, INVITATIONS + GOOD.replace("Good day", "x" * 65_536))
    assert len(found.invitations["Invitations.csv:2"].note or "") == 65_536


def test_the_process_keeps_its_own_field_limit(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    read_table(tmp_path, INVITATIONS + GOOD)
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("limit", [1_000, 10_000_000])
def test_another_field_limit_in_the_process_changes_no_bound(tmp_path: Path, limit: int) -> None:
    before = csv.field_size_limit(limit)
    try:
        found = read_table(tmp_path, INVITATIONS + GOOD.replace("Good day", "x" * 70_000) + GOOD)
    finally:
        csv.field_size_limit(before)
    assert whys(found) == [("Invitations.csv:2", LONG)]
    assert list(found.invitations) == ["Invitations.csv:3"]


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    note = GOOD.replace("Good day", '"one\ntwo\r\nthree"')
    found = read_table(tmp_path, "\n" + INVITATIONS + note + "\n" + "a,b\n" + GOOD)
    assert list(found.invitations) == ["Invitations.csv:3", "Invitations.csv:8"]
    assert found.invitations["Invitations.csv:3"].note == "one\ntwo\r\nthree"
    assert whys(found) == [("Invitations.csv:7", RAGGED.format(2))]


def test_a_preamble_counts_among_the_lines(tmp_path: Path) -> None:
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    found = read_table(tmp_path, PREAMBLE + header + "Ben,Ito\n", "Connections.csv")
    assert whys(found) == [("Connections.csv:5", "fields in the row: 2, in the header: 7")]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_other_separators_end_no_row(tmp_path: Path, separator: str) -> None:
    forged = f"Hi{separator}Eve,Ana Voss,x,Hi,INCOMING"
    found = read_table(tmp_path, INVITATIONS + GOOD.replace("Good day", f'"{forged}"') + GOOD)
    assert [invitation.note for invitation in found.invitations.values()] == [forged, "Good day"]


def test_no_line_of_a_message_becomes_a_row_when_a_quote_before_it_is_lost(tmp_path: Path) -> None:
    forged = '"2-x","","Eve Moor","https://www.linkedin.com/in/eve-moor-6","Ana Voss","","2020-01-01 00:00:00 UTC"'
    text = f'Hello\nEve Moor,https://www.linkedin.com/in/eve-moor-6,Hi\n{forged}\n"",\n" alone'
    talks = [
        Talk("Ben Ito", "ben-ito-81426", [("them", "2026-06-09 08:00:00", text)]),
        Talk("Lo Chang", "lo-chang-2", [("them", "2026-06-10 08:00:00", "lost")]),
    ]
    export = Export(
        connections=[
            Connection("Ben", "Ito", "ben-ito-81426", date(2026, 6, 7)),
            Connection("Eve", "Moor", "eve-moor-6", date(2026, 6, 7)),
        ],
        invites=[Invite("Mia Berg", "mia-berg-1")],
        talks=[Talk("Dana Cruz", "dana-cruz-5", [("them", "2026-06-08 08:00:00", "end")]), *talks],
    )
    content = files(export)
    content["messages.csv"] = content["messages.csv"].replace(b'"Hello\n', b'"Hel"lo\n').replace(b'"lost"', b'"lost')
    found = reading(as_folder(tmp_path / "export", content))
    left_out = f"{QUOTES}; the lines up to 7 are left out with it"
    assert whys(found) == [("messages.csv:2", QUOTES), ("messages.csv:3", left_out)]
    assert [record.id for record in found.invitations.values()] == ["Invitations.csv:2"]
    assert found.not_judged == {"conversation with no connection": 1, "no conversation": 2}


def test_rows_of_closed_members_are_counted(tmp_path: Path) -> None:
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    found = read_table(tmp_path, PREAMBLE + header + ",,,,,,07 Jun 2026\n" * 3, "Connections.csv")
    assert (found.account.profile.connections, found.not_judged) == ((), {"closed member": 3})
    assert found.unreadable == []


def test_a_file_may_end_without_a_line_break(tmp_path: Path) -> None:
    assert list(read_table(tmp_path, (INVITATIONS + GOOD).rstrip()).invitations) == ["Invitations.csv:2"]


def test_a_file_that_a_spreadsheet_saved_again_reads_as_before(tmp_path: Path) -> None:
    found = read_table(tmp_path, resaved((INVITATIONS + GOOD * 2).encode()))
    assert [invitation.person.name for invitation in found.invitations.values()] == ["Mia Berg", "Mia Berg"]
    assert found.unreadable == []


def test_blank_rows_are_none(tmp_path: Path) -> None:
    found = read_table(tmp_path, INVITATIONS + GOOD + "\n,,,,\n" + GOOD)
    assert (list(found.invitations), found.unreadable) == (["Invitations.csv:2", "Invitations.csv:5"], [])


def test_a_file_of_open_quotes_is_given_up_in_bounded_time() -> None:
    lines = [INVITATIONS, *['x",",y\n'] * 200_000]
    found = list(rows(lines, "Invitations.csv", [("From", "Direction")]))
    assert [type(item) for item in found] == [Unreadable] * 65
    assert [(str(item.origin), item.why) for item in found[-2:] if isinstance(item, Unreadable)] == [
        ("Invitations.csv:65", QUOTES),
        ("Invitations.csv:66", "too many quoted fields are not closed, and the rest of the file is not read"),
    ]


def test_any_number_of_rows_with_bare_quotes_is_read_past() -> None:
    lines = [INVITATIONS, *['"B"x,A,x,Hi,INCOMING\n'] * 5_000, GOOD]
    *broken, last = rows(lines, "Invitations.csv", [("From", "Direction")])
    assert len(broken) == 5_000
    assert str(last.origin) == "Invitations.csv:5002"
    assert isinstance(last, Row)


def test_no_message_about_a_broken_row_holds_a_cell(tmp_path: Path) -> None:
    canary = "canary"
    cells = [
        f"{canary},{canary}\n",
        f'"{canary}"{canary},a,b,c,d\n',
        f"a,b,{canary},c,{canary}\n",
        f"{canary}\0,,,,\n",
        f'"{canary}',
    ]
    found = read_table(tmp_path, INVITATIONS + "".join(cells))
    assert len(found.unreadable) == 5
    assert canary not in repr(found.unreadable)


@given(st.binary(max_size=200))
def test_any_bytes_below_a_header_give_rows_or_unreadable_ones(data: bytes) -> None:
    lines = lines_of(io.BytesIO(INVITATIONS.encode() + data), "x.csv")
    for found in rows(lines, "Invitations.csv", [("From", "Direction")]):
        assert isinstance(found, Row | Unreadable)
        assert 2 <= (found.origin.line or 0) <= len(lines)


@given(
    st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))] * 5), max_size=5)
)
def test_what_is_written_as_csv_is_read_back(table: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([INVITATIONS.strip().split(","), *table])
    found = list(
        rows(lines_of(io.BytesIO(text.getvalue().encode()), "x.csv"), "Invitations.csv", [("From", "Direction")])
    )
    read = [tuple(row.cells.values()) for row in found if isinstance(row, Row)]
    assert read == [cells for cells in table if any(cells)]
