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
    named = _named(ids, source)
    if not named:
        raise UsageError("nobody is named; give --id, or --from a file of ids or profile URLs")
    files = list(series.numbered(log).values())
    if not files:
        raise UsageError(f"{visible(str(log))}: is not there; name the log as `check --audit-log` does")
    people = {text: key for text in named.values() if "/" in text and (key := person_key(text))}
    met: set[str] = set()
    with series.locked(series.base_of(log)), writing(log):
        gone = sum(evidence.take_away(file, lambda entry: _met(entry, named, people, met)) for file in files)
    click.echo(f"what tied {gone} {'verdict' if gone == 1 else 'verdicts'} to a person is gone")
    missed = [place for place, text in named.items() if text not in met]
    if missed:
        click.echo(
            f"policycheck: {', '.join(missed)}: nothing is kept of what stands there; mend its spelling, "
            "unless it was forgotten before",
            err=True,
        )
    return 1 if missed else 0


def _named(ids: tuple[str, ...], source: TextIO | None) -> dict[str, str]:
    """What is to be forgotten, by where it was said; it is never repeated."""
    if any("linkedin.com/" in id_ for id_ in ids):
        raise UsageError("--id: is an address; give it with --from, since a command line is kept in histories")
    lines = enumerate(map(str.strip, source or ()), start=1)
    told = {f"--id {number}": id_ for number, id_ in enumerate(ids, start=1)}
    return told | {f"--from, line {number}": line for number, line in lines if line}


def _met(entry: Entry, named: dict[str, str], people: dict[str, str], met: set[str]) -> bool:
    """Whether an entry is about anybody named; who that is goes into `met`."""
    found = {text for text in named.values() if text == entry.id}
    if entry.person is not None:
        salt = bytes.fromhex(entry.salt)
        found |= {text for text, key in people.items() if evidence.person_of(salt, key) == entry.person}
    met |= found
    return bool(found)
