"""``policycheck explain``: why one invitation was decided as it was, as a tree, and what would change it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

import click

from policycheck.builtin.commands._completing import files
from policycheck.builtin.commands._explain_text import render
from policycheck.builtin.commands._help import Sectioned
from policycheck.builtin.commands._options import JUDGING, NO_WAIVERS, configurable
from policycheck.builtin.commands._session import Session, Settings
from policycheck.builtin.commands._waivers import report_waivers, weighed
from policycheck.context import registry_of
from policycheck.engine.evaluate import answer
from policycheck.engine.explain import Explanation, explain
from policycheck.engine.waive import Weighed
from policycheck.errors import PolicycheckError, UsageError, did_you_mean
from policycheck.hookspecs import hookimpl
from policycheck.model.case import Case
from policycheck.model.waiver import WaiverUse
from policycheck.text.visible import visible


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [explain_command]


@click.command(
    "explain",
    cls=Sectioned,
    epilog="""\b
Examples:
  policycheck explain export.zip Invitations.csv:12
  policycheck explain queue.jsonl q-17 --policy ./acme.yaml --profile us.yaml
""",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=files)
@click.argument("id_", metavar="ID")
@configurable(*JUDGING)
@NO_WAIVERS
@click.pass_context
def explain_command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    id_: str,
    policy: str,
    profile: str | None,
    facts: str | None,
    waivers: tuple[str, ...],
    no_waivers: bool,
    reader: str | None,
    as_of: date,
) -> int:
    """Show why one invitation was decided as it was, and what would change it.

    ID is the record's own, or its file and line as every report shows it. Name the inputs that were judged together.
    """
    session = Session(registry_of(ctx))
    settings = Settings(inputs, policy, profile, facts, reader, as_of, () if no_waivers else waivers)
    try:
        explanation = _found(session, settings, id_)
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
        return session.status
    render(explanation, sys.stdout)
    session.note(explanation.verdict)
    return session.status


def _found(session: Session, settings: Settings, wanted: str) -> Explanation:
    program = session.program(settings)
    waivers = weighed(settings, program)
    report_waivers(_stale(waivers), session, settings, program)
    seen: list[str] = []
    found: list[tuple[str | None, Case]] = []
    for account, case in session.cases(settings, program):
        if wanted in (case.invitation.id, str(case.invitation.origin)):
            found.append((account, case))
        seen.append(case.invitation.id)
    if len(found) == 1:
        account, case = found[0]
        return explain(answer(case, program, waivers), account, program)
    if found:
        raise UsageError(
            f"{visible(wanted)}: {len(found)} invitations of these inputs are called so; give them an `id` of their own"
        )
    near = did_you_mean(wanted, seen[:10_000]) or "; `policycheck check` shows them"
    raise UsageError(f"{', '.join(map(visible, settings.inputs))}: no invitation has the id `{visible(wanted)}`{near}")


def _stale(waivers: Weighed) -> Iterable[WaiverUse]:
    """The waivers that don't apply; which of the others lift something, one invitation cannot tell."""
    return (use for use in waivers.uses({}) if use.state != "unused")
