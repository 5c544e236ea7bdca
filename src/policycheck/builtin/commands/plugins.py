"""``policycheck plugins``: what is installed, what it adds, and what failed to load and why."""

from __future__ import annotations

from collections.abc import Iterable

import click

from policycheck.builtin.commands._session import Session
from policycheck.context import registry_of
from policycheck.hookspecs import hookimpl


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [plugins]


@click.command()
@click.pass_context
def plugins(ctx: click.Context) -> int:
    """List the plugins: name, distribution and version, what each adds, on or off. Installing one is running its code."""
    session = Session(registry_of(ctx))
    found = session.registry.plugins
    width = max((len(plugin.name) for plugin in found), default=0)
    for plugin in found:
        adds = "; ".join(f"{kind} {', '.join(names)}" for kind, names in sorted(plugin.adds.items()) if names)
        click.echo(f"{plugin.name:<{width}}  {plugin.distribution} {plugin.version}  {plugin.state}  {adds}".rstrip())
    return session.status
