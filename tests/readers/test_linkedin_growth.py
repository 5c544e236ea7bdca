"""An export costs its size, however much of it is about one person."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from exports import Connection, Export, Invite, Talk, as_folder, files, reading
from growth import LINEAR, growth

BEN = Connection("Ben", "Ito", "ben-ito-81426", date(2026, 6, 7))


def _talk(count: int, slug: str = BEN.slug) -> Talk:
    lines = [("them", f"2026-06-{n % 20 + 8:02} 08:{n % 60:02}:00", "Hello") for n in range(count)]
    return Talk("Ben Ito", slug, lines)


def _invitations_beside_messages(count: int) -> Export:
    return Export(invites=[Invite("Ben Ito", BEN.slug)] * count, talks=[_talk(count)])


def _connections_of_one_url(count: int) -> Export:
    return Export(connections=[BEN] * count, invites=[Invite("Ben Ito", BEN.slug)] * count, talks=[_talk(count)])


def _names_of_the_owner(count: int) -> Export:
    rows = [
        {
            "CONVERSATION ID": f"2-{n}",
            "FROM": f"Ben {n}",
            "TO": f"Mia {n}",
            "SENDER PROFILE URL": f"https://www.linkedin.com/in/ben-{n}",
            "DATE": "2026-06-08 08:00:00 UTC",
        }
        for n in range(count)
    ]
    written = files(Export(invites=[Invite("Ben Ito", BEN.slug, outgoing=True)]))["Invitations.csv"].decode()
    header, (_, *cells) = csv.reader(written.splitlines())
    return Export(messages=rows, tables={"Invitations.csv": [header, *([f"Ana {n}", *cells] for n in range(count))]})


@pytest.mark.parametrize(
    "export",
    [_invitations_beside_messages, _connections_of_one_url, _names_of_the_owner],
    ids=lambda make: make.__name__.strip("_").replace("_", " "),
)
def test_an_export_about_one_person_is_read_in_linear_time(tmp_path: Path, export: object) -> None:
    def folder(count: int) -> Path:
        return as_folder(tmp_path / str(count), files(export(count)))  # type: ignore[operator]  # one of the three

    assert growth(300, folder, reading) < LINEAR
