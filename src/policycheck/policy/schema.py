"""Validation of plain data by Cerberus schemas, every mistake with its position. The one module that knows Cerberus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import cerberus
from cerberus import errors

from policycheck.errors import PolicyError, did_you_mean
from policycheck.policy.strict_yaml import Document, Path
from policycheck.text.visible import visible

Schema = Mapping[str, Any]

_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "float": "a number",
    "boolean": "true or false",
    "list": "a list",
    "dict": "a mapping",
    "date": "a date such as 2026-11-23, without quotes",
    "condition": "a check's or definition's name, or a mapping",
}


class _Validator(cerberus.Validator):  # type: ignore[misc]  # Cerberus ships no types
    # Cerberus takes True for the integer 1, which would make `at_least: true` mean something.
    types_mapping: ClassVar[dict[str, Any]] = {
        **cerberus.Validator.types_mapping,
        "integer": cerberus.TypeDefinition("integer", (int,), (bool,)),
        "number": cerberus.TypeDefinition("number", (int, float), (bool,)),
        "float": cerberus.TypeDefinition("float", (int, float), (bool,)),
        "date": cerberus.TypeDefinition("date", (date,), (datetime,)),
        "condition": cerberus.TypeDefinition("condition", (str, dict), ()),
    }

    def _error(self, *args: Any) -> None:
        # Cerberus sorts all errors at each new one, and once more in a tree by schema that nothing reads.
        if len(args) > 1:
            super()._error(*args)  # which makes an error of it and comes back here
            return
        self._errors.extend(args[0])
        for error in args[0]:
            self.document_error_tree.add(error)

    def _validate_regex(self, pattern: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # the whole text: Cerberus lets a line break at its end pass
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            self._error(field, errors.REGEX_MISMATCH)

    def _validate_meta(self, meta: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # Cerberus reads a rule's own schema from its docstring


def about(description: str, **rules: Any) -> dict[str, Any]:
    """Rules of a key, with the words for it that an editor shows."""
    return {**rules, "meta": {"description": description}}


def validated(document: Document, schema: Schema, at: Path = ()) -> dict[str, Any]:
    """The mapping at a path, valid and with the schema's defaults filled in.

    Raises PolicyError with one message, ``file:line:column: what is wrong; how to mend it``, for each mistake.
    """
    data = document.data
    for step in at:
        data = data[step]
    result, mistakes = check_mapping({} if data is None and at else data, schema)
    if mistakes:
        placed = sorted((document.position((*at, *path), key), what) for path, key, what in mistakes)
        raise PolicyError(*(f"{document.origin}:{line}:{column}: {what}" for (line, column), what in placed))
    return result


def check_mapping(data: Any, schema: Schema) -> tuple[dict[str, Any], list[tuple[Path, bool, str]]]:
    """The normalised mapping, and the mistakes as (path, whether the key is meant, what is wrong and how to mend it)."""
    if not isinstance(data, dict):
        return {}, [((), False, "this must be a mapping of keys to values")]
    validator = _Validator(dict(schema))
    if validator.validate(data):
        return dict(validator.document), []
    return {}, list(_mistakes(validator._errors, schema))


def schema_mistake(schema: Schema) -> str | None:
    """What is wrong with a schema itself (a check's `parameters`, say), or None."""
    try:
        _Validator(dict(schema))
    except cerberus.SchemaError as error:
        return str(error)
    return None


def _mistakes(found: Iterable[Any], schema: Schema) -> Iterator[tuple[Path, bool, str]]:
    for error in sorted(found):
        if error.child_errors:
            yield from _mistakes(error.child_errors, schema)
        else:
            key = error.code in (errors.UNKNOWN_FIELD.code, errors.KEYSRULES.code) or "keysrules" in error.schema_path
            yield tuple(error.document_path), key, _words(error, _siblings(schema, error.document_path[:-1]))


def _siblings(schema: Any, path: Path) -> list[str]:
    """The keys that a schema knows in the mapping at a path."""
    for step in path:
        rules = schema.get(step, {}) if isinstance(step, str) and step in schema else schema
        schema = (
            rules.get("schema") or rules.get("valuesrules", {}).get("schema") or rules
            if isinstance(rules, dict)
            else {}
        )
    return sorted(key for key, rules in schema.items() if isinstance(rules, dict)) if isinstance(schema, dict) else []


def _words(error: Any, siblings: list[str]) -> str:
    """What is wrong, and how to mend it."""
    names = [step for step in error.document_path if isinstance(step, str)]
    name = visible(names[-1]) if names else "this"
    say = _SAYINGS.get(error.code)
    if error.code == errors.UNKNOWN_FIELD.code:
        return f"unknown key `{name}`{did_you_mean(name, siblings) or '; known are ' + ', '.join(siblings)}"
    return say(name, error) if say else f"`{name}` is not allowed so ({error.rule}: {error.constraint})"


def _empty(name: str, _error: Any) -> str:
    return f"`{name}` is empty; give it a value, or leave the key out"


def _unallowed(name: str, error: Any) -> str:
    value = error.value
    word = visible(str(error.info[0][0] if isinstance(value, list) and error.info else value))
    known = list(map(str, error.constraint))
    return f"`{name}` cannot be `{word}`{did_you_mean(word, known) or '; choose one of ' + ', '.join(known)}"


def _misshapen(_name: str, error: Any) -> str:
    return f"`{visible(str(error.value))}` has a form that is not allowed here; write it as {_form(error.constraint)}"


def _bad_type(name: str, error: Any) -> str:
    constraint, value = error.constraint, error.value
    kinds = constraint if isinstance(constraint, (list, tuple)) else [constraint]
    wanted = " or ".join(_WORDS.get(str(kind), str(kind)) for kind in kinds)
    quote = "; quote it" if "string" in kinds and isinstance(value, (int, float, bool, date)) else ""
    return f"`{name}` must be {wanted}{quote}"


def _form(pattern: str) -> str:
    return {KEBAB: "lower-case words joined by hyphens", VERSION: "a version such as 1.2.0"}.get(
        pattern, f"`{pattern}`"
    )


KEBAB = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
VERSION = r"[0-9]+(\.[0-9]+){0,2}([-+][0-9A-Za-z.-]+)?"

_SAYINGS: dict[int, Callable[[str, Any], str]] = {
    errors.REQUIRED_FIELD.code: lambda name, _: f"`{name}` is missing; add it",
    errors.NOT_NULLABLE.code: _empty,
    errors.EMPTY_NOT_ALLOWED.code: _empty,
    errors.MIN_LENGTH.code: _empty,
    errors.BAD_TYPE.code: _bad_type,
    errors.UNALLOWED_VALUE.code: _unallowed,
    errors.UNALLOWED_VALUES.code: _unallowed,
    errors.MIN_VALUE.code: lambda name, error: f"`{name}` must be at least {error.constraint}",
    errors.MAX_VALUE.code: lambda name, error: f"`{name}` must be at most {error.constraint}",
    errors.MAX_LENGTH.code: lambda name, error: f"`{name}` is longer than {error.constraint} characters; shorten it",
    errors.REGEX_MISMATCH.code: _misshapen,
}
