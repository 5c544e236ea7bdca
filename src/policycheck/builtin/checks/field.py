"""field: any fact, compared with what the policy says. For simple rules without a plugin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from msgspec import Struct, inspect, structs

from policycheck import (
    Case,
    Check,
    Evidence,
    Finding,
    Invitation,
    Person,
    PolicyError,
    Profile,
    check,
    hookimpl,
    name_key,
    search,
    visible,
)

_VALUE = {"type": ["string", "integer", "boolean", "date"]}
_LIST = {"type": "list", "minlength": 1, "schema": {"type": ["string", "integer", "date"]}}
_LIMIT = {"type": ["integer", "date", "string"]}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "field": {
        "type": "string",
        "required": True,
        "meta": {"description": "the fact, such as `person.company` or `note`"},
    },
    "equals": {**_VALUE, "meta": {"description": "the fact is this; texts are compared without case"}},
    "one_of": {**_LIST, "meta": {"description": "the fact is one of these"}},
    "none_of": {**_LIST, "meta": {"description": "the fact is none of these"}},
    "at_least": {**_LIMIT, "meta": {"description": "the number is no smaller, the date no earlier"}},
    "at_most": {**_LIMIT, "meta": {"description": "the number is no larger, the date no later"}},
    "matches": {"type": "string", "empty": False, "meta": {"description": "an RE2 pattern that is found in the text"}},
    "present": {
        "type": "boolean",
        "meta": {"description": "whether there is something: an empty text is known, and nothing"},
    },
}
_OPERATORS = tuple(name for name in _PARAMETERS if name != "field")
_FITS = {
    "equals": ("text", "number", "date", "truth"),
    "one_of": ("text", "number", "date"),
    "none_of": ("text", "number", "date"),
    "at_least": ("number", "date"),
    "at_most": ("number", "date"),
    "matches": ("text",),
    "present": ("text", "number", "date", "truth"),
}
_WORDS = {"text": "a text", "number": "a number", "date": "a date such as 2026-11-23", "truth": "true or false"}
_KINDS = {
    inspect.StrType: "text",
    inspect.LiteralType: "text",
    inspect.IntType: "number",
    inspect.DateType: "date",
    inspect.DateTimeType: "date",
    inspect.BoolType: "truth",
}
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def _kinds() -> Mapping[str, str]:
    """Every fact that a policy may name, with its kind: of the invitation, of the person, and of our profile what is no list."""
    owners: dict[str, type[Struct]] = {"": Invitation, "person.": Person, "profile.": Profile}
    return {
        f"{prefix}{known.name}": kind
        for prefix, owner in owners.items()
        for known in structs.fields(owner)
        if (kind := _kind(inspect.type_info(known.type)))
        and known.name != "by_row"  # of the record, not of the invitation
    }


def _kind(known: inspect.Type) -> str | None:
    types = known.types if isinstance(known, inspect.UnionType) else (known,)
    return _KINDS.get(type(types[0]))


def _refuse(parameters: Mapping[str, Any]) -> str | None:
    """What is wrong with the parameters, and how to mend it."""
    field, operators = parameters["field"], [name for name in _OPERATORS if name in parameters]
    known = _kinds()
    if field not in known:
        near = [f"did you mean `{name}`?" for name in get_close_matches(field, sorted(known), n=1)]
        return f"there is no fact `{visible(field)}`; {near[0] if near else 'known are ' + ', '.join(sorted(known))}"
    if len(operators) != 1:
        given = " and ".join(f"`{name}`" for name in operators) or "none"
        return f"this names {given}; give exactly one of {', '.join(_OPERATORS)}"
    return _misfit(field, known[field], operators[0], parameters[operators[0]])


def _misfit(field: str, kind: str, operator: str, wanted: Any) -> str | None:
    is_a = f"`{field}` is {_WORDS[kind]}"
    if kind not in _FITS[operator]:
        return f"{is_a}: `{operator}` needs {' or '.join(_WORDS[fit] for fit in _FITS[operator])}"
    values = wanted if isinstance(wanted, list) else [wanted]
    if operator == "matches":
        return _bad_pattern(wanted)
    if operator != "present" and not all(_is(kind, value) for value in values):
        quotes = ", in quotes if need be" if kind == "text" else ""
        return f"{is_a}: give `{operator}` {'nothing else' if isinstance(wanted, list) else 'one'}{quotes}"
    return None


def _bad_pattern(pattern: str) -> str | None:
    try:
        search(pattern, "")
    except PolicyError as error:
        return f"`matches`: {error}"
    return None


def _is(kind: str, value: Any) -> bool:
    if kind == "date":
        return isinstance(value, date) or (isinstance(value, str) and _day(value) is not None)
    return type(value) is {"text": str, "number": int, "truth": bool}[kind]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


@check("field", needs=lambda parameters: [parameters["field"]], parameters=_PARAMETERS, refuse=_refuse)
def field(case: Case, *, field: str, **operator: Any) -> Finding:
    r"""A fact is what the policy says it must be.

    Compares one fact of the invitation (`note`, `sent_at`, …), of the person (`person.company`, …) or of your profile
    (`profile.premium`, …) by exactly one operator. Texts are compared without case and with single spaces. A time
    counts as its UTC date. Patterns are RE2's, found anywhere in the text as it was written: `(?i)` at their start
    ignores case; `\w`, `\d`, `\b` and `\s` are ASCII only, `\p{L}` is any letter; lookaround and back-references don't
    exist. `present: true` holds for what is known and not empty, `present: false` for an empty text; what is unknown
    stays unknown.

    Why it matters: an organisation can write a simple rule of its own without writing a plugin. Whatever needs more
    than one fact is said with `all`, `any` and `not`, or is a check of its own.

        Holds::      {person: {company: ACME  inc}}   with {field: person.company, equals: Acme Inc}
        Holds::      {person: {location: "Hamburg, Germany"}}   with {field: person.location, matches: "(?i)hamburg|bremen"}
        Holds::      {person: {industry: Dentistry}}   with {field: person.industry, none_of: [Gambling, Tobacco]}
        Holds::      {note: ""}   with {field: note, present: false}
        Fails::      {person: {connections: 3}}   with {field: person.connections, at_least: 50}
        Fails::      {sent_at: "2026-06-27T19:35:00Z"}   with {field: sent_at, at_most: 2026-06-26}
        Unknown::    {person: {}}   with {field: person.location, one_of: [Hamburg, Bremen]}
    """
    ((name, wanted),) = operator.items()
    value = case.fact(field)
    if name == "matches":
        found = search(wanted, value)
        return Finding(found is not None, (_quoted(field, found, "matches the policy's pattern"),) if found else ())
    holds = _COMPARE[name](_comparable(value), _comparable(wanted))
    return Finding(holds, _evidence(field, value, name) if holds and (name, wanted) != ("present", False) else ())


def _comparable(value: Any) -> Any:
    """Texts without case, times and ISO dates as dates, so that a fact compares with what a policy says."""
    if isinstance(value, list):
        return [_comparable(each) for each in value]
    if isinstance(value, str):
        return _day(value) or name_key(value)
    return value.date() if isinstance(value, datetime) else value


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, wanted: value == wanted,
    "one_of": lambda value, wanted: value in wanted,
    "none_of": lambda value, wanted: value not in wanted,
    "at_least": lambda value, wanted: value >= wanted,
    "at_most": lambda value, wanted: value <= wanted,
    "present": lambda value, wanted: (value != "") is wanted,
}


def _evidence(field: str, value: Any, operator: str) -> tuple[Evidence, ...]:
    """The text itself, by its place; a number, date or truth in words, since it tells nothing that must not be printed."""
    if isinstance(value, str):
        return (_quoted(field, (0, len(value)), _REASONS[operator]),)
    shown = value.date() if isinstance(value, datetime) else str(value).lower()
    return (Evidence(field=field, reason=f"{_REASONS[operator]}: it is {shown}"),)


_REASONS = {
    "equals": "equals what the policy names",
    "one_of": "one of what the policy names",
    "none_of": "none of what the policy names",
    "at_least": "no less than what the policy names",
    "at_most": "no more than what the policy names",
    "present": "there is something",
}


def _quoted(field: str, place: tuple[int, int], reason: str) -> Evidence:
    return Evidence(field=field, start=place[0], end=place[1], reason=reason)


@hookimpl
def policycheck_checks() -> Iterable[Check]:
    return [field]
