"""Exports made to forge rows, to lose them, or to fill the memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from exports import Export, Invite, as_folder, files, reading
from policycheck import InputError

HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
FORGED = (
    "Ben Ito,Ana Voss,,forged,INCOMING,https://www.linkedin.com/in/ben-ito-81426,https://www.linkedin.com/in/ana-voss\n"
)


def test_a_field_that_runs_on_forges_no_row(tmp_path: Path) -> None:
    cell = "x" * 140_000 + "\n" + FORGED
    row = f'Pia Grant,Ana Voss,"6/27/26, 7:35 PM","{cell}",INCOMING,https://www.linkedin.com/in/pia,https://www.linkedin.com/in/ana-voss\n'
    found = reading(as_folder(tmp_path / "export", {"Invitations.csv": (HEADER + row).encode()}))
    assert found.invitations == {}
    assert [lost.origin.line for lost in found.unreadable] == [2]
    assert "the rest of the file is not read" in found.unreadable[0].why


def test_lines_that_go_with_a_broken_row_are_named(tmp_path: Path) -> None:
    header = '"First Name","Last Name","URL","Email Address","Company","Position","Connected On"\n'
    broken = '"Br"x,"Ok","https://www.linkedin.com/in/br","","","","07 Jun 2026"\n'
    nameless = '"","Row","https://www.linkedin.com/in/row","","","","07 Jun 2026"\n'
    table = (header + broken + nameless * 5).encode()
    found = reading(as_folder(tmp_path / "export", {"Connections.csv": table}))
    assert [(lost.origin.line, lost.why.partition("; ")[2]) for lost in found.unreadable] == [
        (2, "the lines up to 7 are left out with it")
    ]


def test_a_small_archive_of_empty_lines_fills_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        noise = "".join("\n" * 60 + f"{n * 7919 % 100_003}" for n in range(20_000))  # below the ratio that marks a bomb
        archive.writestr("Invitations.csv", HEADER + noise)
    with pytest.raises(InputError, match="more than 1,000,000 lines"):
        list(reading(path).unreadable)


def test_a_table_of_broken_rows_is_given_up_and_says_so(tmp_path: Path) -> None:
    content = files(Export(invites=[Invite("Ben Ito", "ben-ito-81426")]))
    table = content["Invitations.csv"] + b"a\n" * 10_500
    found = reading(as_folder(tmp_path / "export", {**content, "Invitations.csv": table}))
    assert list(found.invitations) == ["Invitations.csv:2"]
    assert len(found.unreadable) == 10_001
    assert found.unreadable[-1].why == "more than 10,000 rows are broken, and the rest of the file is not read"


def test_the_lines_of_a_table_are_those_that_an_editor_shows() -> None:
    from policycheck.builtin.readers._csv import lines_of

    assert lines_of(io.BytesIO("a\u2028b\r\nc".encode()), "x.csv") == ["a\u2028b\r\n", "c"]
