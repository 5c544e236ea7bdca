"""Synthetic LinkedIn exports of every era, as real zips or folders, from a compact description. Nobody in them exists."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from msgspec.structs import replace

from policycheck import Account, Invitation, NotJudged, Unreadable
from policycheck.builtin.readers.linkedin import linkedin_export
from policycheck.reading.sources import open_source

Era = Literal["2018", "2021", "2023", "2026"]
ERAS: tuple[Era, ...] = ("2018", "2021", "2023", "2026")
"""2018; 2021 to mid-2023, without URLs; late 2023; since March 2026, when messages.csv became fully quoted."""

Files = dict[str, bytes]

PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. '
    'Members choose who sees theirs."\n'
    "\n"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MESSAGES = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
             "SUBJECT", "CONTENT", "FOLDER"]  # fmt: skip
MESSAGE_COLUMNS: dict[Era, list[str]] = {
    "2018": ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"],
    "2021": [column for column in _MESSAGES if column != "RECIPIENT PROFILE URLS"],
    "2023": [*_MESSAGES, "ATTACHMENTS"],
    "2026": [*_MESSAGES, "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"],
}


@dataclass(frozen=True)
class Invite:
    """A row of Invitations.csv; `sent_at` is the cell as it stands, in Pacific time."""

    name: str
    slug: str
    sent_at: str = "6/27/26, 7:35 PM"
    note: str = ""
    outgoing: bool = False


@dataclass(frozen=True)
class Connection:
    """A row of Connections.csv; `on` is a date, or the cell as it stands."""

    first: str
    last: str
    slug: str
    on: date | str = date(2026, 6, 7)
    company: str = ""
    position: str = ""
    email: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation, oldest message first: (who, "YYYY-MM-DD HH:MM:SS", text), where who is "us", "them" or another's slug."""

    name: str
    slug: str
    lines: Sequence[tuple[str, str, str]]
    folder: str = "INBOX"
    others: Mapping[str, str] = field(default_factory=dict)
    """Further people, slug to name."""


@dataclass(frozen=True)
class Export:
    """An export; `messages` are further rows of messages.csv by column, `tables` further files by name, header first."""

    invites: Sequence[Invite] = ()
    connections: Sequence[Connection] = ()
    talks: Sequence[Talk] = ()
    messages: Sequence[Mapping[str, str]] = ()
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    owner: tuple[str, str] = ("Ana Voss", "ana-voss")


def url(slug: str) -> str:
    """A profile's URL, or nothing for nobody."""
    return f"https://www.linkedin.com/in/{slug}" if slug else ""


