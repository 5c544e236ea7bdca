"""``policycheck test``: hold a policy against cases that say what it must decide."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

import click

from policycheck.authoring.files import Found, find, require_once
from policycheck.authoring.run import Ran, Refused, run_suite
from policycheck.authoring.suite import suite_from
from policycheck.builtin.commands._completing import files
from policycheck.builtin.commands._session import Session
from policycheck.builtin.commands._test_json import report_json
from policycheck.builtin.commands._test_junit import report_junit
from policycheck.builtin.commands._test_text import report_text
from policycheck.context import registry_of
from policycheck.errors import InputError, PolicyError, UsageError
from policycheck.hookspecs import hookimpl
from policycheck.text.visible import visible

NAMED = 3
"""How many of the files that are passed over are named; the others are counted."""

_REPORTS: dict[str, Callable[[Sequence[Ran | Refused], TextIO], None]] = {
    "text": report_text,
    "json": report_json,
    "junit": report_junit,
}


@hookimpl
def policycheck_commands() -> Iterable[click.Command]:
    return [test]


@click.command(
    epilog="""\b
Examples:
  policycheck test acme-tests.yaml
  policycheck test policies --format junit > tests.xml

What each exit status means: policycheck --help
"""
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_REPORTS)),
    default="text",
    show_default=True,
    help="How to report what came of the cases.",
)
@click.pass_context
def test(ctx: click.Context, paths: tuple[str, ...], format_: str) -> int:
    """Hold a policy against cases that say what it must decide.

    PATH is a file of tests, or a folder, of which every YAML file with the key `policycheck-tests` is run. Such a file names its
    policy and the day, and gives for each case an invitation, the decision, and exactly the rules that must hold.

    It fails where a case comes out otherwise, and where a policy without a rule would pass every case of a file.
    """
    session = Session(registry_of(ctx))
    found = [find(path) for path in paths]
    tests = [one for each in found for one in each.files]
    try:
        require_once(path for path, _ in tests)
    except UsageError as error:
        session.fail(error.status, *error.messages)
        return session.status
    _say(session, found)
    ran = [_ran(session, *one) for one in tests]
    _require_cases(session, ran)
    if not any(each.files or each.unreadable for each in found):
        names = ", ".join(map(visible, paths))
        why = "no file of tests was found; such a file has the key `policycheck-tests`"
        session.fail(InputError.status, f"{names}: {why}")
    session.report_rest()
    _REPORTS[format_](ran, sys.stdout)
    failed = any(isinstance(one, Ran) and not one.passed for one in ran)
    return max(session.status, int(failed))


def _say(session: Session, found: Iterable[Found]) -> None:
    """What could not be read, and what was passed over."""
    for each in found:
        if each.unreadable:
            session.fail(InputError.status, *each.unreadable, kind="files that cannot be read")
        if each.passed_over:
            named = ", ".join(map(visible, each.passed_over[:NAMED]))
            more = f" and {len(each.passed_over) - NAMED:,} more" if len(each.passed_over) > NAMED else ""
            session.say(f"passed over, since they hold no tests: {named}{more}")


def _ran(session: Session, path: str, data: bytes) -> Ran | Refused:
    """What came of a file; one that is invalid hides no other."""
    try:
        ran = run_suite(suite_from(data, path, session.registry))
    except PolicyError as error:
        session.fail(error.status, *error.messages)
        return Refused(visible(path), error.messages)
    for result in ran.results:
        session.note(result.verdict)
    return ran


def _require_cases(session: Session, ran: Iterable[Ran | Refused]) -> None:
    """A file without a case has shown nothing."""
    for one in ran:
        if isinstance(one, Ran) and not one.results:
            session.fail(InputError.status, f"{one.suite.origin}: holds no case; add one under `cases`")
