"""unfilled-placeholder: a slot of a template that nobody filled."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from ._slots import slots


@check(
    "unfilled-placeholder",
    needs=["note"],
    advice="Fill the slots of the template, and mend those that lack a bracket.",
)
def unfilled_placeholder(case: Case) -> Finding:
    """The note has a slot of a template in it that nobody filled.

    Looks for what the common tools write: ``{{name}}``, ``{name}``, ``${name}``, ``[Name]``, ``<Name>``, ``%NAME%``, ``*|NAME|*``
    and ``{this|that}``; and for broken ones such as ``{{name``. In a template slots are what they should be, so there only a
    broken one counts: no tool will fill it. Brackets of other kinds (links, asides, code, percentages) are left alone.

    A message with a slot in it tells its reader that it was sent to many, unread.

    Holds::      {note: "Hi {{first_name}}, great meeting you!"}
    Holds::      {stage: template, note: "Hi {{first_name, great meeting you!"}
    Fails::      {stage: template, note: "Hi {{first_name}}, great meeting you!"}
    Fails::      {note: "Cut by 50% [at least], see [the table](https://example.org)."}
    Fails::      {note: ""}
    Unknown::    {}
    """
    note: str = case.fact("note")
    template = case.invitation.stage == "template"
    found = sorted({(slot.start, slot.end, slot.broken) for slot in slots(note) if slot.broken or not template})
    if not found:
        return Finding(False)
    return Finding(
        True,
        tuple(
            Evidence(
                field="note",
                start=start,
                end=end,
                reason="a slot that no tool will fill" if broken else "a slot left unfilled",
            )
            for start, end, broken in found
        ),
    )


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [unfilled_placeholder]
