"""JSON that means one thing only, read by line or element.

What `msgspec` refuses, the standard library's parser explains. No message holds a value of the text, nor
a key that isn't ours.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, BinaryIO, NoReturn

import msgspec

RECORD_BYTES = 1_048_576
"""Of one line or element."""

Path = tuple[str | int, ...]

_BOM = b"\xef\xbb\xbf"
REFUSALS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What `msgspec` raises for a text that it cannot decode."""


class Mistake(msgspec.Struct, frozen=True):
    """What is wrong and how to mend it; `path` leads to the value and is empty where the whole text is meant."""

    why: str
    repair: str
    path: Path = ()
    date: bool = False
    """A date or time that cannot be read: one can go on without it."""

    @property
    def field(self) -> str:
        """The path as one writes it: ``messages[0].sent_at``."""
        return written(self.path)


class JsonError(ValueError):
    """A text that is no JSON, or not of the form that is asked for. `line` counts from 1 within the text."""

    def __init__(self, *mistakes: Mistake, line: int = 1) -> None:
        super().__init__("; ".join(f"{mistake.why}; {mistake.repair}" for mistake in mistakes))
        self.mistakes = mistakes
        self.line = line


def strict_loads(data: bytes, known: Collection[str] = ()) -> Any:
    """A JSON text as plain values. Raises JsonError, which names a doubled key only where it is a `known` one."""
    try:
        return json.loads(
            data.rstrip(b" \t\r\n").decode(),
            object_pairs_hook=partial(_without_doubles, known),
            parse_constant=_no_constant,
        )
    except JsonError:
        raise
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise JsonError(Mistake("the text is not UTF-8", "save the file as UTF-8"), line=line) from None
    except json.JSONDecodeError as error:
        why = f"this is no JSON (column {error.colno})"
        raise JsonError(Mistake(why, "mend the syntax"), line=error.lineno) from None
    except RecursionError:
        raise JsonError(Mistake("the values are nested too deep", "write them without so many brackets")) from None
    except ValueError:
        raise JsonError(Mistake("a number has thousands of digits", "write the number that is meant")) from None


def json_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines of a JSON Lines file with their numbers, from 1, except blank ones.

    A line over 1 MiB comes cut off, a byte too long for `StrictDecoder`.
    """
    number = 0
    while line := stream.readline(RECORD_BYTES + 1):
        number += 1
        if len(line) > RECORD_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
        line = line.removeprefix(_BOM) if number == 1 else line
        if not line.isspace():
            yield number, line


def json_array(data: bytes, key: str) -> Iterator[tuple[int, bytes]]:
    """The elements of a JSON array, or of the array in ``{key: […]}``, with the lines where they start.

    Raises JsonError where the text as a whole is no JSON or has another form.
    """
    data = data.removeprefix(_BOM)
    start, array = _array(data, key)
    try:
        elements = msgspec.json.decode(array, type=list[msgspec.Raw])
    except REFUSALS:
        strict_loads(data, {key})
        raise JsonError(
            Mistake(f'this is neither an array nor {{"{key}": […]}} and nothing beside it', "write one of the two")
        ) from None
    line, at = data.count(b"\n", 0, start) + 1, 0
    for element in map(bytes, elements):
        found = array.index(element, at)
        line += array.count(b"\n", at, found)
        yield line, element
        line += element.count(b"\n")
        at = found + len(element)


def _array(data: bytes, key: str) -> tuple[int, bytes]:
    """Where the array starts, and its bytes."""
    opening = re.match(rb'\s*\{\s*"%s"\s*:' % re.escape(key.encode()), data)
    if opening is None:
        return 0, data
    return opening.end(), data[opening.end() :].rstrip().removesuffix(b"}")


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(RECORD_BYTES)) and not rest.endswith(b"\n"):
        pass


def _without_doubles(known: Collection[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        counts = Counter(keys)
        double = next(key for key in found if counts[key] > 1)
        which = f"the key `{double}`" if double in known else f"key {keys.index(double) + 1}"
        raise JsonError(Mistake(f"{which} stands in one object twice", "keep one of them"))
    return found


def _no_constant(name: str) -> NoReturn:
    raise JsonError(Mistake(f"`{name}` is no JSON", "write null, or leave the key out"))


def named(path: Path) -> str:
    return f"`{written(path)}`" if path else "this"


def written(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
