"""A run in which every state occurs that a report has to tell, with every text of it given."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from msgspec import UNSET, Struct, structs

from policycheck import Ledger, Run, Unreadable, Verdict, Waived
from policycheck.builtin.reporters._results import results
from policycheck.engine.evaluate import redacted
from policycheck.model.finding import Evidence
from policycheck.model.invitation import Origin
from policycheck.model.plugin import ThoroughWriter
from policycheck.model.verdict import Advice, BaselineState, BaselineUse, PolicyIdentity, RuleOutcome, Subject
from reports import RUN, Open, finding, ledger, rule, verdict

TEXTS = 64
"""As many as a story needs, and some to spare."""


class Story(Struct, frozen=True):
    """A run, what came out of it in order, and its ledger."""

    run: Run
    outcomes: tuple[Verdict | Unreadable, ...]
    ledger: Ledger

    def without_text(self) -> Story:
        """As formats for machines get it."""
        bare = tuple(redacted(one) if isinstance(one, Verdict) else one for one in self.outcomes)
        return structs.replace(self, outcomes=bare)

    def against_a_baseline(self) -> Story:
        """With every first verdict known, every second new; all in a folder."""
        outcomes = tuple(
            _marked(one, number) if isinstance(one, Verdict) else one for number, one in enumerate(self.outcomes)
        )
        counted = structs.replace(self.ledger, baseline=BaselineUse(new=2, denied=1, known=2, gone=3))
        return structs.replace(self, outcomes=outcomes, ledger=counted)


def _marked(verdict: Verdict, number: int) -> Verdict:
    marks: tuple[BaselineState, ...] = ("unchanged", "new", "updated", "new")
    origin = structs.replace(verdict.origin, folder=verdict.id)  # another text that a stranger may have chosen
    return structs.replace(verdict, origin=origin, baseline={rule.id: marks[number % 4] for rule in results(verdict)})


def waived(reason: str = "A partner of ours.", owner: str = "ana", expires: str = "2026-12-31") -> Waived:
    """A waiver as a verdict shows it."""
    return Waived(reason=reason, owner=owner, expires=expires, ticket="T-1", where="waivers.yaml:3:3")


def told(open_: Open, story: Story) -> str:
    """What a reporter writes about a story."""
    stream = io.StringIO()
    writer = open_(story.run, stream)
    for outcome in story.outcomes:
        if isinstance(outcome, Verdict):
            writer.verdict(outcome)
        elif isinstance(writer, ThoroughWriter):
            writer.could_not_read(outcome)
    writer.close(story.ledger)
    return stream.getvalue()


PLAIN = [f"text {number}" for number in range(TEXTS)]


def story(texts: Iterable[str] = PLAIN) -> Story:
    """One verdict of each state, two that were not to be read, and counts of what was not judged."""
    texts = iter(texts)
    verdicts = [
        _verdict(texts, "deny", _rule(texts, "deny", "holds")),
        _verdict(texts, "review", _rule(texts, "review", "holds"), by_row=True),
        _verdict(texts, "review", _rule(texts, "deny", "unknown")),
        _verdict(texts, "review", _rule(texts, "allow", "error", error=next(texts))),
        structs.replace(_verdict(texts, "allow", _waived(texts)), waived=(next(texts),)),
    ]
    unread = (
        Unreadable(Origin(next(texts), 7), next(texts), next(texts)),
        Unreadable(Origin(next(texts), None), next(texts), next(texts), fact=next(texts)),
    )
    policy = PolicyIdentity(id=next(texts), version=next(texts), digest=next(texts))
    counted = ledger(verdicts, unreadable=1, errors=1, waived=1, not_judged={next(texts): 2, next(texts): 1})
    return Story(structs.replace(RUN, policy=policy), (*verdicts, *unread), counted)


def _verdict(texts: Iterator[str], decision: str, *rules: RuleOutcome, by_row: bool = False) -> Verdict:
    return verdict(
        decision,  # type: ignore[arg-type]  # one of the three, above
        *rules,
        id=next(texts),
        origin=Origin(next(texts), 3),
        person=Subject(name=next(texts), company="Hall & Sons"),
        missing=tuple(path for one in rules for found in one.findings for path in found.missing),
        advice=() if decision == "allow" else (Advice(check="offers-context", text=next(texts)),),
        by_row=True if by_row else UNSET,
    )


def _rule(texts: Iterator[str], effect: str, outcome: str, error: str = "") -> RuleOutcome:
    evidence = [Evidence(field="note", start=0, end=4, reason=next(texts), quote=next(texts))] * (outcome == "holds")
    more = {"error": error} if error else {}
    missing = () if outcome == "holds" else (next(texts),)
    found = finding(next(texts), *evidence, holds=True if outcome == "holds" else None, missing=missing, **more)
    return rule(next(texts), effect, found, outcome=outcome, because=next(texts))  # type: ignore[arg-type]  # as above


def _waived(texts: Iterator[str]) -> RuleOutcome:
    return structs.replace(_rule(texts, "deny", "holds"), waived=waived(next(texts), next(texts), next(texts)))
