"""shares-value: the note gives something."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._texts import AT_LEAST, HEAVY, judged, sells

_ASKS = frozenset(("meeting-ask", "price"))


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
    is what they must come to. A note that sells (the list `pitch` comes to 2 in it) shares nothing where it asks for a meeting or
    names a price, or where all that it gives is a link.

    What is of value for the other person is the second thing that a note to somebody unknown should hold.

    Holds::      {note: "Here is the survey that I mentioned: https://example.org/survey"}
    Fails::      {note: "We help agencies like yours double their leads. Book a demo: https://example.org/demo"}
    Fails::      {note: ""}
    Unknown::    {}
    """
    if sells(case, "note") >= HEAVY:
        given = {hit.family for hit in case.hits("value")}
        if given == {"link"} or any(hit.family in _ASKS for hit in case.hits("pitch")):
            return Finding(False)
    return judged(case, "value", "note", at_least)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [shares_value]
