"""Bringing a checkpoint up to date, and signing it: a program of its own, which loads no plugin.

python -m policycheck.audit.signing LOG [--key FILE|env] [--output FILE]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from policycheck.audit import checkpoint as checkpoints
from policycheck.audit import files, keys, log, note, series
from policycheck.audit.files import beside
from policycheck.audit.keys import Signer
from policycheck.audit.note import Note
from policycheck.audit.verify import verify
from policycheck.errors import AuditError, PolicycheckError, UsageError
from policycheck.text.visible import visible

VARIABLE = "POLICYCHECK_SIGNING_KEY"
ENV = "env"
"""In the place of a file's name: the key is in the environment."""


def sign(path: Path, signer: Signer | None, output: Path | None = None) -> Note:
    """A checkpoint over all of a log, once that verifies, in the place of the one beside it or in another file.

    What a killed writer left is taken up first. Raises AuditError where the log doesn't verify or can't be written.
    """
    if not path.exists():
        raise AuditError(f"{visible(str(path))}: is not there; name a log that `check --audit-log` has written")
    with series.locked(series.base_of(path)), log.writing(path):
        log.append(path, [])
        signed = Note(checkpoints.body(verify(path).checkpoint))
        signed = note.sign(signed, signer) if signer else signed
        files.replace(output or beside(path, "checkpoint"), note.serialise(signed))
    return signed


def signer_from(source: str) -> Signer:
    """The private key in a file, or in the environment. No error repeats anything of it."""
    return keys.signer_of(secret(source, VARIABLE, "--key"), "--key")


def secret(source: str, variable: str, option: str) -> str:
    """The text of a key that stands in a file or, for ``env``, in a variable."""
    if source == ENV:
        if not os.environ.get(variable):
            raise UsageError(f"{option} env: the variable {variable} is not set; put the key there, or name a file")
        return os.environ[variable].strip()
    try:
        return Path(source).read_text("utf-8").strip()
    except OSError as error:
        raise UsageError(f"{visible(source)}: could not be read ({error.strerror}); name a file with a key") from None
    except UnicodeDecodeError:
        raise UsageError(f"{visible(source)}: is not UTF-8 text; name a file with a key") from None


def main() -> int:
    """The exit status."""
    import argparse  # `check`, which asks here for the link's key, need not pay for it

    parser = argparse.ArgumentParser(description="Bring the checkpoint of a verdict log up to date, and sign it.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--key")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    try:
        signed = sign(given.log, signer_from(given.key) if given.key else None, given.output)
    except PolicycheckError as error:
        print(*(f"policycheck: {message}" for message in error.messages), sep="\n", file=sys.stderr)
        return error.status
    sys.stdout.write(signed.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
