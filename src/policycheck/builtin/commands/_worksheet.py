"""The people whom open verdicts wait for, as a table to fill in and to give back with ``--facts``."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from policycheck.builtin.commands._people_csv import ASKED, INVITATIONS, QUESTIONS, header, neutral, written
from policycheck.builtin.reporters._words import amount, fact, hindsight, undecided, wanted
from policycheck.engine.decide import Truths, decide, still_open, truths
from policycheck.engine.evaluate import Answered, Outcome
from policycheck.errors import UsageError
from policycheck.model.identity import person_key
from policycheck.model.invitation import Person
from policycheck.model.verdict import CheckFinding, Verdict
from policycheck.reading.facts import Facts, filled
from policycheck.text.visible import visible

_ALWAYS = ("name", "company", "headline")
"""Who it is, whether that is asked or not."""


class _Row:
    """Somebody, the invitations that wait for an answer about them, and what is asked: by how many, and what turns how many."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.person = Person()
        self.ids: list[str] = []
        self.asked: Counter[str] = Counter()
        self.turns: Counter[str] = Counter()
        self.turned = 0


class Worksheet:
    """Collects the people of open verdicts; `path` is written when all are in."""

    def __init__(self, path: str, facts: str | None) -> None:
        """UsageError: the file is there, and isn't the one that the facts come from, so that somebody's work would be lost."""
        same = facts is not None and os.path.realpath(facts) == os.path.realpath(path)
        if os.path.lexists(path) and not same:
            raise UsageError(
                f"{visible(path)}: is there already; give it with --facts too to go on with it, or name another file"
            )
        if not Path(path).absolute().parent.is_dir():
            raise UsageError(f"{visible(path)}: the folder is not there; make it, or name another file")
        self._path = path
        self._rows: dict[str, _Row] = {}
        self._nameless = self._waiting = 0
        self._others: set[str] = set()

    def add(self, answered: Answered, outcome: Outcome) -> None:
        """Take in one verdict, if it is open for want of facts."""
        if not isinstance(outcome, Verdict) or not undecided(outcome) or hindsight(outcome):
            return
        person = answered.case.person
        key = person_key(person.profile_url) if person.profile_url else ""
        asked = _asked(answered, outcome)
        if not asked:
            self._others.update(wanted(outcome))
            self._waiting += 1
        elif not key:
            self._nameless += 1
        else:
            self._ask(key, person, answered, outcome, asked)

    def _ask(self, key: str, person: Person, answered: Answered, verdict: Verdict, asked: set[str]) -> None:
        row = self._rows.setdefault(key, _Row(key))
        row.person = filled(row.person, person)
        row.ids.append(verdict.id)
        row.asked.update(asked)
        turning = _turning(answered) & asked
        row.turns.update(turning)
        row.turned += bool(turning)

    def written(self, facts: Facts | None) -> Iterator[str]:
        """Write the file: open questions first, then what was answered before. Gives what is to be said of it."""
        told = {person_key(person.profile_url or ""): person for person in facts.people} if facts else {}
        rows = sorted(self._rows.values(), key=lambda row: (-row.turned, -len(row.ids), len(row.asked)))
        order = self._order()
        asked = {name for row in rows for name in row.asked}
        columns = _columns(order, asked, [*told.values()])
        lines = [_open(row, told.pop(row.key, Person()), columns, order) for row in rows]
        lines += [_answered(person, columns) for person in told.values()]
        _save(self._path, [["profile_url", *map(_title, columns)], *lines])
        yield from self._said(len(rows))

    def _order(self) -> list[str]:
        """The questions, those first that turn most verdicts, then those that most wait for."""
        asked, turns = Counter[str](), Counter[str]()
        for row in self._rows.values():
            asked.update(row.asked)
            turns.update(row.turns)
        return sorted(QUESTIONS, key=lambda name: (-turns[name], -asked[name]))

    def _said(self, people: int) -> Iterator[str]:
        where = visible(self._path)
        if people:
            waiting = sum(len(row.ids) for row in self._rows.values())
            who = "1 person" if people == 1 else f"{people:,} people"
            yield (
                f"{where}: asks about {who} for {amount(waiting, 'open verdict')}; fill in what you know, and run again with "
                f"--facts {where} --worksheet {where}"
            )
        else:
            yield f"{where}: nothing is left to ask about people"
        if self._nameless:
            told = amount(self._nameless, "open verdict")
            yield f"{where}: not asked about for want of a profile URL to join an answer by: {told}"
        if self._waiting:
            ours = {path for path in self._others if not path.startswith("person.")}
            facts = ", ".join(sorted(map(fact, ours or self._others)))
            yield f"{where}: waiting for what no answer about a person tells: {amount(self._waiting, 'open verdict')} ({facts})"


