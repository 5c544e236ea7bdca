"""``policycheck audit prove``: a file that shows one verdict of a log to somebody who has nothing else of it."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import structs

from policycheck.audit import checkpoint as checkpoints
from policycheck.audit import files, proof, records, tree
from policycheck.audit.files import beside
from policycheck.audit.log import lines, read_checkpoint, writing
from policycheck.audit.note import Note
from policycheck.audit.proof import Proof
from policycheck.audit.records import Record
from policycheck.errors import AuditError, InputError, UsageError
from policycheck.text.visible import visible


@click.command(epilog="Example: policycheck audit prove verdicts.jsonl q-17 --output q-17.tlog-proof")
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.argument("id_", metavar="ID")
@click.option("--run", metavar="RUN", help="The run whose verdict it is, by the beginning of its name; else the last.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Instead of standard output.")
def prove(log: Path, id_: str, run: str | None, output: Path | None) -> int:
    """Prove that a log holds a verdict.

    Nothing else of the log is shown. The proof is a c2sp.org/tlog-proof with the record in its `extra` line, which
    `policycheck audit verify` takes.
    """
    data = proof.serialise(_proof(log, id_, run or ""))
    files.refuse_own(log, output)
    if output is None:
        click.echo(data.decode(), nl=False)
    else:
        with writing(output):
            files.replace(output, data)
    return 0


def is_proof(path: Path) -> bool:
    """Whether a file begins as proofs do; one that cannot be read is none."""
    try:
        with path.open("rb") as file:
            return file.read(len(proof.VERSION)) == proof.VERSION.encode()
    except OSError:
        return False


def shown(path: Path) -> tuple[bytes, Proof]:
    """The record that a proof shows, and the proof. Nothing is verified yet."""
    try:
        parsed = proof.parse(path.read_bytes(), visible(str(path)))
    except InputError as error:
        raise AuditError(*error.messages) from None
    if parsed.extra is None:
        raise AuditError(f"{visible(str(path))}: holds no record; verify it with the log, as `verify LOG --proof FILE`")
    return parsed.extra, parsed


def _proof(path: Path, id_: str, run: str) -> Proof:
    name = visible(str(path))
    note = _note(path)
    size = checkpoints.parse(note.text).size
    found, leaves = None, []
    for number, line in enumerate(lines(path, 0)):
        leaves.append(tree.leaf_hash(line[:-1]))
        if _names(line, id_, run):
            found = number, line[:-1]
    if found is None:
        raise UsageError(f"{name}: no verdict has the id `{visible(id_)}`; `policycheck audit show` lists them")
    if found[0] >= size:
        raise AuditError(f"{name}: the checkpoint doesn't cover this verdict yet; run `policycheck audit checkpoint`")
    try:
        return structs.replace(proof.build(leaves, found[0], note), extra=found[1])
    except InputError:
        raise AuditError(f"{name}: is not what its checkpoint covers; see `policycheck audit verify`") from None


def _note(path: Path) -> Note:
    read_checkpoint(path)
    return checkpoints.read(beside(path, "checkpoint").read_bytes())[1]


def _names(line: bytes, id_: str, run: str) -> bool:
    record = parsed(line)
    is_it = record is not None and record["kind"] == "verdict" and record.get("id") == id_
    return is_it and record is not None and record["run"].startswith(run)


def parsed(line: bytes) -> Record | None:
    """The record of a line, or None."""
    try:
        return records.parse(line.removesuffix(b"\n"))
    except ValueError:
        return None
