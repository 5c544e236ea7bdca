"""What came of the tests of a policy, as JUnit XML: a suite for each file.

Held to the schema that Jenkins' xunit plugin ships.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from policycheck.authoring.run import Ran, Refused, Result
from policycheck.builtin.commands._test_text import PROVES_NOTHING, case_lines, told
from policycheck.builtin.reporters._lines import page
from policycheck.builtin.reporters._words import REASON, one_line

_AS_A_WHOLE = "the suite as a whole"
_COUNTED = {"failures": "failure", "errors": "error"}


class _Suite:
    """A suite in the making: its counts stand before its cases."""

    def __init__(self, name: str, group: str) -> None:
        self.name, self._group = name, group
        self.counts: Counter[str] = Counter()
        self._cases: list[str] = []

    def add(self, name: str, element: str = "", message: str = "", text: str = "") -> None:
        self.counts.update(["tests", element])
        start = f"<testcase{_attributes({'classname': self._group, 'name': name})}"
        inner = f"<{element}{_attributes({'type': element, 'message': message})}>{escape(text)}</{element}>"
        self._cases.append(f"{start}>{inner}</testcase>\n" if element else f"{start}/>\n")

    def lines(self) -> Iterator[str]:
        yield f"<testsuite{_attributes({'name': self.name, **totals(self.counts), 'skipped': 0})}>\n"
        yield from self._cases
        yield "</testsuite>\n"


def report_junit(ran: Sequence[Ran | Refused], stream: TextIO) -> None:
    """Write what came of every file."""
    suites = [_refused(one) if isinstance(one, Refused) else _ran(one) for one in ran]
    counts = sum((suite.counts for suite in suites), Counter())
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f"<testsuites{_attributes(totals(counts))}>\n")
    for suite in suites:
        stream.writelines(suite.lines())
    stream.write("</testsuites>\n")


def _refused(one: Refused) -> _Suite:
    suite = _Suite(one_line(one.origin, REASON), "policycheck.tests")
    messages = [one_line(message, REASON) for message in one.messages]
    suite.add(_AS_A_WHOLE, "error", messages[0], "\n".join(messages))
    return suite


def _ran(one: Ran) -> _Suite:
    suite = _Suite(one_line(one.suite.origin, REASON), f"policycheck.{one_line(one.suite.policy.identity.id)}")
    if one.proves_nothing:
        suite.add(_AS_A_WHOLE, "failure", PROVES_NOTHING)
    for result in one.results:
        name = one_line(result.trial.name)
        match result.state:
            case "passed":
                suite.add(name)
            case "failed":
                suite.add(name, "failure", _message(result), _text(result, one))
            case "broken":
                suite.add(name, "error", "a check broke", _text(result, one))
    return suite


def _message(result: Result) -> str:
    return "; ".join(f"{difference.what}: {told(difference)}" for difference in result.differences)


def _text(result: Result, ran: Ran) -> str:
    """The case as the text report shows it, on a page of the same width everywhere."""
    shown = io.StringIO()
    on = page(shown)
    on.show(case_lines(result, ran, on))
    return shown.getvalue()


def totals(counts: Counter[str]) -> dict[str, object]:
    return {"tests": counts["tests"], **{name: counts[element] for name, element in _COUNTED.items()}}


def _attributes(values: dict[str, object]) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())
