"""An export is recognised by what it holds: an archive, a folder or one table, however named and packed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from exports import Connection, Export, Invite, Talk, as_folder, as_zip, files, reading, resaved
from policycheck import Account, InputError, Invitation, NotJudged
from policycheck.builtin.readers.linkedin import linkedin_export, policycheck_readers
from policycheck.reading.sources import open_source

EXPORT = Export(
    invites=[Invite("Mia Berg", "mia-berg-1"), Invite("Ben Ito", "ben-ito-81426", "6/5/26, 8:00 AM", outgoing=True)],
    connections=[Connection("Ben", "Ito", "ben-ito-81426", date(2026, 6, 7))],
    talks=[Talk("Ben Ito", "ben-ito-81426", [("them", "2026-06-09 08:00:00", "Hello")])],
    tables={"Company Follows.csv": [["Organization", "Followed On"], ["Hall & Sons", "Thu Jan 04 10:11:12 UTC 2024"]]},
)
IDS = ["Invitations.csv:2", "Invitations.csv:3", "Connections.csv:5"]


def recognised(path: Path) -> bool:
    with open_source(str(path)) as source:
        return linkedin_export.recognises(source)


def test_the_module_offers_the_reader() -> None:
    assert [reader.name for reader in policycheck_readers()] == ["linkedin-export"]


@pytest.mark.parametrize(
    "name",
    [
        "Basic_LinkedInDataExport_11-20-2026.zip",
        "Complete_LinkedInDataExport_11-20-2026.zip.zip",
        "Basic_LinkedInDataExport_11-20-2026 (1).zip",
        "mine",
    ],
)
def test_an_archive_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert list(reading(as_zip(tmp_path / name, files(EXPORT))).invitations) == IDS


def test_a_folder_reads_as_its_archive_does(tmp_path: Path) -> None:
    unpacked, packed = as_folder(tmp_path / "folder", files(EXPORT)), as_zip(tmp_path / "a.zip", files(EXPORT))
    assert reading(unpacked) == reading(packed)


def test_a_folder_zipped_again_reads_as_before_and_names_its_members(tmp_path: Path) -> None:
    again = reading(as_zip(tmp_path / "again.zip", files(EXPORT), top="My export"))
    assert list(again.invitations) == IDS
    assert str(again.invitations["Invitations.csv:3"].origin) == "My export/Invitations.csv:3"
    assert again.invitations["Invitations.csv:3"].accepted is True
    assert again.account.profile.interests == ("Hall & Sons",)
    assert again.unreadable == []


@pytest.mark.parametrize(
    ("plain", "variant"),
    [
        ("Invitations.csv", "invitations.CSV"),
        ("Invitations.csv", "Invitations_1.csv"),
        ("Invitations.csv", "Invitations-2.csv"),
        ("Invitations.csv", "Invitations (1).csv"),
        ("messages.csv", "Messages.csv"),
        ("Company Follows.csv", "Company_Follows.csv"),
        ("Company Follows.csv", "companyfollows.csv"),
    ],
)
def test_a_files_name_may_vary(tmp_path: Path, plain: str, variant: str) -> None:
    content = files(EXPORT)
    content[variant] = content.pop(plain)
    found = reading(as_zip(tmp_path / "a.zip", content))
    assert list(found.invitations) == IDS
    assert found.invitations["Connections.csv:5"].messages
    assert found.account.profile.interests == ("Hall & Sons",)


def test_files_that_a_spreadsheet_saved_again_read_as_before(tmp_path: Path) -> None:
    content = {name: resaved(data) for name, data in files(EXPORT).items()}
    assert reading(as_zip(tmp_path / "b.zip", content)) == reading(as_zip(tmp_path / "a.zip", files(EXPORT)))


def test_other_files_are_never_opened(tmp_path: Path) -> None:
    shut = [
        "Ad_Targeting.csv",
        "Logins.csv",
        "PhoneNumbers.csv",
        "Verifications/Verifications.csv",
        "Jobs/Invitations.txt",
    ]
    content = files(EXPORT) | dict.fromkeys(shut, b"\xff\0")
    opened: list[str | None] = []

    class Watched:
        def __init__(self) -> None:
            self.path, self.head, self.members = "a.zip", b"", tuple(sorted(content))

        def open(self, member: str | None = None) -> io.BytesIO:
            opened.append(member)
            return io.BytesIO(content[member or ""])

    (account,) = linkedin_export.read(Watched())
    assert isinstance(account, Account)
    assert [record.id for record in account.records if isinstance(record, Invitation)] == IDS
    assert sorted(map(str, opened)) == ["Company Follows.csv", "Connections.csv", "Invitations.csv", "messages.csv"]


def test_a_second_file_of_a_table_and_a_second_export_are_reported(tmp_path: Path) -> None:
    content = files(EXPORT)
    content |= {
        "Invitations-1.csv": content["Invitations.csv"],
        "old/Connections.csv": content["Connections.csv"],
        "old/Company Follows.csv": content["Company Follows.csv"],
    }
    found = reading(as_folder(tmp_path / "export", content))
    assert [str(item.origin) for item in found.unreadable] == ["Invitations-1.csv", "old/Connections.csv"]
    assert {(item.why, item.repair) for item in found.unreadable} == {
        (
            "another file of the export was read for the same table, so this one is not read",
            "check each export on its own, without copies of its files",
        )
    }
    assert list(found.invitations) == IDS


def test_of_two_exports_in_a_folder_the_upper_one_is_read(tmp_path: Path) -> None:
    upper = {f"z/{name}": data for name, data in files(EXPORT).items()}
    found = reading(as_folder(tmp_path / "both", {**upper, "a/b/Invitations.csv": b"x"}))
    assert [str(item.origin) for item in found.unreadable] == ["a/b/Invitations.csv"]
    assert list(found.invitations) == IDS


@pytest.mark.parametrize(
    ("name", "ids"),
    [("Invitations.csv", IDS[:2]), ("Connections.csv", []), ("messages.csv", [])],
)
def test_a_single_table_is_read_by_its_header_row(tmp_path: Path, name: str, ids: list[str]) -> None:
    path = tmp_path / "saved as.txt"
    path.write_bytes(files(EXPORT)[name])
    found = reading(path)
    assert list(found.invitations) == ids
    assert found.unreadable == []


def test_a_single_invitations_csv_tells_no_acceptance_and_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "Invitations.csv"
    path.write_bytes(files(EXPORT)["Invitations.csv"])
    found = reading(path)
    assert [invitation.accepted for invitation in found.invitations.values()] == [None, None]
    assert str(found.invitations["Invitations.csv:2"].origin) == f"{path}:2"
    assert (found.account.id, found.account.profile.connections) == ("ana-voss", None)


def test_a_single_connections_csv_tells_who_the_connections_are(tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_bytes(files(EXPORT)["Connections.csv"])
    found = reading(path)
    assert [contact.name for contact in found.account.profile.connections or ()] == ["Ben Ito"]
    assert found.not_judged == {"no conversation": 1}


def test_an_export_on_standard_input_is_read() -> None:
    content = files(EXPORT)["Invitations.csv"]
    with open_source("-", io.BytesIO(content)) as source:
        assert linkedin_export.recognises(source)
        (account,) = linkedin_export.read(source)
        assert isinstance(account, Account)
        ids = [record.id for record in account.records if isinstance(record, Invitation)]
    assert ids == IDS[:2]


def test_the_records_are_made_one_by_one(tmp_path: Path) -> None:
    with open_source(str(as_folder(tmp_path / "export", files(EXPORT)))) as source:
        (account,) = linkedin_export.read(source)
    assert isinstance(account, Account)
    records = iter(account.records)
    assert iter(records) is records
    assert isinstance(next(records), Invitation)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"Profile.csv": b"First Name,Last Name,Industry\n"}, id="none of the three tables"),
        pytest.param({"queue.jsonl": b"{}\n"}, id="records"),
        pytest.param({"guide_messages.csv": files(EXPORT)["messages.csv"]}, id="a guide's messages"),
        pytest.param({"My Invitations.csv": b"x\n", "Invitations.csv.bak": b"x\n"}, id="other names"),
    ],
)
def test_what_holds_none_of_the_tables_is_not_recognised(tmp_path: Path, content: dict[str, bytes]) -> None:
    assert not recognised(as_folder(tmp_path / "folder", content))
    assert not recognised(as_zip(tmp_path / "a.zip", content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("guide_messages.csv", files(EXPORT)["messages.csv"], id="a guide's messages"),
        pytest.param("people.csv", b"First Name,Last Name,URL,Company\nBen,Ito,,\n", id="another table of people"),
        pytest.param("queue.jsonl", b'{"stage": "incoming"}\n', id="records"),
        pytest.param("queue.json", b"[]", id="JSON"),
        pytest.param("noise.bin", bytes(range(256)) * 4, id="bytes"),
        pytest.param("long.txt", b"x" * 200_000, id="one long line"),
    ],
)
def test_another_file_is_not_recognised(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert not recognised(tmp_path / name)


def test_a_member_that_is_cut_off_is_refused_with_its_name(tmp_path: Path) -> None:
    path = as_zip(tmp_path / "a.zip", files(EXPORT))
    data = bytearray(path.read_bytes())
    at = data.index(b"Connections.csv") + len("Connections.csv")
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"Connections\.csv: the archive is damaged or cut off"):
        reading(path)


@pytest.mark.parametrize("members", [{"notes.txt": b"x"}, {"Invitations.txt": b"x", "Jobs/b.csv": b"x"}])
def test_a_folder_that_is_said_to_be_an_export_and_is_none_has_no_table(
    tmp_path: Path, members: dict[str, bytes]
) -> None:
    with open_source(str(as_folder(tmp_path / "export", members))) as source:
        (account,) = linkedin_export.read(source)
        assert isinstance(account, Account)
        assert list(account.records) == [NotJudged("file that is not read", len(members))]
