"""The format ``markdown``: for a step summary, a comment or a file; at most 1 MiB, which is what GitHub takes as a step summary.

Whatever is not our own word stands in a code span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TextIO

from msgspec import UNSET

from policycheck import ACTIONS, Ledger, Reporter, RuleOutcome, Run, Unreadable, Verdict, Writer, hookimpl
from policycheck.builtin.reporters._code_spans import code
from policycheck.builtin.reporters._results import also, broken, by_rows, known, results, said, state, unreadable
from policycheck.builtin.reporters._words import REASON, amount, breakages, one_line, who

LIMIT = 1_048_576
"""Bytes of UTF-8."""
_ROOM_FOR_COUNTS = 65_536
MOST_NAMES = 50
"""Reasons and breakages listed; the rest are counted."""

Section = Literal["unreadable", "deny", "review", "known", "waived"]
_SECTIONS: dict[Section, tuple[str, str]] = {
    "unreadable": ("Could not be read", "record"),
    "deny": ("Decided against", "record"),
    "review": ("To look at", "record"),
    "known": ("Known: in the baseline", "record"),
    "waived": ("Allowed, with a rule waived", "record"),
}
_DECISIONS: tuple[Literal["allow", "review", "deny"], ...] = ("allow", "review", "deny")


@hookimpl
def policycheck_reporters() -> Iterable[Reporter]:
    return [Reporter(name="markdown", summary="Markdown, for a step summary or a comment.", open=open_markdown)]


def open_markdown(run: Run, stream: TextIO) -> Writer:
    """Counts first, then what to act on, worst first; written at the end, since the counts come last."""
    return _Markdown(run, stream)


class _Markdown:
    def __init__(self, run: Run, stream: TextIO) -> None:
        self._run, self._stream = run, stream
        self._sections = {name: _Entries() for name in _SECTIONS}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._broken: Counter[str] = Counter()
        self._rows = 0

    def verdict(self, verdict: Verdict) -> None:
        self._rows += verdict.by_row is not UNSET
        self._counts[verdict.stage, verdict.decision] += 1
        for rule in verdict.rules:
            self._broken.update(breakages(rule))
        section = _section(verdict)
        if section:
            self._sections[section].add("\n".join(_entry(verdict)) + "\n")

    def could_not_read(self, record: Unreadable) -> None:
        where = code(one_line(str(record.origin), REASON))
        self._sections["unreadable"].add(f"- {where} {code(unreadable(record))}\n")

    def close(self, ledger: Ledger) -> None:
        head = "\n".join(self._head(ledger)) + "\n"
        room = LIMIT - _ROOM_FOR_COUNTS
        parts = [head]
        for name, entries in self._sections.items():
            part, room = entries.within(room, *_SECTIONS[name])
            parts.append(part)
        self._stream.write("".join(parts))
        self._stream.flush()

    def _head(self, ledger: Ledger) -> Iterator[str]:
        policy = self._run.policy
        title = code(f"{one_line(policy.id)} {one_line(policy.version)}")
        yield f"## policycheck: {title}"
        yield from ("", f"{amount(ledger.read, 'record')} read, as of {code(one_line(self._run.as_of))}.", "")
        yield from _table(self._counts)
        if ledger.unreadable:
            yield f"- **{amount(ledger.unreadable, 'record')} could not be read**: not everything was judged."
        if ledger.errors:
            told = f"**In {amount(ledger.errors, 'verdict')} a check broke**"
            yield f"- {told}: {_ranked(self._broken)}."
        if ledger.waived:
            yield f"- In {amount(ledger.waived, 'verdict')} a waiver lifts a rule."
        if ledger.baseline is not UNSET:
            use = ledger.baseline
            new = f"**{use.new:,} new** ({use.denied:,} decided against)"
            yield f"- {new}, {use.known:,} known, {use.gone:,} of the baseline gone."
        if ledger.not_judged:
            yield f"- Not judged: {_ranked(ledger.not_judged)}."
        if self._rows:
            yield f"- {by_rows(self._rows)}."


class _Entries:
    """What a section lists, as far as one report has room for it, and a count of the rest."""

    def __init__(self) -> None:
        self._entries: list[str] = []
        self._bytes = self._count = 0

    def add(self, entry: str) -> None:
        """Keep an entry; once one has no room, none that follows is kept."""
        self._count += 1
        self._bytes += len(entry.encode())
        if self._bytes <= LIMIT:
            self._entries.append(entry)

    def within(self, room: int, title: str, noun: str) -> tuple[str, int]:
        """The section in at most so many bytes, and the room that is left."""
        kept = []
        for entry in self._entries:
            room -= len(entry.encode())
            if room < 0:
                break
            kept.append(entry)
        more = self._count - len(kept)
        rest = f"\n{amount(more, noun)} more, for which there is no room here.\n" if more else ""
        return (f"\n### {title}\n\n{''.join(kept)}{rest}" if self._count else ""), max(room, 0)


def _table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    stages = [stage for stage in ACTIONS if any((stage, decision) in counts for decision in _DECISIONS)]
    if stages:
        yield from ("| stage | allow | review | deny |", "|---|--:|--:|--:|")
        for stage in stages:
            cells = [f"{counts[stage, decision]:,} {ACTIONS[stage][decision]}" for decision in _DECISIONS]
            yield f"| {stage} | {' | '.join(cells)} |"
        yield ""


def _ranked(counts: dict[str, int]) -> str:
    names = sorted(counts, key=lambda name: (-counts[name], name))
    told = [f"{counts[name]:,} {code(one_line(name))}" for name in names[:MOST_NAMES]]
    more = [f"{len(names) - MOST_NAMES:,} more reasons"] if len(names) > MOST_NAMES else []
    return ", ".join([*told, *more])


def _section(verdict: Verdict) -> Section | None:
    if verdict.decision != "allow":
        return "known" if known(verdict) else verdict.decision
    return "waived" if verdict.waived else "review" if broken(verdict) else None


def _entry(verdict: Verdict) -> Iterator[str]:
    name, own = who(verdict), one_line(verdict.id)
    called = code(own) if name == own else f"{code(name)} {code(own)}"
    where = code(one_line(str(verdict.origin), REASON))
    yield f"- {verdict.stage}: {code(one_line(verdict.action))} {called} at {where}"
    for rule in results(verdict):
        yield from _rule(rule)
    yield from (f"  - {label}: {code(text)}" for label, text in also(verdict))


def _rule(rule: RuleOutcome) -> Iterator[str]:
    (_, because), *rest = said(rule)
    how = "waived" if rule.waived else state(rule)
    yield f"  - {code(one_line(rule.id))} ({how}): {code(because)}"
    yield from (f"    - {label}: {code(text)}" for label, text in rest)
