"""TOML with the line of each key. The standard library's reader gives none, so each statement is read once more by itself."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

from msgspec import Struct

from policycheck.errors import PolicyError
from policycheck.text.visible import visible

MAX_BYTES = 256 * 1024

Path = tuple[str, ...]

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'|#[^\n]*|[\[{]|[\]}]|\n', re.DOTALL
)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Toml(Struct, frozen=True):
    """The data of the file at `path`, and the line, from 1, where each key is first written."""

    path: str
    data: dict[str, Any]
    lines: dict[Path, int]

    @property
    def origin(self) -> str:
        """The path, fit to be shown."""
        return visible(self.path)

    def where(self, path: Path) -> str:
        """``file:line`` of a key, or of the nearest table that it is in."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.origin}:{self.lines[path]}" if path else self.origin


def read(path: str) -> Toml:
    """A TOML file. Raises PolicyError where it is none."""
    origin = visible(path)
    text = _text(path, origin)
    try:
        return Toml(path, tomllib.loads(text), dict(_keys(text)))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = place[1] if place and place[1] else text.rstrip("\n").count("\n") + 1
        why = visible(_PLACE.sub("", str(error)))
        raise PolicyError(f"{origin}:{line}: this is no TOML ({why[:1].lower()}{why[1:]}); mend the line") from None
    except RecursionError:
        raise PolicyError(f"{origin}: it is nested too deeply; write it flat") from None


def _text(path: str, origin: str) -> str:
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe would be waited for
        raise PolicyError(f"{origin}: this is no file; give the path of a TOML file")
    try:
        with File(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no possible file name"
        raise PolicyError(f"{origin}: cannot be read ({why}); check the path and its permissions") from None
    if len(raw) > MAX_BYTES:
        raise PolicyError(f"{origin}: larger than {MAX_BYTES // 1024} KiB; check that this is the right file")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise PolicyError(f"{origin}: not UTF-8; save the file as UTF-8") from None


def _keys(text: str) -> Iterator[tuple[Path, int]]:
    """Each key's path with its line; of two that are equal (a table that is written in parts) the first."""
    seen: set[Path] = set()
    table: Path = ()
    for line, statement in _statements(text):
        paths = list(_paths(tomllib.loads(statement)))
        header = statement.startswith("[")
        for path in paths:
            whole = path if header else (*table, *path)
            if whole not in seen:
                seen.add(whole)
                yield whole, line
        table = paths[-1] if header else table


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each key with its value and each header of a table, with the line where it starts."""
    start = depth = 0
    line = 1
    for piece in _PIECE.finditer(text + "\n"):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece[0], 0)
        if piece[0] == "\n" and not depth:
            statement = text[start : piece.start()].strip(" \t")
            if statement and not statement.startswith("#"):
                yield line, statement
            line += text.count("\n", start, piece.end())
            start = piece.end()


def _paths(data: dict[str, Any], above: Path = ()) -> Iterator[Path]:
    """The path of each key, outer ones first."""
    for key, value in data.items():
        yield (*above, key)
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            yield from _paths(inner, (*above, key))
