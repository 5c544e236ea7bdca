"""What was set outside of the command line: in a file, in variables, each with its place."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from policycheck.config.table import KEYS, PREFIX, SETTINGS, Setting, schema
from policycheck.config.toml import Toml, read
from policycheck.errors import PolicyError, did_you_mean
from policycheck.policy.schema import check_mapping
from policycheck.text.visible import visible

OWN, SHARED = "policycheck.toml", "pyproject.toml"
CONFIG = f"{PREFIX}CONFIG"
Names = Mapping[str, Collection[str]]
_TABLE = ("tool", "policycheck")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Given(Struct, frozen=True):
    """A value and where it was set: ``policycheck.toml:3``, or a variable's name."""

    value: Any
    by: Literal["file", "variable"]
    where: str


class Found(Struct, frozen=True):
    """What was set, by the setting's name; variables win over the file. `file` is None where none was found or read."""

    file: str | None
    given: dict[str, Given]
    unread: tuple[str, ...]
    """Variables of our prefix that are no settings and are not like any."""


def find(names: Names, environ: Mapping[str, str], file: str | None = None, *, files: bool = True) -> Found:
    """What is set in `file`, or else in the nearest configuration file, and in `environ`.

    `names` has, by setting, the names that are installed, where that is known. Paths in a file are relative to it.
    PolicyError: every mistake of the file, or of the variables, at once, as ``where: what is wrong; how to mend it``.
    """
    toml = _named(file) if file else _nearest() if files else None
    in_file = dict(_from_file(toml, names)) if toml else {}
    in_variables, unread = _from_variables(environ, names)
    return Found(toml.origin if toml else None, in_file | in_variables, tuple(unread))


def _named(path: str) -> Toml:
    toml = read(path)
    if Path(path).name == SHARED and not _has_table(toml):
        raise PolicyError(f"{toml.origin}: it has no `[tool.policycheck]`; add it, or name another file")
    return toml


def _nearest() -> Toml | None:
    for folder in _folders():
        found = [read(str(folder / name)) for name in (OWN, SHARED) if os.path.lexists(folder / name)]
        found = [toml for toml in found if Path(toml.path).name == OWN or _has_table(toml)]
        for toml in found:
            _refuse_strangers(Path(toml.path), here=str(folder) == ".")
        if len(found) > 1:
            place = found[1].where(_TABLE)
            raise PolicyError(f"{place}: {OWN} beside it is a configuration too; keep one of them, or say --config")
        if found:
            return found[0]
    return None


def _refuse_strangers(path: Path, *, here: bool) -> None:
    """Further up somebody else may write; what they leave there must not choose the policy."""
    if here or not hasattr(os, "getuid"):
        return
    if path.lstat().st_uid not in (0, os.getuid()):
        raise PolicyError(f"{visible(str(path))}: is somebody else's file; name it with --config, or say --no-config")


def _folders() -> Iterator[Path]:
    """The working directory and those above it, up to the repository's root or the home folder; outside of both, it alone.

    Further up may be folders that others can write to: a file there must not choose the policy.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        return
    home = Path(os.path.expanduser("~")).resolve()  # noqa: PTH111  # unlike Path.home(), it can't fail
    above = (here, *here.parents)
    if home == above[-1]:  # a service's home may be the root of all
        home = here
    ends = (at for at, folder in enumerate(above) if folder == home or os.path.lexists(folder / ".git"))
    yield from (Path(*[os.pardir] * level) for level in range(next(ends, 0) + 1))


def _has_table(toml: Toml) -> bool:
    tool = toml.data.get("tool")
    return isinstance(tool, dict) and "policycheck" in tool


def _from_file(toml: Toml, names: Names) -> Iterator[tuple[str, Given]]:
    above = _TABLE if Path(toml.path).name == SHARED else ()
    data = toml.data["tool"]["policycheck"] if above else toml.data
    valid, mistakes = check_mapping(data, schema(names))
    if mistakes:
        placed = [(toml.where((*above, *map(str, path))), what) for path, _, what in mistakes]
        raise PolicyError(*(f"{where}: {what}" for where, what in sorted(placed, key=_in_order)))
    for name, value in valid.items():
        seen_from_here = _beside(Path(toml.path).parent, SETTINGS[name], value, names)
        yield name, Given(seen_from_here, "file", toml.where((*above, name)))


def _in_order(mistake: tuple[str, str]) -> tuple[int, str]:
    where, what = mistake
    line = where.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0, what


def _beside(folder: Path, setting: Setting, value: Any, names: Names) -> Any:
    """A path as seen from the working directory; anything else as it is."""
    if setting.many and not isinstance(value, str):
        return [_beside(folder, setting, one, names) for one in value]
    if setting.kind == "file":
        return str(folder / value)
    if setting.kind == "name or file" and value not in names.get(setting.name, ()):
        path = folder / value
        return str(path) if os.path.isfile(path) or path.suffix in {".yaml", ".yml"} else value
    return value


def _from_variables(environ: Mapping[str, str], names: Names) -> tuple[dict[str, Given], list[str]]:
    by_variable = {setting.variable: setting for setting in SETTINGS.values()}
    written = {name: value for name, value in environ.items() if name.startswith(PREFIX) and value.strip()}
    read_ = {
        by_variable[name].name: _value(by_variable[name], value)
        for name, value in written.items()
        if name in by_variable
    }
    valid, mistakes = check_mapping(read_, schema(names))
    others = sorted(written.keys() - by_variable.keys() - {CONFIG, *KEYS})
    near = {name: _near(name, [*by_variable, CONFIG, *KEYS]) for name in others}
    told = [f"{SETTINGS[str(path[0])].variable}: {what}" for path, _, what in mistakes]
    told += [f"{visible(name)}: no setting is called so{hint}" for name, hint in near.items() if hint]
    if told:
        raise PolicyError(*sorted(told))
    given = {name: Given(value, "variable", SETTINGS[name].variable) for name, value in valid.items()}
    return given, [name for name, hint in near.items() if not hint]


def _near(variable: str, known: Iterable[str]) -> str:
    """As `did_you_mean`, by what follows the prefix: with it, everything would be near."""
    hint = did_you_mean(variable.removeprefix(PREFIX), [name.removeprefix(PREFIX) for name in known])
    return hint.replace("`", f"`{PREFIX}", 1)


def _value(setting: Setting, text: str) -> Any:
    """The text of a variable as a file would have it; a text that is no such value is left for the schema to refuse."""
    if setting.many:
        return re.split(r"[,\s]+", text.strip())
    if setting.kind == "truth":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if setting.kind == "date" and _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
