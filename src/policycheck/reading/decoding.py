"""JSON objects decoded into frozen values, with everything that is wrong with them, by key, in the user's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from policycheck.reading.strict_json import (
    RECORD_BYTES,
    REFUSALS,
    JsonError,
    Mistake,
    Path,
    named,
    strict_loads,
    written,
)
from policycheck.text.visible import visible

T = TypeVar("T", bound=msgspec.Struct)

_KINDS = {
    str: "a text",
    int: "a whole number from 0",
    bool: "true or false",
    date: "a date such as 2019-04-01",
    datetime: "a time with its zone, such as 2026-06-27T19:35:00Z",
}
_encode = msgspec.json.Encoder().encode


class StrictDecoder(Generic[T]):
    """Decodes a JSON object into a struct that forbids unknown fields and omits defaults."""

    def __init__(self, type_: type[T]) -> None:
        self._type = type_
        self._decode = msgspec.json.Decoder(type_).decode
        self._keys = _keys(type_)

    def decode(self, data: bytes) -> tuple[T, tuple[Mistake, ...]]:
        """The value, and the dates in it that cannot be read (they are None in the value).

        Raises JsonError for everything else that is wrong, all at once: unknown, missing and doubled keys, values of another
        kind, NaN, more than 1 MiB, numbers out of range, bytes that are no UTF-8, lone surrogates.
        """
        if len(data) > RECORD_BYTES:
            raise JsonError(Mistake(f"this is over {RECORD_BYTES:,} bytes", "shorten its texts"))
        try:
            value = self._decode(data)
        except REFUSALS:
            return self._explained(data)
        if _suspicious(data, value):
            strict_loads(data, self._keys)
        return value, ()

    def _explained(self, data: bytes) -> tuple[T, tuple[Mistake, ...]]:
        tree = strict_loads(data, self._keys)
        found = tuple(_mistakes(tree, self._type, ()))
        fatal = tuple(mistake for mistake in found if not mistake.date)
        if fatal:
            raise JsonError(*fatal)
        for mistake in found:
            _drop(tree, mistake.path)
        return msgspec.convert(tree, self._type), found


def _suspicious(data: bytes, value: msgspec.Struct) -> bool:
    """Whether a text may hold a key twice: then it has more quotes than what came of it.

    Also true where defaults are written out, or quotes are escaped another way: those cost a second look, no more.
    """
    if data.count(b'"') != _encode(value).count(b'"'):
        return True
    return b"\\" in data and b"\\u0022" in data


def _mistakes(value: Any, type_: Any, path: Path) -> Iterator[Mistake]:
    """What keeps a value from being of a type: one mistake for each innermost value that is wrong."""
    optional, bare = _bare(type_)
    if value is None and optional:
        return
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(value, dict):
        yield from _mistakes_in_object(value, bare, path)
    elif get_origin(bare) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _mistakes(item, get_args(bare)[0], (*path, index))
    elif isinstance(value, str) and not _is_text(value):
        yield Mistake(f"{named(path)} holds half a character (a lone surrogate)", "write the text as UTF-8", path)
    elif not _reads(value, bare):
        or_not = ", or leave it out" if optional else ""
        is_date = _base(bare) in (date, datetime)
        yield Mistake(f"{named(path)} cannot be read", f"write {_kind(bare)}{or_not}", path, is_date)


def _mistakes_in_object(value: dict[str, Any], type_: type[msgspec.Struct], path: Path) -> Iterator[Mistake]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    for number, key in enumerate(value, start=1):
        if key not in fields:
            yield _unknown_key(key, number, list(fields), path)
    for key, field in fields.items():
        if key in value:
            yield from _mistakes(value[key], field.type, (*path, key))
        elif field.required:
            yield Mistake(f"{named((*path, key))} is missing", f"write {_kind(field.type)}", (*path, key))


def _unknown_key(key: str, number: int, known: list[str], path: Path) -> Mistake:
    """Only a key close to one of ours is repeated: any other may be a person's name."""
    near = get_close_matches(key, known, n=1, cutoff=0.75)
    if near:
        return Mistake(f"`{visible(written((*path, key)))}` is an unknown key", f"did you mean `{near[0]}`?", path)
    of = f" of {named(path)}" if path else ""
    return Mistake(f"key {number}{of} is unknown", f"leave it out; the keys are {', '.join(known)}", path)


def _keys(type_: Any) -> set[str]:
    """All keys that a type knows, inside it too."""
    _, bare = _bare(type_)
    if get_origin(bare) is tuple:
        return _keys(get_args(bare)[0])
    if not (isinstance(bare, type) and issubclass(bare, msgspec.Struct)):
        return set()
    fields = msgspec.structs.fields(bare)
    return {field.encode_name for field in fields}.union(*(_keys(field.type) for field in fields))


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reads(value: Any, type_: Any) -> bool:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError:
        return False
    return True


def _bare(type_: Any) -> tuple[bool, Any]:
    """Whether a type allows None, and the type without it."""
    if get_origin(type_) not in (Union, UnionType):
        return False, type_
    others = [arg for arg in get_args(type_) if arg is not NoneType]
    return len(others) < len(get_args(type_)), others[0]


def _base(type_: Any) -> Any:
    return get_args(type_)[0] if get_origin(type_) is Annotated else type_


def _kind(type_: Any) -> str:
    """What to write for a type, in the user's words."""
    for meta in get_args(type_)[1:] if get_origin(type_) is Annotated else ():
        if meta.description:
            return str(meta.description)
    if get_origin(type_) is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in get_args(type_))
    return _KINDS.get(_base(type_), "a list in [ ]" if get_origin(type_) is tuple else "an object in { }")


def _drop(tree: Any, path: Path) -> None:
    *parents, last = path
    for step in parents:
        tree = tree[step]
    del tree[last]
