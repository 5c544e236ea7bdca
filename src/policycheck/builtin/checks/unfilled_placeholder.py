"""unfilled-placeholder: a slot of a template that nobody filled."""

from __future__ import annotations

from collections.abc import Iterable

from policycheck import Case, Check, Evidence, Finding, check, hookimpl

from ._slots import Slot, slot_name, slots
from ._texts import unseen


@check(
    "unfilled-placeholder",
    needs=["note"],
    parameters={
        "known": {
            "type": "list",
            "schema": {"type": "string"},
            "default": [],
            "meta": {
                "description": "the slots that your tool fills; where it is empty, every well-formed one is known"
            },
        },
    },
    advice="Fill the slots of the template, and mend those that lack a bracket or that nothing fills.",
)
def unfilled_placeholder(case: Case, *, known: list[str]) -> Finding:
    """The note has a slot of a template in it that nobody filled.

    Looks for what the common tools write: ``{{name}}``, ``{name}``, ``${name}``, ``[Name]``, ``<Name>``, ``%NAME%``, ``*|NAME|*``
    and ``{this|that}``; and for broken ones such as ``{{name``. In a template slots are what they should be, so there only those
    count that no tool will fill: broken ones, and, where `known` lists the slots that your tool knows, ones of another name.
    Brackets of other kinds (links, asides, code, percentages) are left alone.

    A message with a slot in it tells its reader that it was sent to many, unread.

    Holds::      {note: "Hi {{first_name}}, great meeting you!"}
    Holds::      {stage: template, note: "Hi {{first_name, great meeting you!"}
    Holds::      {stage: template, note: "Hi {{forename}}, great meeting you!"}   with {known: [first_name, event]}
    Fails::      {stage: template, note: "Hi {{First Name}}, great meeting you!"}   with {known: [first_name, event]}
    Fails::      {note: "Cut by 50% [at least], see [the table](https://example.org)."}
    Fails::      {note: ""}
    Unknown::    {}
    """
    note: str = case.fact("note")
    names = frozenset(map(slot_name, known))
    template = case.invitation.stage == "template"
    found = [
        slot for slot in slots(note) if not template or slot.broken or (names and slot.name and slot.name not in names)
    ]
    if not found:
        return unseen(case, "note")
    return Finding(True, tuple(_evidence(slot) for slot in found))


def _evidence(slot: Slot) -> Evidence:
    reason = "a slot that no tool will fill" if slot.broken else "a slot left unfilled"
    return Evidence(field="note", start=slot.start, end=slot.end, reason=reason)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [unfilled_placeholder]
