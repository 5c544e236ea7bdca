"""Queues that a repository might hold."""

from __future__ import annotations

import json

WHY = "It pitches: an invitation builds a relationship, it doesn't sell"
"""Why the shipped policy decides against `PITCH`."""


def _line(number: str, name: str, note: str) -> str:
    person = {"name": name, "known": False}
    return json.dumps({"id": number, "stage": "outgoing", "person": person, "note": note}) + "\n"


GOOD = _line(
    "q-1",
    "Mia Berg",
    "Hi Mia, we both spoke at the print fair. Here is the survey you asked about: https://example.org/survey. "
    "I post one such study a month.",
)
PITCH = _line("q-2", "Noor Aziz", "Hi Noor, we help teams like yours double their leads. 15 minutes for a demo?")
UNREADABLE = '{"id": "q-3", "stage":\n'
