"""What to start from: for each target a few small inputs that are as they should be. Nobody in them exists."""

from __future__ import annotations

import io
import json
import zipfile

from targets import TABLES, registry

POLICY = b"""\
policycheck: 1
policy: seed
version: 1.0.0
title: A seed
extends: [pragmatic]
disable: [review-stock-note]
sources: {handbook: {title: Ours, section: "4.2", as-of: 2026-01-15}}
defaults: {incoming: review, connected: allow}
phrases: {pitch: {add: [synergy summit], weights: {asks-for-a-call: 2}}}
definitions: {settled: {at-least: 2, of: [shows-photo, verified, {well-connected: {connections: 200}}]}}
rules:
  - id: one
    stages: [incoming]
    effect: review
    when: {all: [{not: known-person}, {any: [settled, {field: {field: note, matches: "(?i)demo"}}]}]}
    because: A reason.
    source: handbook
    if-unknown: ignore
"""
PROFILE = b"""\
names: [Ana Voss]
companies: [Brightleaf]
blocked_people: [{name: Gus Pitchman, email: gus@spam.example}, linkedin.com/in/dev-rao, eve@lund.example, "Finn O'Day"]
connections: []
premium: false
"""
PERSON = {
    "name": "Mia Berg",
    "profile_url": "https://www.linkedin.com/in/mia-berg",
    "joined_on": "2019-04-01",
    "connections": 3,
}
RECORD = {
    "id": "q-1",
    "account": "ana-voss",
    "stage": "connected",
    "person": PERSON,
    "note": "Hi \u202e {{first_name}}",
    "sent_at": "2026-06-27T19:35:00+02:00",
    "connected_on": "2026-07-01",
    "messages": [{"from": "them", "sent_at": "2026-07-02T08:00:00Z", "text": "Worth a 15 minute call?"}],
    "previous_invitations": 1,
}
LINE = json.dumps(RECORD).encode()
CSV = (
    b"stage,name,LinkedIn URL,note,sent_at,accepted\r\n"
    b'outgoing,Mia,linkedin.com/in/mia,"a ""b""\nc",2026-06-27T19:35:00Z,true\r\n'
)
TEMPLATES = b"""\
templates:
  - id: fair
    note: "Hi {{first_name}}, we met."
  - message: |
      Two
      lines
    stage: outgoing
"""
MARKDOWN = b"---\nid: follow-up\nsubject: x\n---\n\nHi {{first_name}},\n\nwe met.\n"
INVITATIONS = (
    b"From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    b'Ben Ito,Ana Voss,"6/27/26, 7:35 PM","Hello",INCOMING,https://www.linkedin.com/in/ben-ito,https://www.linkedin.com/in/ana-voss\n'
)
CONNECTIONS = (
    b'Notes:\n"When exporting"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n'
    b"Ben,Ito,https://www.linkedin.com/in/ben-ito,,Acme,Editor,07 Jun 2026\n"
)
MESSAGES = (
    b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    b"c1,,Ben Ito,https://www.linkedin.com/in/ben-ito,Ana Voss,https://www.linkedin.com/in/ana-voss,"
    b"2026-06-08 10:00:00 UTC,,Hi,INBOX\n"
)
_ROW = {"From": "Ben Ito", "To": "Ana Voss", "Sent At": "6/27/26, 7:35 PM", "Message": "Hi", "Direction": "INCOMING"}
_PAGE = {"elements": [{"snapshotDomain": "INVITATIONS", "snapshotData": [_ROW]}], "paging": {"start": 0, "count": 10}}
SNAPSHOT = json.dumps(_PAGE).encode()


def _zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(f"{name}.csv", content)
    return packed.getvalue()


EXPORT = _zipped(Invitations=INVITATIONS, Connections=CONNECTIONS, messages=MESSAGES)
_GIVEN = {
    "policy": [POLICY],
    "profile": [PROFILE],
    "facts": [json.dumps(PERSON).encode(), json.dumps({"people": [PERSON]}).encode()],
    "archive": [EXPORT, LINE, CSV, TEMPLATES, SNAPSHOT],
    "table": [
        bytes([TABLES.index("Connections.csv")]) + CONNECTIONS,
        bytes([TABLES.index("Invitations.csv")]) + INVITATIONS,
        bytes([TABLES.index("messages.csv")]) + MESSAGES,
    ],
    "jsonl": [LINE + b"\n" + LINE.replace(b"q-1", b"q-2")],
    "json": [b"[" + LINE + b"]", b'{"invitations": [\n' + LINE + b"\n]}"],
    "linkedin-export": [EXPORT, INVITATIONS, CONNECTIONS, MESSAGES],
    "linkedin-snapshot": [SNAPSHOT, b"[" + SNAPSHOT + b"]"],
    "templates": [TEMPLATES, MARKDOWN],
}


def seeds(target: str) -> list[bytes]:
    """The seeds of a target. A reader of tables that has none of its own starts from the columns that it knows."""
    if target in _GIVEN:
        return _GIVEN[target]
    from policycheck.builtin.readers._tools import TOOLS

    columns = [[names[0] for names in tool.columns.values()] for tool in TOOLS if tool.name == target]
    tables = [",".join(names).replace("#", "1") + "\n" + ",".join("x" for _ in names) + "\n" for names in columns]
    return [CSV, *(table.encode() for table in tables)] if target in registry().readers else []
