"""Appending to a log, so that a record is on the disk and under a checkpoint when `append` returns.

Beside the log lie its checkpoint (``LOG.checkpoint``), a cache of the tree that only writers use (``LOG.head``), the lock of its
writers (``LOG.lock``), and what was left of records whose writer was killed (``LOG.torn``). A writer that is killed anywhere
leaves the log as it was, or longer than its checkpoint; the next one takes up what is whole and moves aside what is not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec

from policycheck.audit import checkpoint as checkpoints
from policycheck.audit import files, records, tree
from policycheck.audit.checkpoint import Checkpoint
from policycheck.audit.files import beside
from policycheck.audit.tree import Tree
from policycheck.errors import AuditError, InputError
from policycheck.text.visible import visible

_AT_ONCE = 1_000
"""Lines in memory."""


class Head(msgspec.Struct, frozen=True):
    """How far a log was known to go: its tree, its length in bytes, and the hash of its last record."""

    origin: str
    tree: Tree
    end: int
    last: bytes = b""


def append(log: Path, lines: Sequence[bytes], known: Head | None = None) -> Head:
    """Add records, given without their newlines, and return how far the log goes then.

    `known` is what an earlier call returned: it saves looking for it. Hold the lock of the log. Raises AuditError where the log
    cannot be written, or is not the one that its checkpoint covers.
    """
    with writing(log):
        if not log.exists():
            known = create(log)
        head, torn = _caught_up(log, known)
        added = [*([_recovered(log, head)] if torn else []), *lines]
        if not added and head.tree.size == read_checkpoint(log).size:
            return head  # the checkpoint may be signed
        refuse_unfit(log, added)
        files.append(log, b"".join(line + b"\n" for line in added))
        return _covered(log, head, added)


def create(log: Path, **previous: Any) -> Head:
    """Begin a log. Its checkpoint is there before it is, so that a log without one has been tampered with."""
    old = beside(log, "checkpoint")
    if old.exists() and (size := read_checkpoint(log).size) > 1:
        raise AuditError(
            f"{name_of(log)}: is gone, and its checkpoint covers {size} records; put it back, or name another log"
        )
    origin = f"policycheck.log/{token_hex(8)}"
    opened = records.line("opened", origin=origin, **previous)
    head = _covered(log, Head(origin=origin, tree=Tree(), end=0), [opened])
    files.replace(log, opened + b"\n")
    return head


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Whatever keeps a file from being written becomes AuditError."""
    try:
        yield
    except OSError as error:
        raise AuditError(
            f"{name_of(path)}: could not be written ({error.strerror}); make room or mend its permissions, then run again"
        ) from None


def read_checkpoint(log: Path) -> Checkpoint:
    """The checkpoint beside a log. Raises AuditError where it is not there or is none."""
    path = beside(log, "checkpoint")
    try:
        return checkpoints.read(path.read_bytes(), name_of(path))[0]
    except OSError as error:
        raise AuditError(
            f"{name_of(path)}: could not be read ({error.strerror}); put it back, or name a new file for the log"
        ) from None
    except InputError as error:
        raise AuditError(*error.messages) from None


def refuse_unfit(log: Path, lines: Sequence[bytes]) -> None:
    """Raises AuditError for what no verifier would take for a record: a bug of ours, which must not get into a log."""
    for line in lines:
        if len(line) > records.MAX_BYTES or not line.isascii() or b"\n" in line:
            raise AuditError(
                f"{name_of(log)}: a record of {len(line):,} bytes cannot be kept; the most are {records.MAX_BYTES:,}"
            )


def _covered(log: Path, head: Head, added: Sequence[bytes]) -> Head:
    """The head with more records, as checkpoint and as cache."""
    leaves = [*map(tree.leaf_hash, added)]
    grown = tree.append(head.tree, leaves)
    end = head.end + sum(map(len, added)) + len(added)
    head = Head(origin=head.origin, tree=grown, end=end, last=[head.last, *leaves][-1])
    covering = Checkpoint(origin=head.origin, size=grown.size, root=tree.root(grown))
    files.replace(beside(log, "checkpoint"), checkpoints.body(covering).encode())
    files.replace(beside(log, "head"), msgspec.json.encode(head), sync=False)  # only a cache
    return head


