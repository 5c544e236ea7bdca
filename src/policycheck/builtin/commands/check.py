"""``policycheck check``: decide about every invitation of the inputs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
from msgspec import UNSET, Struct, structs

from policycheck.builtin.commands._audit_options import Auditing, audited, recording
from policycheck.builtin.commands._baseline import Baseline
from policycheck.builtin.commands._completing import files
from policycheck.builtin.commands._filters import Chosen, Filters, require_rules
from policycheck.builtin.commands._help import Sectioned
from policycheck.builtin.commands._lock import require_locked
from policycheck.builtin.commands._options import FILTERS, JUDGING, NO_BASELINE, NO_WAIVERS, configurable
from policycheck.builtin.commands._progress import watched
from policycheck.builtin.commands._reports import Report, is_same, reports_of, writing
from policycheck.builtin.commands._session import Session, Settings, run_of
from policycheck.builtin.commands._waivers import report_waivers, weighed
from policycheck.builtin.commands._worksheet import Worksheet
from policycheck.context import registry_of
from policycheck.engine.evaluate import Tally
from policycheck.errors import PolicycheckError, UsageError
from policycheck.hookspecs import hookimpl
from policycheck.model.verdict import Decision, Ledger, Verdict
from policycheck.text.visible import visible

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
  policycheck check queue.jsonl --baseline known.jsonl --locked --strict

What each exit status means: policycheck --help
""",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=files)
@configurable(*JUDGING, "format", "locked", "lock", "fail-on", "baseline", "strict", "show-text", "worksheet", *FILTERS)
@click.option(
    "--report",
    "also",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report to a file as well, in the same pass. May stand more than once.",
)
@NO_WAIVERS
@NO_BASELINE
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
    also: tuple[str, ...],
    locked: bool,
    lock: str,
    fail_on: str,
    baseline: str | None,
    no_baseline: bool,
    strict: bool,
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

    With --baseline, what the earlier report has already is listed as known and doesn't count.
    """
    session = Session(registry_of(ctx), strict=strict)
    applied = () if no_waivers else waivers
    baseline = None if no_baseline else baseline
    settings = Settings(inputs, policy, profile, facts, reader, as_of, applied, lock if locked else None)
    try:
        outputs = _other_outputs(worksheet, audit)
        others = [*outputs, *filter(None, (baseline, lock))]
        wanted = _Wanted(
            reports=reports_of(format_, also, settings, session.registry, show_text=show_text, others=others),
            chosen=Chosen(Filters(**filters)),
            sheet=Worksheet(worksheet, facts) if worksheet else None,
            audit=audit,
            baseline=Baseline(baseline) if baseline else None,
        )
        ledger = _report(session, settings, wanted)
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
        return session.status
    session.conclude(ledger, inputs)
    return max(session.status, 1 if _reached(fail_on, ledger, wanted, session) else 0)


class _Wanted(Struct, frozen=True, kw_only=True):
    """What comes of a run beside its status: reports of what is chosen, a worksheet, records in the log."""

    reports: tuple[Report, ...]
    chosen: Chosen
    sheet: Worksheet | None
    audit: Auditing | None
    baseline: Baseline | None


def _reached(fail_on: str, ledger: Ledger, wanted: _Wanted, session: Session) -> int:
    """How many verdicts reach --fail-on, but for those that the baseline has; says how many of them no report shows."""
    reaching = _REACHING[fail_on]
    if unseen := sum(wanted.chosen.decisions[decision] for decision in reaching):
        session.say(f"{unseen:,} of what is left out of the report reached --fail-on {fail_on}")
    known = wanted.baseline.known if wanted.baseline else {}
    return sum(getattr(ledger, decision) - known.get(decision, 0) for decision in reaching)


def _other_outputs(worksheet: str | None, audit: Auditing | None) -> list[str]:
    """The files that a run writes beside its reports. Raises UsageError where the worksheet is one of the log's."""
    logs = audit.files() if audit else []
    if worksheet is None:
        return logs
    if any(is_same(worksheet, log) for log in logs):
        raise UsageError(
            f"--worksheet {visible(worksheet)}: is the verdict log, or a file of its own; name another file"
        )
    return [*logs, worksheet]


def _report(session: Session, settings: Settings, wanted: _Wanted) -> Ledger:
    program = session.program(settings)
    if settings.lock is not None:
        require_locked(settings.lock, program.policy, session.registry)
    require_rules(wanted.chosen.filters, program.policy)
    waivers = weighed(settings, program)
    run = run_of(program, session.registry, settings.as_of)
    tally = Tally(waivers)
    with recording(wanted.audit, run, waivers) as log, writing(wanted.reports, run) as written:
        for answered, outcome in log.passing(watched(session.outcomes(settings, program, waivers))):
            tally.add(outcome)
            session.note(outcome)
            if answered is None or not isinstance(outcome, Verdict):
                written.add(outcome)
                continue
            if wanted.sheet is not None:
                wanted.sheet.add(answered, outcome)
            if wanted.baseline is not None:
                outcome = wanted.baseline.marked(outcome)
            if wanted.chosen.shows(answered.case.invitation, outcome):
                written.add(outcome)
        left_out = wanted.chosen.left_out or UNSET
        use = wanted.baseline.use if wanted.baseline else UNSET
        ledger = structs.replace(tally.ledger(), inputs=session.inputs, left_out=left_out, baseline=use)
        log.end(ledger)
        written.close(ledger)
    if session.strict or not wanted.reports[0].reporter.shows_text:
        session.report_unsupplied()
    if wanted.sheet:
        for told in wanted.sheet.written(session.facts):
            session.say(told)
    report_waivers(ledger.waivers or (), session, settings, program)
    return ledger
