"""The structs that decode a file or make a report, as JSON Schema (draft 2020-12); each field's docstring describes it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from typing import Any

import msgspec

JsonSchema = dict[str, Any]


def struct_schemas(*types: type[msgspec.Struct]) -> dict[str, JsonSchema]:
    """The `$defs` of these structs and of all inside them, by name."""
    _, found = msgspec.json.schema_components(types)
    structs = _reached(types)
    return {name: _described(schema, structs[name]) for name, schema in sorted(found.items())}


def _reached(types: tuple[Any, ...]) -> dict[str, type[msgspec.Struct]]:
    """The structs among these types and inside them."""
    reached: dict[str, type[msgspec.Struct]] = {}
    waiting = list(types)
    while waiting:
        type_ = waiting.pop()
        if not (isinstance(type_, type) and issubclass(type_, msgspec.Struct)):
            waiting += getattr(type_, "__args__", ())
        elif type_.__name__ not in reached:
            reached[type_.__name__] = type_
            waiting += [field.type for field in msgspec.structs.fields(type_)]
    return reached


def _described(schema: JsonSchema, struct: type[msgspec.Struct]) -> JsonSchema:
    docs = field_docs(struct)
    names = {field.encode_name: field.name for field in msgspec.structs.fields(struct)}
    properties = {
        key: {"description": docs[names[key]], **rules} if names[key] in docs else rules
        for key, rules in schema["properties"].items()
    }
    description = " ".join(schema["description"].split())
    return {**schema, "description": description, "properties": properties}


@cache
def field_docs(struct: type[msgspec.Struct]) -> dict[str, str]:
    """The docstring below each field, as written in the source."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(struct))).body
    assert isinstance(definition, ast.ClassDef)
    docs: dict[str, str] = {}
    for above, below in zip(definition.body, definition.body[1:], strict=False):
        match above, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                docs[name] = " ".join(text.split())
    return docs
