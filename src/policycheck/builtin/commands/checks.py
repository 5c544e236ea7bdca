"""``policycheck checks [NAME]``: the manual of every check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from policycheck.builtin.commands import _completing as completing
from policycheck.builtin.commands._session import Session
from policycheck.context import registry_of
from policycheck.errors import UsageError, did_you_mean
from policycheck.hookspecs import hookimpl
from policycheck.model.check import Check
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [checks]


@click.command(
    epilog="""\b
Examples:
  policycheck checks
  policycheck checks sales-pitch
"""
)
@click.argument("name", required=False, shell_complete=completing.checks)
@click.pass_context
def checks(ctx: click.Context, name: str | None) -> int:
    """List the checks, or show the manual page of one: parameters, facts needed, examples."""
    session = Session(registry_of(ctx))
    known = session.registry.checks
    if name is None:
        width = max(map(len, known), default=0)
        for check in known.values():
            click.echo(f"{check.name:<{width}}  {check.summary}")
    elif name in known:
        click.echo("\n".join(_page(known[name], session.registry.owners["checks", name])))
    else:
        session.fail(
            UsageError.status,
            f"no check is called `{visible(name)}`{did_you_mean(name, known) or '; `policycheck checks` lists them'}",
        )
    return session.status


def _page(check: Check, owner: str) -> Iterator[str]:
    yield from [check.name, "=" * len(check.name), "", check.manual.rstrip(), "", "Parameters"]
    yield from (f"  {name}: {_parameter(rules)}" for name, rules in sorted(check.parameters.items()))
    if not check.parameters:
        yield "  none"
    yield f"Needs: {_needs(check)}"
    if check.phrases:
        yield f"Phrase lists: {', '.join(check.phrases)}"
    if check.advice:
        yield f"Advice: {check.advice}"
    yield f"From: {owner}"


def _parameter(rules: Any) -> str:
    about = rules.get("meta", {}).get("description", "")
    kind = rules.get("type", "any")
    facts = [kind if isinstance(kind, str) else " or ".join(kind)]
    facts += [f"at least {rules['min']}"] if "min" in rules else []
    facts += [f"default {rules['default']}"] if "default" in rules else []
    return f"{about} ({', '.join(facts)})" if about else ", ".join(facts)


def _needs(check: Check) -> str:
    if callable(check.needs):
        return "depends on the parameters"
    return (
        ", ".join(need if isinstance(need, str) else " or ".join(need) for need in check.needs)
        or "nothing by itself; see above"
    )
