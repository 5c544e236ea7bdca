"""What the text formats of the log are made of: base64 and numbers that can be written in one way only."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode

from policycheck.errors import InputError

HASH = 32
"""Bytes of a SHA-256 hash."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def damaged(where: str, what: str) -> InputError:
    """The error for a text that is not what it should be. It repeats nothing of the text."""
    return InputError(f"{where}: {what}; take a whole, unchanged copy")


def text_of(data: bytes, where: str) -> str:
    """UTF-8 without control characters other than the newline."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise damaged(where, "is not UTF-8") from None
    refuse_controls(text, where)
    return text


def refuse_controls(text: str, where: str) -> None:
    """An error where a text holds a control character other than the newline."""
    if control := _CONTROL.search(text):
        raise damaged(f"{where}: line {text.count(chr(10), 0, control.start()) + 1}", "holds a control character")


def base64_of(data: bytes) -> str:
    """Standard base64 (RFC 4648, section 4), padded."""
    return b64encode(data).decode("ascii")


def bytes_of(text: str, where: str) -> bytes:
    """The bytes of canonical base64; another spelling of the same bytes is refused, so that no character can change unseen."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise damaged(where, "is not base64") from None
    if base64_of(data) != text:
        raise damaged(where, "is not base64 as it is written")
    return data


def hash_of(text: str, where: str) -> bytes:
    """The 32 bytes of a hash in base64."""
    data = bytes_of(text, where)
    if len(data) != HASH:
        raise damaged(where, f"is {len(data)} bytes long instead of {HASH}")
    return data


def number_of(text: str, where: str) -> int:
    """A number from 0 to 10**18 - 1 in ASCII digits, without leading zeros."""
    if not _NUMBER.fullmatch(text):
        raise damaged(where, "is not a number of at most 18 digits without leading zeros")
    return int(text)
