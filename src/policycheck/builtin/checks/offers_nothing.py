"""offers-nothing: they connected, and nothing of value came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from ._first_messages import first_messages
from ._kleene import both
from ._spans import reach
from ._texts import sells, unopposed, unseen

_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"\w+")
_WORDS_BESIDE = 5


@check(
    "offers-nothing",
    needs=["messages"],
    parameters={
        "days": {
            "type": "integer",
            "min": 0,
            "max": 3650,
            "default": 14,
            "meta": {"description": "how many days after connecting a message counts"},
        },
        "at_least": {
            "type": "integer",
            "min": 1,
            "default": 2,
            "meta": {"description": "how many messages there must be"},
        },
    },
    phrases=["filler", "pitch", "value", "context"],
)
def offers_nothing(case: Case, *, days: int, at_least: int) -> Finding:
    """They connected, wrote, and nothing that they wrote was of value: thanks, flattery, bumps and pitches only.

    Looks, at connections only, at what they wrote within `days` days of connecting, the invitation's own note left out. It holds
    where there are at least `at_least` such messages, every one of them is empty of value, and we never answered. A message is
    empty where it pitches (two families of the list `pitch`), or where each of its sentences is a greeting, flattery or a bump
    (the list `filler`) with hardly a word beside it; and where nothing of the lists `value` and `context` occurs.

    It is a cautious check: one sentence that it doesn't know, and it doesn't hold. Messages of no value are, beside pitches at
    once, the reason for disconnecting.

    Holds::      {stage: connected, connected_on: 2026-06-01, messages: [
                 {from: them, sent_at: "2026-06-02T09:00:00Z", text: "Thanks for connecting! How are you?"},
                 {from: them, sent_at: "2026-06-04T09:00:00Z", text: "Just checking in."}]}
    Fails::      {stage: connected, connected_on: 2026-06-01, messages: [
                 {from: them, sent_at: "2026-06-02T09:00:00Z", text: "Thanks for connecting! How are you?"},
                 {from: us, sent_at: "2026-06-02T10:00:00Z", text: "Fine, and you?"},
                 {from: them, sent_at: "2026-06-04T09:00:00Z", text: "Just checking in."}]}
    Fails::      {stage: connected, connected_on: 2026-06-01, messages: []}
    Unknown::    {stage: connected}
    """
    if case.invitation.stage != "connected":
        return Finding(False)
    firsts = list(first_messages(case, days, len(case.invitation.messages or ()) or 1))
    empty = (_empty_if_first(case, field, is_first) for field, is_first in firsts)
    return both(_unanswered(case), _enough(firsts, at_least), *empty)


def _unanswered(case: Case) -> Finding:
    senders = [message.sender for message in case.invitation.messages or ()]
    missing = tuple(f"messages[{number}].from" for number, sender in enumerate(senders) if sender is None)
    return Finding(False) if "us" in senders else Finding(None if missing else True, missing=missing)


def _enough(firsts: list[tuple[str, Finding]], at_least: int) -> Finding:
    surely = sum(is_first.holds is True for _, is_first in firsts)
    open_ = [is_first for _, is_first in firsts if is_first.holds is None]
    if surely >= at_least:
        return Finding(True)
    missing = tuple(dict.fromkeys(fact for is_first in open_ for fact in is_first.missing))
    return Finding(None, missing=missing) if surely + len(open_) >= at_least else Finding(False)


def _empty_if_first(case: Case, field: str, is_first: Finding) -> Finding:
    if is_first.holds is False:
        return Finding(True)
    empty = _empty(case, field)
    if empty.holds is True or is_first.holds is True:
        return empty
    return Finding(None, missing=is_first.missing)


def _empty(case: Case, field: str) -> Finding:
    """Whether a message is of no value."""
    text = case.text(field)
    if text is None or text.truncated:
        return unseen(case, field)
    if any(unopposed(case.hits(name, field)) for name in ("value", "context")):
        return Finding(False)
    if sells(case, field) >= 2:
        return Finding(True, (Evidence(field=field, start=0, end=len(text.raw), reason="sells something"),))
    reached = reach((hit.start, hit.end) for hit in case.hits("filler", field))
    if all(_filled(text.raw, *sentence.span(), reached) for sentence in _SENTENCE.finditer(text.raw)):
        return Finding(
            True, (Evidence(field=field, start=0, end=len(text.raw), reason="says nothing but pleasantries"),)
        )
    return Finding(False)


def _filled(raw: str, start: int, end: int, reached: Callable[[int], int]) -> bool:
    """Whether a sentence is filler with a few words beside it."""
    words = [word.start() for word in _WORD.finditer(raw, start, end)]
    beside = [word for word in words if reached(word) <= word]
    return not words or (reached(end - 1) > start and len(beside) <= _WORDS_BESIDE)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [offers_nothing]
