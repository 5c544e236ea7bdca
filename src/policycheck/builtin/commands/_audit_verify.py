"""``policycheck audit verify``: is the log what its checkpoint says, and what it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from policycheck.audit import proof as proofs
from policycheck.audit.fields import base64_of
from policycheck.audit.keys import Verifier, verifier_of
from policycheck.audit.verify import Verified
from policycheck.audit.verify import verify as verify_log
from policycheck.builtin.commands._audit_prove import is_proof, shown
from policycheck.errors import AuditError
from policycheck.text.visible import visible

UNSIGNED = "UNSIGNED: no --key was given; the checkpoint shows accidents, not who wrote it"
_FILE = click.Path(path_type=Path)


@click.command(
    epilog="""\b
It says OK where a --key signed the checkpoint and the log continues each --seen one. If not:
UNSIGNED (whoever knows the format could have written all of it anew) or UNANCHORED (log and
checkpoint could both have been put back). INCOMPLETE names a run without an end, BEHIND what
a killed writer left after the checkpoint; CONTINUES means that there is a file before.
WRONG exits with 6.

\b
Examples:
  policycheck audit verify verdicts.jsonl
  policycheck audit verify verdicts.jsonl --key example.com/log+d455c521+AQ... --seen kept.checkpoint
"""
)
@click.argument("log", metavar="LOG|PROOF", type=_FILE)
@click.option("--checkpoint", type=_FILE, metavar="FILE", help="Instead of LOG.checkpoint.")
@click.option("--key", "keys", multiple=True, metavar="KEY", help="A public key that must have signed; one of several.")
@click.option("--seen", multiple=True, type=_FILE, metavar="FILE", help="An older checkpoint, kept elsewhere.")
@click.option("--proof", multiple=True, type=_FILE, metavar="FILE", help="A proof that should be of this log.")
def verify(
    log: Path, checkpoint: Path | None, keys: tuple[str, ...], seen: tuple[Path, ...], proof: tuple[Path, ...]
) -> int:
    """Verify a log, or a proof by itself, from its bytes. Writes nothing."""
    trusted = [verifier_of(key, "--key") for key in keys]
    try:
        if is_proof(log):
            if checkpoint or seen or proof:
                raise AuditError(f"{log}: is a proof, not a log; --checkpoint, --seen and --proof go with a log")
            lines = _of_proof(log, trusted)
        else:
            verified = verify_log(log, checkpoint, trusted=trusted, seen=seen, shown=proof)
            lines = [*_of_log(verified, signed=bool(keys), anchored=bool(seen))]
    except AuditError as error:
        lines = [f"WRONG: {error}"]
    click.echo("\n".join(map(visible, lines)))
    return AuditError.status if lines[0].startswith("WRONG") else 0


def _of_log(found: Verified, *, signed: bool, anchored: bool) -> Iterator[str]:
    """The words of tools/verify_log.py."""
    head = found.checkpoint
    whole = signed and anchored and not (found.behind or found.torn)
    counts = f"{head.size} records, {found.runs} runs, {found.verdicts} verdicts, root {base64_of(head.root)}"
    yield f"{'OK' if whole else 'LOG'}: {counts}"
    yield from (f"INCOMPLETE: run {run} has no run-end; its verdicts are not all known" for run in found.unfinished)
    if found.behind or found.torn:
        after = f"{found.behind} records and {found.torn} bytes"
        yield f"BEHIND: {after} after the checkpoint, left by a killed writer; nobody vouches for them"
    if found.follows:
        yield "CONTINUES: an earlier file; verify that with its own checkpoint"
    if not signed:
        yield UNSIGNED
    if not anchored:
        yield "UNANCHORED: no --seen was given; an earlier state put back would not show"


def _of_proof(path: Path, trusted: list[Verifier]) -> list[str]:
    record, proof = shown(path)
    if why := proofs.refusal(record, proof, None, trusted or None):
        raise AuditError(f"{path}: {why}")
    origin = proof.checkpoint.text.partition("\n")[0]
    summary = f"{'OK' if trusted else 'PROOF'}: line {proof.index + 1} of {origin} is"
    return [summary, record.decode(), *([] if trusted else [UNSIGNED])]
