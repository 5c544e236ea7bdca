"""shares-value: the note gives something."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._texts import AT_LEAST, judged, sells, unopposed

_SELLS = 2
"""What the list `pitch` comes to in a note that seems to sell: less than denies it, since here nothing is denied."""

_SHORT = 2
"""So many words or fewer, such as "15 minutes", ask for no meeting by themselves."""


@check(
    "shares-value",
    needs=["note"],
    parameters={"at_least": {**AT_LEAST, "default": 1}},
    phrases=["value", "pitch"],
    advice="Share something that is useful by itself: a link to an article, a checklist, an introduction.",
)
def shares_value(case: Case, *, at_least: int) -> Finding:
    """The note gives something of value: an article, a link, an answer, an introduction, without a purchase asked for.

    The phrase list `value` holds families of what is given and how; each that occurs counts once, with its weight, and `at_least`
    is what they must come to. A note that seems to sell (the list `pitch` comes to 2 in it) shares nothing where it asks for a
    meeting or names a price, nor does one that gives no more than what it will learn from the meeting; and one that merely may
    sell (1) shares nothing where all that it gives is a link.

    What is of value for the other person is the second thing that a note to somebody unknown should hold.

    Holds::      {note: "Here is the survey that I mentioned: https://example.org/survey"}
    Fails::      {note: "We help agencies like yours double their leads. Book a demo: https://example.org/demo"}
    Fails::      {note: ""}
    Unknown::    {}
    """
    sold = sells(case, "note")
    given = {hit.family for hit in unopposed(case.hits("value"))}
    if (sold and given == {"link"}) or ((sold >= _SELLS or given == {"in-return"}) and _asks(case)):
        return Finding(False)
    return judged(case, "value", "note", at_least)


def _asks(case: Case) -> bool:
    """Whether a price is named or a meeting asked for: "2 minutes" or "this week" alone may belong to what is given."""
    hits = case.hits("pitch")
    meeting = [hit for hit in hits if hit.family == "meeting-ask"]
    span = slice(min((hit.start for hit in meeting), default=0), max((hit.end for hit in meeting), default=0))
    return any(hit.family == "price" for hit in hits) or len((case.raw("note") or "")[span].split()) > _SHORT


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [shares_value]
