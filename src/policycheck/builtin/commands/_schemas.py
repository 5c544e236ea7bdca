"""The JSON Schemas by name, each made from what validates. A new one is a line in `SCHEMAS`."""

from __future__ import annotations

from collections.abc import Callable

from policycheck.authoring.document import TESTS
from policycheck.builtin.readers._record import Record
from policycheck.config.table import schema as settings
from policycheck.model.invitation import Person
from policycheck.model.verdict import Ledger, Run, Verdict
from policycheck.policy.document import POLICY, WAIVERS
from policycheck.policy.json_schema import JsonSchema, condition_schema, object_schema
from policycheck.policy.profile import PROFILE
from policycheck.reading.facts import JOINED_BY
from policycheck.reading.json_schema import struct_schemas
from policycheck.registry import Registry

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str, registry: Registry) -> JsonSchema:
    """The JSON Schema of a name in `SCHEMAS`."""
    title, make = SCHEMAS[name]
    return {"$schema": DRAFT, "title": title, **make(registry)}


def _policy(registry: Registry) -> JsonSchema:
    return {**object_schema(POLICY), "$defs": {"condition": condition_schema(registry.checks.values())}}


def _profile(_registry: Registry) -> JsonSchema:
    return object_schema(PROFILE)


def _invitation(_registry: Registry) -> JsonSchema:
    return _records("invitations", "Record", struct_schemas(Record))


def _facts(_registry: Registry) -> JsonSchema:
    defs = struct_schemas(Person)
    url = {"description": defs["Person"]["properties"][JOINED_BY]["description"], "type": "string", "minLength": 1}
    properties = {**defs["Person"]["properties"], JOINED_BY: url}
    return _records(
        "people", "Person", {"Person": {**defs["Person"], "required": [JOINED_BY], "properties": properties}}
    )


def _records(key: str, record: str, defs: JsonSchema) -> JsonSchema:
    """One record, a list of them, or an object that holds the list and nothing else."""
    one = _ref(record)
    many = {"type": "array", "items": one}
    return {
        "if": {"type": "array"},
        "then": many,
        "else": {
            "if": {"type": "object", "required": [key]},
            "then": {"properties": {key: {"description": "the records", **many}}, "additionalProperties": False},
            "else": one,
        },
        "$defs": defs,
    }


def _config(registry: Registry) -> JsonSchema:
    return object_schema(settings({"policy": registry.policies}))


def _waivers(_registry: Registry) -> JsonSchema:
    return object_schema(WAIVERS)


def _tests(_registry: Registry) -> JsonSchema:
    return object_schema(TESTS)


def _verdict(_registry: Registry) -> JsonSchema:
    run = {"description": "what every verdict of the run shares", **_ref("Run")}
    ledger = {"description": "the count of everything", **_ref("Ledger")}
    verdicts = {"description": "one for each invitation", "type": "array", "items": _ref("Verdict")}
    whole = {"run": run, "verdicts": verdicts, "ledger": ledger}
    lines = [{**_with({"run": run}), "maxProperties": 1}, {**_with({"ledger": ledger}), "maxProperties": 1}]
    return {"anyOf": [*lines, _ref("Verdict"), _with(whole)], "$defs": struct_schemas(Verdict, Run, Ledger)}


def _with(properties: JsonSchema) -> JsonSchema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _ref(struct: str) -> JsonSchema:
    return {"$ref": f"#/$defs/{struct}"}


SCHEMAS: dict[str, tuple[str, Callable[[Registry], JsonSchema]]] = {
    "config": ("A configuration: policycheck.toml, or [tool.policycheck] of pyproject.toml.", _config),
    "facts": ("Facts about people: a record, or a document of records.", _facts),
    "invitation": ("Invitations: a record, or a document of records.", _invitation),
    "policy": ("A policy, with the checks of the plugins that are installed.", _policy),
    "profile": ("What is known of us.", _profile),
    "tests": ("Tests of a policy.", _tests),
    "verdict": ("What comes out: a line of --format jsonl, or the document of --format json.", _verdict),
    "waivers": ("Waivers of a policy's rules.", _waivers),
}
