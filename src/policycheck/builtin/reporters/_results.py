"""What a verdict gives to act on, one result a rule, with the state, the words and the identity that the formats for CI share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Literal

from msgspec import UNSET

from policycheck import Ledger, RuleOutcome, Unreadable, Verdict
from policycheck.builtin.reporters._words import REASON, amount, breakages, fact, hindsight, one_line, place, quote, who

State = Literal["denied", "review", "unknown", "broken"]
Said = tuple[str, str]
"""A label of our own words, and what somebody else wrote, on one line; the label is empty before the rule's reason."""

DEFAULT = "policycheck:default"
"""Where no rule says what has to be done; no policy can name a rule so."""
UNREADABLE = "policycheck:unreadable"
MOST_EVIDENCE = 20

_BY_DEFAULT = {
    "review": "No rule decides it: look at it yourself.",
    "deny": "No rule allows it.",
}


def results(verdict: Verdict) -> list[RuleOutcome]:
    """The rules that ask for something, the deciding ones first, waived ones among them; the stage's default where none does.

    Left out are allow rules that hold, what the policy lets pass, and what could not change the decision if it were known.
    """
    told = [rule for rule in verdict.rules if _asks(rule, verdict)]
    if verdict.decision == "allow" or _decisive(told, verdict):
        return told
    because = _BY_DEFAULT[verdict.decision]
    return [RuleOutcome(id=DEFAULT, effect=verdict.decision, outcome="holds", because=because), *told]


def _decisive(told: list[RuleOutcome], verdict: Verdict) -> list[RuleOutcome]:
    """Those of the results that make the verdict what it is. That an allow rule is unknown does so where nothing else does."""
    standing = [rule for rule in told if not rule.waived]
    if verdict.decision == "deny":
        return [rule for rule in standing if state(rule) == "denied"]
    return [rule for rule in standing if rule.effect != "allow"] or standing


def known(verdict: Verdict) -> bool:
    """Whether the baseline has all that makes the verdict what it is, so that it doesn't count towards the exit status."""
    if verdict.baseline is UNSET or verdict.decision == "allow" or broken(verdict):
        return False
    return all(is_known(rule, verdict) for rule in _decisive(results(verdict), verdict))


def is_known(rule: RuleOutcome, verdict: Verdict) -> bool:
    """Whether the baseline has one result."""
    return verdict.baseline is not UNSET and verdict.baseline.get(rule.id, "new") != "new"


def _asks(rule: RuleOutcome, verdict: Verdict) -> bool:
    if rule.waived or any(breakages(rule)):
        return True
    if rule.outcome == "unknown":
        missing = {path for finding in rule.findings for path in finding.missing}
        waits = verdict.decision == "review" and rule.effect != "allow"
        return waits or not missing.isdisjoint(verdict.missing)
    return rule.outcome == "error" or (rule.outcome == "holds" and rule.effect != "allow")


def state(rule: RuleOutcome) -> State:
    """What a result is: decided against, a person's to decide, not known, or not answered since a check broke."""
    if rule.outcome == "holds" and rule.effect != "allow":
        return "denied" if rule.effect == "deny" else "review"
    return "broken" if any(breakages(rule)) or rule.outcome == "error" else "unknown"


def broken(verdict: Verdict) -> bool:
    """Whether a check broke, so that not everything was answered."""
    return any(True for rule in verdict.rules for _ in breakages(rule))


def said(rule: RuleOutcome) -> Iterator[Said]:
    """A rule's reason, what it rests on, what is missing, what broke, and who answers for a waiver."""
    yield "", one_line(rule.because, REASON)
    pieces = [piece for finding in rule.findings for piece in finding.evidence]
    for piece in pieces[:MOST_EVIDENCE]:
        told = (place(piece), quote(piece), f"({one_line(piece.reason)})")
        yield "evidence", " ".join(part for part in told if part)
    if len(pieces) > MOST_EVIDENCE:
        yield "evidence", f"{len(pieces) - MOST_EVIDENCE} more"
    missing = dict.fromkeys(path for finding in rule.findings for path in finding.missing)
    if missing and rule.outcome != "holds":
        yield "not known", ", ".join(map(fact, missing))
    yield from (("broken", how) for how in breakages(rule))
    if rule.waived:
        yield "waived", waiver(rule)


