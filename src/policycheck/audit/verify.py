"""Verifying a log from its bytes, as a stream. It writes nothing, and trusts nothing that a writer keeps for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NoReturn

import msgspec

from policycheck.audit import checkpoint as checkpoints
from policycheck.audit import note as notes
from policycheck.audit import proof as proofs
from policycheck.audit import records, tree
from policycheck.audit.checkpoint import Checkpoint
from policycheck.audit.fields import base64_of
from policycheck.audit.files import beside
from policycheck.audit.keys import Verifier
from policycheck.audit.note import Note
from policycheck.audit.proof import Proof
from policycheck.audit.runs import Runs
from policycheck.audit.tree import Tree
from policycheck.errors import AuditError, InputError, UsageError
from policycheck.text.visible import visible


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a log in which nothing is wrong came to.

    `runs` and `verdicts` are counts of what the checkpoint covers; `unfinished` are the runs without an end.
    """

    tree: Tree
    checkpoint: Checkpoint
    runs: int
    verdicts: int
    unfinished: tuple[str, ...]
    behind: int
    """Records after those that the checkpoint covers: their writer was killed, and nobody vouches for them."""
    torn: int
    """Bytes after the last whole record."""
    follows: bool
    """Whether there is a file before this one."""


class _Given(msgspec.Struct, frozen=True):
    """What the log is compared with."""

    path: Path
    checkpoint: Checkpoint
    note: Note
    proof: Proof | None = None


def verify(
    log: Path,
    checkpoint: Path | None = None,
    *,
    trusted: Sequence[Verifier] = (),
    seen: Sequence[Path] = (),
    shown: Sequence[Path] = (),
) -> Verified:
    """Verify a log against its checkpoint, against older ones (`seen`) and against proofs of single records (`shown`).

    With `trusted` keys, one of them must have signed the checkpoint and those of the proofs. Raises AuditError for the first
    thing that is wrong. Memory grows with the runs, not with their verdicts.
    """
    if not log.exists() and not (checkpoint or beside(log, "checkpoint")).exists():
        raise UsageError(f"{visible(str(log))}: is not there; name the log as `check --audit-log` does")
    head = _given(checkpoint or beside(log, "checkpoint"))
    older = [_given(path) for path in seen]
    proven = [_proven(path) for path in shown]
    for one in (head, *proven):
        if trusted and (why := notes.refusal(one.note, trusted)):
            _wrong(one.path, why)
    walk = _Walk(log, head.checkpoint.size, {one.proof.index for one in proven if one.proof})
    own = [one for one in (head, *older, *proven) if one.checkpoint.origin == head.checkpoint.origin]
    roots = walk.roots({one.checkpoint.size for one in own})
    for one in own:
        _check_covered(one, walk.tree.size, roots)
    if walk.runs.origin != head.checkpoint.origin:
        _wrong(log, "is another log than the checkpoint's")
    for one in older:
        _check_before(one, head, walk.runs.previous)
    for one in proven:
        _check_proof(one, head, walk.leaves)
    return _verified(walk, head)


def _verified(walk: _Walk, head: _Given) -> Verified:
    return Verified(
        tree=walk.tree,
        checkpoint=head.checkpoint,
        runs=walk.kinds["run-start"],
        verdicts=walk.kinds["verdict"],
        unfinished=walk.runs.unfinished(),
        behind=walk.tree.size - head.checkpoint.size,
        torn=walk.torn,
        follows=walk.runs.previous is not None,
    )


class _Walk:
    """One pass over a log."""

    def __init__(self, log: Path, covered: int, wanted: set[int]) -> None:
        self.log = log
        self.kinds: Counter[str] = Counter()
        self.runs = Runs()
        self.tree = Tree()
        self.torn = 0
        self.leaves: dict[int, bytes] = {}
        self._covered, self._wanted = covered, wanted

    def roots(self, sizes: Iterable[int]) -> dict[int, bytes]:
        """The root at each of these sizes that the log reaches; afterwards `tree` is that of all its records."""
        found = {}
        leaves = self._leaves()
        for size in sorted(sizes):
            self.tree = tree.append(self.tree, islice(leaves, size - self.tree.size))
            if self.tree.size == size:
                found[size] = tree.root(self.tree)
        self.tree = tree.append(self.tree, leaves)
        return found

    def _leaves(self) -> Iterator[bytes]:
        for number, line in enumerate(_lines(self.log)):
            if not line.endswith(b"\n") and len(line) <= records.MAX_BYTES:
                self.torn = len(line)
                return
            leaf = tree.leaf_hash(line[:-1])
            if number in self._wanted:
                self.leaves[number] = leaf
            kind = self._kind(number, line[:-1])
            self.kinds[kind] += number < self._covered
            yield leaf

    def _kind(self, number: int, line: bytes) -> str:
        try:
            record = records.parse(line)
            self.runs.see(record)
        except ValueError as error:
            _wrong(self.log, f"line {number + 1} {error}")
        return str(record["kind"])


def _lines(log: Path) -> Iterator[bytes]:
    """The lines with their newlines; of one that is too long, so much as tells it."""
    try:
        with log.open("rb") as file:
            yield from iter(lambda: file.readline(records.MAX_BYTES + 2), b"")
    except OSError as error:
        _wrong(log, f"could not be read ({error.strerror})")


def _given(path: Path) -> _Given:
    with _damaged_is_wrong():
        checkpoint, note = checkpoints.read(_bytes(path), visible(str(path)))
    return _Given(path, checkpoint, note)


def _proven(path: Path) -> _Given:
    with _damaged_is_wrong():
        proof = proofs.parse(_bytes(path), visible(str(path)))
        return _Given(path, checkpoints.parse(proof.checkpoint.text), proof.checkpoint, proof)


@contextmanager
def _damaged_is_wrong() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise AuditError(*error.messages) from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2 * notes.MAX_BYTES + 1)
    except OSError as error:
        _wrong(path, f"could not be read ({error.strerror})")


def _check_covered(one: _Given, size: int, roots: dict[int, bytes]) -> None:
    if one.checkpoint.size not in roots:
        _wrong(one.path, f"covers {one.checkpoint.size} records; the log has {size}")
    if roots[one.checkpoint.size] != one.checkpoint.root:
        _wrong(one.path, f"its root is not that of the log's first {one.checkpoint.size} records")


def _check_before(one: _Given, head: _Given, previous: object) -> None:
    old = one.checkpoint
    before = {"origin": old.origin, "size": old.size, "root": base64_of(old.root)}
    if old.origin != head.checkpoint.origin and previous != before:
        _wrong(one.path, "is neither of this log nor the last one of the file before it")


def _check_proof(one: _Given, head: _Given, leaves: dict[int, bytes]) -> None:
    proof, of = one.proof, one.checkpoint
    leaf = leaves.get(proof.index, b"") if proof else b""
    is_there = proof and tree.verify_inclusion(leaf, proof.index, of.size, proof.hashes, of.root)
    if of.origin != head.checkpoint.origin or not is_there:
        _wrong(one.path, f"does not show line {proof.index + 1 if proof else 0} of this log")


def _wrong(path: Path, what: str) -> NoReturn:
    raise AuditError(f"{visible(str(path))}: {what}")