def _columns(order: Sequence[str], asked: set[str], told: Sequence[Person]) -> list[str]:
    """Who it is, the invitations, what is asked; then what is asked or was told of anybody."""
    needed = asked.union(
        name for name in Person.__struct_fields__ for person in told if getattr(person, name) is not None
    )
    questions = [name for name in order if name not in _ALWAYS and name in needed]
    return [*_ALWAYS, INVITATIONS, ASKED, *questions, *({"known_by"} & needed)]


def _asked(answered: Answered, verdict: Verdict) -> set[str]:
    """The facts to ask for: those of one question that settles it whatever the answer, else of every question that is open."""
    settling = [
        _facts(finding) for index, finding in _unknown(answered) if _facts(finding) and _settles(answered, index)
    ]
    if settling:
        return min(settling, key=lambda facts: (len(facts), sorted(map(list(QUESTIONS).index, facts))))
    return {
        name
        for rule in verdict.rules
        if rule.outcome == "unknown"
        for finding in rule.findings
        if set(finding.missing) <= set(verdict.missing)
        for name in _facts(finding)
    }


def _facts(finding: CheckFinding) -> set[str]:
    """What must be told of a person to answer a question; nothing where that isn't enough, since a list of ours is missing."""
    names = {path.removeprefix("person.") for path in finding.missing}
    return names if names <= QUESTIONS.keys() else set()


def _unknown(answered: Answered) -> list[tuple[int, CheckFinding]]:
    return [(index, finding) for index, finding in enumerate(answered.findings) if finding.holds is None]


def _settles(answered: Answered, index: int) -> bool:
    """Whether both answers to a question leave nothing open."""
    return all(
        compiled.rule.ignore_unknown
        for value in (True, False)
        for compiled in still_open(answered.program, _with(answered, index, value), answered.broken)
    )


def _with(answered: Answered, index: int, value: bool) -> Truths:
    answers = [*answered.answers[:index], value, *answered.answers[index + 1 :]]
    return truths(answered.program, answers)


def _turning(answered: Answered) -> set[str]:
    """The facts on which a question rests whose answer alone would turn the decision."""
    now = decide(answered.program, answered.truths, answered.broken)
    return {
        name
        for index, finding in _unknown(answered)
        if any(
            decide(answered.program, _with(answered, index, value), answered.broken) != now for value in (True, False)
        )
        for name in _facts(finding)
    }


def _title(column: str) -> str:
    return header(column) if column in QUESTIONS and column not in _ALWAYS[:1] else column


def _open(row: _Row, told: Person, columns: Sequence[str], order: Sequence[str]) -> list[str]:
    """Whom one knows depends on the invitation, so of `known` only what the user told is filled in."""
    person = filled(told, row.person)
    cells = {
        **{name: written(getattr(person, name)) for name in QUESTIONS},
        "known": written(told.known),
        "known_by": written(told.known_by),
        INVITATIONS: neutral("; ".join(map(visible, row.ids))),
        ASKED: "; ".join(name for name in order if row.asked[name]),
    }
    return [written(_address(row.person.profile_url)), *(cells[column] for column in columns)]


def _address(url: str | None) -> str | None:
    """An address that the file of facts takes again, whatever invisible letters a record's has."""
    if url is None or url.isascii():
        return url
    return f"https://www.linkedin.com/in/{quote(person_key(url))}"


def _answered(person: Person, columns: Sequence[str]) -> list[str]:
    return [
        written(_address(person.profile_url)),
        *(written(getattr(person, column, None)) for column in columns),
    ]


def _save(path: str, rows: Sequence[Sequence[str]]) -> None:
    """The whole file or none of it, with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    with tempfile.TemporaryDirectory(dir=Path(path).resolve().parent) as folder:
        file = Path(folder) / "worksheet.csv"
        file.write_bytes(text.getvalue().encode("utf-8-sig"))
        file.replace(path)
