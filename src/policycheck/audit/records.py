"""The lines of a log: what makes one a record, and new ones."""

from __future__ import annotations

import json
import re
from secrets import token_hex
from typing import Any

import msgspec

MAX_BYTES = 65_536
"""Of a line, without its newline."""
OF_A_RUN = ("run-start", "verdict", "run-end")
KINDS = frozenset(("opened", *OF_A_RUN, "recovered", "closed"))
DECISIONS = ("allow", "review", "deny")

Record = dict[str, Any]

_SALT = re.compile("[0-9a-f]{32}")
_RUN = re.compile("[0-9a-f]{1,64}")
_DEPTH = 7


def salt() -> str:
    """128 random bits. Without them, whoever holds a proof could guess what the records beside it say."""
    return token_hex(16)


def line(kind: str, **fields: Any) -> bytes:
    """A new record, without the newline."""
    return json.dumps({"kind": kind, "salt": salt(), **fields}, separators=(",", ":")).encode()


def parse(data: bytes) -> Record:
    """The record in a line. Raises ValueError, which says what is wrong with it and repeats nothing of it."""
    if len(data) > MAX_BYTES or not data.isascii():
        raise ValueError(f"is longer than {MAX_BYTES} bytes or not ASCII")
    record = _decoded(data)
    kind = record.get("kind") if isinstance(record, dict) else None
    if not isinstance(kind, str) or kind not in KINDS or not _matches(_SALT, record.get("salt")):
        raise ValueError("has no known `kind` or no `salt` of 32 hexadecimal digits")
    if kind in OF_A_RUN and not _matches(_RUN, record.get("run")):
        raise ValueError("does not say to which `run` it belongs")
    if kind == "verdict" and record.get("decision") not in DECISIONS:
        raise ValueError("has no `decision`")
    whole: Record = record
    return whole


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _type() -> Any:
    """JSON without fractions, as deep as our own records are."""
    value: Any = str | int | bool | None
    for _ in range(_DEPTH):
        value = str | int | bool | None | list[value] | dict[str, value]
    return dict[str, value]


_decode = msgspec.json.Decoder(_type()).decode
_encode = msgspec.json.Encoder().encode


def _decoded(data: bytes) -> Any:
    """What encodes to the same bytes again has no key twice and no fraction; anything else is looked at closely."""
    try:
        value = _decode(data)
        if _encode(value) == data:
            return value
    except (msgspec.DecodeError, RecursionError, OverflowError, UnicodeError):
        pass
    try:  # `int` refuses what is no whole number
        return json.loads(data.decode(), object_pairs_hook=_without_repeats, parse_float=int, parse_constant=int)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON, or has a key twice or a number with a fraction") from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> Record:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)
