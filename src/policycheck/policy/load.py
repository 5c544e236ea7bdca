"""From a name or a file to a policy, or to every mistake in it at once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from policycheck.errors import PolicyError, did_you_mean
from policycheck.model.check import Check
from policycheck.model.invitation import STAGES, Stage
from policycheck.model.plugin import PolicySource
from policycheck.model.verdict import Effect, PolicyIdentity
from policycheck.policy.condition import Binder, Condition, canonical, leaves, size
from policycheck.policy.merge import Item, Merged, merged
from policycheck.policy.phrases import PhraseLists, amended, canonical_phrases, shipped_phrases
from policycheck.policy.strict_yaml import MAX_NODES
from policycheck.text.phrases import PhraseList
from policycheck.text.visible import visible

if TYPE_CHECKING:
    from policycheck.registry import Registry


class Rule(Struct, frozen=True, kw_only=True):
    """One rule, bound to its checks. `where` is its place in the file that it comes from."""

    id: str
    stages: tuple[Stage, ...]
    effect: Effect
    when: Condition
    because: str
    advice: str | None
    source: str | None
    link: str | None
    """The `url` of its source."""
    ignore_unknown: bool
    where: str


class Policy(Struct, frozen=True, kw_only=True):
    """A policy as it stands after `extends`, `disable`, definitions and parameter defaults."""

    identity: PolicyIdentity
    title: str
    description: str | None
    rules: tuple[Rule, ...]
    defaults: dict[Stage, Effect]
    sources: dict[str, dict[str, Any]]
    phrases: PhraseLists
    """The phrase lists that its checks read."""
    longest_waiver: int | None = None
    """How many days ahead of the day of a run a waiver's `expires` may lie; None for no limit."""
    deprecated: tuple[str, ...] = ()
    """What works for now and should be written otherwise, as ``file:line:column: what; how``."""


def load_policy(name_or_path: str | Path, registry: Registry | None = None) -> Policy:
    """The policy of a name ("pragmatic", "acme-pack/strict") or in a file.

    Raises PolicyError with every mistake as ``file:line:column: what is wrong; how to mend it``.
    """
    if registry is None:
        from policycheck.registry import load

        registry = load()
    return policy_from(find_policy(str(name_or_path), registry.policies), registry.checks, registry.policies)


def find_policy(name: str, known: Mapping[str, PolicySource], beside: Path | None = None) -> PolicySource:
    """A policy by name, else the file at a path, relative to `beside`. Raises PolicyError where there is neither."""
    if name in known:
        return known[name]
    path = (beside or Path()) / name
    if os.path.isfile(path):
        return PolicySource(name=name, read=lambda: _text(path, str(path)), origin=str(path))
    shown = visible(name)
    if path.suffix in {".yaml", ".yml"}:
        raise PolicyError(f"{shown}: there is no such file; mend the path, or name one of {', '.join(known)}")
    raise PolicyError(f"no policy is called `{shown}`{did_you_mean(name, known) or '; known are ' + ', '.join(known)}")


