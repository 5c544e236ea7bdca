"""sales-pitch: the note sells."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._texts import AT_LEAST, pitched


@check(
    "sales-pitch",
    needs=["note"],
    parameters={"at_least": {**AT_LEAST, "default": 3}},
    phrases=["pitch"],
    advice="Leave the offer out: say what you have in common, and share something that is useful without you.",
)
def sales_pitch(case: Case, *, at_least: int) -> Finding:
    """The note sells something.

    The phrase list `pitch` holds families of what sellers write: a benefit promised, a kind of customer named, a result in
    figures, an offer, a price, a customer's success. Each family that occurs counts once, with its weight; one more is counted
    where a family tells two things apart; and `at_least` is what they must come to. Families that merely support, such as a call
    asked for, tell nothing alone, since recruiters, job-seekers and hosts of podcasts ask for calls too, and at most two of them
    count; what these people write of themselves counts against a pitch. With 2 instead of 3, more pitches are found, and more
    notes that are none.

    The evidence shows which parts together made it a pitch. What is matched is folded first: capitals, accents, letters of other
    scripts that look alike, invisible characters and digits make no difference. Words such as `d.e.m.o` and `d3m0` are read as
    they are meant; what only they hold counts one less, and the evidence says so. An empty note is no pitch.

    A pitch in an invitation is what LinkedIn's spam clause names, and the commonest reason for regretting a connection.

    Holds::      {note: "We help agencies like yours double their leads. Worth a 15 minute call?"}
    Holds::      {note: "We help agencies."}   with {at_least: 1}
    Holds::      {note: "B o o k  a  c a l l, we h3lp f0und3rs grow."}
    Fails::      {note: "I'm hiring a head of content. Would a short call next week suit you?"}
    Fails::      {note: ""}
    Unknown::    {}
    """
    return pitched(case, "note", at_least)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [sales_pitch]
