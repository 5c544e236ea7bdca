"""A lock: which policy, phrase lists and plugins a run decides by, so that none of them changes unseen."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from policycheck.config.toml import Toml, read
from policycheck.errors import PolicyError
from policycheck.policy.load import Policy, rule_meaning
from policycheck.policy.phrases import canonical_phrases
from policycheck.policy.schema import about, check_mapping
from policycheck.registry import Registry
from policycheck.text.visible import visible


class Change(NamedTuple):
    """One thing that a lock says otherwise: where, what it is, what is locked and what is here, fit to be shown."""

    where: str
    what: str
    before: str
    now: str


Locked = dict[str, dict[str, str]]
"""By table (`policy`, `rules`, `phrases`, `plugins`) and name, what a run has to agree with."""

_TEXTS = {"type": "dict", "required": True, "valuesrules": {"type": "string"}}
_SCHEMA: dict[str, Any] = {
    "lock": about("the version of this format", type="integer", required=True, allowed=[1]),
    "policy": about("the policy's id, version and digest", **_TEXTS),
    "rules": about("a digest of each rule", **_TEXTS),
    "phrases": about("a digest of each phrase list that it reads", **_TEXTS),
    "plugins": about("the distribution and version of each plugin", **_TEXTS),
}
_HEAD = "# Written by `policycheck lock`. `policycheck check --locked` refuses to decide by anything else.\nlock = 1\n"
_AGREE = "look at what changed; where it is meant, run `policycheck lock`"


def locked(policy: Policy, registry: Registry) -> Locked:
    """What a run by this policy with these plugins decides by."""
    lists = canonical_phrases(policy.phrases)
    return {
        "policy": {"id": policy.identity.id, "version": policy.identity.version, "digest": policy.identity.digest},
        "rules": {rule.id: _digest(rule_meaning(rule, policy.sources)) for rule in policy.rules},
        "phrases": {name: _digest(meaning) for name, meaning in lists.items()},
        "plugins": {one.name: f"{one.distribution} {one.version}" for one in registry.identities()},
    }


def written(lock: Locked) -> str:
    """A lock as a file: TOML, always the same for the same lock."""
    tables = (f"\n[{name}]\n{''.join(_line(*item) for item in table.items())}" for name, table in lock.items())
    return _HEAD + "".join(tables)


def require_locked(path: str, policy: Policy, registry: Registry) -> None:
    """Raises PolicyError with every difference between the file at a path and what this run would decide by."""
    if not os.path.lexists(path):
        raise PolicyError(f"{visible(path)}: there is no such lock; write it with `policycheck lock`")
    file = read_lock(path)
    mistakes = [
        f"{change.where}: {change.what} differs ({change.before} is locked, {change.now} is here); {_AGREE}"
        for change in changes(file, locked(policy, registry))
    ]
    if mistakes:
        raise PolicyError(*mistakes)


def read_lock(path: str) -> Toml:
    """A lock file. Raises PolicyError where it is none."""
    file = read(path)
    _, mistakes = check_mapping(file.data, _SCHEMA)
    if mistakes:
        raise PolicyError(*(f"{file.where(tuple(map(str, at)))}: {what}" for at, _, what in mistakes))
    return file


def changes(file: Toml, here: Locked) -> Iterator[Change]:
    """What a lock says otherwise than what is here, in the order of the tables."""
    for table, values in here.items():
        before: Mapping[str, str] = file.data[table]
        for name in sorted(before.keys() | values.keys()):
            if before.get(name) != values.get(name):
                place = file.where((table, name) if name in before else (table,))
                what = f"{_WHAT[table]} `{visible(name)}`"
                yield Change(place, what, _short(before.get(name)), _short(values.get(name)))


def _short(value: str | None) -> str:
    """A version whole, and of a digest enough to see that it is another."""
    told = visible(value or "nothing")
    return f"{told[:19]}…" if told.startswith("sha256:") else told


_WHAT = {"policy": "the policy's", "rules": "the rule", "phrases": "the phrase list", "plugins": "the plugin"}


def _line(name: str, value: str) -> str:
    """A key and its text. A JSON text of visible characters is a TOML text too."""
    return f"{_quoted(name)} = {_quoted(value)}\n"


def _quoted(text: str) -> str:
    return json.dumps(visible(text), ensure_ascii=False)


def _digest(meaning: Any) -> str:
    return f"sha256:{hashlib.sha256(json.dumps(meaning, sort_keys=True, default=str).encode()).hexdigest()}"
