"""A report in JSON or JSON Lines, read back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

import msgspec
from msgspec import UNSET, Struct

from policycheck.errors import PolicyError
from policycheck.model.verdict import Ledger, Run, Verdict
from policycheck.reading.strict_json import REFUSALS
from policycheck.text.visible import visible

T = TypeVar("T", bound=Struct)

FORMAT = 1
"""The version of the format that is read."""
_MAKE = "write it with --report jsonl=FILE"


class _Head(Struct, forbid_unknown_fields=True):
    run: Run


class _Foot(Struct, forbid_unknown_fields=True):
    ledger: Ledger


class _Document(Struct, forbid_unknown_fields=True):
    run: Run
    verdicts: list[Verdict]
    ledger: Ledger


def verdicts_of(path: str) -> Iterator[Verdict]:
    """Every verdict of a report that ``--format jsonl`` or ``json`` wrote, in order.

    Raises PolicyError where the file is no such report, or where a part of it is missing, though perhaps only at its end.
    """
    origin = visible(path)
    if os.path.exists(path) and not os.path.isfile(path):
        raise PolicyError(f"{origin}: this is no file; {_MAKE}")
    try:
        with Path(path).open("rb") as file:
            first = file.readline()
            lines = _document(first + file.read(), origin) if b'"verdicts":[' in first else _lines(first, file, origin)
            yield from lines
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no possible file name"
        raise PolicyError(f"{origin}: cannot be read ({why}); check the path, or {_MAKE}") from None


def _document(data: bytes, origin: str) -> Iterator[Verdict]:
    whole = _decoded(data, _Document, f"{origin}:1")
    _require_format(whole.run, origin)
    yield from whole.verdicts
    _require_whole(whole.ledger, len(whole.verdicts), origin)


def _lines(first: bytes, file: BinaryIO, origin: str) -> Iterator[Verdict]:
    _require_format(_decoded(first, _Head, f"{origin}:1").run, origin)
    count, ended = 0, False
    for number, line in enumerate(file, start=2):
        if ended:
            raise PolicyError(f"{origin}:{number}: stands after the ledger, which is the last line; {_MAKE}")
        if line.startswith(b'{"ledger":'):
            _require_whole(_decoded(line, _Foot, f"{origin}:{number}").ledger, count, origin)
            ended = True
        else:
            yield _decoded(line, Verdict, f"{origin}:{number}")
            count += 1
    if not ended:
        _refuse_part(origin)


def _decoded(data: bytes, kind: type[T], where: str) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except REFUSALS as error:
        if kind is _Head:
            raise PolicyError(f"{where}: this is no report in JSON Lines; {_MAKE}") from None
        what = "no line of a report" if kind is Verdict or kind is _Foot else "no report"
        raise PolicyError(f"{where}: this is {what} in JSON ({visible(str(error))}); {_MAKE}") from None


def _require_format(run: Run, origin: str) -> None:
    if run.format != FORMAT:
        raise PolicyError(f"{origin}:1: is of format {run.format}, not {FORMAT}; {_MAKE}")


def _require_whole(ledger: Ledger, count: int, origin: str) -> None:
    left_out = 0 if ledger.left_out is UNSET else sum(ledger.left_out.values())
    if ledger.allow + ledger.review + ledger.deny != count + left_out:
        _refuse_part(origin)


def _refuse_part(origin: str) -> NoReturn:
    raise PolicyError(f"{origin}: is not a whole report: verdicts are missing that it counts; {_MAKE}")