def _text(path: Path, origin: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError(f"{origin}:1:1: not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise PolicyError(f"{origin}: cannot be read ({error.strerror}); check the path and its permissions") from None


def policy_from(source: PolicySource, checks: Mapping[str, Check], policies: Mapping[str, PolicySource]) -> Policy:
    """Load one policy source; see `load_policy`."""
    merge = merged(source, lambda name, beside: find_policy(name, policies, beside))
    binder = Binder(checks, {name: item.written for name, item in merge.definitions.items()})
    for name, item in merge.definitions.items():
        binder.defined(name)
        if name in checks:
            what = f"the definition `{name}` is named like a check; rename it"
            binder.mistakes.add(item.written.mistake(what, key=True))
    rules = tuple(_rule(item, merge, binder) for _, item in sorted(merge.rules.items()))
    mistakes = [*merge.mistakes, *binder.mistakes]
    bound = tuple(rule for rule in rules if rule is not None)
    if sum(size(rule.when) for rule in bound) > MAX_NODES:
        mistakes.append(merge.top.mistake(f"the rules come to more than {MAX_NODES:,} checks; shorten them"))
    if mistakes:
        raise PolicyError(*map(str, sorted(set(mistakes))))
    deprecated = tuple(map(str, sorted(binder.deprecated)))
    return _policy(merge, bound, _phrases(merge, bound, checks.values()), deprecated)


def _rule(item: Item, merge: Merged, binder: Binder) -> Rule | None:
    data = item.written.data
    source = data.get("source")
    if source is not None and source not in merge.sources:
        near = did_you_mean(source, merge.sources) or "; add it under `sources`"
        binder.mistakes.add(item.written.at("source").mistake(f"no source is called `{visible(source)}`{near}"))
    if "if-unknown" in data and data["effect"] == "allow":
        what = "an allow rule left unknown never allows; leave `if-unknown` out"
        binder.mistakes.add(item.written.at("if-unknown").mistake(what, key=True))
    when = binder.bind(item.written.at("when"))
    if when is None:
        return None
    return Rule(
        id=data["id"],
        stages=tuple(stage for stage in STAGES if stage in data.get("stages", STAGES)),
        effect=data["effect"],
        when=when,
        because=" ".join(data["because"].split()),
        advice=" ".join(data["advice"].split()) if "advice" in data else None,
        source=source,
        link=_link(merge, source),
        ignore_unknown=data.get("if-unknown") == "ignore",
        where=item.written.document.where(item.written.path),
    )


def _link(merge: Merged, source: str | None) -> str | None:
    found = merge.sources.get(source) if source is not None else None
    return found.written.data.get("url") if found else None


def _phrases(merge: Merged, rules: Iterable[Rule], checks: Iterable[Check]) -> PhraseLists:
    """The lists that the rules' checks read, with what the policy and those that it extends add and take away.

    A list that a plugin's check reads and nobody ships is there to be written in the policy.
    """
    read = {name for rule in rules for leaf in leaves(rule.when) for name in leaf.check.phrases}
    if not read and not merge.phrases:
        return {}
    empty = {name: PhraseList(name, {}) for check in checks for name in check.phrases}
    lists = amended({**empty, **shipped_phrases()}, [item.written for item in merge.phrases])
    mistakes = [
        str(merge.top.mistake(f"a check reads the phrase list `{name}`, which is not there; add it under `phrases`"))
        for name in sorted(read)
        if not lists[name].families
    ]
    if mistakes:
        raise PolicyError(*mistakes)
    return {name: lists[name] for name in sorted(read)}


def _policy(merge: Merged, rules: tuple[Rule, ...], phrases: PhraseLists, deprecated: tuple[str, ...]) -> Policy:
    data = merge.top.data
    defaults: dict[Stage, Effect] = {stage: merge.defaults.get(stage, "review") for stage in STAGES}
    sources = {name: item.written.data for name, item in sorted(merge.sources.items())}
    meaning: dict[str, Any] = {
        "defaults": defaults,
        "rules": [rule_meaning(rule, sources) for rule in rules],
        "phrases": canonical_phrases(phrases),
    }
    if merge.longest_waiver is not None:
        meaning["longest_waiver"] = merge.longest_waiver
    text = json.dumps(meaning, sort_keys=True, default=str).encode()
    digest = f"sha256:{hashlib.sha256(text).hexdigest()}"
    return Policy(
        identity=PolicyIdentity(id=data["policy"], version=data["version"], digest=digest),
        title=data["title"],
        description=data.get("description"),
        rules=rules,
        defaults=defaults,
        sources=sources,
        phrases=phrases,
        longest_waiver=merge.longest_waiver,
        deprecated=deprecated,
    )


def rule_meaning(rule: Rule, sources: Mapping[str, Any]) -> dict[str, Any]:
    """What of a rule the digest covers: everything but its place."""
    return {
        "id": rule.id,
        "stages": rule.stages,
        "effect": rule.effect,
        "when": canonical(rule.when),
        "because": rule.because,
        "advice": rule.advice,
        "source": rule.source and {rule.source: sources[rule.source]},
        "ignore_unknown": rule.ignore_unknown,
    }
