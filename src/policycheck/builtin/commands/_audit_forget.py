"""``policycheck audit forget``: take away what ties a person to their verdicts. The log stays as it is, and verifies."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from policycheck.audit import evidence, series
from policycheck.audit.evidence import Entry
from policycheck.audit.log import writing
from policycheck.errors import UsageError
from policycheck.model.identity import person_key
from policycheck.text.visible import visible


@click.command(
    epilog="""\b
Examples:
  policycheck audit forget verdicts.jsonl --id q-17
  policycheck audit forget verdicts.jsonl --from - < their-profile-url.txt
"""
)
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.option("--id", "ids", multiple=True, metavar="ID", help="An invitation's id.")
@click.option(
    "--from",
    "source",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE|-",
    help="Ids or profile URLs, a line each.",
)
def forget(log: Path, ids: tuple[str, ...], source: TextIO | None) -> int:
    """Take away what ties a person to their verdicts.

    Their salts, and texts that were kept, go from beside a log and from beside those that follow it. A profile URL is read
    from a file or standard input only: a command line is kept in histories.
    """
    wanted = {*ids, *(line for line in map(str.strip, source or ()) if line)}
    if not wanted:
        raise UsageError("nobody is named; give --id, or --from a file of ids or profile URLs")
    people = {person_key(line) for line in wanted if "/" in line} - {""}
    files = list(series.numbered(log).values())
    if not files:
        raise UsageError(f"{visible(str(log))}: is not there; name the log as `check --audit-log` does")
    with series.locked(series.base_of(log)), writing(log):
        gone = sum(evidence.take_away(file, lambda entry: _is_of(entry, wanted, people)) for file in files)
    click.echo(f"{gone} invitations forgotten" if gone else "nothing is kept of them")
    return 0


def _is_of(entry: Entry, ids: set[str], people: set[str]) -> bool:
    if entry.id is not None and entry.id in ids:
        return True
    salt = bytes.fromhex(entry.salt)
    return entry.person is not None and any(evidence.person_of(salt, key) == entry.person for key in people)
