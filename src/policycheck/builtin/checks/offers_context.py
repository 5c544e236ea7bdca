"""offers-context: the note says what connects the two."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._texts import AT_LEAST, judged


@check(
    "offers-context",
    needs=["note"],
    parameters={"at_least": {**AT_LEAST, "default": 1}},
    phrases=["context"],
    advice="Say what connects you: where you met, who you both know, what of theirs you read, what you both work on.",
)
def offers_context(case: Case, *, at_least: int) -> Finding:
    """The note says what connects the two: a meeting, a shared contact, school or field, something of theirs that was read.

    The phrase list `context` holds families of such grounds; each that occurs counts once, and `at_least` is how many there must
    be. Having come across a profile, praise of it and where somebody works are no context: they fit everybody, and a phrase that
    ends in them doesn't count.

    The reasonable basis for writing to somebody one doesn't know is a common connection or a mutual interest, and the note is
    where to say it.

    Holds::      {note: "We met at the Lisbon meetup on Thursday."}
    Holds::      {note: "Both of us studied in Ghent, and I read your article on tide gauges."}   with {at_least: 2}
    Fails::      {note: "I came across your profile and was impressed."}
    Fails::      {note: ""}
    Unknown::    {}
    """
    return judged(case, "context", "note", at_least)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [offers_context]
