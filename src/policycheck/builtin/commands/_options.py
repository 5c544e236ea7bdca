"""Options made from the table of settings, with the configuration as their defaults: a flag beats a variable beats a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from policycheck.builtin.commands._completing import files, formats, policies, readers
from policycheck.config.found import CONFIG, Found, find
from policycheck.config.table import SETTINGS, TODAY, Setting
from policycheck.context import registry_of
from policycheck.errors import UsageError
from policycheck.registry import Registry
from policycheck.text.visible import visible

F = TypeVar("F", bound=Callable[..., Any])

NO_WAIVERS = click.option("--no-waivers", is_flag=True, help="Decide as if no waiver had been given.")

NO_BASELINE = click.option("--no-baseline", is_flag=True, help="Report as if no baseline had been given.")

JUDGING = ("policy", "profile", "facts", "waivers", "reader", "as-of")
"""What both ``check`` and ``explain`` need to know."""
FILTERS = ("stage", "open-only", "since", "decision", "rule")
"""What a report shows of all that was judged."""

_COMPLETED = {"policy": policies, "format": formats, "reader": readers}
_AGAIN = " May stand more than once."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FOUND, _FILE, _NO_FILE = (f"{__name__}.{name}" for name in ("found", "file", "no_file"))


def configurable(*names: str) -> Callable[[F], F]:
    """Give a command these settings as options, and ``--config`` and ``--no-config``."""

    def decorate(command: F) -> F:
        for option in reversed([*(_option(SETTINGS[name]) for name in names), *_CONFIG]):
            command = option(command)
        return command

    return decorate


def found(ctx: click.Context) -> Found:
    """What was set in variables and in a file for this command."""
    known: Found = ctx.meta[_FOUND]
    return known


def parameter(setting: Setting) -> str:
    """The name of a command's argument: `format_`, since `format` is Python's own."""
    name = setting.name.replace("-", "_")
    return f"{name}_" if name == "format" else name


def _option(setting: Setting) -> Callable[[F], F]:
    names = (f"--{setting.name}", parameter(setting))
    told: dict[str, Any] = {
        "default": setting.nothing,
        "help": setting.about + _AGAIN * setting.many,
        "multiple": setting.many,
    }
    shown = setting.default not in (None, False)
    if setting.kind == "truth":
        return click.option(f"{names[0]}/--no-{setting.name}", names[1], default=False, help=setting.about)
    if setting.kind == "date":
        return click.option(*names, callback=day, metavar="DATE", show_default=shown, **told)
    if setting.allowed:
        return click.option(*names, type=click.Choice(setting.allowed), show_default=shown, **told)
    metavar = {"name": "NAME", "file": "FILE", "name or file": "NAME|FILE"}[setting.kind]
    complete = files if setting.kind == "file" else _COMPLETED.get(setting.name)
    told["callback"] = _some if setting.kind == "file" else None
    return click.option(*names, metavar=metavar, show_default=shown, shell_complete=complete, **told)


def day(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """An ISO date, in ASCII digits only, or "today". The one place that reads the clock; the day is recorded with the run."""
    if value is None or value == TODAY:
        return datetime.now(UTC).date() if value else None
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # no day of the calendar: the same message serves
    raise click.BadParameter("this is no day; write it as 2026-11-23")


def _some(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """A path, or several. An empty one is no file, and must not pass for an option that was left out."""
    if value == "" or (isinstance(value, tuple) and "" in value):
        raise click.BadParameter("it names no file; leave the option out, or name one")
    return value


def _take(key: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Remember one of the two options; once both are known, in whatever order, what is set becomes the others' defaults."""

    def remember(ctx: click.Context, _parameter: click.Parameter, value: Any) -> None:
        ctx.meta[key] = value
        if _FILE in ctx.meta and _NO_FILE in ctx.meta:
            ctx.meta[_FOUND] = known = _find(ctx, ctx.meta[_FILE], ctx.meta[_NO_FILE])
            values = {parameter(SETTINGS[name]): given.value for name, given in known.given.items()}
            ctx.default_map = {name: str(value) if isinstance(value, date) else value for name, value in values.items()}

    return remember


def _find(ctx: click.Context, file: str | None, no_file: bool) -> Found:
    if file and no_file:
        raise UsageError("--no-config: --config names a file to read; leave one of them out")
    named = None if no_file else file or os.environ.get(CONFIG)
    known = find(_names(registry_of(ctx)), os.environ, named, files=not no_file)
    for name in known.unread:
        click.echo(f"policycheck: {visible(name)}: no setting is called so, and it is not read", err=True)
    return known


def _names(registry: Registry) -> dict[str, Collection[str]]:
    """What each setting may name. With a plugin that failed, the names of its own are not known: the command says so."""
    known: dict[str, Collection[str]] = {"policy": registry.policies}
    return known if registry.failures else {**known, "format": registry.reporters, "reader": registry.readers}


_CONFIG: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--config",
        is_eager=True,
        expose_value=False,
        callback=_take(_FILE),
        metavar="FILE",
        help="The configuration (TOML), instead of the nearest policycheck.toml or pyproject.toml. "
        "`policycheck config` shows what is set, and where.",
    ),
    click.option(
        "--no-config",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_take(_NO_FILE),
        help="Read no configuration file.",
    ),
)
