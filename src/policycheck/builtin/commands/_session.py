"""One run of the command line: what it reads, what it says on standard error, and the exit status it comes to."""

from __future__ import annotations

import os
import platform
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

import click
from msgspec import UNSET, Struct

from policycheck import __version__
from policycheck.builtin.commands._people_csv import is_table, load_people
from policycheck.engine.compile import Program, compile_policy
from policycheck.engine.evaluate import Judged, Outcome, cases, judged
from policycheck.engine.waive import NO_WAIVERS, Weighed
from policycheck.errors import InputError, PluginError, PolicycheckError, PolicyError, UsageError
from policycheck.model.case import Case
from policycheck.model.invitation import Unreadable
from policycheck.model.profile import Account, Profile
from policycheck.model.verdict import CheckFinding, InputRead, Ledger, Run, Verdict
from policycheck.policy.load import load_policy
from policycheck.policy.profile import load_profile
from policycheck.reading.accounts import read, require_reader
from policycheck.reading.facts import Facts, load_facts
from policycheck.reading.sharing import Input, members, peeked, tells
from policycheck.registry import Registry
from policycheck.text.visible import visible

MAX_MESSAGES = 100
"""How many messages of one kind are printed; the rest are counted."""


class Settings(Struct, frozen=True):
    """What the options said."""

    inputs: tuple[str, ...]
    policy: str
    profile: str | None
    facts: str | None
    reader: str | None
    as_of: date
    waivers: tuple[str, ...] = ()
    lock: str | None = None
    """The lock file to hold the run to."""


