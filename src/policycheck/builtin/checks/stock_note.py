"""stock-note: nothing but the site's own text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, Hit, check, hookimpl

from ._slots import slots
from ._texts import unseen

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NAME_WORDS = 3


@check(
    "stock-note",
    needs=["note"],
    phrases=["stock", "filler"],
    advice="Replace the site's stock text with a sentence of your own.",
)
def stock_note(case: Case) -> Finding:
    """The note is the site's stock text, or empty, for which the site sends that text.

    The whole note must be one of the texts of the list `stock`, in whichever language, but for a greeting, a name and a
    signature. A stock sentence followed by one of the sender's own is no stock note.

    The stock text says nothing about why the two should connect. In LinkedIn's exports it never appears: an empty note means that
    it was sent.

    Holds::      {note: "I'd like to add you to my professional network on LinkedIn."}
    Holds::      {note: "Hi Mia, I'd like to connect with you on LinkedIn. Best regards, Ana Voss"}
    Holds::      {note: ""}
    Fails::      {note: "I'd like to add you to my professional network on LinkedIn. We met at the tide gauge meetup."}
    Unknown::    {}
    """
    note: str = case.fact("note")
    if not note.strip():
        return Finding(True)
    for hit in case.hits("stock"):
        if _nothing_but(case, note, hit):
            return Finding(True, (Evidence(field="note", start=hit.start, end=hit.end, reason=hit.what),))
    return unseen(case, "note")


def _nothing_but(case: Case, note: str, hit: Hit) -> bool:
    """Whether before and after the stock text stand a greeting and names, or slots for names, at most."""
    beside = [(other.start, other.end) for other in case.hits("filler") if other.family == "greeting"]
    beside += [(slot.start, slot.end) for slot in slots(note)]
    return all(_only_names(note, start, end, beside) for start, end in ((0, hit.start), (hit.end, len(note))))


def _only_names(note: str, start: int, end: int, beside: list[tuple[int, int]]) -> bool:
    words = [
        word[0]
        for word in _WORD.finditer(note, start, end)
        if not any(first <= word.start() and word.end() <= last for first, last in beside)
    ]
    return len(words) <= _NAME_WORDS and not any(word.islower() for word in words)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [stock_note]
