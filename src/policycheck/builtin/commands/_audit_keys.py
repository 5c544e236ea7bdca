"""``policycheck audit keygen | checkpoint``: a key, and a checkpoint signed with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from policycheck.audit import keys
from policycheck.audit.files import refuse_own
from policycheck.errors import UsageError
from policycheck.text.visible import visible

_FILE = click.Path(path_type=Path)


@click.command(epilog="Example: policycheck audit keygen example.com/verdicts --output signing.key")
@click.argument("name", metavar="NAME")
@click.option("--output", required=True, type=_FILE, metavar="FILE", help="Where to put the private key; a new file.")
def keygen(name: str, output: Path) -> int:
    """Make a key that signs checkpoints.

    The private key goes to a file for your eyes only, the public one is printed.
    """
    signer = keys.generate(name)
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{keys.signer_text(signer)}\n")
    except OSError as error:
        raise UsageError(f"{visible(str(output))}: could not be made ({error.strerror}); name a new file") from None
    click.echo(keys.verifier_text(signer))
    return 0


@click.command(epilog="Example: policycheck audit checkpoint verdicts.jsonl --key signing.key")
@click.argument("log", metavar="LOG", type=_FILE)
@click.option("--key", metavar="FILE|env", help="The private key's file, or POLICYCHECK_SIGNING_KEY; else unsigned.")
@click.option("--output", type=_FILE, metavar="FILE", help="Instead of LOG.checkpoint.")
def checkpoint(log: Path, key: str | None, output: Path | None) -> int:
    """Bring a log's checkpoint up to date, and sign it.

    It is made only of a log that verifies, and printed. The key is read by a process of its own, in which no plugin is loaded.
    """
    import subprocess  # for this command only

    refuse_own(log, output)
    options = [*(["--key", key] if key else []), *(["--output", str(output)] if output else [])]
    command = [sys.executable, "-P", "-m", "policycheck.audit.signing", *options, "--", str(log)]
    ran = subprocess.run(  # noqa: S603  # our own module, no shell
        command, capture_output=True, check=False, encoding="utf-8", errors="backslashreplace"
    )
    click.echo(ran.stdout, nl=False)
    click.echo(ran.stderr, nl=False, err=True)
    return ran.returncode
