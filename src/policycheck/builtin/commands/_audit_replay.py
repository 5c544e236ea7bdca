"""``policycheck audit replay``: decide every invitation of a logged run again, and name the cause of each difference."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import click

from policycheck.audit.verify import verify
from policycheck.builtin.commands._audit_replaying import CAUSES, Difference, Replay
from policycheck.builtin.commands._audit_runs import LoggedRun, logged_run
from policycheck.builtin.commands._options import day
from policycheck.builtin.commands._session import Session, Settings, run_of
from policycheck.builtin.commands._waivers import weighed
from policycheck.context import registry_of
from policycheck.engine.evaluate import Tally
from policycheck.errors import AuditError, PolicycheckError, UsageError
from policycheck.model.verdict import Run
from policycheck.text.visible import visible


@click.command(
    epilog="""\b
Exit status: 0 where every verdict is the same, 1 where some differ and each difference has its
cause, 6 where one has none: same policy, waivers, plugins, day and input, and another verdict.

Example: policycheck audit replay verdicts.jsonl queue.jsonl --profile us.yaml
"""
)
@click.argument("log", metavar="LOG", type=click.Path(path_type=Path))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--run", "run_id", metavar="RUN", help="The run, by the beginning of its name; else the last.")
@click.option("--policy", metavar="NAME|FILE", help="Instead of the shipped one of the name that the log has.")
@click.option("--profile", metavar="FILE", help="As the run had it.")
@click.option("--facts", metavar="FILE", help="As the run had it.")
@click.option("--waivers", metavar="FILE", multiple=True, help="As the run had them.")
@click.option("--reader", metavar="NAME", help="As the run had it.")
@click.option(
    "--as-of",
    callback=day,
    metavar="DATE",
    help="Instead of the day that the log has.",
)
@click.pass_context
def replay(
    ctx: click.Context,
    log: Path,
    inputs: tuple[str, ...],
    run_id: str | None,
    policy: str | None,
    profile: str | None,
    facts: str | None,
    waivers: tuple[str, ...],
    reader: str | None,
    as_of: date | None,
) -> int:
    """Decide a logged run again, and say what differs.

    Every invitation goes the same way as in `check`; of each verdict that differs the cause is named.
    """
    session = Session(registry_of(ctx))
    try:
        verify(log)
        logged = logged_run(log, run_id)
        recorded = logged.run
        chosen = as_of or date.fromisoformat(recorded.as_of)
        if policy is None and recorded.policy.id not in session.registry.policies:
            raise UsageError(
                f"{visible(recorded.policy.id)}: no policy of that id is installed; give its file with --policy"
            )
        settings = Settings(inputs, policy or recorded.policy.id, profile, facts, reader, chosen, waivers)
        return max(_replayed(session, settings, logged, log), session.status)
    except PolicycheckError as error:
        session.fail(error.status, *error.messages)
        return session.status


def _replayed(session: Session, settings: Settings, logged: LoggedRun, log: Path) -> int:
    program = session.program(settings)
    now = run_of(program, session.registry, settings.as_of)
    changed = _changed(logged.run, now)
    replaying = Replay(logged, log, frozenset(changed), looks_across=program.looks_across)
    waivers = weighed(settings, program)
    replaying.compare_waivers(waivers)
    tally = Tally(waivers)
    for judged in session.outcomes(settings, program, waivers):
        tally.add(judged[1])
        session.note(judged[1])
        replaying.see(judged)
    session.conclude(tally.ledger(), settings.inputs)
    differences = replaying.differences()
    click.echo("\n".join(map(visible, _told(logged, changed, differences))))
    if any(not difference.causes for difference in differences):
        return AuditError.status
    return 1 if differences else 0


def _changed(then: Run, now: Run) -> dict[str, str]:
    """What concerns the whole run and is not as it was, by cause."""
    found = {
        "policy": (then.policy.digest, now.policy.digest),
        "day": (then.as_of, now.as_of),
        "engine": tuple(f"{run.policycheck}, Python {run.python}, Unicode {run.unicode}" for run in (then, now)),
        "plugins": tuple(
            ", ".join(f"{one.name} ({one.distribution} {one.version})" for one in run.plugins) for run in (then, now)
        ),
    }
    return {cause: f"{old} then, {new} now" for cause, (old, new) in found.items() if old != new}


def _told(logged: LoggedRun, changed: dict[str, str], differences: list[Difference]) -> list[str]:
    run = logged.run
    lines = [f"run {logged.id} as of {run.as_of}, {run.policy.id} {run.policy.version}, {logged.count} verdicts"]
    lines += [] if logged.ended else ["the run was stopped before its end: not all of it is in the log"]
    lines += [f"{cause} changed: {how}" for cause, how in changed.items()]
    for one in differences:
        cause = ", ".join(one.causes) or "NONE of what can change a verdict: report this"
        lines.append(f"{one.id}: {one.what}; cause: {cause}")
    counts = Counter(cause for one in differences for cause in one.causes or ("none",))
    by = ", ".join(f"{counts[cause]} by {cause}" for cause in (*CAUSES, "none") if counts[cause])
    return [*lines, f"{len(differences)} differ: {by}" if differences else "every verdict is the same"]
