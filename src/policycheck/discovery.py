"""Which modules are plugins: entry points read and listed. A plugin's own code runs later, when the registry imports it."""

from __future__ import annotations

import importlib.util
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import Distribution, EntryPoint, distributions
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from policycheck.hookspecs import GROUP
from policycheck.text.visible import visible

T = TypeVar("T")

_ENTRY_NAME = re.compile(r"[A-Za-z0-9_-]+")
_MODULE = re.compile(r"(\w+(?:\.\w+)*)\s*(?:\[.*\])?")


class Candidate(Struct, frozen=True, kw_only=True, order=True):
    """A module that is to be a plugin. `name` is its entry point's, or ``<entry point>.<module path>`` inside a package."""

    name: str
    module: str
    distribution: str
    version: str

    def failure(self, what: str) -> Failure:
        return Failure(name=self.name, distribution=self.distribution, version=self.version, what=what)


class Failure(Struct, frozen=True, kw_only=True, order=True):
    """What went wrong with a plugin while loading: `what` is wrong, and how to mend it. It makes a run *not checked*."""

    name: str
    distribution: str
    version: str
    what: str

    def __str__(self) -> str:
        return f"plugin `{self.name}` ({self.distribution} {self.version}): {self.what}"


class Broken(Struct, frozen=True):
    """An action that raised; `how` is the exception's type and the first line of its message."""

    how: str


def attempt(action: Callable[[], T]) -> tuple[T] | Broken:
    """What a plugin's code returns, as the only item of a tuple: the value itself may lie about its class.

    It may raise anything, SystemExit too; only the user's own interrupt passes.
    """
    try:
        return (action(),)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin that exits or recurses must not end the run
        return Broken(_told(error))


def _told(error: BaseException) -> str:
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # noqa: BLE001  # an exception's own words may be broken too
        lines = []
    kind = visible(type(error).__name__)
    return f"{kind}: {visible(lines[0][:300])}" if lines else kind


def discover(off: frozenset[str], entry_points: Iterable[EntryPoint] | None = None) -> Iterator[Candidate | Failure]:
    """The plugins of all installed distributions (or of these entry points), each package before what is inside it.

    An entry point in `off` is named and not looked into.
    """
    found = _installed() if entry_points is None else map(_candidate, entry_points)
    roots = []
    for root in found:
        if isinstance(root, Failure):
            yield root
        else:
            roots.append(root)
    for name, group in groupby(sorted(roots), key=lambda root: root.name):
        same = tuple(group)
        if name in off:
            yield from same
        else:
            yield from _modules(same[0]) if len(same) == 1 else [_doubled(same)]


def _installed() -> Iterator[Candidate | Failure]:
    seen: set[str] = set()
    for distribution in distributions():
        if not _may_have_plugins(distribution):
            continue
        name, version = _identity(distribution)
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key not in seen:  # a second copy further down the path is never the one that Python imports
            seen.add(key)
            yield from _entries(distribution, name, version)


def _may_have_plugins(distribution: Distribution) -> bool:
    """Whether its entry points mention us, or cannot be read: parsing those of everybody would take too long."""
    match attempt(partial(distribution.read_text, "entry_points.txt")):
        case (text,):
            return text is not None and GROUP in text
        case Broken():
            return True


def _entries(distribution: Distribution, name: str, version: str) -> Iterator[Candidate | Failure]:
    match attempt(lambda: list(distribution.entry_points.select(group=GROUP))):
        case (entries,):
            yield from map(_candidate, entries)
        case Broken(how=how):
            what = f"its entry points cannot be read ({how}); reinstall or uninstall {name}"
            yield Failure(name=name, distribution=name, version=version, what=what)


def _identity(distribution: Distribution | None) -> tuple[str, str]:
    """Name and version; broken metadata may lack either."""
    return _known(lambda: distribution and distribution.name), _known(lambda: distribution and distribution.version)


def _known(word: Callable[[], object]) -> str:
    match attempt(word):
        case (str() as known,):
            return visible(known)
        case _:
            return "unknown"


def _candidate(entry: EntryPoint) -> Candidate:
    name, version = _identity(entry.dist)
    return Candidate(name=entry.name, module=entry.value.strip(), distribution=name, version=version)


def _doubled(same: Sequence[Candidate]) -> Failure:
    first, *others = same
    by = " and ".join(f"{other.distribution} {other.version}" for other in others)
    return first.failure(
        f"{by} has an entry point of this name too, and neither is loaded; uninstall one of them, "
        f"or turn all of them off with `-p no:{visible(first.name)}`"
    )


def _modules(root: Candidate) -> Iterator[Candidate | Failure]:
    named = _MODULE.fullmatch(root.module)
    if not _ENTRY_NAME.fullmatch(root.name):
        yield root.failure("an entry point's name has letters, digits, `-` and `_` only; rename it")
    elif named is None:
        yield root.failure(
            f"its entry point names `{visible(root.module)}`; name a module or a package, such as `acme`"
        )
    else:
        yield from _listed(root, named[1])


def _listed(root: Candidate, module: str) -> Iterator[Candidate | Failure]:
    match attempt(lambda: importlib.util.find_spec(module)):
        case Broken(how=how):
            yield root.failure(unimportable(root, how))
        case (None,):
            yield root.failure(f"there is no module `{module}`; reinstall or uninstall {root.distribution}")
        case (spec,):
            for path in ["", *_below(list(spec.submodule_search_locations or ()))]:
                yield replace(root, name=root.name + path, module=module + path)


def unimportable(candidate: Candidate, how: str) -> str:
    """What to say of a module that cannot be imported."""
    return (
        f"it cannot be imported ({how}); reinstall or update {candidate.distribution}, "
        f"or turn it off with `-p no:{candidate.name}`"
    )


def _below(folders: Sequence[str]) -> Iterator[str]:
    """The modules in a package's folders as ``.module`` and ``.package.module``, sorted.

    Nothing whose name starts with "_"; a folder without ``__init__.py`` is data.
    """
    for info in sorted(pkgutil.iter_modules(folders), key=lambda info: info.name):
        if not info.name.startswith("_"):
            yield f".{info.name}"
        if not info.name.startswith("_") and info.ispkg:
            inside = _below([f"{folder}/{info.name}" for folder in folders])
            yield from (f".{info.name}{path}" for path in inside)
