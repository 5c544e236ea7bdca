"""The formats for machines: ``json``, one object, and ``jsonl``, a line for the run, for each verdict and for the ledger.

Both are the structs of the public API encoded, in ASCII: whatever a stranger wrote, no byte of it is a control, a bidi
character, a line separator or a runner's command, each line is one line for every program, and no terminal or encoding
stands in the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from policycheck import Ledger, Reporter, Run, Verdict, Writer, hookimpl

_encoder = msgspec.json.Encoder()
_RUNNER_COMMAND = re.compile(r"#(?=#[A-Za-z]{0,20}\[)")
"""``##[`` and ``##vso[``, which runners obey anywhere in a line."""
_LONE = re.compile("[\ud800-\udfff]")


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [
        Reporter(name="json", summary="One JSON object: run, verdicts, ledger.", open=open_json),
        Reporter(name="jsonl", summary="JSON Lines: a line for the run, each verdict, the ledger.", open=open_jsonl),
    ]


def open_json(run: Run, stream: TextIO) -> Writer:
    """One object, written as the verdicts come."""
    return _Document(run, stream)


def open_jsonl(run: Run, stream: TextIO) -> Writer:
    """A line each, written as the verdicts come."""
    return _Lines(run, stream)


def encoded(value: Any) -> str:
    """A struct as JSON in printable ASCII. A lone surrogate, which JSON cannot hold, becomes the text ``\\udc80``."""
    try:
        raw = _encoder.encode(value)
    except UnicodeEncodeError:
        raw = _encoder.encode(_without_surrogates(msgspec.to_builtins(value)))
    text = raw.decode()
    if not text.isascii() or "\x7f" in text:
        text = _in_ascii(text)
    return _RUNNER_COMMAND.sub(r"\\u0023", text) if "##" in text else text


def _in_ascii(text: str) -> str:
    """JSON, escaped once more as a string, at C's speed; the quotation marks and backslashes of its own are set back."""
    return json.dumps(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _without_surrogates(value: Any) -> Any:
    match value:
        case str():
            return _LONE.sub(lambda found: f"\\u{ord(found.group()):04x}", value)
        case dict():
            return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_surrogates(item) for item in value]
        case _:
            return value


class _Lines:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._stream = stream
        self._write({"run": run})

    def verdict(self, verdict: Verdict) -> None:
        self._stream.write(f"{encoded(verdict)}\n")

    def close(self, ledger: Ledger) -> None:
        self._write({"ledger": ledger})

    def _write(self, value: Any) -> None:
        self._stream.write(f"{encoded(value)}\n")
        self._stream.flush()


class _Document:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._stream = stream
        self._before = "\n"
        stream.write(f'{{"run":{encoded(run)},"verdicts":[')

    def verdict(self, verdict: Verdict) -> None:
        self._stream.write(f"{self._before}{encoded(verdict)}")
        self._before = ",\n"

    def close(self, ledger: Ledger) -> None:
        self._stream.write(f'\n],"ledger":{encoded(ledger)}}}\n')
        self._stream.flush()