class Session:
    """Messages go to standard error; `status` is the highest that applied."""

    def __init__(self, registry: Registry, *, strict: bool = False) -> None:
        self.registry = registry
        self.strict = strict
        self.status = 0
        self.unsupplied: dict[str, set[str]] = {}
        """Lists of the profile that rules needed and nobody supplied, with the rules."""
        self.facts: Facts | None = None
        """What the user's file tells of people, once the first input is read."""
        self._readers: dict[str, str] = {}
        """Which reader read which input."""
        self._telling: set[str] = set()
        """The inputs that tell of us or of people we know."""
        self._said: dict[str, int] = {}
        for failure in registry.failures:
            self.fail(PluginError.status, str(failure))

    @property
    def inputs(self) -> tuple[InputRead, ...]:
        """Which reader read which input, in order."""
        return tuple(InputRead(path=path, reader=reader) for path, reader in self._readers.items())

    def fail(self, status: int, *messages: str, kind: str = "") -> None:
        """Say what went wrong, and remember the status."""
        self.status = max(self.status, status)
        for message in messages:
            self.say(message, kind)

    def say(self, message: str, kind: str = "") -> None:
        """Say something on standard error; of a kind not more than a hundred."""
        self._said[kind] = self._said.get(kind, 0) + 1
        if not kind or self._said[kind] <= MAX_MESSAGES:
            click.echo(f"policycheck: {visible(message)}", err=True)

    def warn(self, message: str, kind: str = "") -> None:
        """Say what works for now and should be mended; with --strict it is invalid."""
        if self.strict:
            self.fail(PolicyError.status, f"{message} (--strict)", kind=kind)
        else:
            self.say(message, kind)

    def program(self, settings: Settings) -> Program:
        """The policy, compiled, for settings that make sense. Raises PolicyError and UsageError."""
        _once(settings.inputs)
        _once(settings.waivers, "file")
        if settings.reader is not None:
            require_reader(settings.reader, self.registry.readers)
        policy = load_policy(settings.policy, self.registry)
        for message in policy.deprecated:
            self.warn(message, kind="what is deprecated")
        return compile_policy(policy)

    def outcomes(self, settings: Settings, program: Program, waivers: Weighed = NO_WAIVERS) -> Iterator[Judged]:
        """What comes out for every record of every input, as `judged`; an input that cannot be read hides no other."""
        for accounts in self._inputs(settings, program):
            try:
                yield from judged(accounts, program, as_of=settings.as_of, waivers=waivers)
            except PolicycheckError as error:
                self._failed(error)

    def cases(self, settings: Settings, program: Program) -> Iterator[tuple[str | None, Case]]:
        """Every invitation as a case, with its account; what could not be read is said."""
        for accounts in self._inputs(settings, program):
            for account in accounts:
                if isinstance(account, Unreadable):
                    self.note(account)
                    continue
                for record in cases(account, program, settings.as_of):
                    if isinstance(record, Case):
                        yield account.id, record
                    else:
                        self.note(record)

    def _failed(self, error: PolicycheckError) -> None:
        self.fail(error.status, *error.messages)

    def _inputs(self, settings: Settings, program: Program) -> Iterator[Iterator[Account | Unreadable]]:
        """The accounts of each input, which stream; or those of all together, where one tells something that others need."""
        profile = load_profile(settings.profile) if settings.profile else None
        self.facts = facts = _facts(settings.facts) if settings.facts else None
        inputs = [Input(path, partial(self._read, settings, profile, facts, path)) for path in settings.inputs]
        together = len(inputs) > 1 and program.looks_across
        if len(inputs) > 1 and not together:
            found = [peeked(one, profile) for one in inputs]
            together, inputs = any(told for told, _ in found), [one for _, one in found]
        if together:
            yield members(inputs, profile, as_of=settings.as_of, failed=self._failed, said=self.say)
        else:
            yield from (one.start() for one in inputs)
        if facts is not None and facts.unused():
            unused = f"{facts.unused()} of {len(facts)} people are in no invitation"
            self.say(f"{visible(settings.facts or '')}: {unused}; check their `profile_url`")

    def _read(
        self, settings: Settings, profile: Profile | None, facts: Facts | None, path: str
    ) -> Iterator[Account | Unreadable]:
        """The accounts of one input; remembers who read it, and whether it tells anything."""
        chosen = self._readers.__setitem__
        for item in read(
            path, registry=self.registry, profile=profile, facts=facts, reader=settings.reader, chosen=chosen
        ):
            if isinstance(item, Account) and tells(item, profile):
                self._telling.add(path)
            yield item

    def note(self, outcome: Outcome) -> None:
        """Say what is wrong with one outcome, if anything is."""
        match outcome:
            case Unreadable():
                self.fail(
                    InputError.status,
                    f"{visible(str(outcome.origin))}: {outcome.why}; {outcome.repair}",
                    kind="unreadable",
                )
            case Verdict():
                for rule in outcome.rules:
                    for finding in rule.findings:
                        self._note(finding, rule.id, outcome)

    def _note(self, finding: CheckFinding, rule: str, verdict: Verdict) -> None:
        if finding.error is not UNSET:
            place = visible(str(verdict.origin))
            owner = self.registry.owners.get(("checks", finding.check), "")
            self.fail(
                PluginError.status,
                f"{place}: check `{finding.check}` of plugin `{owner}` broke ({finding.error}); "
                f"mend it, or leave it out with `-p no:{owner}`",
                kind="broken checks",
            )
        for fact in finding.missing:
            if fact.startswith("profile."):
                self.unsupplied.setdefault(fact.removeprefix("profile."), set()).add(rule)

    def report_unsupplied(self) -> None:
        """Name, once a run, the lists of the profile that rules needed and nobody supplied."""
        for name, rules in sorted(self.unsupplied.items()):
            which = ", ".join(f"`{rule}`" for rule in sorted(rules))
            self.warn(f"nobody supplied `{name}`, which {which} needs; give it with --profile")

    def report_rest(self) -> None:
        """Count, once a run, the messages that were not printed since there are so many of their kind."""
        for kind, count in sorted(self._said.items()):
            if kind and count > MAX_MESSAGES:
                self.say(f"{count - MAX_MESSAGES:,} more messages about {kind}")

    def conclude(self, ledger: Ledger, inputs: tuple[str, ...]) -> None:
        """Say what concerns the run as a whole."""
        self.report_rest()
        if not ledger.adds_up():
            self.fail(PluginError.status, "the ledger does not add up: something was lost; report this")
        if ledger.read == 0 and self.status == 0:  # else it was said already what is wrong
            names = ", ".join(map(visible, inputs))
            why = "no invitation was found; check that this is the right file"
            if self._telling.issuperset(inputs):
                why = "only tells whom you know; add what is to be judged: a queue, or a LinkedIn export"
            self.fail(InputError.status, f"{names}: {why}")


def _facts(path: str) -> Facts:
    """The facts file. Raises PolicyError also where it is not there: it is no input, nothing in it is to be judged."""
    try:
        return load_people(path) if is_table(path) else load_facts(path)
    except InputError as error:
        raise PolicyError(*error.messages) from None


def _once(paths: tuple[str, ...], what: str = "input") -> None:
    """Raises UsageError where a path is named twice: what is in it would be judged, or counted, twice."""
    for path, count in Counter(os.path.realpath(path) if path != "-" else path for path in paths).items():
        if count > 1:
            raise UsageError(f"{visible(path)}: named {count} times; name each {what} once")


def run_of(program: Program, registry: Registry, as_of: date) -> Run:
    """What every verdict of this run shares."""
    return Run(
        policycheck=__version__,
        python=platform.python_version(),
        unicode=unicodedata.unidata_version,
        as_of=as_of.isoformat(),
        policy=program.policy.identity,
        plugins=registry.identities(),
    )
