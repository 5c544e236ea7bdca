"""Documents around a table of rules, right and wrong, and what a JSON Schema says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import yaml
from hypothesis import strategies as st

from inputs import registry
from policycheck.builtin.commands._schemas import schema

FORMATS = jsonschema.FormatChecker(())


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and _day(value))


@FORMATS.checks("date-time")
def _is_time(value: object) -> bool:
    form = r"([0-9-]{10})[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
    return not isinstance(value, str) or ((found := re.fullmatch(form, value)) is not None and _is_date(found[1]))


def _day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return validator_of(schema(name, registry()))


def validator_of(given: dict[str, Any]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(given)
    return jsonschema.Draft202012Validator(given, format_checker=FORMATS)


def fits(name: str, document: Any) -> bool:
    """Whether a document, as JSON sees it, is of the schema of this name."""
    return validator(name).is_valid(as_json(document))


def as_json(document: Any) -> Any:
    return json.loads(json.dumps(document, default=date.isoformat))


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(document: Any) -> str:
    """Without anchors for what stands there twice: a policy must not have any."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True)


# No 1.0, which JSON Schema takes for a whole number, and no day where a text may stand: JSON has no days.
JUNK = [
    None,
    True,
    False,
    0,
    1,
    -7,
    2,
    4000,
    0.5,
    "",
    "x",
    "x-y",
    "X Y",
    "é",
    [],
    [""],
    ["a", "a"],
    [1],
    [{}],
    {},
    {"a": 1},
]
_GOOD: dict[str, list[Any]] = {
    "string": ["x", "x-y", "A text.", "1.2.0", "since 2026-01-15", "a" * 1001],
    "integer": [0, 1, 2, 3, 14, 200, 5000],
    "number": [0, 1, 0.25],
    "float": [0, 1, 0.25],
    "boolean": [True, False],
    "date": [date(2026, 1, 15)],
    "condition": ["mutual-connection", {"not": "verified"}, {"any": ["verified"]}],
}


def value(rules: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """A value for Cerberus rules: mostly of their kind, now and then any other."""
    kinds = rules.get("type", [])
    fitting = [_of_kind(kind, rules) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if "allowed" in rules:
        fitting = [st.sampled_from(rules["allowed"])]
    return st.integers(0, 9).flatmap(lambda at: st.one_of(fitting) if at and fitting else st.sampled_from(JUNK))


def _of_kind(kind: str, rules: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    forms = rules.get("meta", {}).get("either", ())
    for form in forms:
        if form["type"] == kind:
            return value(form)
    if kind == "dict" and "schema" in rules:
        return mapping(rules["schema"])
    if kind == "dict":
        keys = st.sampled_from(["x", "x-y", "a-1.2", "X Y", "pitch", ""])
        return st.dictionaries(keys, value(rules.get("valuesrules", {})), max_size=2)
    if kind == "list":
        return st.lists(value(rules.get("schema", {})), max_size=3)
    return st.sampled_from(_GOOD[kind])


def mapping(table: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping for a Cerberus table: each key that must be there, some of the others, seldom one too many or too few."""
    must = {key: value(rules) for key, rules in table.items() if rules.get("required")}
    may = {key: value(rules) for key, rules in table.items() if not rules.get("required")}
    usual = st.fixed_dictionaries(must, optional=may)
    spoiled = st.builds(_spoiled, usual, st.sampled_from([*table, "stray"]))
    return st.integers(0, 7).flatmap(lambda at: usual if at else spoiled)


def _spoiled(document: dict[str, Any], key: str) -> dict[str, Any]:
    others = {name: given for name, given in document.items() if name != key}
    return others if len(others) < len(document) else {**document, key: None}
