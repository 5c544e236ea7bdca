"""note-length: longer than the site lets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policycheck import Case, Check, Evidence, Finding, check, hookimpl


def _refused(parameters: Mapping[str, Any]) -> str | None:
    return "`free` is more than `premium`; swap them" if parameters["free"] > parameters["premium"] else None


@check(
    "note-length",
    needs=["note"],
    parameters={
        "free": {
            "type": "integer",
            "min": 1,
            "default": 200,
            "meta": {"description": "the most characters that a free account may send"},
        },
        "premium": {
            "type": "integer",
            "min": 1,
            "default": 300,
            "meta": {"description": "the most characters that a Premium account may send"},
        },
    },
    refuse=_refused,
    advice="Shorten the note: the site lets no more through.",
)
def note_length(case: Case, *, free: int, premium: int) -> Finding:
    """The note is longer than the site lets through.

    `free` and `premium` are the limits in characters for the two kinds of account; which kind is ours is `profile.premium`.
    Between the two limits the answer is unknown while the kind is.

    The figures change, so they are parameters: 200 characters on free accounts and 300 on Premium and Sales Navigator, by users'
    reports of 2026; LinkedIn publishes none.

    Holds::      {note: "too long for this limit", profile: {premium: false}}   with {free: 10}
    Holds::      {note: "too long for either limit"}   with {free: 10, premium: 20}
    Fails::      {note: "Good to meet you in Lisbon."}
    Unknown::    {note: "too long for one of them"}   with {free: 10}
    Unknown::    {}
    """
    note: str = case.fact("note")
    if len(note) <= free:
        return Finding(False)
    is_premium = case.profile.premium
    if len(note) <= premium and is_premium is None:
        return Finding(None, missing=("profile.premium",))
    limit = premium if is_premium or len(note) > premium else free
    if len(note) <= limit:
        return Finding(False)
    return Finding(True, (Evidence(field="note", start=limit, end=len(note), reason="what stands beyond the limit"),))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [note_length]
