"""A file of tests of a policy, loaded or refused with every mistake at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from policycheck.authoring.document import KEY, TESTS
from policycheck.authoring.parts import child, items
from policycheck.authoring.records import account_of, time_mistakes
from policycheck.errors import PolicyError, did_you_mean
from policycheck.model.plugin import PolicySource
from policycheck.model.profile import Account
from policycheck.model.verdict import Decision
from policycheck.policy.load import Policy, find_policy, policy_from
from policycheck.policy.profile import PROFILE, profile_mistakes, profile_of
from policycheck.policy.schema import check_mapping
from policycheck.policy.strict_yaml import parse
from policycheck.policy.written import Mistake, Written
from policycheck.registry import Registry
from policycheck.text.visible import visible


class Expected(Struct, frozen=True, kw_only=True):
    """What a case says of the verdict; None where it says nothing. Rules and facts are sorted, each once."""

    decision: Decision | None = None
    rules: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None


class Trial(Struct, frozen=True, kw_only=True):
    """One case of a suite: the last record of its account is judged. `where` is its place, ``file:line:column``."""

    name: str
    where: str
    account: Account
    expected: Expected


class Suite(Struct, frozen=True, kw_only=True):
    """The cases of one file, in its order. `origin` is the file as the user named it, made harmless."""

    origin: str
    policy: Policy
    as_of: date
    trials: tuple[Trial, ...]


def suite_from(text: str | bytes, path: str, registry: Registry) -> Suite:
    """Read the text of a file of tests, which lies at `path`: the policy that it names may lie beside it.

    Raises PolicyError with every mistake of the file as ``file:line:column: what is wrong; how to mend it``, among them rules
    that the policy doesn't have, and with every mistake of the policy itself.
    """
    document = parse(text, visible(path))
    top = Written(document, ())
    if isinstance(document.data, dict) and KEY not in document.data:
        raise PolicyError(str(top.mistake(f"no file of tests: `{KEY}: 1` is missing; add it, or name another file")))
    mistakes = {*_of_form(top), *_of_profiles(top), *_of_cases(top)}
    policy, told = _policy(_source(top, path, registry, mistakes), registry)
    if policy is not None:
        mistakes |= set(_of_rules(top, policy))
    if mistakes or policy is None:
        raise PolicyError(*map(str, sorted(mistakes)), *told)
    shared = document.data.get("profile", {})
    trials = tuple(_trial(case, shared) for case in items(top, "cases"))
    return Suite(origin=document.origin, policy=policy, as_of=document.data["as_of"], trials=trials)


def _source(top: Written, path: str, registry: Registry, mistakes: set[Mistake]) -> PolicySource | None:
    """The policy that the file names; where there is none, that is one of the file's mistakes."""
    for name in child(top, "policy"):
        if isinstance(name.data, str) and name.data:
            try:
                return find_policy(name.data, registry.policies, Path(path).parent)
            except PolicyError as error:
                mistakes.add(name.mistake(error.messages[0]))
    return None


def _policy(source: PolicySource | None, registry: Registry) -> tuple[Policy | None, tuple[str, ...]]:
    """The policy, or every mistake in it."""
    if source is None:
        return None, ()
    try:
        return policy_from(source, registry.checks, registry.policies), ()
    except PolicyError as error:
        return None, error.messages


def _of_form(top: Written) -> Iterator[Mistake]:
    nothing = [expect.path for case in items(top, "cases") for expect in child(case, "expect") if expect.data == {}]
    for path, key, what in check_mapping(top.data, TESTS)[1]:
        told = "the case expects nothing; write `decision`, `rules` or `missing`" if path in nothing else what
        yield Mistake(top.document.origin, *top.document.position(path, key), told)


def _of_profiles(top: Written) -> Iterator[Mistake]:
    for holder in [top, *items(top, "cases")]:
        for profile in child(holder, "profile"):
            if not check_mapping(profile.data, PROFILE)[1]:
                yield from profile_mistakes(profile)


def _of_cases(top: Written) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for case in items(top, "cases"):
        yield from time_mistakes(case)
        for name in child(case, "name"):
            yield from _of_name(name, first)


def _of_name(name: Written, first: dict[str, int]) -> Iterator[Mistake]:
    """A name that is blank, or another case's; `first` is where each name stands first."""
    if not isinstance(name.data, str) or not name.data:
        return
    called = " ".join(name.data.split())
    line, _ = name.document.position(name.path)
    if not called:
        yield name.mistake("`name` is blank; give it a value")
    elif called in first:
        yield name.mistake(f"a second case is called `{visible(called)}` (first in line {first[called]}); rename one")
    else:
        first[called] = line


def _of_rules(top: Written, policy: Policy) -> Iterator[Mistake]:
    """The rules expected that the policy doesn't have."""
    known = [rule.id for rule in policy.rules]
    named = policy.identity.id
    for case in items(top, "cases"):
        for expect in child(case, "expect"):
            for rule in items(expect, "rules"):
                if isinstance(rule.data, str) and rule.data and rule.data not in known:
                    near = did_you_mean(rule.data, known) or f"; it has {', '.join(known)}"
                    yield rule.mistake(f"the policy `{named}` has no rule `{visible(rule.data)}`{near}")


def _trial(case: Written, shared: dict[str, Any]) -> Trial:
    name = " ".join(case.data["name"].split())
    profile = profile_of(case.data.get("profile", shared))
    where = case.document.where(case.path)
    return Trial(
        name=name, where=where, account=account_of(case, name, profile), expected=_expected(case.data["expect"])
    )


def _expected(expect: dict[str, Any]) -> Expected:
    sets = {key: tuple(sorted(set(expect[key]))) for key in ("rules", "missing") if key in expect}
    return Expected(decision=expect.get("decision"), **sets)
