"""The fast decoder and the one that explains agree, and no doubled key gets past the fast one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from growth import LINEAR, growth
from policycheck import JsonError, StrictDecoder, json_array
from policycheck.reading.strict_json import Mistake, strict_loads

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    b: str | None = None
    c: Annotated[int, msgspec.Meta(ge=0, le=9)] | None = None


class Whole(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    a: str
    b: date | None = None
    c: Moment | None = None
    d: bool | None = None
    e: Part | None = None
    f: tuple[Part, ...] | None = None


DECODER = StrictDecoder(Whole)

texts = (
    st.text(max_size=4)
    | st.text('":\\{},u0022 a', max_size=6)
    | st.sampled_from(["2026-07-01", "2026-07-01T10:00:00+0200"])
)
leaves = st.none() | st.booleans() | st.integers(-1, 10) | st.floats() | texts
keys = st.sampled_from("abcdefg")


@st.composite
def written(draw: st.DrawFn) -> str:
    """A JSON object as somebody may write it: any spacing, escapes, order, doubled keys."""

    def spaced(token: str) -> str:
        return draw(st.sampled_from(["", "", " ", "\t", "\n "])) + token

    def value(depth: int) -> str:
        kind = draw(st.integers(0, 9 if depth else 6))
        if kind == 9:
            return spaced("[") + ",".join(value(depth - 1) for _ in range(draw(st.integers(0, 2)))) + spaced("]")
        if kind >= 7:
            return mapping(depth - 1)
        leaf = json.dumps(draw(leaves), ensure_ascii=draw(st.booleans()))
        return spaced(leaf.replace('\\"', "\\u0022") if draw(st.booleans()) else leaf)

    def mapping(depth: int) -> str:
        pairs = [spaced(f'"{draw(keys)}"') + spaced(":") + value(depth) for _ in range(draw(st.integers(0, 4)))]
        return spaced("{") + ",".join(pairs) + spaced("}")

    return mapping(2)


def outcome(text: bytes, decode: Callable[[bytes], Any] = DECODER.decode) -> Any:
    """What comes of a text: what is decoded, or else the mistakes."""
    try:
        return decode(text)
    except JsonError as error:
        return error.mistakes


@given(written())
@example('{"a":"","a":""}')
@example('{"a":"x","c":"2026-07-01T10:00:00+0200","c":"2026-07-01T10:00:00+0200"}')
@example('{"a":"\\u0022","d" : true,"d":true}')
def test_what_is_decoded_is_what_the_text_says_once(text: str) -> None:
    decoded, tree = outcome(text.encode()), outcome(text.encode(), lambda data: strict_loads(data, "abcdef"))
    if not isinstance(tree, dict):
        assert decoded == tree
        return
    if isinstance(decoded[0], Whole):
        value, dates = decoded
        for mistake in dates:
            assert mistake.date
        said = {k: v for k, v in tree.items() if v is not None and not any(m.path[0] == k for m in dates)}
        assert {k for k in Whole.__struct_fields__ if getattr(value, k) is not None} == set(said)
        assert value.a == tree["a"]


@given(written())
def test_writing_the_same_text_another_way_changes_nothing(text: str) -> None:
    try:
        tree = json.loads(text, object_pairs_hook=_single)
        again = json.dumps(tree, indent=1).encode()
    except ValueError:
        return
    assert outcome(text.encode()) == outcome(again)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


@given(st.binary(max_size=12) | st.text(max_size=12).map(str.encode))
def test_any_bytes_decode_or_tell_why(data: bytes) -> None:
    assert isinstance(outcome(b'{"a":"' + data + b'"}')[0], Whole | Mistake)
    assert isinstance(outcome(data)[0], Whole | Mistake)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(JsonError) as error:
        DECODER.decode(b'{"b": "x", "e": {"c": 10, "z": 1}, "f": [{}, {"b": 1}]}')
    assert [(m.field, m.why, m.repair) for m in error.value.mistakes] == [
        ("a", "`a` is missing", "write a text"),
        ("e", "key 2 of `e` is unknown", "leave it out; the keys are b, c"),
        ("e.c", "`e.c` cannot be read", "write a whole number from 0, or leave it out"),
        ("f[1].b", "`f[1].b` cannot be read", "write a text, or leave it out"),
    ]


def test_an_error_is_told_in_one_line() -> None:
    with pytest.raises(JsonError) as error:
        DECODER.decode(b'{"a": 1}')
    assert (str(error.value), error.value.line) == ("`a` cannot be read; write a text", 1)


elements = st.lists(leaves.filter(lambda leaf: not isinstance(leaf, float)) | st.lists(leaves, max_size=0), max_size=6)


@given(elements, st.sampled_from(["", " ", "\n", "\r\n\n"]), st.booleans())
def test_the_elements_of_an_array_stand_in_their_lines(values: list[Any], gap: str, inside: bool) -> None:
    written_ones = [json.dumps(value) for value in values]
    text = f"{gap}[{gap}" + f"{gap},{gap}".join(written_ones) + f"{gap}]{gap}"
    document = f'{{{gap}"k":{text}}}{gap}' if inside else text
    found = list(json_array(document.encode(), "k"))
    assert [element.decode() for _, element in found] == written_ones
    assert [line for line, _ in found] == [
        1 + gap.count("\n") * (2 + 2 * index + inside) for index in range(len(values))
    ]


def test_a_doubled_key_among_many_is_found_in_one_pass() -> None:
    def refused(data: bytes) -> None:
        with pytest.raises(JsonError, match=f"^key {data.count(b':') - 1} stands in one object twice"):
            strict_loads(data)

    def doubled(keys: int) -> bytes:
        return ("{" + "".join(f'"k{key}":1,' for key in range(keys)) + f'"k{keys - 1}":1}}').encode()

    assert growth(2_500, doubled, refused) < LINEAR