def lacking(verdict: Verdict) -> str:
    """The facts, in words, without which the rules that ask for something are unknown."""
    unknown = (rule for rule in results(verdict) if state(rule) == "unknown" and not rule.waived)
    paths = (path for rule in unknown for finding in rule.findings for path in finding.missing)
    return ", ".join(map(fact, dict.fromkeys(paths)))


def waiver(rule: RuleOutcome) -> str:
    """Why a rule doesn't count, who answers for that, and until when; empty where it does count."""
    if not rule.waived:
        return ""
    waived = rule.waived
    told = (waived.reason, waived.owner, f"until {waived.expires}", waived.ticket)
    return "; ".join(one_line(part, REASON) for part in told if part)


def also(verdict: Verdict) -> Iterator[Said]:
    """What is said of a verdict as a whole: that it is known, that it is hindsight, and what would help."""
    if known(verdict):
        yield "known", "the baseline has it; it does not count"
    if hindsight(verdict):
        yield "accepted already", "nothing is left to act on"
    yield from (("advice", one_line(item.text, REASON)) for item in verdict.advice)


def sentence(pieces: Iterator[Said]) -> str:
    """What is said, as one line."""
    return " · ".join(f"{label}: {text}" if label else text for label, text in pieces)


def headline(verdict: Verdict) -> str:
    """The decision and whom it is about: "decline: q-17"; with the name where text may be shown."""
    name, own = who(verdict), one_line(verdict.id)
    return f"{one_line(verdict.action)}: {own}" if name == own else f"{one_line(verdict.action)}: {name} ({own})"


def unreadable(record: Unreadable) -> str:
    """What could not be read, and how to mend it."""
    what = f"{one_line(record.fact)} could not be read" if record.fact else "could not be read"
    return f"{what}: {one_line(record.why)}; {one_line(record.repair)}"


def by_rows(count: int) -> str:
    """That identity follows rows, and for how many records."""
    return f"{amount(count, 'record')} known by file and row, for want of an `id`: what is said follows the row"


def path_of(path: str) -> str:
    """A path as the services write it, without a leading "./" and without steps that lead nowhere."""
    return one_line(str(PurePosixPath(path)), REASON)


def counts(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """The ledger's counts by their names, those of what was not judged after them."""
    for name in ("read", "allow", "review", "deny", "unreadable", "errors", "waived"):
        yield name, getattr(ledger, name)
    if ledger.baseline is not UNSET:
        use = ledger.baseline
        yield from (("new", use.new), ("new and denied", use.denied), ("known", use.known), ("gone", use.gone))
    yield from ((f"not judged: {one_line(reason)}", count) for reason, count in ledger.not_judged.items())


class Fingerprints:
    """Which result is which from one run to the next: by the rule and the record's own id, wherever its row has moved.

    A record without an id is known by its file and row. Two results of one fingerprint are told apart by a number.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, rule: str, verdict: Verdict) -> str:
        """Of what a rule says of a verdict."""
        place_ = (verdict.origin.file,) if verdict.by_row is not UNSET else ()
        return self._numbered(rule, verdict.account, verdict.id, *place_)

    def of_unreadable(self, record: Unreadable) -> str:
        """Of what could not be read: by its place."""
        return self._numbered(UNREADABLE, record.origin.file, str(record.origin.line), record.fact)

    def _numbered(self, *parts: str | None) -> str:
        digest = sha256(json.dumps(parts).encode()).hexdigest()[:32]
        self._given[digest] += 1
        return f"{digest}:{self._given[digest]}"
