"""The tables that validate, as JSON Schema (draft 2020-12) for an editor: one function, so that there is no second truth.

What JSON has no words for stays with the loader: that a day stands without quotes, that 1.0 is no whole number, and whatever
hangs together across a file (a rule's `source` among the `sources`, a definition that exists).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policycheck.model.check import Check
from policycheck.policy.condition import OPERATORS
from policycheck.policy.schema import KEBAB, Schema

JsonSchema = dict[str, Any]

_TYPES = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "float": "number",
    "boolean": "boolean",
    "list": "array",
    "dict": "object",
    "date": "string",
}
_KEYWORDS = {
    "min": ("minimum",),
    "max": ("maximum",),
    "minlength": ("minLength", "minItems"),
    "maxlength": ("maxLength", "maxItems"),
}
CONDITION: JsonSchema = {"$ref": "#/$defs/condition"}


def object_schema(table: Schema) -> JsonSchema:
    """A Cerberus schema of a mapping: its keys and no others."""
    required = [key for key, rules in table.items() if rules.get("required")]
    return {
        "type": "object",
        "properties": {key: value_schema(rules) for key, rules in table.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def value_schema(rules: Mapping[str, Any]) -> JsonSchema:
    """Cerberus rules of one value. A rule that JSON Schema cannot say is left out: the loader still knows it."""
    about = _about(rules.get("meta", {}))
    if "default" in rules:
        about["default"] = rules["default"]
    if "coerce" in rules:
        return about
    if rules.get("type") == "condition":
        return {**about, **CONDITION}
    return {**about, **_typed(rules), **_limits(rules), **_inside(rules)}


def _about(meta: Mapping[str, Any]) -> JsonSchema:
    told = {"description": meta["description"]} if "description" in meta else {}
    return {**told, "deprecated": True} if "deprecated" in meta else told


def _kinds(rules: Mapping[str, Any]) -> list[str]:
    kinds = rules.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _typed(rules: Mapping[str, Any]) -> JsonSchema:
    kinds = _kinds(rules)
    if not kinds or any(kind not in _TYPES for kind in kinds):
        return {}
    types = list(dict.fromkeys(_TYPES[kind] for kind in kinds)) + (["null"] if _may_be_empty(rules) else [])
    date = {"format": "date"} if "date" in kinds and "string" not in kinds else {}
    return {"type": types[0] if len(types) == 1 else types, **date}


def _may_be_empty(rules: Mapping[str, Any]) -> bool:
    """Whether a key may stand without a value: Cerberus then takes the default."""
    return bool(rules.get("nullable")) or rules.get("default") is not None


def _limits(rules: Mapping[str, Any]) -> JsonSchema:
    limits = {word: rules[rule] for rule, words in _KEYWORDS.items() if rule in rules for word in words}
    if rules.get("empty") is False:
        limits = {"minLength": 1, "minItems": 1, "minProperties": 1, **limits}
    if "regex" in rules:
        limits["pattern"] = whole(rules["regex"])
    if "allowed" in rules:
        limits["enum"] = [*rules["allowed"], *([None] if _may_be_empty(rules) else [])]
    wanted = {_TYPES.get(kind, "") for kind in _kinds(rules)}
    return {word: limit for word, limit in limits.items() if _concerns(word, wanted)}


def _concerns(word: str, types: set[str]) -> bool:
    """Whether a keyword says something of a value of one of these types."""
    speaks_of = {"Length": "string", "Items": "array", "Properties": "object"}
    return next((kind in types for end, kind in speaks_of.items() if word.endswith(end)), True)


def _inside(rules: Mapping[str, Any]) -> JsonSchema:
    """What is said of the values within a list or a mapping."""
    inside: JsonSchema = {}
    if "keysrules" in rules:
        inside["propertyNames"] = value_schema(rules["keysrules"])
    if "valuesrules" in rules:
        inside["additionalProperties"] = value_schema(rules["valuesrules"])
    for form in rules.get("meta", {}).get("either", ()):
        inside |= _inside(form)
    if "schema" in rules and "dict" in _kinds(rules):
        shape = object_schema(rules["schema"])
        return {**inside, **{key: value for key, value in shape.items() if key != "type"}}
    if "schema" in rules:
        inside["items"] = value_schema(rules["schema"])
    return inside


def whole(pattern: str) -> str:
    """A pattern for the whole text: JSON Schema looks for it anywhere."""
    return f"^(?:{pattern})$"


def condition_schema(checks: Iterable[Check]) -> JsonSchema:
    """A condition over these checks, as `Binder` reads it. Any other name may be a definition's, which takes no parameters."""
    known = {check.name: check for check in checks}
    needy = sorted(name for name, check in known.items() if _needs_parameters(check))
    alone = [{"const": name, "description": known[name].summary} for name in sorted(known) if name not in needy]
    named: JsonSchema = {"type": "string", "pattern": whole(KEBAB), "description": "the name of a definition"}
    parameters = {name: _parameters(check) for name, check in sorted(known.items())}
    return {
        "description": "a check or definition by its name, a check with parameters, or all, any, not, at-least",
        "anyOf": [
            _mapping({**parameters, **_operators()}),
            *alone,
            named | ({"not": {"enum": needy}} if needy else {}),
        ],
    }


def _needs_parameters(check: Check) -> bool:
    return any(rules.get("required") for rules in check.parameters.values())


def _parameters(check: Check) -> JsonSchema:
    shape = object_schema(check.parameters)
    return {
        "description": check.summary,
        **shape,
        "type": "object" if _needs_parameters(check) else ["object", "null"],
    }


def _operators() -> JsonSchema:
    some = {"type": "array", "minItems": 1, "items": CONDITION}
    forms = {"conditions": some, "condition": CONDITION, "count": {"type": "integer", "minimum": 1}}
    return {name: {**forms[form], "description": about} for name, (form, about) in OPERATORS.items()}


def _mapping(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": {"type": "null", "description": "a definition takes no parameters"},
        "propertyNames": {"pattern": whole(KEBAB)},
        "minProperties": 1,
        "dependentRequired": {"at-least": ["of"], "of": ["at-least"]},
        "if": {"required": ["at-least"]},
        "then": {"maxProperties": 2},
        "else": {"maxProperties": 1},
    }
