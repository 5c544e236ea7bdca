"""Which messages are their first after connecting, three-valued: of who wrote a message and when, anything may be unknown."""

from __future__ import annotations

from collections.abc import Iterator

from policycheck import Case, Finding, Message

from ._kleene import both

_YES, _NO = Finding(True), Finding(False)


def first_messages(case: Case, days: int, first: int) -> Iterator[tuple[str, Finding]]:
    """For each message its evidence field, and whether it is one of their `first` messages within `days` of connecting.

    The invitation's own note, come back as the first message, is none of them.
    """
    surely = possibly = 0
    after_before = _NO
    for number, message in enumerate(case.invitation.messages or ()):
        field = f"messages[{number}]"
        after, soon = _when(case, message, field, days)
        theirs = _theirs(message, field)
        counted = both(theirs, after, _not(_is_note(case, message, field, after, after_before)))
        place = _YES if possibly < first else _NO if surely >= first else Finding(None)
        yield f"{field}.text", both(counted, soon, place)
        surely += counted.holds is True
        possibly += counted.holds is not False
        after_before = after if after_before.holds is False or after.holds is True else after_before


def _theirs(message: Message, field: str) -> Finding:
    return Finding(None, missing=(f"{field}.from",)) if message.sender is None else Finding(message.sender == "them")


def _when(case: Case, message: Message, field: str, days: int) -> tuple[Finding, Finding]:
    """Whether the message was sent on the day of connecting or later, and whether no more than `days` later."""
    missing = tuple(
        name
        for name, value in ((f"{field}.sent_at", message.sent_at), ("connected_on", case.invitation.connected_on))
        if value is None
    )
    if message.sent_at is None or case.invitation.connected_on is None:
        return Finding(None, missing=missing), Finding(None, missing=missing)
    since = (message.sent_at.date() - case.invitation.connected_on).days
    return Finding(since >= 0), Finding(since <= days)


def _is_note(case: Case, message: Message, field: str, after: Finding, after_before: Finding) -> Finding:
    """Whether it is the invitation's note: the first message since connecting, on that very day, and the same text."""
    _, on_the_day = _when(case, message, field, 0)
    return both(after, on_the_day, _not(after_before), _same(case, message.text, field))


def _same(case: Case, text: str | None, field: str) -> Finding:
    note = case.invitation.note
    if note == "" or text == "":
        return _NO
    missing = tuple(name for name, value in (("note", note), (f"{field}.text", text)) if value is None)
    if note is None or text is None:
        return Finding(None, missing=missing)
    return Finding(case.once("words of the note", note.split) == text.split())


def _not(finding: Finding) -> Finding:
    return Finding(None if finding.holds is None else not finding.holds, missing=finding.missing)
