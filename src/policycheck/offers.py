"""What the hooks give, looked at before anybody relies on it: the right kind of value, well named, each name given once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Literal

import click
from msgspec import Struct

from policycheck.discovery import Broken, Candidate, Failure, attempt
from policycheck.hookspecs import GROUP
from policycheck.model.check import Check
from policycheck.model.plugin import PolicySource, Reader, Reporter
from policycheck.policy.schema import KEBAB, schema_mistake
from policycheck.text.visible import visible

KindName = Literal["checks", "readers", "reporters", "policies", "commands"]

_OPERATORS = frozenset({"all", "any", "not", "at-least", "of"})
_NAME = re.compile(KEBAB)
_POLICY_NAME = re.compile(f"(?:{KEBAB}/)*{KEBAB}")
_END = object()


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of value that a hook gives; `callables` are the attributes that somebody will call."""

    name: KindName
    one: str
    type: type[Any]
    callables: tuple[str, ...] = ()

    @property
    def hook(self) -> str:
        return f"{GROUP}_{self.name}"


KINDS: Mapping[KindName, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="checks", one="check", type=Check, callables=("function",)),
        Kind(name="readers", one="reader", type=Reader, callables=("recognises", "read")),
        Kind(name="reporters", one="reporter", type=Reporter, callables=("open",)),
        Kind(name="policies", one="policy", type=PolicySource, callables=("read",)),
        Kind(name="commands", one="command", type=click.Command),
    )
}


class Offer(Struct, frozen=True, kw_only=True):
    """A value that a plugin gives, sound as far as one can see without using it."""

    kind: KindName
    name: str
    value: Any
    by: Candidate


def offers(kind: Kind, implementation: Callable[[], Any], by: Candidate) -> Iterator[Offer | Failure]:
    """What one hook implementation gives. Where it breaks off, what it gave before still counts."""
    match attempt(implementation):
        case Broken(how=how):
            yield _raised(kind, how, by)
        case (result,):
            yield from _iterated(kind, result, by)


def _iterated(kind: Kind, result: Any, by: Candidate) -> Iterator[Offer | Failure]:
    match attempt(lambda: iter(result)):
        case Broken():
            what = "nothing" if result is None else f"a `{_type(result)}`"
            yield by.failure(f"`{kind.hook}` returned {what}; return a list of `{kind.type.__name__}` values")
        case (values,):
            yield from _each(kind, values, by)


def _each(kind: Kind, values: Iterator[Any], by: Candidate) -> Iterator[Offer | Failure]:
    while True:
        match attempt(lambda: next(values, _END)):
            case Broken(how=how):
                yield _raised(kind, how, by)
                return
            case (value,) if value is _END:
                return
            case (value,):
                yield _offer(kind, value, by)


def _raised(kind: Kind, how: str, by: Candidate) -> Failure:
    return by.failure(f"`{kind.hook}` raised ({how}); update {by.distribution}, or turn it off with `-p no:{by.name}`")


def _offer(kind: Kind, value: Any, by: Candidate) -> Offer | Failure:
    match attempt(lambda: _flaw(kind, value) or Offer(kind=kind.name, name=value.name, value=value, by=by)):
        case (str() as flaw,):
            return by.failure(flaw)
        case (offer,):
            return offer
        case Broken(how=how):
            return by.failure(f"`{kind.hook}` gave a `{_type(value)}` that breaks when looked at ({how}); mend it")


def _flaw(kind: Kind, value: Any) -> str | None:
    """What is wrong with a value that a hook gave, and how to mend it."""
    if not isinstance(value, kind.type):
        return f"`{kind.hook}` gave a `{_type(value)}`; give `{kind.type.__name__}` values only"
    if not isinstance(value.name, str):
        return f"`{kind.hook}` gave a {kind.one} without a name; name it in lower-case words joined by hyphens"
    what = f"{kind.one} `{visible(value.name)}`"
    if not (_POLICY_NAME if kind.type is PolicySource else _NAME).fullmatch(value.name):
        return f"{what} cannot be called so; name it in lower-case words joined by hyphens"
    for needed in kind.callables:
        if not callable(getattr(value, needed)):
            return f"{what} has no function for `{needed}`; give it one"
    if isinstance(value, Check | Reader | Reporter) and not value.summary:
        return f"{what} has no summary; say in one line what it is for"
    return _flaw_of_check(what, value) if isinstance(value, Check) else None


def _flaw_of_check(what: str, check: Check) -> str | None:
    if check.name in _OPERATORS:
        return f"{what} is called as an operator of the policy language; give it another name"
    mistake = schema_mistake(check.parameters) if check.parameters else None
    return mistake and f"{what} has `parameters` that are no Cerberus schema ({visible(mistake)}); mend them"


def _type(value: object) -> str:
    return visible(type(value).__name__)


def single(offered: Iterable[Offer]) -> Iterator[Offer | Failure]:
    """The offers whose name nobody else has, sorted by kind and name; of a name given twice none, and a failure instead."""
    ordered = sorted(offered, key=lambda offer: (offer.kind, offer.name, offer.by.name))
    for _, group in groupby(ordered, key=lambda offer: (offer.kind, offer.name)):
        first, *others = group
        yield _doubled(first, others) if others else first


def _doubled(first: Offer, others: Sequence[Offer]) -> Failure:
    what = f"{KINDS[first.kind].one} `{first.name}`"
    by = sorted({offer.by for offer in others} - {first.by})
    if not by:
        return first.by.failure(f"it gives {what} more than once, and none is used; keep one")
    names = " and ".join(f"`{other.name}` ({other.distribution} {other.version})" for other in by)
    ways = " or ".join(f"`-p no:{one.name}`" for one in (first.by, *by))
    return first.by.failure(f"{what} comes from {names} too, and none is used; turn one off with {ways}")
