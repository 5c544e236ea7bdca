"""``policycheck config``: every setting in force, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click
from click.core import ParameterSource
from msgspec import Struct

from policycheck.builtin.commands._options import configurable, found, parameter
from policycheck.builtin.commands._session import Session
from policycheck.config.table import SETTINGS, Setting
from policycheck.context import registry_of
from policycheck.hookspecs import hookimpl
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [config]


class _InForce(Struct, frozen=True):
    """A setting's value, what kind of place it was set in, and which."""

    name: str
    value: Any
    by: str
    where: str | None


@click.command()
@configurable(*(name for name in SETTINGS if name != "format"))
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print this list; the setting `format` is shown, not taken.",
)
@click.pass_context
def config(ctx: click.Context, /, output: str, **_given: Any) -> int:
    """Show every setting, its value, and the flag, variable, or file and line that it comes from.

    A flag beats a variable, a variable beats the file. Give the options of the command line in question to see what they change.
    """
    session = Session(registry_of(ctx))
    settings = [_in_force(setting, ctx) for setting in SETTINGS.values()]
    file = found(ctx).file
    click.echo(_json(settings, file) if output == "json" else "\n".join(_text(settings, file)))
    return session.status


def _in_force(setting: Setting, ctx: click.Context) -> _InForce:
    name, given = parameter(setting), found(ctx).given.get(setting.name)
    if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
        return _InForce(setting.name, ctx.params[name], "flag", f"--{setting.name}")
    if given:
        return _InForce(setting.name, given.value, given.by, given.where)
    return _InForce(setting.name, setting.nothing, "default", None)


def _text(settings: list[_InForce], file: str | None) -> Iterator[str]:
    yield f"read from {file}" if file else "no file was read"
    yield ""
    rows = [(one.name, _shown(one.value), one.where or one.by) for one in settings]
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    yield from (f"{row[0]:<{name}}  {row[1]:<{value}}  {row[2]}" for row in rows)


def _shown(value: Any) -> str:
    match value:
        case None | () | []:
            return "-"
        case bool():
            return str(value).lower()
        case list() | tuple():
            return visible(", ".join(value))
        case _:
            return visible(str(value))


def _json(settings: list[_InForce], file: str | None) -> str:
    told = {
        one.name: {
            "value": str(one.value) if isinstance(one.value, date) else one.value,
            "from": one.by,
            "where": one.where,
        }
        for one in settings
    }
    return json.dumps({"file": file, "settings": told}, indent=2)