def _caught_up(log: Path, known: Head | None) -> tuple[Head, bool]:
    """The head at the end of the log's whole records, and whether something that is none comes after them.

    Before anything is taken for torn, the log is walked from its start: a cache that is wrong must not cost a record.
    """
    checkpoint = read_checkpoint(log)
    length = log.stat().st_size
    for head in (known, _cached(log)):
        if head is not None and _is_of(head, checkpoint) and _ends_there(log, head):
            grown = _grown(log, head)
            if grown.end == length:
                return grown, False
    grown = _grown(log, _walked(log, checkpoint))
    return grown, grown.end < length


def _grown(log: Path, head: Head) -> Head:
    """The head after the whole records that follow it."""
    leaves, end = [], head.end
    for line in lines(log, head.end):
        if not _is_record(line):
            break
        leaves.append(tree.leaf_hash(line[:-1]))
        end += len(line)
    return Head(origin=head.origin, tree=tree.append(head.tree, leaves), end=end, last=[head.last, *leaves][-1])


def _ends_there(log: Path, head: Head) -> bool:
    """Whether the last record of a head stands right before its end."""
    with log.open("rb") as file:
        file.seek(max(0, head.end - records.MAX_BYTES - 2))
        *_, last, rest = [b"", *file.read(max(0, head.end - file.tell())).split(b"\n")]
    return not rest and tree.leaf_hash(last) == head.last


def _walked(log: Path, checkpoint: Checkpoint) -> Head:
    """The head at the checkpoint, from the log's bytes alone. Raises AuditError where they are not what it covers."""
    grown, end, whole, last = Tree(), 0, True, b""
    covered = islice(lines(log, 0), checkpoint.size)
    while some := list(islice(covered, _AT_ONCE)):
        grown = tree.append(grown, (tree.leaf_hash(line[:-1]) for line in some))
        end += sum(map(len, some))
        whole, last = some[-1].endswith(b"\n"), tree.leaf_hash(some[-1][:-1])
    if not whole or grown.size != checkpoint.size or tree.root(grown) != checkpoint.root:
        raise AuditError(f"{name_of(log)}: is not what its checkpoint covers; see `policycheck audit verify`")
    return Head(origin=checkpoint.origin, tree=grown, end=end, last=last)


def _cached(log: Path) -> Head | None:
    try:
        return msgspec.json.decode(beside(log, "head").read_bytes(), type=Head)
    except (OSError, msgspec.DecodeError):
        return None


def _is_of(head: Head, checkpoint: Checkpoint) -> bool:
    same = (head.origin, head.tree.size) == (checkpoint.origin, checkpoint.size)
    return same and tree.root(head.tree) == checkpoint.root


def lines(log: Path, start: int) -> Iterator[bytes]:
    """The lines from a byte on, each with its newline if it has one, and no more of it than tells that it is too long."""
    with log.open("rb") as file:
        file.seek(start)
        yield from iter(lambda: file.readline(records.MAX_BYTES + 2), b"")


def _is_record(line: bytes) -> bool:
    try:
        records.parse(line[:-1])
    except ValueError:
        return False
    return line.endswith(b"\n")


def _recovered(log: Path, head: Head) -> bytes:
    """Move what is no record aside, and record that."""
    with log.open("rb") as file:
        file.seek(head.end)
        left = file.read()
    files.append(beside(log, "torn"), left + b"\n")
    files.cut(log, head.end)
    return records.line("recovered", bytes=len(left), sha256=sha256(left).hexdigest())


def name_of(path: Path) -> str:
    """A path as an error shows it."""
    return visible(str(path))
