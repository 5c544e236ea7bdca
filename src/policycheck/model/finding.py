"""What a check answers, and on what evidence."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from policycheck.model.truth import Truth


class Evidence(Struct, frozen=True, kw_only=True):
    """What a finding rests on.

    `field` is a fact's path ("note", "messages[2].text", "person.company"). For texts, `start` and `end` are code point offsets
    into the text exactly as read: ``text[start:end]`` is the quote. `reason` is in the check's own words and holds nothing of
    the invitation's text, since it is printed where text may not be.
    """

    field: str
    """The fact that it was found in."""
    start: int | None = None
    """Where the quote starts in the text as read, in code points."""
    end: int | None = None
    """Where the quote ends."""
    reason: str
    """What the check saw, in its own words."""
    quote: str | UnsetType = UNSET
    """Stamped by the engine from the raw text; taken out before a report that shows no text."""


class Finding(Struct, frozen=True):
    """`holds` is True, False, or None for unknown; `missing` names the facts without which it is unknown."""

    holds: Truth
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
