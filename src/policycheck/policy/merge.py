"""What `extends` and `disable` mean: one set of rules, definitions, sources, phrases and defaults, each replaced by id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

from msgspec import Struct, field

from policycheck.errors import PolicyError, did_you_mean, place_of
from policycheck.model.invitation import Stage
from policycheck.model.plugin import PolicySource
from policycheck.model.verdict import Effect
from policycheck.policy.document import POLICY
from policycheck.policy.schema import check_mapping
from policycheck.policy.strict_yaml import MAX_DEPTH, parse
from policycheck.policy.written import Mistake, Written
from policycheck.text.visible import visible

T = TypeVar("T")
Find = Callable[[str, Path], PolicySource]
_KINDS: tuple[Literal["rules", "definitions", "sources"], ...] = ("rules", "definitions", "sources")


class Item(Struct, frozen=True):
    """A rule, definition, source or phrase section, where it was written."""

    written: Written

    @property
    def origin(self) -> str:
        return self.written.document.where(self.written.path)


class Merged(Struct):
    """The parts of a policy and of everything that it extends."""

    top: Written
    rules: dict[str, Item] = field(default_factory=dict)
    definitions: dict[str, Item] = field(default_factory=dict)
    sources: dict[str, Item] = field(default_factory=dict)
    phrases: list[Item] = field(default_factory=list)
    defaults: dict[Stage, Effect] = field(default_factory=dict)
    longest_waiver: int | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def merged(source: PolicySource, find: Find, within: tuple[str, ...] = ()) -> Merged:
    """Read a policy and what it extends. Raises PolicyError where one of the files cannot be read as a policy at all."""
    document = parse(_read(source), source.origin)
    _, wrong = check_mapping(document.data, POLICY)
    mistakes = [Mistake(document.origin, *document.position(path, key), what) for path, key, what in wrong]
    if not isinstance(document.data, dict):
        raise PolicyError(*map(str, mistakes))
    if not document.data.keys() & POLICY.keys():  # else each line of somebody's other file would be repeated
        raise PolicyError(f"{document.origin}:1:1: this is no policy; one begins with `policycheck: 1`")
    own = _own(Written(document, ()))
    own.mistakes += mistakes
    top = own.top
    bases = _bases(own, source, find, (*within, source.origin))
    for base in bases:
        own.mistakes += base.mistakes
    _disable(own, bases)
    for kind in _KINDS:
        _inherit(own, bases, kind)
    _inherit_defaults(own, bases)
    own.longest_waiver = _strictest(own, *bases)
    own.phrases = _unique([item for base in bases for item in base.phrases]) + own.phrases
    if not own.rules and not within and not own.mistakes:
        own.mistakes.append(top.mistake("a policy without a rule decides nothing; add `rules`"))
    return own


def _read(source: PolicySource) -> str:
    """The policy's text. Raises PolicyError also where a plugin's own code breaks while giving it."""
    try:
        text = source.read()
    except (PolicyError, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin that exits must not end the run as if it had passed
        raise PolicyError(
            f"{source.origin}: could not be read ({place_of(error)}); update the plugin that ships it"
        ) from None
    if not isinstance(text, str):
        raise PolicyError(f"{source.origin}: its plugin gave no text; update it")
    return text


def _part(data: dict[str, Any], key: str, kind: type[T]) -> T:
    """A part of the file, or nothing where it is left out or of another type (the schema's mistakes say so)."""
    value = data.get(key)
    return value if isinstance(value, kind) else kind()


def _names(data: dict[str, Any], key: str) -> list[tuple[int, str]]:
    """The texts of a list with their places; what is no text is among the schema's mistakes."""
    return [(index, name) for index, name in enumerate(_part(data, key, list)) if isinstance(name, str)]


def _sound(rule: Any) -> bool:
    """Whether a rule has what the rest of the loading rests on."""
    return (
        isinstance(rule, dict)
        and all(isinstance(rule.get(key), str) for key in ("id", "effect", "because"))
        and isinstance(rule.get("when"), str | dict)
        and isinstance(rule.get("stages", []), list)
        and all(isinstance(rule.get(key, ""), str) for key in ("source", "advice"))
    )


def _own(top: Written) -> Merged:
    data: dict[str, Any] = top.data
    own = Merged(top, defaults=_part(data, "defaults", dict))
    for index, rule in enumerate(_part(data, "rules", list)):
        written = top.at("rules", index)
        if not _sound(rule):
            continue
        if rule["id"] in own.rules:
            first = own.rules[rule["id"]].written.document.position(own.rules[rule["id"]].written.path)[0]
            own.mistakes.append(
                written.at("id").mistake(f"a second rule is called `{rule['id']}` (first in line {first}); rename one")
            )
        own.rules.setdefault(rule["id"], Item(written))
    own.definitions = {name: Item(top.at("definitions", name)) for name in _part(data, "definitions", dict)}
    own.sources = {name: Item(top.at("sources", name)) for name in _part(data, "sources", dict)}
    longest = _part(data, "waivers", dict).get("longest")
    own.longest_waiver = longest if isinstance(longest, int) else None
    own.phrases = [Item(top.at("phrases"))] if _part(data, "phrases", dict) else []
    return own


def _bases(own: Merged, source: PolicySource, find: Find, within: tuple[str, ...]) -> list[Merged]:
    bases = []
    for index, name in _names(own.top.data, "extends"):
        here = own.top.at("extends", index)
        try:
            base = find(name, Path(source.origin).parent)
        except PolicyError as error:
            own.mistakes.append(here.mistake(error.messages[0]))
            continue
        if base.origin in within:
            own.mistakes.append(here.mistake(f"`{visible(name)}` extends this policy in turn; break the circle"))
        elif len(within) > MAX_DEPTH:
            own.mistakes.append(here.mistake(f"more than {MAX_DEPTH} policies extend one another; flatten them"))
        else:
            bases.append(merged(base, find, within))
    return bases


def _disable(own: Merged, bases: list[Merged]) -> None:
    inherited = {name for base in bases for name in base.rules}
    for index, name in _names(own.top.data, "disable"):
        here = own.top.at("disable", index)
        if name not in inherited:
            near = did_you_mean(name, inherited) or "; name a rule of an extended policy"
            own.mistakes.append(here.mistake(f"no extended policy has a rule `{visible(name)}`{near}"))
        elif name in own.rules:
            own.mistakes.append(here.mistake(f"the rule `{name}` is disabled and written anew here; do one of them"))
        for base in bases:
            base.rules.pop(name, None)


def _inherit(own: Merged, bases: list[Merged], kind: Literal["rules", "definitions", "sources"]) -> None:
    """Take from the bases what the policy doesn't write itself; two bases must not bring two things of one id."""
    mine: dict[str, Item] = getattr(own, kind)
    written_here = set(mine)
    for base in bases:
        for name, item in getattr(base, kind).items():
            if name not in mine:
                mine[name] = item
            elif name not in written_here and mine[name].origin != item.origin:
                what = f"two extended policies bring {kind[:-1]} `{name}` ({mine[name].origin} and {item.origin}); write it here"
                own.mistakes.append(own.top.at("extends").mistake(what, key=True))


def _inherit_defaults(own: Merged, bases: list[Merged]) -> None:
    here = set(own.defaults)
    for base in bases:
        for stage, effect in base.defaults.items():
            if own.defaults.setdefault(stage, effect) != effect and stage not in here:
                what = f"two extended policies bring different defaults for `{stage}`; write it here"
                own.mistakes.append(own.top.at("extends").mistake(what, key=True))


def _strictest(*policies: Merged) -> int | None:
    """The shortest of the limits on waivers: a policy can tighten what it extends, never loosen it."""
    return min((merge.longest_waiver for merge in policies if merge.longest_waiver is not None), default=None)


def _unique(items: list[Item]) -> list[Item]:
    return list({item.origin: item for item in items}.values())
