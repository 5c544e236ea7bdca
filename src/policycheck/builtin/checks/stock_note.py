"""stock-note: nothing but the site's own text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from policycheck import Case, Check, Evidence, Finding, Hit, check, hookimpl

from ._slots import slots
from ._spans import reach
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
    for hit in _alone(case, note):
        return Finding(True, (Evidence(field="note", start=hit.start, end=hit.end, reason=hit.what),))
    return unseen(case, "note")


def _alone(case: Case, note: str) -> Iterator[Hit]:
    """The stock texts before and after which stand a greeting and names, or slots for names, at most."""
    hits = case.hits("stock")
    if not hits:
        return
    beside = [(other.start, other.end) for other in case.hits("filler") if other.family == "greeting"]
    reached = reach([*beside, *((slot.start, slot.end) for slot in slots(note))])
    words = list(_strays(note, 0, len(note), reached))
    for hit in hits:
        # of a hostile note with thousands of stock texts nearly all end here
        before = [word[0] for word in words[: _NAME_WORDS + 1] if word.end() <= hit.start]
        after = [word[0] for word in words[-_NAME_WORDS - 1 :] if word.start() >= hit.end]
        if not (_are_names(before) and _are_names(after)):
            continue
        parts = (0, hit.start), (hit.end, len(note))
        if all(_are_names([word[0] for word in _strays(note, *part, reached)]) for part in parts):
            yield hit


def _strays(note: str, start: int, end: int, reached: Callable[[int], int]) -> Iterator[re.Match[str]]:
    """The words in a part of a note that belong neither to a greeting nor to a slot."""
    return (word for word in _WORD.finditer(note, start, end) if reached(word.start()) < word.end())


def _are_names(words: list[str]) -> bool:
    return len(words) <= _NAME_WORDS and not any(map(str.islower, words))


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [stock_note]
