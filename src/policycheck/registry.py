"""Loads the plugins, guards against them, and collects what they give. The one user of pluggy's plugin manager."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any, Literal

import click
import pluggy
from msgspec import Struct

from policycheck import hookspecs
from policycheck.discovery import Broken, Candidate, Failure, attempt, discover, unimportable
from policycheck.errors import UsageError, did_you_mean
from policycheck.model.check import Check
from policycheck.model.plugin import PolicySource, Reader, Reporter
from policycheck.model.verdict import PluginIdentity
from policycheck.offers import KINDS, KindName, Offer, offers, single
from policycheck.text.visible import visible

__all__ = ["Failure", "Plugin", "Registry", "load"]

State = Literal["on", "off", "failed"]

_PREFIX = hookspecs.GROUP + "_"
_MARK = hookspecs.GROUP + "_impl"
_HOOKS = tuple(kind.hook for kind in KINDS.values())
_OPEN = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Plugin(Struct, frozen=True, kw_only=True):
    """A plugin that was found; `adds` has the names of what it gives, by kind ("checks", "readers" …), sorted."""

    name: str
    distribution: str
    version: str
    state: State
    adds: Mapping[KindName, tuple[str, ...]]


class Registry(Struct, frozen=True, kw_only=True):
    """What all plugins give, by name and sorted, so that the order of installation never matters.

    `owners` tells by kind and name which plugin gave it. With `failures`, not everything can be checked: a run says so.
    """

    checks: Mapping[str, Check]
    readers: Mapping[str, Reader]
    reporters: Mapping[str, Reporter]
    policies: Mapping[str, PolicySource]
    commands: Mapping[str, click.Command]
    plugins: tuple[Plugin, ...]
    failures: tuple[Failure, ...]
    owners: Mapping[tuple[KindName, str], str]

    def identities(self) -> tuple[PluginIdentity, ...]:
        """The entry points that are on, for the record of a run."""
        return tuple(
            PluginIdentity(name=plugin.name, distribution=plugin.distribution, version=plugin.version)
            for plugin in self.plugins
            if plugin.state == "on" and "." not in plugin.name
        )


def load(disabled: Iterable[str] = (), entry_points: Iterable[EntryPoint] | None = None) -> Registry:
    """Everything that the installed plugins give, or those of `entry_points`.

    `disabled`: names of plugins to leave alone; an entry point's or a package's turns off all that is inside it. A plugin
    that breaks is among the `failures` and hides nothing of the others. Raises UsageError where a name is no plugin's.
    """
    off = frozenset(disabled)
    found = tuple(discover(off, entry_points))
    _refuse_unknown(off, {item.name for item in found})
    candidates = {item.name: item for item in found if isinstance(item, Candidate)}
    failures = [item for item in found if isinstance(item, Failure) and item.name not in off]
    manager = _Manager(hookspecs.GROUP)
    manager.add_hookspecs(hookspecs)
    for candidate in candidates.values():
        if not _inside(candidate.name, off) and _parent_is_there(manager, candidate.name):
            failures += _guarded_registration(manager, candidate)
    given, broken = _apart(_all_offers(manager, candidates))
    kept, doubled = _apart(single(given))
    named = {item.name: item for item in found} | candidates
    plugins = tuple(_plugin(named[name], _state(manager, name, off), kept) for name in sorted(named))
    return _registry(kept, plugins, [*failures, *broken, *doubled])


class _Manager(pluggy.PluginManager):
    """Takes sound implementations only: pluggy would accept wrappers and misspelt hooks, and stop at the first bad argument."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        return None if _fault(plugin, name) else super().parse_hookimpl_opts(plugin, name)


def _refuse_unknown(off: frozenset[str], known: set[str]) -> None:
    unknown = sorted(name for name in off - known if not _inside(name, off - {name}))
    if unknown:
        raise UsageError(
            *(f"-p no:{visible(name)}: no plugin has this name{_where_to_look(name, known)}" for name in unknown)
        )


