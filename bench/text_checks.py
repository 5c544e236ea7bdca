"""How well the text checks do on labelled texts: precision, recall and F1, pooled, averaged by source, by language and kind.

    python bench/text_checks.py LABELLED.jsonl … [--json] [--worst 10]

A line is an object with `text`, `source`, `lang`, `kind` and the labels `pitch`, `context`, `value`, `expectations`, `stock` and
`placeholder`: 1, 0 or "unsure", of which the last is counted apart. Labels that a line doesn't have are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct, to_builtins

from policycheck import Check, UsageError, visible
from policycheck.registry import load
from policycheck.testing import answer

CHECKS: Mapping[str, str] = {
    "pitch": "sales-pitch",
    "context": "offers-context",
    "value": "shares-value",
    "expectations": "states-expectations",
    "stock": "stock-note",
    "placeholder": "unfilled-placeholder",
}
THRESHOLDS = (1, 2, 3, 4)


class Row(Struct, frozen=True):
    """A labelled text with what the check says of it."""

    text: str
    source: str
    lang: str
    kind: str
    label: Any
    holds: bool
    reasons: tuple[str, ...]


class Score(Struct, frozen=True):
    """Counts and what follows from them; a share of nothing is None."""

    texts: int
    positives: int
    right: int
    false_alarms: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


class Error(Struct, frozen=True):
    """A text that the check got wrong, and on what it rested."""

    wrong: str
    lang: str
    source: str
    text: str
    reasons: tuple[str, ...]


class Result(Struct, frozen=True):
    """All that is measured of one label. `by_threshold` has the check's `at_least`, where it has one."""

    label: str
    check: str
    pooled: Score
    by_source: Score
    unsure: dict[str, int]
    by_threshold: dict[str, Score]
    by_language: dict[str, Score]
    by_kind: dict[str, Score]
    worst: tuple[Error, ...]


def measured(label: str, check: Check, texts: list[dict[str, Any]], worst: int) -> Result:
    """What a check reaches on the texts that have the label."""
    labelled = [text for text in texts if label in text]
    rows = list(_judged(label, check, labelled, {}))
    sure = [row for row in rows if row.label != "unsure"]
    thresholds = THRESHOLDS if "at_least" in check.parameters else ()
    return Result(
        label=label,
        check=check.name,
        pooled=score(sure),
        by_source=averaged([score(group) for group in _grouped(sure, lambda row: row.source).values()]),
        unsure={
            "texts": len(rows) - len(sure),
            "held": sum(row.holds for row in rows if row.label == "unsure"),
        },
        by_threshold={str(at): score(_judged(label, check, labelled, {"at_least": at})) for at in thresholds},
        by_language={name: score(group) for name, group in _grouped(sure, lambda row: row.lang).items()},
        by_kind={name: score(group) for name, group in _grouped(sure, lambda row: row.kind).items()},
        worst=tuple(_errors(sure))[:worst],
    )


def score(rows: Iterable[Row]) -> Score:
    """Precision, recall and F1 over rows; the unsure ones don't count."""
    pairs = [(row.label == 1, row.holds) for row in rows if row.label != "unsure"]
    right, false, missed = pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))
    return Score(
        texts=len(pairs),
        positives=right + missed,
        right=right,
        false_alarms=false,
        missed=missed,
        precision=_share(right, right + false),
        recall=_share(right, right + missed),
        f1=_share(2 * right, 2 * right + false + missed),
    )


def averaged(scores: list[Score]) -> Score:
    """The mean of precision and of recall over the sources that have one, with the F1 of the two means."""
    precision = _mean([one.precision for one in scores])
    recall = _mean([one.recall for one in scores])
    total = (precision or 0) + (recall or 0)
    return Score(
        texts=sum(one.texts for one in scores),
        positives=sum(one.positives for one in scores),
        right=sum(one.right for one in scores),
        false_alarms=sum(one.false_alarms for one in scores),
        missed=sum(one.missed for one in scores),
        precision=precision,
        recall=recall,
        f1=None if precision is None or recall is None or not total else round(2 * precision * recall / total, 3),
    )


def _judged(label: str, check: Check, texts: list[dict[str, Any]], parameters: dict[str, int]) -> Iterator[Row]:
    for text in texts:
        said = answer(check, {"note": text["text"]}, parameters)
        if said.finding.error is not UNSET:
            raise UsageError(f"`{check.name}` broke ({said.finding.error}); `policycheck check` tells what is wrong")
        reasons = tuple(dict.fromkeys(evidence.reason for evidence in said.evidence))
        source, lang, kind = (str(text.get(key, "?")) for key in ("source", "lang", "kind"))
        yield Row(text["text"], source, lang, kind, text[label], said.holds is True, reasons)


def _grouped(rows: list[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def _errors(rows: list[Row]) -> Iterator[Error]:
    """False alarms first, those with the most reasons in front; then what was missed, in the order of the file."""
    wrong = [row for row in rows if row.holds != (row.label == 1)]
    for row in sorted(wrong, key=lambda row: (not row.holds, -len(row.reasons))):
        yield Error("false alarm" if row.holds else "missed", row.lang, row.source, row.text, row.reasons)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _mean(shares: list[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return round(sum(known) / len(known), 3) if known else None


def read(paths: list[str]) -> list[dict[str, Any]]:
    """The labelled texts of all files. Raises UsageError for a line that is none."""
    texts = []
    for path in paths:
        for number, line in enumerate(Path(path).read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                text = json.loads(line)
            except ValueError:
                text = None
            if not isinstance(text, dict) or not isinstance(text.get("text"), str):
                raise UsageError(f"{path}:{number}: no labelled text; write an object with `text` and labels")
            texts.append(text)
    return texts


def report(result: Result) -> Iterator[str]:
    """The result in lines for a person."""
    yield f"{result.label} (check {result.check})"
    yield f"  {'':24}{'texts':>6}{'positive':>9}{'precision':>11}{'recall':>8}{'F1':>7}"
    yield _line("pooled", result.pooled)
    yield _line("averaged by source", result.by_source)
    for name, groups in (("at_least", result.by_threshold), ("", result.by_language), ("", result.by_kind)):
        yield from (_line(f"{name} {key}".strip(), one) for key, one in groups.items())
    yield f"  unsure: {result.unsure['held']} of {result.unsure['texts']} held"
    for error in result.worst:
        yield f"  {error.wrong} [{error.lang}] {visible(' '.join(error.text.split())[:110])}"
        yield from (f"      {reason}" for reason in error.reasons)
    yield ""


def _line(name: str, one: Score) -> str:
    shares = [f"{share:.2f}" if share is not None else "-" for share in (one.precision, one.recall, one.f1)]
    return f"  {name:24}{one.texts:6}{one.positives:9}{shares[0]:>11}{shares[1]:>8}{shares[2]:>7}"


def main(arguments: list[str] | None = None) -> int:
    """Run from a command line; the exit status is 2 for files that cannot be read and checks that break."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("paths", nargs="+", metavar="LABELLED.jsonl", help="labelled texts, JSON Lines")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="how many errors to list for each label")
    options = parser.parse_args(arguments)
    try:
        texts = read(options.paths)
        checks = load().checks
        results = [measured(label, checks[name], texts, options.worst) for label, name in CHECKS.items()]
    except (OSError, UnicodeDecodeError, UsageError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.json:
        sys.stdout.write(json.dumps(to_builtins(results), ensure_ascii=True, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(line for result in results for line in report(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
