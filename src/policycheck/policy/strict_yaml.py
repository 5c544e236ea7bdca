"""YAML that means one thing only, with the position of everything in it. The one module that knows the YAML parser.

Built from parse events, since the loaders that exist hang on merge and alias bombs and keep the last of two equal keys silently.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import yaml
from msgspec import Struct

from policycheck.errors import PolicyError
from policycheck.text.visible import visible

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_NODES = 10_000
MAX_AMBIGUOUS = 64
"""No number or time that anybody means is longer; the pattern for them is quadratic in what is nearly one."""

Path = tuple[str | int, ...]
Position = tuple[int, int]

_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Plain scalars that YAML 1.1 and YAML 1.2 read differently, or that are numbers in one of them only.
_AMBIGUOUS = re.compile(
    r"""y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=|<<
    |[-+]?0[0-9_]+ |[-+]?0[box][0-9a-fA-F_]+ |[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)? |[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+ |[-+]?\.[0-9_]+
    |[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN) |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\ ].*)?""",
    re.VERBOSE,
)
_ANSWERS = frozenset(("y", "n", "yes", "no", "on", "off"))
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(Struct, frozen=True):
    """Plain data, with the position of each value (and key) by its path."""

    data: Any
    origin: str
    values: dict[Path, Position]
    keys: dict[Path, Position]

    def position(self, path: Path, key: bool = False) -> Position:
        """Line and column of the value at a path, or of its key; of the nearest parent where the path is not there."""
        for known in (self.keys, self.values) if key else (self.values,):
            if path in known:
                return known[path]
        return self.position(path[:-1]) if path else (1, 1)

    def where(self, path: Path, key: bool = False) -> str:
        """``file:line:column`` of a path."""
        line, column = self.position(path, key)
        return f"{self.origin}:{line}:{column}"


def contents(path: str) -> bytes:
    """The bytes of a file of ours. Raises PolicyError where it cannot be read."""
    try:
        mode = FilePath(path).stat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return FilePath(path).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no possible file name"
        raise PolicyError(f"{visible(path)}: cannot be read ({why}); check the path and its permissions") from None
    raise PolicyError(f"{visible(path)}: is a pipe or device, not a file; write it to a file and name that")


def parse(text: str | bytes, origin: str) -> Document:
    """One YAML document as dicts, lists, texts, numbers, booleans, dates and None.

    Raises PolicyError, with file, line and column, for whatever YAML versions disagree on or a bomb is made of: anchors, aliases,
    merges, tags, duplicate or non-text keys, ambiguous scalars, control and bidi characters, and more than 256 KiB, 32 levels or
    10,000 nodes.
    """
    source = _decoded(text, origin)
    builder = _Builder(origin)
    try:
        data = builder.document(yaml.parse(source, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise PolicyError(
            f"{origin}:{at}: this is no YAML ({visible(error.problem or 'malformed')}); mend the line"
        ) from None
    except yaml.YAMLError:
        raise PolicyError(f"{origin}:1:1: this is no YAML; save it as UTF-8 text") from None
    if builder.mistakes:
        raise PolicyError(*builder.mistakes)
    return Document(data, origin, builder.values, builder.keys)


def _decoded(text: str | bytes, origin: str) -> str:
    size = len(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        raise PolicyError(
            f"{origin}:1:1: {size:,} bytes are more than the {MAX_BYTES:,} allowed; split the file and use `extends`"
        )
    try:
        source = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1 if isinstance(text, bytes) else 1
        raise PolicyError(f"{origin}:{line}:1: not UTF-8; save the file as UTF-8") from None
    for found in _FORBIDDEN.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        column = found.start() - source.rfind("\n", 0, found.start())
        code = f"U+{ord(found[0]):04X}"
        raise PolicyError(
            f"{origin}:{line}:{column}: the invisible character {code}; delete it, or write it as an escape in quotes"
        )
    return source


class _Builder:
    """Builds plain data from events, noting positions and every mistake it can go on after."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.values: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.mistakes: list[str] = []
        self.nodes = 0

    def document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fatal(event, "a second document; keep one document in a file")
                data = self.node(next(events), events, ())
        return data

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        self.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fatal(event, f"more than {MAX_NODES:,} values; split the file")
        if len(path) > MAX_DEPTH:
            self.fatal(event, f"more than {MAX_DEPTH} levels; name parts of the condition under `definitions`")
        if isinstance(event, yaml.AliasEvent):
            self.fatal(
                event, f"the alias `*{visible(str(event.anchor))}`; write the value out, or name it under `definitions`"
            )
        if event.anchor is not None:
            self.fatal(event, f"the anchor `&{visible(event.anchor)}`; write the value out where it is needed")
        if event.tag is not None and not (
            isinstance(event, yaml.ScalarEvent) and event.tag == "!" and not event.implicit[0]
        ):
            self.fatal(event, f"the tag `{visible(event.tag)}`; leave it out")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.scalar(event)

    def mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            position = (event.start_mark.line + 1, event.start_mark.column + 1)
            key = self.key(event)
            if key in data:
                line, _ = self.keys[(*path, key)]
                self.mistake(event, f"the key `{visible(key)}` stands here twice (first in line {line}); keep one")
                key = f"{key} (again in line {position[0]})"
            self.keys[(*path, key)] = position
            data[key] = self.node(next(events), events, (*path, key))
        return data

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag not in (None, "!"):
            self.fatal(event, "a key that is no plain text; write a word followed by a colon")
        if event.value == "<<" and event.implicit[0]:
            self.fatal(event, "the merge key `<<`; write the values out, or use `extends`")
        key = self.scalar(event)
        if not isinstance(key, str):
            self.mistake(event, f"the key `{visible(event.value)}` is no text; quote it")
        return str(event.value)

    def sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        data: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            data.append(self.node(event, events, (*path, len(data))))
        return data

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if _NULL.fullmatch(text):
            return None
        if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
            return text.lower() == "true"
        if _INTEGER.fullmatch(text):
            return self.number(event, int, text)
        if _FLOAT.fullmatch(text):
            return self.number(event, float, text)
        return self.word(event, text)

    def number(self, event: Any, kind: type[int] | type[float], text: str) -> int | float | None:
        if len(text) > 18:
            self.mistake(event, "a number of more than 18 characters; quote it if it is a text")
            return None
        return kind(text)

    def word(self, event: Any, text: str) -> str | date:
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.mistake(event, f"`{text}` is no day of the calendar; mend it")
        elif len(text) <= MAX_AMBIGUOUS and _AMBIGUOUS.fullmatch(text):
            meant = "write true or false, or quote it" if text.lower() in _ANSWERS else "quote it"
            self.mistake(event, f"`{visible(text)}` means different things to different YAML readers; {meant}")
        elif event.end_mark.line > event.start_mark.line and " - " in text:
            self.mistake(event, "a list item within a text; mend its indentation, or quote the text")
        return text

    def mistake(self, event: Any, what: str) -> None:
        mark = event.start_mark
        self.mistakes.append(f"{self.origin}:{mark.line + 1}:{mark.column + 1}: {what}")

    def fatal(self, event: Any, what: str) -> None:
        self.mistake(event, what)
        raise PolicyError(*self.mistakes)
