"""Files of records, and what the record readers make of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from policycheck import Account, Unreadable
from policycheck.builtin.readers import records
from policycheck.reading.sources import open_source

READERS = {reader.name: reader for reader in records.policycheck_readers()}
KEYS = "the keys are stage, id, account, person, note, sent_at, accepted, connected_on, messages, previous_invitations"
FULL = {
    "id": "q-17",
    "account": "ana-voss",
    "stage": "outgoing",
    "sent_at": "2026-06-27T21:35:00+02:00",
    "person": {
        "name": "Mia Berg",
        "profile_url": "https://www.linkedin.com/in/mia-berg",
        "headline": "Editor",
        "company": "Acme",
        "position": "Editor in chief",
        "industry": "Publishing",
        "location": "Oslo",
        "email": "mia@acme.example",
        "mutual_connections": 3,
        "connections": 512,
        "has_photo": True,
        "joined_on": "2019-04-01",
        "verified": True,
        "known": True,
        "known_by": "earlier conversation",
    },
    "note": 'Hello \u201cMia\u201d, a \\ and a "quote": we met.\n',
    "accepted": True,
    "connected_on": "2026-07-01",
    "messages": [
        {"from": "us", "sent_at": "2026-07-03T10:00:00Z", "text": "Thanks."},
        {"from": "them", "sent_at": "2026-07-02T10:00:00Z", "text": "Welcome."},
    ],
    "previous_invitations": 1,
}


def lines(*texts: object, name: str = "queue.jsonl") -> str:
    """A file of these lines: bytes as they are, everything else as JSON."""
    Path(name).write_bytes(b"\n".join(t if isinstance(t, bytes) else json.dumps(t).encode() for t in texts))
    return name


def recognising(path: str) -> list[str]:
    with open_source(path) as source:
        return [name for name, reader in READERS.items() if reader.recognises(source)]


def accounts(path: str, reader: str = "jsonl") -> list[tuple[str | None, list[Any]]]:
    """Account ids with their records; what belongs to none stands under "none of them"."""
    found: list[tuple[str | None, list[Any]]] = []
    with open_source(path) as source:
        for account in READERS[reader].read(source):
            if isinstance(account, Account):
                found.append((account.id, list(account.records)))
            else:
                found.append(("none of them", [account]))
    return found


def flat(path: str, reader: str = "jsonl") -> list[Any]:
    return [record for _, group in accounts(path, reader) for record in group]


def said(records: Iterable[Any]) -> list[str]:
    """Unreadable records as they are told, and the ids of the others."""
    return [f"{r.origin}: {r.why}; {r.repair}" if isinstance(r, Unreadable) else r.id for r in records]


def document(text: str | bytes, name: str = "queue.json") -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name
