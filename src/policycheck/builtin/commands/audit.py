"""``policycheck audit``: the verdict log verified, shown, signed, proved from, and decided again."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import click

from policycheck.hookspecs import hookimpl

_HOMES = {
    "checkpoint": "_audit_keys",
    "forget": "_audit_forget",
    "keygen": "_audit_keys",
    "prove": "_audit_prove",
    "replay": "_audit_replay",
    "show": "_audit_show",
    "verify": "_audit_verify",
}


class _Commands(click.Group):
    """Its commands are imported when they are looked up: no other command has to pay for them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        if cmd_name not in _HOMES:
            return None
        found: click.Command = getattr(import_module(f"{__package__}.{_HOMES[cmd_name]}"), cmd_name)
        return found


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [audit]


@click.group(cls=_Commands)
def audit() -> None:
    """Verify the verdict log that `check --audit-log` keeps, prove what it holds, and decide again."""