def _where_to_look(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or "; `policycheck plugins` lists them"


def _inside(name: str, off: frozenset[str]) -> bool:
    """Whether a plugin, or a package that it is in, is turned off."""
    return any(name == outer or name.startswith(outer + ".") for outer in off)


def _parent_is_there(manager: pluggy.PluginManager, name: str) -> bool:
    package = name.rpartition(".")[0]
    return not package or manager.has_plugin(package)


def _state(manager: pluggy.PluginManager, name: str, off: frozenset[str]) -> State:
    return "off" if _inside(name, off) else "on" if manager.has_plugin(name) else "failed"


def _guarded_registration(manager: pluggy.PluginManager, candidate: Candidate) -> list[Failure]:
    match attempt(lambda: _register(manager, candidate)):
        case (failures,):
            return failures
        case Broken(how=how):
            return [candidate.failure(unimportable(candidate, how))]


def _register(manager: pluggy.PluginManager, candidate: Candidate) -> list[Failure]:
    module = import_module(candidate.module)
    other = manager.get_name(module)
    if not isinstance(module, ModuleType):
        return [candidate.failure("it puts something else in its module's place; leave the module there")]
    if other:
        return [candidate.failure(f"its module is plugin `{other}` already; name it by one entry point only")]
    manager.register(module, candidate.name)
    return [candidate.failure(fault) for name in dir(module) if (fault := _fault(module, name))]


def _fault(module: object, name: str) -> str | None:
    """What is wrong with a module's attribute as a hook implementation; None too where it is nothing of the kind."""
    value = vars(module).get(name)
    marks: Mapping[str, Any] | None = getattr(value, _MARK, None) if inspect.isroutine(value) else None
    if marks is None and not name.startswith(_PREFIX):
        return None
    hook = (marks or {}).get("specname") or name
    if hook not in _HOOKS:
        return _no_hook(hook) if callable(value) else None
    if not inspect.isfunction(value):
        return f"`{name}` is no function; write it with `def` below `@hookimpl`"
    if marks is None:
        return f"`{name}` lacks the marker; put `@hookimpl` above it"
    if marks.get("wrapper") or marks.get("hookwrapper"):
        return f"`{name}` is a wrapper, which could change what others give; return values of its own instead"
    if any(one.default is one.empty and one.kind not in _OPEN for one in inspect.signature(value).parameters.values()):
        return f"`{name}` takes arguments, and a hook is given none; take them away"
    return None


def _no_hook(name: str) -> str:
    near = get_close_matches(name.removeprefix(_PREFIX), KINDS, n=1)
    what = f"`{visible(name)}` is no hook"
    return f"{what}; did you mean `{_PREFIX}{near[0]}`?" if near else f"{what}; the hooks are {', '.join(_HOOKS)}"


def _all_offers(manager: pluggy.PluginManager, candidates: Mapping[str, Candidate]) -> Iterator[Offer | Failure]:
    for kind in KINDS.values():
        for implementation in getattr(manager.hook, kind.hook).get_hookimpls():
            yield from offers(kind, implementation.function, candidates[implementation.plugin_name])


def _apart(items: Iterable[Offer | Failure]) -> tuple[list[Offer], list[Failure]]:
    everything = list(items)
    return [i for i in everything if isinstance(i, Offer)], [i for i in everything if isinstance(i, Failure)]


def _plugin(item: Candidate | Failure, state: State, kept: Sequence[Offer]) -> Plugin:
    own = [offer for offer in kept if offer.by.name == item.name]
    adds = {kind: tuple(offer.name for offer in own if offer.kind == kind) for kind in KINDS}
    return Plugin(
        name=item.name,
        distribution=item.distribution,
        version=item.version,
        state=state,
        adds={kind: names for kind, names in adds.items() if names},
    )


def _registry(kept: Sequence[Offer], plugins: tuple[Plugin, ...], failures: Iterable[Failure]) -> Registry:
    by_kind: dict[KindName, dict[str, Any]] = {kind: {} for kind in KINDS}
    for offer in kept:
        by_kind[offer.kind][offer.name] = offer.value
    return Registry(
        **by_kind,
        plugins=plugins,
        failures=tuple(sorted(set(failures))),
        owners={(offer.kind, offer.name): offer.by.name for offer in kept},
    )
