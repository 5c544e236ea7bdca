"""same-note-to-many: the same words for everybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from policycheck import Case, Check, Evidence, Finding, History, Text, check, hookimpl

_SENTENCE = re.compile(r"[.!?;]\s")
_BLANK = "_"


class _Notes(Struct, frozen=True):
    """How often each note was sent, names blanked; and of notes to people whose name is unknown, how often each sentence."""

    known: Counter[str]
    nameless: int
    sentences: Counter[str]
    unknown: int
    """Invitations whose note is unknown: each may be the same."""


@check(
    "same-note-to-many",
    needs=["note", "history"],
    parameters={
        "at_least": {
            "type": "integer",
            "min": 2,
            "default": 10,
            "meta": {"description": "how many invitations with the same note there must be"},
        }
    },
    advice="Write a note that fits this person only.",
)
def same_note_to_many(case: Case, *, at_least: int) -> Finding:
    """The same note went to many people, their names aside.

    Counts the account's outgoing invitations, this one among them, whose notes are the same once case, accents, blanks and each
    person's own name are disregarded. An empty note never counts. A note that is unknown, or to somebody whose name is, may be
    the same, so it leaves the answer open as long as such notes could make the difference.

    A note that fits many was written for none of them, and sending it to many is what the site calls bulk messaging.

    Holds::      {stage: outgoing, note: "Hi Mia, let's connect!", person: {name: Mia Berg}, history: [
                 {stage: outgoing, note: "Hi Omar, let's connect!", person: {name: Omar Nass}}]}   with {at_least: 2}
    Fails::      {stage: outgoing, note: "Hi Mia, let's connect!", person: {name: Mia Berg}}
    Fails::      {stage: outgoing, note: ""}
    Unknown::    {stage: outgoing, note: "Hi Mia, let's connect!", history: [
                 {stage: outgoing, note: "Hi Omar, let's connect!", person: {name: Omar Nass}}]}   with {at_least: 2}
    Unknown::    {stage: outgoing, note: "Hi Mia, let's connect!", person: {name: Mia Berg}, history: [
                 {stage: outgoing, person: {name: Omar Nass}}]}   with {at_least: 2}
    Unknown::    {stage: outgoing}
    """
    note: str = case.fact("note")
    history = case.history
    if not note.strip() or history is None or case.invitation.stage != "outgoing":
        return Finding(False)
    notes = case.once_per_account("same-note-to-many", lambda: _indexed(history))
    key = _key(note, case.person.name)
    surely = notes.known[key]
    if surely >= at_least:
        return Finding(
            True, (Evidence(field="note", start=0, end=len(note), reason=f"went to {surely} people, names aside"),)
        )
    if case.person.name is None:
        return Finding(None, missing=("person.name",))
    possibly = surely + notes.unknown + _possible(notes, key)
    return Finding(None, missing=("history",)) if possibly >= at_least else Finding(False)


def _indexed(history: History) -> _Notes:
    known: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    nameless = 0
    for invitation in history.sent:
        if invitation.note and invitation.note.strip():
            key = _key(invitation.note, invitation.person.name)
            known[key] += 1
            if invitation.person.name is None:
                nameless += 1
                sentences.update(set(_SENTENCE.split(key)))
    unknown = sum(invitation.note is None for invitation in history.sent)
    return _Notes(known, nameless, sentences, unknown)


def _key(note: str, name: str | None) -> str:
    """The folded note with the words of the person's name blanked, several in a row as one."""
    folded = " ".join(Text(note).folded.split())
    words = re.findall(r"\w+", Text(name).folded) if name else []
    if not words:
        return folded
    one = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{one})(?:[\s.-]+(?:{one}))*(?!\w)", _BLANK, folded)


def _possible(notes: _Notes, key: str) -> int:
    """At most how many notes to people of unknown name are the same: no more than have each sentence without a name in it."""
    whole = [sentence for sentence in _SENTENCE.split(key) if _BLANK not in sentence]
    return min((notes.sentences[sentence] for sentence in whole), default=notes.nameless)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    """The checks of this module."""
    return [same_note_to_many]
