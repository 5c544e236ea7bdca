"""Conditions: as written, with positions; then bound to checks, ready to compile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from policycheck.errors import did_you_mean, place_of
from policycheck.model.case import is_fact
from policycheck.model.check import Check
from policycheck.policy.schema import check_mapping
from policycheck.policy.strict_yaml import MAX_DEPTH, MAX_NODES
from policycheck.policy.written import Mistake, Written
from policycheck.text.visible import visible

Kind = Literal["all", "any", "not", "at-least"]

OPERATORS = {
    "all": ("conditions", "true when every one is true, false when one is false"),
    "any": ("conditions", "true when one is true, false when every one is false"),
    "not": ("condition", "true when it is false; not unknown is unknown"),
    "at-least": ("count", "how many of the conditions under `of` must be true"),
    "of": ("conditions", "what `at-least` counts"),
}
"""What each operator takes, and means: the words for an editor."""


class Leaf(Struct, frozen=True):
    """A check with all its parameters."""

    check: Check
    parameters: dict[str, Any]

    @property
    def key(self) -> str:
        """What tells two questions apart: the check's name and its parameters."""
        return json.dumps([self.check.name, self.parameters], sort_keys=True, default=str)


class Group(Struct, frozen=True):
    """An operator over conditions; `count` belongs to "at-least"."""

    kind: Kind
    parts: tuple[Condition, ...]
    count: int = 0


class Named(Struct, frozen=True):
    """A definition, by its name; `size` counts its checks with every definition written out."""

    name: str
    part: Condition
    size: int


Condition = Leaf | Group | Named


class Binder:
    """Turns written conditions into bound ones, collecting every mistake."""

    def __init__(self, checks: Mapping[str, Check], definitions: Mapping[str, Written]) -> None:
        self.checks = checks
        self.definitions = definitions
        self.mistakes: set[Mistake] = set()
        self.deprecated: set[Mistake] = set()
        """Parameters that are going away; they work for now."""
        self._bound: dict[str, Condition | None] = {}

    def bind(self, written: Written, within: tuple[str, ...] = ()) -> Condition | None:
        """The condition, or None where something is wrong with it (the mistakes say what)."""
        try:
            return self._bind(written, within)
        except _RefusedError:
            return None

    def defined(self, name: str, within: tuple[str, ...] = ()) -> Condition | None:
        """What a definition stands for; each is bound once."""
        if name not in self._bound:
            self._bound[name] = self.bind(self.definitions[name], (*within, name))
        return self._bound[name]

    def _bind(self, written: Written, within: tuple[str, ...]) -> Condition:
        data = written.data
        if isinstance(data, str):
            return self._name(data, written, None, within)
        if not isinstance(data, dict) or not data:
            raise self._refused(
                written,
                "a condition is a check's or definition's name, `{name: {parameters}}`, or all, any, not, at-least",
            )
        if "at-least" in data or "of" in data:
            return self._at_least(data, written, within)
        if len(data) > 1:
            names = ", ".join(f"`{visible(name)}`" for name in sorted(data))
            raise self._refused(written, f"{names} stand side by side; say with `all` or `any` how they go together")
        (name,) = data
        if name in ("all", "any"):
            return self._group(name, written.at(name), within)
        if name == "not":
            return Group("not", self._parts([written.at("not")], within))
        return self._name(name, written.at(name), data[name], within)

    def _parts(self, parts: list[Written], within: tuple[str, ...]) -> tuple[Condition, ...]:
        """All of them are looked at before one that is wrong refuses the whole."""
        bound = [self.bind(part, within) for part in parts]
        if None in bound:
            raise _RefusedError
        return tuple(part for part in bound if part is not None)

    def _group(self, kind: Kind, written: Written, within: tuple[str, ...], count: int = 0) -> Group:
        if not isinstance(written.data, list) or not written.data:
            raise self._refused(written, "this needs a list of one condition or more")
        return Group(kind, self._parts([written.at(index) for index in range(len(written.data))], within), count)

    def _at_least(self, data: dict[str, Any], written: Written, within: tuple[str, ...]) -> Group:
        if set(data) != {"at-least", "of"}:
            raise self._refused(
                written, "`at-least: NUMBER` goes together with `of: [conditions]`, and with nothing else"
            )
        count = data["at-least"]
        operands = len(data["of"]) if isinstance(data["of"], list) else 0
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= max(operands, 1):
            what = f"`at-least` must be a whole number from 1 to the {operands} conditions under `of`"
            raise self._refused(written.at("at-least"), what)
        return self._group("at-least", written.at("of"), within, count)

    def _name(self, name: str, written: Written, parameters: Any, within: tuple[str, ...]) -> Condition:
        if name in self.definitions:
            return self._definition(name, written, parameters, within)
        if name in self.checks:
            return self._leaf(self.checks[name], written, parameters)
        near = did_you_mean(name, [*self.checks, *self.definitions]) or "; `policycheck checks` lists them"
        raise self._refused(
            written, f"no check or definition is called `{visible(name)}`{near}", key=written.path[-1] == name
        )

    def _definition(self, name: str, written: Written, parameters: Any, within: tuple[str, ...]) -> Named:
        if parameters is not None:
            raise self._refused(written, f"the definition `{name}` takes no parameters; leave them out")
        if name in within:
            circle = " → ".join([*within[within.index(name) :], name])
            raise self._refused(written, f"the definition `{name}` rests on itself: {circle}; break the circle")
        if len(within) >= MAX_DEPTH:
            raise self._refused(written, f"more than {MAX_DEPTH} definitions rest on one another; flatten them")
        part = self.defined(name, within)
        if part is None:
            raise _RefusedError
        if size(part) > MAX_NODES:
            raise self._refused(written, f"the definition `{name}` comes to more than {MAX_NODES:,} checks; shorten it")
        return Named(name, part, size(part))

    def _leaf(self, check: Check, written: Written, parameters: Any) -> Leaf:
        values, wrong = check_mapping({} if parameters is None else parameters, check.parameters)
        for path, key, what in wrong:
            self.mistakes.add(written.at(*path).mistake(f"check `{check.name}`: {what}", key))
        if wrong:
            raise _RefusedError
        for name, how in _deprecated(check, parameters or {}):
            what = f"check `{check.name}`: `{name}` is deprecated; {how}"
            self.deprecated.add(written.at(name).mistake(what, key=True))
        try:
            refused = check.refuse(values) if check.refuse else None
            unknown = sorted(fact for fact in facts_needed(check, values) if not is_fact(fact))
        except Exception as error:  # noqa: BLE001  # a plugin's own code: it is named, and nothing else is hidden
            raise self._refused(written, f"check `{check.name}` broke ({place_of(error)}); update its plugin") from None
        if refused:
            raise self._refused(written, f"check `{check.name}`: {visible(str(refused))}")
        if unknown:
            names = ", ".join(f"`{visible(fact)}`" for fact in unknown)
            raise self._refused(written, f"check `{check.name}` needs {names}, which is no fact; update its plugin")
        return Leaf(check, values)

    def _refused(self, written: Written, what: str, key: bool = False) -> _RefusedError:
        self.mistakes.add(written.mistake(what, key))
        return _RefusedError()


