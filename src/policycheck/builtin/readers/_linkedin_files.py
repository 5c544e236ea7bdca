"""Which file of an export holds which table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from policycheck import Origin, Source, Unreadable

from ._csv import Columns, Row, column_key, header_of, lines_of, rows

TABLES: dict[str, tuple[Columns, ...]] = {
    "invitations": (("From", "To", "Sent At", "Message", "Direction"),),
    "connections": (("First Name", "Last Name", "Connected On"),),
    "messages": (
        ("CONVERSATION ID", "FROM", "SENDER PROFILE URL", "TO", "DATE", "CONTENT"),
        ("From", "To", "Date", "Content", "Direction"),
    ),
    "profile": (("First Name", "Last Name", "Industry"),),
    "positions": (("Company Name",),),
    "companyfollows": (("Organization",),),
    "importedcontacts": (("FirstName", "Emails"), ("First Name", "Email Address")),
    "contacts": (("FirstName", "Emails"), ("First Name", "Email Address")),
    "endorsementreceivedinfo": (("Endorser Public Url",),),
    "endorsementgiveninfo": (("Endorsee Public Url",),),
    "recommendationsreceived": (("First Name", "Last Name"),),
    "recommendationsgiven": (("First Name", "Last Name"),),
    "registration": (("Subscription Types",), ("Subscription Type",)),
}
"""All that is ever opened, by file name; logins, telephone numbers, verifications and advertising stay shut."""

CORE = frozenset({"invitations", "connections", "messages"})
"""One of these makes a folder or archive an export."""

_NO_CONVERSATIONS = {"guidemessages", "coachmessages", "learningcoachmessages", "learningroleplaymessages"}
"""Not between people, though they have the header of messages.csv."""

_NUMBER = re.compile(r"(?:[ _-][0-9]+|\([0-9]+\))$")

Tables = dict[str, str | None]
"""The member that holds a table; None where the source is that one file."""


def recognises(source: Source) -> bool:
    """Whether a folder or archive holds one of the core tables, or a single file starts as one of them."""
    return bool(_homes(source.members)) if source.members else _single(source) is not None


def tables(source: Source) -> tuple[Tables, list[Unreadable]]:
    """The tables of an export, and the files left aside because another one was taken for the same table."""
    if not source.members:
        kind = _single(source)
        return ({kind: None} if kind else {}), []
    homes = _homes(source.members)
    if not homes:  # `--reader` may send us anything
        return {}, []
    found: Tables = {}
    aside: list[Unreadable] = []
    for member in sorted(source.members, key=lambda name: (len(name), name)):
        folder, kind = member.rpartition("/")[0], table_key(member)
        if folder == homes[0] and kind in TABLES and kind not in found:
            found[kind] = member
        elif folder in homes and (kind in CORE or (folder == homes[0] and kind in TABLES)):
            aside.append(_second(member))
    return found, aside


def table_rows(source: Source, kind: str, member: str | None) -> Iterator[Row | Unreadable]:
    """The rows of a table; `member` is None where the source is that one file."""
    return rows(lines_of(source.open(member), member or source.path), member or source.path, TABLES[kind])


def table_key(member: str) -> str:
    """A file's name without case, spaces, underscores and a copy's number; "" unless it ends in ``.csv``."""
    stem, dot, ending = member.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return column_key(_NUMBER.sub("", stem)) if dot and ending.casefold() == "csv" else ""


def _homes(members: tuple[str, ...]) -> list[str]:
    """The folders that hold a core table, the uppermost first."""
    folders = {member.rpartition("/")[0] for member in members if table_key(member) in CORE}
    return sorted(folders, key=lambda folder: (folder.count("/") + bool(folder), folder))


def _single(source: Source) -> str | None:
    if table_key(source.path) in _NO_CONVERSATIONS:
        return None
    lines = lines_of(io.BytesIO(source.head), source.path)
    return next((kind for kind in sorted(CORE) if header_of(lines, TABLES[kind])), None)


def _second(member: str) -> Unreadable:
    why = "another file of the export was read for the same table, so this one is not read"
    return Unreadable(Origin(member), why, "check each export on its own, without copies of its files")
