"""Waivers: as somebody answers for them, as a verdict shows them, and what became of them in a run."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Cover = Literal["invitation", "person", "file", "everything"]
WaiverState = Literal["used", "unused", "expired", "too-long"]


class Waiver(Struct, frozen=True, kw_only=True):
    """A rule that doesn't count for what the waiver covers, up to and with the day `expires`.

    `key` says what is covered: an invitation's id, a person's slug as `person_key` gives it, a file's path or pattern, or "" for
    everything. `where` is the waiver's place, ``file:line:column``.
    """

    rule: str
    cover: Cover
    key: str
    reason: str
    owner: str
    ticket: str | None = None
    expires: date
    where: str


class Waived(Struct, frozen=True, kw_only=True):
    """Why a rule of a verdict doesn't count."""

    reason: str
    """Why it shouldn't, in its owner's words."""
    owner: str
    """Who answers for it."""
    ticket: str | None = None
    """Where it was agreed."""
    expires: str
    """The last day on which it applies, an ISO date."""
    where: str
    """The waiver's place, file:line:column."""


class WaiverUse(Struct, frozen=True, kw_only=True):
    """What became of a waiver in a run."""

    rule: str
    """The rule that it waives."""
    where: str
    """Its place, file:line:column."""
    expires: str
    """The last day on which it applies, an ISO date."""
    state: WaiverState
    """"too-long" is one that expires later than the policy lets it; like an expired one it doesn't apply."""
    verdicts: int
    """In how many verdicts it lifts a rule."""
