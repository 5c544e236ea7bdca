"""What a log commits to, and what opens the commitments: a file beside it (``LOG.evidence``) from which people can be taken away.

A commitment is SHA-256 over a salt of 16 random bytes and the bytes committed to: with the salt one can check it, without it
nobody can guess at it. An entry is keyed by its commitment; of a person it holds a hash made with the same salt, so that they can
be found by who knows their name there, and by nobody once the entry is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import msgspec

from policycheck.audit import files
from policycheck.audit.files import beside

NOTHING = msgspec.Raw()
"""No text is kept; left out of the file by being this very value."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What opens one commitment, "input" in hexadecimal digits as is "salt".

    `id` is the invitation's, None for a profile; `person` is `person_of`, None where nobody knows who it is; `invitation` is what
    was committed to, where it is kept.
    """

    input: str
    salt: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    id: str | None = None
    person: str | None = None
    invitation: msgspec.Raw = NOTHING


_decode = msgspec.json.Decoder(Entry).decode
encode: Callable[[Entry], bytes] = msgspec.json.Encoder().encode


def commitment(salt: bytes, data: bytes) -> str:
    """What a log holds of some bytes."""
    return sha256(salt + data).hexdigest()


def person_of(salt: bytes, person: str) -> str:
    """How an entry with this salt refers to a person, given by their key."""
    return sha256(salt + b"person\n" + person.encode()).hexdigest()


def add(log: Path, entries: Sequence[bytes]) -> None:
    """Add entries; what a killed writer left of one goes. Hold the lock of the log."""
    if not entries:
        return
    path = beside(log, "evidence")
    if path.exists() and (data := _last(path)) and not data.endswith(b"\n"):
        files.cut(path, path.stat().st_size - len(data) + data.rfind(b"\n") + 1)
    files.append(path, b"".join(entry + b"\n" for entry in entries))


def read(log: Path) -> Iterator[Entry]:
    """The entries that are left; a line that is none is passed over: what it would open cannot be opened."""
    return (entry for _, entry in _lines(beside(log, "evidence")) if entry is not None)


def take_away(log: Path, of: Callable[[Entry], bool]) -> int:
    """Take the entries away of which `of` is true, and return how many. Hold the lock of the log."""
    path = beside(log, "evidence")
    kept, gone = [], 0
    for line, entry in _lines(path):
        if entry is not None and of(entry):
            gone += 1
        else:
            kept.append(line)
    if gone:
        files.replace(path, b"".join(kept))
    return gone


def _lines(path: Path) -> Iterator[tuple[bytes, Entry | None]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            yield line, _entry(line)


def _entry(line: bytes) -> Entry | None:
    try:
        return _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _last(path: Path) -> bytes:
    """The end of a file: its last MiB holds the last line, which is no longer than a record of an input."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2**21))
        return file.read()


def to_json(entry: Entry) -> Any:
    """The invitation that an entry keeps, or None."""
    return msgspec.json.decode(entry.invitation) if bytes(entry.invitation) else None
