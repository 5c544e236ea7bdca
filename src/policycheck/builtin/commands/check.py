"""``policycheck check``: decide about every invitation of the inputs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

import click
from msgspec import UNSET, Struct, structs

from policycheck.builtin.commands._audit_options import Auditing, Recording, audited, recording
from policycheck.builtin.commands._completing import files
from policycheck.builtin.commands._filters import Chosen, Filters, require_rules
from policycheck.builtin.commands._help import Sectioned
from policycheck.builtin.commands._options import FILTERS, JUDGING, NO_WAIVERS, configurable
from policycheck.builtin.commands._progress import watched
from policycheck.builtin.commands._session import Session, Settings, run_of
from policycheck.builtin.commands._waivers import report_waivers, weighed
from policycheck.builtin.commands._worksheet import Worksheet
from policycheck.context import registry_of
from policycheck.engine.evaluate import Judged, Tally, redacted
from policycheck.errors import PluginError, PolicycheckError, UsageError, did_you_mean, place_of
from policycheck.hookspecs import hookimpl
from policycheck.model.plugin import Reporter
from policycheck.model.verdict import Decision, Ledger, Run, Verdict
from policycheck.registry import Registry

_REACHING: dict[str, tuple[Decision, ...]] = {"deny": ("deny",), "review": ("deny", "review"), "never": ()}
"""The decisions that reach --fail-on."""


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [check]


@click.command(
    cls=Sectioned,
    epilog="""\b
Examples:
  policycheck check Basic_LinkedInDataExport_11-20-2026.zip
  policycheck check queue.jsonl --policy conservative --profile us.yaml --format json
  policycheck check queue.csv export.zip contacts.csv
  policycheck check export.zip --worksheet people.csv
  policycheck check export.zip --facts people.csv --worksheet people.csv
  policycheck check - --policy ./acme.yaml --fail-on review < queue.jsonl

What each exit status means: policycheck --help
""",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=files)
@configurable(*JUDGING, "format", "fail-on", "show-text", "worksheet", *FILTERS)
@NO_WAIVERS
@audited
@click.pass_context
def check(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    policy: str,
    profile: str | None,
    facts: str | None,
    waivers: tuple[str, ...],
    no_waivers: bool,
    reader: str | None,
    as_of: date,
    format_: str,
    fail_on: str,
    show_text: bool,
    worksheet: str | None,
    audit: Auditing | None,
    **filters: Any,
) -> int:
    """Decide about every invitation, and say why.

    INPUT is a LinkedIn data export (the zip, the unzipped folder, or one of its CSV files), a queue of invitations as
    JSON Lines, JSON or CSV, message templates as YAML or Markdown, or `-` for standard input. It is recognised by its
    content, and the report names the reader that read it.

    With --stage, --open-only, --since, --decision or --rule the report shows a part. All is judged all the same: the report
    counts what it leaves out, and --fail-on counts that too.
    """
    session = Session(registry_of(ctx))
    settings = Settings(inputs, policy, profile, facts, reader, as_of, () if no_waivers else waivers)
    chosen = Chosen(Filters(**filters))
    try:
        reporter = _reporter(format_, session.registry)
        sheet = Worksheet(worksheet, facts) if worksheet else None
        wanted = _Wanted(reporter, show_text or reporter.shows_text, chosen, sheet, audit)
        ledger = _report(session, settings, wanted)
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
        return session.status
    session.conclude(ledger, inputs)
    reaching = _REACHING[fail_on]
    if unseen := sum(chosen.decisions[decision] for decision in reaching):
        session.say(f"{unseen:,} of what is left out of the report reached --fail-on {fail_on}")
    return max(session.status, 1 if any(getattr(ledger, decision) for decision in reaching) else 0)


def _reporter(name: str, registry: Registry) -> Reporter:
    if name not in registry.reporters:
        known = registry.reporters
        raise UsageError(
            f"no format is called `{name}`{did_you_mean(name, known) or '; known are ' + ', '.join(known)}"
        )
    return registry.reporters[name]


class _Wanted(Struct, frozen=True):
    """What comes of a run beside its status: a report of what is chosen, a worksheet, records in the log."""

    reporter: Reporter
    with_text: bool
    chosen: Chosen
    sheet: Worksheet | None
    audit: Auditing | None


def _report(session: Session, settings: Settings, wanted: _Wanted) -> Ledger:
    program = session.program(settings)
    require_rules(wanted.chosen.filters, program.policy)
    waivers = weighed(settings, program)
    run = run_of(program, session.registry, settings.as_of)
    outcomes = watched(session.outcomes(settings, program, waivers))
    with recording(wanted.audit, run, waivers) as log:
        ledger = _written(session, run, Tally(waivers), log, outcomes, wanted)
    sys.stdout.flush()
    if not wanted.reporter.shows_text:
        session.report_unsupplied()
    if wanted.sheet:
        for told in wanted.sheet.written(session.facts):
            session.say(told)
    report_waivers(ledger.waivers or (), session, settings, program)
    return ledger


def _written(
    session: Session, run: Run, tally: Tally, log: Recording, outcomes: Iterator[Judged], wanted: _Wanted
) -> Ledger:
    reporter, chosen = wanted.reporter, wanted.chosen
    answering = partial(_answering, reporter.name, session.registry.owners["reporters", reporter.name])
    with answering():
        writer = reporter.open(run, sys.stdout)
    for answered, outcome in log.passing(outcomes):
        tally.add(outcome)
        session.note(outcome)
        if answered is None or not isinstance(outcome, Verdict):
            continue
        if wanted.sheet is not None:
            wanted.sheet.add(answered, outcome)
        if chosen.shows(answered.case.invitation, outcome):
            with answering():
                writer.verdict(outcome if wanted.with_text else redacted(outcome))
    ledger = structs.replace(tally.ledger(), inputs=session.inputs, left_out=chosen.left_out or UNSET)
    log.end(ledger)
    with answering():
        writer.close(ledger)
    return ledger


@contextmanager
def _answering(name: str, owner: str) -> Iterator[None]:
    """Whatever a reporter's code raises is its plugin's failure; that the output cannot be written is not."""
    try:
        yield
    except (PolicycheckError, KeyboardInterrupt, OSError):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin that exits or recurses must not end the run
        raise PluginError(
            f"the format `{name}` of plugin `{owner}` broke ({place_of(error)}), so that the report is not whole; "
            "update the plugin, or choose another --format"
        ) from None
