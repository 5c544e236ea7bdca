"""``policycheck init``: the files with which a repository begins, asking nothing that can be found out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import get_args

import click

from policycheck.builtin.commands._completing import policies
from policycheck.builtin.commands._init_found import Service
from policycheck.builtin.commands._init_setup import set_up
from policycheck.builtin.commands._options import day
from policycheck.builtin.commands._session import Session
from policycheck.context import registry_of
from policycheck.errors import PolicycheckError, ReportError
from policycheck.hookspecs import hookimpl
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [init]


@click.command(
    epilog="""\b
Examples:
  policycheck init .
  policycheck init outreach --policy conservative --ci gitlab
"""
)
@click.argument("folder", default=".")
@click.option(
    "--policy",
    "base",
    default="pragmatic",
    show_default=True,
    metavar="NAME",
    shell_complete=policies,
    help="The policy that yours starts from.",
)
@click.option(
    "--ci",
    "service",
    type=click.Choice(get_args(Service)),
    help="The service that runs the pipeline, instead of the one that is found out.",
)
@click.option("--name", metavar="ID", help="The id of your policy, instead of the folder's name.")
@click.option(
    "--as-of",
    default="today",
    callback=day,
    metavar="DATE",
    show_default=True,
    help="The day for which the cases of the policy's tests are decided.",
)
@click.pass_context
def init(ctx: click.Context, folder: str, base: str, service: Service | None, name: str | None, as_of: date) -> int:
    """Set up a repository: settings, a policy of your own, its tests, a profile, and a pipeline that checks.

    FOLDER is the repository's root. What can be found out (exports, queues and templates that are there, whose they are, which
    service runs the pipeline) is not asked. A file that is there already stays as it is.
    """
    session = Session(registry_of(ctx))
    if session.status:
        return session.status
    lines: list[str] = []
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with contextlib.chdir(folder):
            lines.extend(set_up(session.registry, folder=folder, base=base, service=service, name=name, as_of=as_of))
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no possible file name"
        session.fail(ReportError.status, f"{visible(folder)}: could not be set up ({why}); check its permissions")
    for line in lines:  # once all is written: whoever closes the pipe doesn't leave half of it
        click.echo(visible(line))
    return session.status
