"""``policycheck schema [NAME]``: the JSON Schemas of what goes in and comes out."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from policycheck.builtin.commands._session import Session
from policycheck.context import registry_of
from policycheck.errors import UsageError, did_you_mean
from policycheck.hookspecs import hookimpl
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [schema]


@click.command(
    epilog="""\b
Examples:
  policycheck schema
  policycheck schema policy > policy.schema.json
"""
)
@click.argument("name", required=False)
@click.pass_context
def schema(ctx: click.Context, name: str | None) -> int:
    """List the JSON Schemas, or print one, for an editor or a validator.

    They are made from the tables that validate, so the one of a policy knows the checks of every installed plugin.
    """
    from policycheck.builtin.commands import _schemas  # costs the schemas of policies, which no other command needs

    session = Session(registry_of(ctx))
    if name is None:
        for known, (title, _) in _schemas.SCHEMAS.items():
            click.echo(f"{known:<{max(map(len, _schemas.SCHEMAS))}}  {title}")
    elif name in _schemas.SCHEMAS:
        click.echo(json.dumps(_schemas.schema(name, session.registry), indent=2, default=str))
    else:
        repair = did_you_mean(name, _schemas.SCHEMAS) or "; known are " + ", ".join(_schemas.SCHEMAS)
        session.fail(UsageError.status, f"no schema is called `{visible(name)}`{repair}")
    return session.status
