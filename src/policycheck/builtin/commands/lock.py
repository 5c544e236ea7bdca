"""``policycheck lock``: write down what a run decides by."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from policycheck.builtin.commands._lock import changes, locked, read_lock, written
from policycheck.builtin.commands._options import configurable
from policycheck.builtin.commands._reports import refuse_link_out, whole_file
from policycheck.builtin.commands._session import Session
from policycheck.builtin.reporters._words import amount
from policycheck.config.toml import Toml
from policycheck.context import registry_of
from policycheck.errors import PolicycheckError, PolicyError
from policycheck.hookspecs import hookimpl
from policycheck.policy.load import load_policy
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [lock]


@click.command()
@configurable("policy", "lock")
@click.pass_context
def lock(ctx: click.Context, /, policy: str, lock: str) -> int:
    """Write the digests of the policy, of its rules and of its phrase lists, and the versions of the plugins, to the lock file.

    `policycheck check --locked` refuses to run where one of them differs. Commit the file, and look at its changes.
    """
    session = Session(registry_of(ctx))
    if session.status:
        return session.status
    try:
        held = locked(load_policy(policy, session.registry), session.registry)
        refuse_link_out(lock, f"--lock {visible(lock)}")
        before = _lock_or_nothing(lock)
        with whole_file(lock) as file:
            file.write(written(held))
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
        return session.status
    name = f"{held['policy']['id']} {held['policy']['version']}"
    parts = f"{amount(len(held['phrases']), 'phrase list')}, {amount(len(held['plugins']), 'plugin')}"
    click.echo(visible(f"{lock}: {name}, {parts}"))
    for change in changes(before, held) if before else ():
        click.echo(f"  {change.what}: {change.before} → {change.now}")
    return 0


def _lock_or_nothing(path: str) -> Toml | None:
    """The lock that is there. Raises PolicyError where something else is: it stays as it is."""
    if not os.path.lexists(path):
        return None
    try:
        return read_lock(path)
    except PolicyError as error:
        kept = f"{visible(path)}: is no lock, and is left as it is; name another file with --lock"
        raise PolicyError(*error.messages, kept) from None
