"""The times of an export: Pacific with daylight saving, and never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import Connection, Export, Invite, Talk, read_back
from policycheck import Origin, Unreadable
from policycheck.builtin.readers._linkedin_times import connected_on, message_time, sent_at


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        pytest.param("6/27/26, 7:35 PM", "2026-06-28 02:35", id="summer"),
        pytest.param("1/5/26, 7:35 PM", "2026-01-06 03:35", id="winter"),
        pytest.param("3/8/26, 1:59 AM", "2026-03-08 09:59", id="before the clocks go forward"),
        pytest.param("3/8/26, 3:00 AM", "2026-03-08 10:00", id="after the clocks went forward"),
        pytest.param("11/1/26, 12:59 AM", "2026-11-01 07:59", id="before the hour that comes twice"),
        pytest.param("11/1/26, 1:30 AM", "2026-11-01 08:30", id="the hour that comes twice is its first coming"),
        pytest.param("11/1/26, 2:00 AM", "2026-11-01 10:00", id="after the clocks went back"),
        pytest.param("12/31/25, 11:59 PM", "2026-01-01 07:59", id="over the turn of the year"),
        pytest.param("2/29/24, 12:00 PM", "2024-02-29 20:00", id="noon on a leap day"),
        pytest.param("6/27/26, 12:05 AM", "2026-06-27 07:05", id="after midnight"),
        pytest.param("6/27/26, 7:35\u202fPM", "2026-06-28 02:35", id="narrow no-break space"),
    ],
)
def test_sent_at_is_pacific_time(cell: str, utc: str) -> None:
    assert sent_at(cell) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("3/8/26, 2:30 AM", id="an hour that spring leaves out"),
        pytest.param("2/29/26, 7:35 PM", id="no leap year"),
        pytest.param("27/6/26, 7:35 PM", id="day first"),
        pytest.param("6/27/26, 19:35", id="24 hours"),
        pytest.param("6/27/26, 0:35 AM", id="hour zero"),
        pytest.param("6/27/26, 13:35 PM", id="hour thirteen"),
        pytest.param("6/27/26, 7:60 PM", id="minute sixty"),
        pytest.param("6/27/2026, 7:35 PM", id="long year"),
        pytest.param("٦/27/26, 7:35 PM", id="a digit that isn't ASCII"),
        pytest.param("6/27/26, 7:35 pm", id="lower case"),
        pytest.param("6/27/26, 7:35 PM\n", id="a line break after it"),
        pytest.param("2026-06-27T19:35:00Z", id="ISO"),
        pytest.param("", id="empty"),
        pytest.param(None, id="missing"),
    ],
)
def test_a_sent_at_of_no_known_form_is_unknown(cell: str | None) -> None:
    assert sent_at(cell) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("07 Jun 2026", date(2026, 6, 7)),
        ("7 Jun 2026", date(2026, 6, 7)),
        ("4-Feb-24", date(2024, 2, 4)),
        ("12/31/18, 11:30 PM", date(2018, 12, 31)),
        ("31 Feb 2026", None),
        ("07 Juin 2026", None),
        ("07 JUN 2026", None),
        ("٠٧ Jun 2026", None),
        ("00 Jun 2026", None),
        ("07 Jun 0000", None),
        ("13/31/18, 11:30 PM", None),
        ("2026-06-07", None),
        (None, None),
    ],
)
def test_connected_on_is_a_date_or_unknown(cell: str | None, day: date | None) -> None:
    assert connected_on(cell) == day


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-06-27 19:35:01 UTC", datetime(2026, 6, 27, 19, 35, 1, tzinfo=UTC)),
        ("2026-02-30 19:35:01 UTC", None),
        ("2026-06-27 24:00:00 UTC", None),
        ("2026-06-27 19:35:01", None),
        ("2026-06-27 19:35:01 CEST", None),
        ("٢٠٢٦-06-27 19:35:01 UTC", None),
        (None, None),
    ],
)
def test_a_messages_date_is_utc_or_unknown(cell: str | None, utc: datetime | None) -> None:
    assert message_time(cell) == utc


@given(st.text(alphabet="0123456789/:,- APMUTCJunFeb\u202f", max_size=24))
def test_no_cell_breaks_the_reading_of_times(cell: str) -> None:
    for read in (sent_at, message_time):
        found = read(cell)
        assert found is None or found.tzinfo is UTC
    assert connected_on(cell) is None or isinstance(connected_on(cell), date)


def test_an_unreadable_sent_at_is_reported_and_the_invitation_judged_without_it(tmp_path: Path) -> None:
    export = Export(invites=[Invite("Ben Ito", "ben-ito-81426", "yesterday evening")])
    found = read_back(tmp_path, export)
    assert found.invitations["Invitations.csv:2"].sent_at is None
    assert found.unreadable == [
        Unreadable(
            Origin("Invitations.csv", 2),
            "`Sent At` is no time of the form `M/D/YY, h:mm AM`",
            "write it so, in Pacific time, or export again",
            fact="sent_at",
        )
    ]


def test_without_a_day_of_connecting_the_messages_since_are_unknown(tmp_path: Path) -> None:
    talk = Talk("Noor Aziz", "noor-aziz-3", [("them", "2026-06-09 08:00:00", "Hello")])
    export = Export(connections=[Connection("Noor", "Aziz", "noor-aziz-3", "last week")], talks=[talk])
    found = read_back(tmp_path, export)
    record = found.invitations["Connections.csv:5"]
    assert (record.connected_on, record.messages) == (None, None)
    assert found.unreadable == [
        Unreadable(
            Origin("Connections.csv", 5),
            "`Connected On` is no date of the form `DD Mon YYYY`",
            "write it so, or export again",
            fact="connected_on",
        )
    ]


def test_a_message_of_unknown_time_keeps_its_place_in_the_conversation(tmp_path: Path) -> None:
    lines = [
        ("them", "2026-06-08 08:00:00", "first"),
        ("us", "some time later", "second"),
        ("them", "2026-06-10 08:00:00", "third"),
    ]
    export = Export(
        connections=[Connection("Noor", "Aziz", "noor-aziz-3")], talks=[Talk("Noor Aziz", "noor-aziz-3", lines)]
    )
    found = read_back(tmp_path, export)
    messages = found.invitations["Connections.csv:5"].messages or ()
    assert [(m.text, m.sent_at is None) for m in messages] == [("first", False), ("second", True), ("third", False)]
    assert found.unreadable == [
        Unreadable(
            Origin("messages.csv", 3),
            "`DATE` is no time of the form `YYYY-MM-DD HH:MM:SS UTC`",
            "write it so, or export again",
            fact="messages.sent_at",
        )
    ]
