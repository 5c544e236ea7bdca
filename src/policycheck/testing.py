"""For people who write checks: a case from a few facts, a check's answer to it, and the examples on the check's page.

>>> from policycheck.testing import answer, case_of
>>> answer(mutual_connection, case_of({"person": {"mutual_connections": 3}}), {"at_least": 2}).holds
True

Facts are plain data: the keys of an invitation (`stage` is "incoming" where none is given), `profile` for what is known of us,
`history` for the account's other invitations, and `as_of`. Whatever is left out is unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct

from policycheck.engine.ask import ask
from policycheck.errors import PolicyError, UsageError, did_you_mean
from policycheck.model.case import Case, Shared
from policycheck.model.check import Check
from policycheck.model.finding import Evidence
from policycheck.model.history import History
from policycheck.model.invitation import Invitation
from policycheck.model.profile import Profile
from policycheck.model.truth import Truth
from policycheck.model.verdict import CheckFinding
from policycheck.policy.condition import Binder, Leaf
from policycheck.policy.phrases import shipped_phrases
from policycheck.policy.strict_yaml import Document, parse
from policycheck.policy.written import Written
from policycheck.text.fold import Text
from policycheck.text.phrases import Hit, Lexicon

__all__ = ["AS_OF", "Answer", "Example", "answer", "case_of", "examples"]

AS_OF = date(2026, 11, 23)
"""The day for which a case is decided where its facts don't say."""

_BESIDE = ("as_of", "history", "profile")
_GIVEN = tuple(name for name in Invitation.__struct_fields__ if name not in {"origin", "by_row"})
_EXAMPLE = re.compile(r"\s*(Holds|Fails|Unknown)::\s+(\{.*)")
_WITH = re.compile(r"(.*\})\s+with\s+(\{.*\})")

T = TypeVar("T")
Kind = Literal["Holds", "Fails", "Unknown"]
TRUTHS: Mapping[Kind, Truth] = {"Holds": True, "Fails": False, "Unknown": None}


class Answer(Struct, frozen=True):
    """What a check says of a case. Its repr tells all that a report of a bug needs: facts, parameters, answer, evidence."""

    finding: CheckFinding
    case: Case

    @property
    def holds(self) -> Truth:
        return self.finding.holds

    @property
    def missing(self) -> tuple[str, ...]:
        return self.finding.missing

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.finding.evidence

    @property
    def quotes(self) -> tuple[str, ...]:
        """The texts that the evidence quotes."""
        return tuple(evidence.quote for evidence in self.evidence if evidence.quote is not UNSET)

    def __repr__(self) -> str:
        return "\n    ".join(_report(self))


class Example(Struct, frozen=True):
    """One example of a check's page: the answer it promises, of which facts, with which parameters."""

    kind: Kind
    facts: dict[str, Any]
    parameters: dict[str, Any]

    @property
    def holds(self) -> Truth:
        return TRUTHS[self.kind]


def case_of(facts: Mapping[str, Any]) -> Case:
    """A case from plain facts, with the shipped phrase lists.

    Raises UsageError where a key names no fact or a value is of another type than the fact.
    """
    invitation = _invitation(_without(facts), "case")
    others = [_invitation(other, f"history-{number}") for number, other in enumerate(facts.get("history", ()), start=1)]
    profile = _converted(facts.get("profile", {}), Profile)
    as_of = _converted(facts.get("as_of", AS_OF), date)
    return Case(invitation, Shared(profile, as_of, _Shipped(), History([*others, invitation])))


def _without(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key not in _BESIDE}


def _invitation(facts: Mapping[str, Any], name: str) -> Invitation:
    for key in facts:
        if key not in _GIVEN:
            known = sorted([*_GIVEN, *_BESIDE])
            raise UsageError(
                f"facts: `{key}` is no fact{did_you_mean(key, known) or '; known are ' + ', '.join(known)}"
            )
    return _converted({"id": name, "stage": "incoming", "origin": {"path": name}} | dict(facts), Invitation)


def _converted(data: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise UsageError(f"facts: {error}") from None


class _Shipped:
    """The shipped phrase lists, compiled when a check first asks for them."""

    def find(self, text: Text) -> dict[str, tuple[Hit, ...]]:
        return _lexicon().find(text)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(shipped_phrases())


def answer(check: Check, case: Case | Mapping[str, Any], parameters: Mapping[str, Any] | None = None) -> Answer:
    """A check's answer to a case (or to the case of some facts), exactly as a policy that names it would get it.

    Parameters are validated and get their defaults, needed facts that are unknown make the answer unknown, quotes are stamped.
    Raises PolicyError where the parameters are wrong.
    """
    asked = case if isinstance(case, Case) else case_of(case)
    return Answer(ask(check, _bound(check, parameters or {}).parameters, asked), asked)


def _bound(check: Check, parameters: Mapping[str, Any]) -> Leaf:
    binder = Binder({check.name: check}, {})
    leaf = binder.bind(Written(Document({check.name: dict(parameters)}, "parameters", {}, {}), ()))
    if not isinstance(leaf, Leaf):
        raise PolicyError(*(mistake.what for mistake in sorted(binder.mistakes)))
    return leaf


def examples(check: Check) -> tuple[Example, ...]:
    """The examples on a check's page, in its order.

    Each is ``Holds::  {facts}`` or ``Holds::  {facts}   with {parameters}``, or the same with Fails or Unknown, in YAML's flow
    style; it goes on over more lines until a blank one. Raises PolicyError where one is no YAML.
    """
    return tuple(_example(kind, text, check.name) for kind, text in _written(check.manual))


def _written(manual: str) -> Iterator[tuple[Kind, str]]:
    """The kind and text of each example, its lines joined."""
    kind: Kind | None = None
    lines: list[str] = []
    for line in [*manual.splitlines(), ""]:
        found = _EXAMPLE.fullmatch(line)
        if kind and (found or not line.strip()):
            yield kind, " ".join(lines)
            kind = None
        if found:
            kind, lines = _kind(found[1]), [found[2].strip()]
        elif kind:
            lines.append(line.strip())


def _kind(word: str) -> Kind:
    return next(kind for kind in TRUTHS if kind == word)


def _example(kind: Kind, text: str, name: str) -> Example:
    split = _WITH.fullmatch(text)
    facts, parameters = split.groups() if split else (text, "{}")
    where = f"the page of `{name}`"
    return Example(kind, parse(facts, where).data, parse(parameters, where).data)


def _report(answer: Answer) -> Iterator[str]:
    finding, case = answer.finding, answer.case
    word = {True: "holds", False: "fails", None: "is unknown"}[finding.holds]
    yield f"{finding.check} {_plain(finding.parameters)} {word}"
    yield f"facts: {_plain(case.invitation)}"
    yield f"profile: {_plain(case.profile)}"
    yield f"as of: {case.as_of}"
    for other in case.history.invitations if case.history else ():
        if other is not case.invitation:
            yield f"beside: {_plain(other)}"
    if finding.missing:
        yield f"missing: {', '.join(finding.missing)}"
    for evidence in finding.evidence:
        quote = "" if evidence.quote is UNSET else f" {_plain(evidence.quote)}"
        yield f"evidence: {evidence.field}{_place(evidence)}{quote}: {evidence.reason}"
    if finding.error is not UNSET:
        yield f"broke: {finding.error}"


def _place(evidence: Evidence) -> str:
    return "" if evidence.start is None else f"[{evidence.start}:{evidence.end}]"


def _plain(value: Any) -> str:
    shown = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
    return shown.encode(errors="backslashreplace").decode()
