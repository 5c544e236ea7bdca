"""What explains the counts, in a line or two each: the rules that decided, what is missing, what is hindsight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import UNSET

from policycheck import ACTIONS, Ledger
from policycheck.builtin.reporters._lines import STYLES, Line, Page, Span, flow, label, words
from policycheck.builtin.reporters._results import by_rows
from policycheck.builtin.reporters._text_summary import Summary
from policycheck.builtin.reporters._words import amount, fact, one_line

GUTTER = 12
"""Cells of the column of labels."""
BETWEEN = " · "
MOST = 4
"""Names in a ranking."""
_IDLE = {"unused": "unused", "expired": "expired", "too-long": "too long"}


def rankings(summary: Summary, ledger: Ledger, on: Page) -> list[Line]:
    """The rules that decided most, the facts and lists that are missing, and what needs no decision."""
    told = [
        ("baseline", _baseline(summary, ledger), " "),
        ("decided by", _deciding(summary), BETWEEN),
        ("undecided", _lacking(summary), " "),
        ("profile", _profile(summary), " "),
        ("let pass", _let_pass(summary), " "),
        ("hindsight", _hindsight(summary), " "),
        ("waived", _waived(ledger), " "),
        ("not judged", [Span(f"{count:,} {one_line(name)}") for name, count in _ranked(ledger.not_judged)], BETWEEN),
        ("left out", _left_out(ledger), BETWEEN),
        ("read as", _readers(ledger), BETWEEN),
    ]
    shown = [(label(name, GUTTER), pieces, between) for name, pieces, between in told if pieces]
    return [line for start, pieces, between in shown for line in flow((start,), pieces, on, between=between)]


def _baseline(summary: Summary, ledger: Ledger) -> list[Span]:
    """What is new, what an earlier report has already, what of that is gone, and what can't be followed."""
    if ledger.baseline is UNSET:
        return []
    use = ledger.baseline
    gone = f"; {use.gone:,} of the baseline gone" if use.gone else ""
    rows = f"; {by_rows(summary.rows)}" if summary.rows else ""
    new = Span(f"{use.new:,} new ({use.denied:,} decided against),", "deny" if use.denied else "")
    return [new, *words(f"{use.known:,} known{gone}{rows}")]


def _left_out(ledger: Ledger) -> list[Span]:
    """What was judged and is not shown, by the filter that leaves it out."""
    left_out = {} if ledger.left_out is UNSET else ledger.left_out
    return [
        Span(f"{count:,} by --{one_line(name)}", "review" if count else "faint") for name, count in left_out.items()
    ]


def _waived(ledger: Ledger) -> list[Span]:
    """How often a rule is lifted, and how many waivers do nothing."""
    states: Counter[str] = Counter(use.state for use in ledger.waivers or ())
    lifting = [f"in {amount(ledger.waived, 'verdict')} a waiver lifts a rule"] if ledger.waived else []
    idle = ", ".join(f"{states[state]:,} {word}" for state, word in _IDLE.items() if states[state])
    return words("; ".join([*lifting, *([f"waivers without effect: {idle}"] if idle else [])]))


def _readers(ledger: Ledger) -> list[Span]:
    """Who read what, so that a wrong guess shows."""
    inputs = () if ledger.inputs is UNSET else ledger.inputs
    more = [Span(amount(len(inputs) - MOST, "more input"), "faint")] if len(inputs) > MOST else []
    return [Span(f"{one_line(read.reader)} {one_line(read.path)}", "faint") for read in inputs[:MOST]] + more


def most(counter: Counter[str]) -> list[tuple[str, int]]:
    """The names that count most, ties by name."""
    return _ranked(counter)[:MOST]


def _ranked(counter: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _deciding(summary: Summary) -> list[Span]:
    ranked = sorted(summary.decided.items(), key=lambda item: (-item[1], item[0]))
    more = [Span(amount(len(ranked) - MOST, "more rule"), "faint")] if len(ranked) > MOST else []
    return [Span(f"{count:,} {rule}", STYLES[decision]) for (rule, decision), count in ranked[:MOST]] + more


def _lacking(summary: Summary) -> list[Span]:
    if not summary.undecided:
        return []
    facts = Counter({path: count for path, count in summary.missing.items() if not path.startswith("profile.")})
    named = [f"{fact(path)} ({count:,})" for path, count in most(facts)]
    more = [amount(len(facts) - MOST, "more fact")] if len(facts) > MOST else []
    told = [Span(f"{name},") for name in (named + more)[:-1]] + [Span(f"{name}.") for name in (named + more)[-1:]]
    known = [*words("Not known:"), *told] if told else []
    about_people = any(path.startswith("person.") and path != "person.profile_url" for path in facts)
    hint = [*words("Supply them:"), Span("--worksheet people.csv")] if about_people else []
    return [*words(f"{summary.undecided:,} can't be decided yet.", "review"), *known, *hint]


def _let_pass(summary: Summary) -> list[Span]:
    """Where a rule lets pass what it cannot look at: how often it did, and how often something spoke for it."""
    told = []
    for rule, count in most(summary.passed):
        suspect = summary.suspect[rule]
        told.append(
            f"`{rule}` could not look at {count:,}"
            + (f", and something speaks for it in {suspect:,}" if suspect else "")
        )
    hint = [Span("(--format full)", "faint")] if told else []
    return [*words("; ".join(told), "review"), *hint]


def _profile(summary: Summary) -> list[Span]:
    """What nobody supplied, by the rules that could not look: first those that guard, then those that only allow."""
    lists: dict[tuple[tuple[bool, str], ...], list[str]] = {}
    for name, rules in sorted(summary.unsupplied.items()):
        lists.setdefault(tuple(sorted(rules)), []).append(name)
    told = [f"{_named(names)}: {_rules([rule for _, rule in rules])}" for rules, names in sorted(lists.items())]
    return [*words(f"nobody supplied {'; '.join(told)}", "review"), Span("(--profile us.yaml)")] if told else []


def _rules(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"{_named(names[:MOST])}{more} could not look"


def _named(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _hindsight(summary: Summary) -> list[Span]:
    count = sum(summary.accepted.values())
    if not count:
        return []
    found = ", ".join(
        f"{number:,} {ACTIONS[stage][decision]}"
        for (stage, decision), number in sorted(summary.accepted.items(), key=lambda item: (-item[1], item[0]))
    )
    return words(f"{count:,} accepted already, so that nothing is left to do: {found}")
