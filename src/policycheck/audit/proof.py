"""Proofs that a log holds a record, as c2sp.org/tlog-proof defines them (``c2sp.org/tlog-proof@v1``).

A proof holds the record's index, the hashes up to the root, and the checkpoint. It says nothing about other records but hashes.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from policycheck.audit import checkpoint as checkpoints
from policycheck.audit import note as notes
from policycheck.audit import tree
from policycheck.audit.fields import base64_of, bytes_of, damaged, hash_of, number_of, text_of
from policycheck.audit.keys import Verifier
from policycheck.audit.note import Note
from policycheck.errors import InputError

VERSION = "c2sp.org/tlog-proof@v1"


class Proof(msgspec.Struct, frozen=True):
    """The record's `index` from 0, the `hashes` from its sibling up, the `checkpoint` as it was issued.

    `extra` is whatever an application adds; nothing vouches for it. The specification has a signed checkpoint: an unsigned one,
    which is its text alone, is a proof against accidents only.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None


def build(leaves: Sequence[bytes], index: int, checkpoint: Note) -> Proof:
    """The proof for record `index`, from the hashes of the log's records, of which the checkpoint covers the first."""
    head = checkpoints.parse(checkpoint.text)
    covered = leaves[: head.size]
    if len(covered) != head.size or tree.root(tree.append(tree.Tree(), covered)) != head.root:
        raise InputError("checkpoint: is not one of these records; verify the log")
    return Proof(index=index, hashes=tree.inclusion_proof(covered, index), checkpoint=checkpoint)


def serialise(proof: Proof) -> bytes:
    """The proof's bytes, for a file that should end in ``.tlog-proof``."""
    extra = () if proof.extra is None else (f"extra {base64_of(proof.extra)}",)
    lines = (VERSION, *extra, f"index {proof.index}", *map(base64_of, proof.hashes), "")
    return "".join(f"{line}\n" for line in lines).encode() + notes.serialise(proof.checkpoint)


def parse(data: bytes, where: str = "proof") -> Proof:
    """The proof of its bytes; `serialise` gives the same bytes again. Nothing is verified yet."""
    if len(data) > 2 * notes.MAX_BYTES:
        raise damaged(where, f"is longer than {2 * notes.MAX_BYTES} bytes")
    head, _, rest = data.partition(b"\n\n")
    version, *lines = text_of(head, where).split("\n")
    if version != VERSION:
        raise damaged(where, f"does not begin with the line `{VERSION}`")
    extra = bytes_of(lines.pop(0)[6:], f"{where}: `extra`") if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise damaged(where, "has no line `index` with a number")
    index = number_of(lines.pop(0)[6:], f"{where}: `index`")
    hashes = tuple(hash_of(line, f"{where}: hash {number}") for number, line in enumerate(lines, 1))
    _, checkpoint = checkpoints.read(rest, f"{where}: checkpoint")
    return Proof(index=index, hashes=hashes, checkpoint=checkpoint, extra=extra)


def refusal(record: bytes, proof: Proof, origin: str | None, trusted: Sequence[Verifier] | None) -> str | None:
    """Why the proof doesn't show that the log holds the record, or None where it does.

    `record` is the line's bytes without the newline. Where `origin` is None, any log will do; where `trusted` is None, nobody's
    signature is asked for, and the answer holds for whoever wrote the checkpoint.
    """
    head = checkpoints.parse(proof.checkpoint.text)
    if origin is not None and head.origin != origin:
        return "the checkpoint is another log's"
    if trusted is not None and (why := notes.refusal(proof.checkpoint, trusted)):
        return f"the checkpoint is not to be believed: {why}"
    if not tree.verify_inclusion(tree.leaf_hash(record), proof.index, head.size, proof.hashes, head.root):
        return f"the record is not number {proof.index} (from 0) of the log with this checkpoint"
    return None