def _deprecated(check: Check, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each parameter given that the check's schema calls deprecated, and what to write instead."""
    for name in parameters:
        how = check.parameters[name].get("meta", {}).get("deprecated")
        if how:
            yield name, visible(str(how))


def facts_needed(check: Check, parameters: Mapping[str, Any]) -> set[str]:
    """Every fact that a check may ask for, alternatives too."""
    return {fact for need in check.needed(parameters) for fact in ((need,) if isinstance(need, str) else need)}


class _RefusedError(Exception):
    """A condition is wrong; the mistakes say what."""


def size(condition: Condition) -> int:
    """How many checks a condition comes to with its definitions written out."""
    match condition:
        case Leaf():
            return 1
        case Named(size=known):
            return known
        case Group(parts=parts):
            return sum(map(size, parts))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every check that a condition asks, in the order of the file."""
    match condition:
        case Leaf():
            yield condition
        case Named(part=part):
            yield from leaves(part)
        case Group(parts=parts):
            for part in parts:
                yield from leaves(part)


def canonical(condition: Condition) -> Any:
    """Plain data for the digest: definitions written out, operands in one order."""
    match condition:
        case Leaf(check=check, parameters=parameters):
            return {check.name: {name: parameters[name] for name in sorted(parameters)}}
        case Named(part=part):
            return canonical(part)
        case Group(kind="not", parts=(part,)):
            return {"not": canonical(part)}
        case Group(kind=kind, parts=parts, count=count):
            operands = sorted(
                (canonical(part) for part in parts), key=lambda part: json.dumps(part, sort_keys=True, default=str)
            )
            return {kind: operands} if kind != "at-least" else {"at-least": count, "of": operands}
