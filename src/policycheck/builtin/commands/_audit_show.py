"""``policycheck audit show``: what a log holds, a line a record, or one invitation's verdicts whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from policycheck.audit import evidence
from policycheck.audit.evidence import to_json
from policycheck.audit.log import lines
from policycheck.audit.records import Record
from policycheck.audit.verify import verify
from policycheck.builtin.commands._audit_prove import parsed
from policycheck.errors import UsageError
from policycheck.text.visible import visible


@click.command(
    epilog="""\b
Examples:
  policycheck audit show verdicts.jsonl
  policycheck audit show verdicts.jsonl q-17 --show-text
"""
)
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--show-text", is_flag=True, help="With ID: the invitation too, where --keep-evidence kept it.")
def show(log: Path, id_: str | None, show_text: bool) -> int:
    """List a log's records, or show one invitation's.

    The log is verified first.
    """
    if show_text and id_ is None:
        raise UsageError("--show-text shows one invitation; name its ID")
    verify(log)
    if id_ is None:
        for number, record in _records(log):
            click.echo(visible(f"{number:>7}  {record['kind']:<9}  {_summary(record)}".rstrip()))
        return 0
    kept = _kept(log, id_) if show_text else {}
    found = [(number, record) for number, record in _records(log) if record.get("id") == id_]
    for number, record in found:
        told: dict[str, Any] = {"line": number, **record}
        if record.get("input") in kept:
            told["invitation"] = kept[record["input"]]
        click.echo(json.dumps(told, indent=2))
    if not found:
        raise UsageError(f"{visible(str(log))}: no verdict has the id `{visible(id_)}`; leave it out to list them")
    return 0


def _kept(path: Path, id_: str) -> dict[str, Any]:
    entries = (entry for entry in evidence.read(path) if entry.id == id_)
    return {entry.input: text for entry in entries if (text := to_json(entry)) is not None}


def _records(path: Path) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(lines(path, 0), start=1):
        if record := parsed(line):
            yield number, record


def _summary(record: Record) -> str:
    match record:
        case {"kind": "opened", "origin": origin}:
            return str(origin)
        case {"kind": "run-start", "run": run, "as_of": as_of, "policy": {"id": policy, "version": version}}:
            return f"{run}  as of {as_of}  {policy} {version}"
        case {"kind": "verdict", "run": run, "decision": decision, "id": id_}:
            return f"{run}  {decision:<6}  {id_}"
        case {"kind": "run-end", "run": run, "counts": dict(counts)}:
            told = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("read", "allow", "review", "deny"))
            return f"{run}  {told}"
        case {"kind": "recovered", "bytes": length}:
            return f"{length} bytes of a killed writer moved aside"
        case _:
            return ""
