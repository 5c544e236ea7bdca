"""Checkpoints as c2sp.org/tlog-checkpoint defines them: which log, how many leaves, what root."""

from __future__ import annotations

import msgspec

from policycheck.audit import note as notes
from policycheck.audit.fields import base64_of, damaged, hash_of, number_of, refuse_controls, text_of
from policycheck.audit.note import Note
from policycheck.errors import UsageError


class Checkpoint(msgspec.Struct, frozen=True):
    """The log's unique name, the tree's size and its root's 32 bytes; whatever lines follow are kept as they are."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def body(checkpoint: Checkpoint) -> str:
    """The text of a checkpoint, which is what gets signed."""
    root = base64_of(checkpoint.root)
    text = "".join(f"{line}\n" for line in (checkpoint.origin, checkpoint.size, root, *checkpoint.extensions))
    if parse(text) != checkpoint:
        raise UsageError("checkpoint: the origin or a line after the root holds a newline; write each on one line")
    return text


def parse(text: str, where: str = "checkpoint") -> Checkpoint:
    """The checkpoint of a note's text; `body` gives the same text again."""
    refuse_controls(text, where)
    *lines, rest = text.split("\n")
    if rest or len(lines) < 3 or "" in lines:
        raise damaged(where, "does not begin with three lines for origin, size and root, or has an empty line")
    origin, size, root, *extensions = lines
    return Checkpoint(
        origin=origin,
        size=number_of(size, f"{where}: the size in line 2"),
        root=hash_of(root, f"{where}: the root in line 3"),
        extensions=tuple(extensions),
    )


def read(data: bytes, where: str = "checkpoint") -> tuple[Checkpoint, Note]:
    """The checkpoint in the bytes of a signed note, or of a text alone, which is a note without signatures."""
    note = notes.parse(data, where) if b"\n\n" in data else Note(text=text_of(data, where))
    return parse(note.text, where), note