def table(rows: Iterable[Sequence[str]], *, quoted: bool = False) -> bytes:
    """CSV as LinkedIn writes it: UTF-8 without BOM, LF, quotes where they are needed or everywhere."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue().encode()


def files(export: Export, era: Era = "2026") -> Files:
    """The files of an export. A category without data has no file, as in the real ones."""
    found = {name: table(rows) for name, rows in export.tables.items()}
    if export.invites:
        found["Invitations.csv"] = table(_invitations(export, era))
    if export.connections:
        found["Connections.csv"] = _connections(export.connections, era)
    if export.talks or export.messages:
        found["messages.csv"] = table(_messages(export, era), quoted=era == "2026")
    return found


def resaved(content: bytes) -> bytes:
    """A file as a spreadsheet saves it again: with a BOM and CRLF."""
    return b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")


def as_folder(folder: Path, content: Mapping[str, bytes]) -> Path:
    """The files in a folder."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def as_zip(path: Path, content: Mapping[str, bytes], *, top: str = "") -> Path:
    """The files at the root of an archive; with `top` as macOS zips a folder of that name again."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(f"{top}/{name}" if top else name, data)
            if top:
                archive.writestr(f"__MACOSX/{top}/._{name}", b"\x00\x05\x16\x07")
    return path


def _invitations(export: Export, era: Era) -> Iterable[list[str]]:
    urls = era in {"2023", "2026"}
    name, slug = export.owner
    yield [
        "From",
        "To",
        "Sent At",
        "Message",
        "Direction",
        *(["inviterProfileUrl", "inviteeProfileUrl"] if urls else []),
    ]
    for invite in export.invites:
        names, ends = [invite.name, name], [url(invite.slug), url(slug)]
        order = -1 if invite.outgoing else 1
        direction = "OUTGOING" if invite.outgoing else "INCOMING"
        yield [*names[::order], invite.sent_at, invite.note, direction, *(ends[::order] if urls else [])]


def _connections(connections: Sequence[Connection], era: Era) -> bytes:
    urls = era in {"2023", "2026"}
    rows = [
        ["First Name", "Last Name", *(["URL"] if urls else []), "Email Address", "Company", "Position", "Connected On"]
    ]
    for person in connections:
        # Only here the slug is percent-encoded.
        link = [url(quote(person.slug))] if urls else []
        rows.append(
            [person.first, person.last, *link, person.email, person.company, person.position, _day(person.on, era)]
        )
    return (b"" if era == "2018" else PREAMBLE.encode()) + table(rows)


def _day(on: date | str, era: Era) -> str:
    if isinstance(on, str):
        return on
    if era == "2018":
        return f"{on.month}/{on.day}/{on.year % 100:02}, 9:05 AM"
    return f"{on.day:02} {_MONTHS[on.month - 1]} {on.year}"


def _messages(export: Export, era: Era) -> Iterable[list[str]]:
    columns = MESSAGE_COLUMNS[era]
    yield columns
    for number, talk in reversed(list(enumerate(export.talks))):  # as a whole the file is in no order
        for line in reversed(talk.lines):
            yield [_message(export.owner, talk, line, number, era).get(column.upper(), "") for column in columns]
    for row in export.messages:
        yield [row.get(column, "") for column in columns]


def _message(owner: tuple[str, str], talk: Talk, line: tuple[str, str, str], number: int, era: Era) -> dict[str, str]:
    who, sent, text = line
    people = {owner[1]: owner[0], talk.slug: talk.name, **talk.others}
    sender = {"us": owner[1], "them": talk.slug}.get(who, who)
    recipients = [slug for slug in people if slug != sender]
    return {
        "CONVERSATION ID": f"2-conversation-{number}",
        "FROM": people[sender],
        "SENDER PROFILE URL": url(sender),
        "TO": ", ".join(people[slug] for slug in recipients),
        "RECIPIENT PROFILE URLS": ",".join(map(url, recipients)),
        "DATE": f"{sent} UTC",
        "CONTENT": text if era == "2026" else " ".join(text.split("\n")),
        "DIRECTION": "OUTGOING" if who == "us" else "INCOMING",
        "FOLDER": talk.folder,
        "IS MESSAGE DRAFT": "No",
        "IS CONVERSATION DRAFT": "No",
    }


@dataclass(frozen=True)
class Reading:
    """What the reader makes of an export: its one account, without the records, and the records by kind."""

    account: Account
    invitations: dict[str, Invitation]
    unreadable: list[Unreadable]
    not_judged: dict[str, int]


def reading(path: Path) -> Reading:
    """Read an export through the guarded source. ValueError: the reader doesn't recognise it."""
    with open_source(str(path)) as source:
        if not linkedin_export.recognises(source):
            raise ValueError(f"{path.name} isn't recognised")
        found = list(linkedin_export.read(source))
        (account,) = [item for item in found if isinstance(item, Account)]
        records = list(account.records)
    return Reading(
        replace(account, records=()),
        {record.id: record for record in records if isinstance(record, Invitation)},
        [item for item in (*found, *records) if isinstance(item, Unreadable)],
        {record.reason: record.count for record in records if isinstance(record, NotJudged)},
    )


def read_back(folder: Path, export: Export, era: Era = "2026") -> Reading:
    """Build an export in a folder and read it."""
    return reading(as_folder(folder / "export", files(export, era)))
