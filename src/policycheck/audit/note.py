"""Signed notes as c2sp.org/signed-note defines them: a text, a blank line, and a line for each signature."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from policycheck.audit import keys
from policycheck.audit.fields import base64_of, bytes_of, damaged, text_of
from policycheck.audit.keys import Signer, Verifier

MAX_BYTES = 1_000_000
"""Of a note; one with sixteen of the longest signatures there are is a tenth of this."""

_DASH = "\N{EM DASH} "
_ID = 4


class Signature(msgspec.Struct, frozen=True):
    """What one key signed: the key's name, the 4 bytes of its id, and the signature."""

    name: str
    key_id: bytes
    value: bytes


class Note(msgspec.Struct, frozen=True):
    """A text that ends in a newline, and its signatures. Without any it is written as the text alone."""

    text: str
    signatures: tuple[Signature, ...] = ()


def parse(data: bytes, where: str = "note") -> Note:
    """The note of its bytes, with one signature at least; `serialise` gives the same bytes again. Nothing is verified yet."""
    if len(data) > MAX_BYTES:
        raise damaged(where, f"is longer than {MAX_BYTES} bytes")
    text = text_of(data, where)
    end = text.rfind("\n\n") + 1
    *lines, rest = text[end + 1 :].split("\n")
    if not end or rest or not lines:
        raise damaged(where, "does not end in a blank line and whole signature lines")
    first = text.count("\n", 0, end + 1) + 1
    signatures = (_signature(line, f"{where}: line {number}") for number, line in enumerate(lines, first))
    return Note(text=text[:end], signatures=tuple(signatures))


def serialise(note: Note) -> bytes:
    """The note's bytes."""
    lines = "".join(f"{_DASH}{one.name} {base64_of(one.key_id + one.value)}\n" for one in note.signatures)
    return (f"{note.text}\n{lines}" if lines else note.text).encode()


def sign(note: Note, signer: Signer) -> Note:
    """The note with one more signature; an earlier one of the same key gives way."""
    mine = signer.name, keys.key_id(signer)
    others = tuple(one for one in note.signatures if (one.name, one.key_id) != mine)
    return Note(text=note.text, signatures=(*others, Signature(*mine, keys.sign(note.text.encode(), signer))))


def refusal(note: Note, trusted: Sequence[Verifier]) -> str | None:
    """Why the note is not to be believed, or None where a trusted key signed it.

    Signatures of other keys are passed over; one wrong signature of a trusted key is enough to refuse the note.
    """
    known = {(key.name, keys.key_id(key)): key for key in trusted}
    signed = [(known[one.name, one.key_id], one) for one in note.signatures if (one.name, one.key_id) in known]
    for key, one in signed:
        if not keys.verifies(note.text.encode(), one.value, key):
            return f"the signature of key {one.key_id.hex()} is wrong"
    return None if signed else "no trusted key signed it"


def _signature(line: str, where: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not keys.is_key_name(name):
        raise damaged(where, "is no signature line")
    data = bytes_of(encoded, where)
    if len(data) <= _ID:
        raise damaged(where, "holds no signature")
    return Signature(name=name, key_id=data[:_ID], value=data[_ID:])
