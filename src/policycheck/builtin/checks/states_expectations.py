"""states-expectations: the note says what will come."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Finding, check, hookimpl

from ._texts import AT_LEAST, judged


@check(
    "states-expectations",
    needs=["note"],
    parameters={"at_least": {**AT_LEAST, "default": 1}},
    phrases=["expectations"],
    advice="Say what they will get from you, and how often: one study a month, no sales mail.",
)
def states_expectations(case: Case, *, at_least: int) -> Finding:
    """The note says what the other person can expect: what the sender will send or post, how often, or what not.

    The phrase list `expectations` holds families of such promises; each that occurs counts once, and `at_least` is how many there
    must be. An offer ("happy to share more") promises nothing.

    To say what will come, such as relevant updates or now and then a message with a resource, is the third thing that a note to
    somebody unknown should hold.

    Holds::      {note: "I post one study a month, nothing else."}
    Fails::      {note: "Happy to share more."}
    Fails::      {note: ""}
    Unknown::    {}
    """
    return judged(case, "expectations", "note", at_least)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [states_expectations]
