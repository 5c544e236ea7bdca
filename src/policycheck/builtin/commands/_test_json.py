"""What came of the tests of a policy, as JSON: names of rules and facts, and none of the invitations' texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import msgspec

from policycheck import __version__
from policycheck.authoring.run import Ran, Refused, Result
from policycheck.text.visible import visible

FORMAT = 1


def report_json(ran: Sequence[Ran | Refused], stream: TextIO) -> None:
    """Write one object: the version of the format, and what came of each file."""
    document = {"format": FORMAT, "policycheck": __version__, "files": list(map(_file, ran))}
    stream.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def _file(one: Ran | Refused) -> dict[str, Any]:
    if isinstance(one, Refused):
        return {"file": visible(one.origin), "state": "not run", "messages": _harmless(one.messages)}
    return {
        "file": visible(one.suite.origin),
        "state": "passed" if one.passed else "failed",
        "policy": one.suite.policy.identity,
        "as_of": one.suite.as_of,
        "proves_nothing": one.proves_nothing,
        "cases": list(map(_case, one.results)),
    }


def _case(result: Result) -> dict[str, Any]:
    expected = {
        "decision": result.trial.expected.decision,
        "rules": result.trial.expected.rules,
        "missing": _harmless(result.trial.expected.missing),
    }
    return {
        "name": visible(result.trial.name),
        "where": result.trial.where,
        "state": result.state,
        "decision": result.verdict.decision,
        "rules": result.rules,
        "missing": _harmless(result.verdict.missing),
        "expected": {key: value for key, value in expected.items() if value is not None},
    }


def _harmless(names: Iterable[str] | None) -> list[str] | None:
    return None if names is None else list(map(visible, names))
