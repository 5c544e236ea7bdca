"""One question put to one check: guarded, and stamped with the check's identity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from policycheck.errors import place_of
from policycheck.model.case import Case
from policycheck.model.check import Check, Need
from policycheck.model.finding import Evidence, Finding
from policycheck.model.truth import Truth
from policycheck.model.verdict import CheckFinding


def ask(check: Check, parameters: dict[str, Any], case: Case) -> CheckFinding:
    """What a check says of a case. Total: a check that raises, exits or returns nonsense gives unknown, with `error` set."""
    try:
        missing = _missing(check.needed(parameters), case)
        if missing:
            return CheckFinding(check=check.name, parameters=parameters, holds=None, missing=missing)
        return _stamped(check, parameters, check.function(case, **parameters), case)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a check may raise SystemExit too; nothing of it may end the run or pass
        return CheckFinding(check=check.name, parameters=parameters, holds=None, error=_how(error))


def _missing(needs: Sequence[Need], case: Case) -> tuple[str, ...]:
    """The needed facts that are unknown; of alternatives all, where none is known."""
    missing: list[str] = []
    for need in needs:
        either = (need,) if isinstance(need, str) else need
        if all(case.fact(path) is None for path in either):
            missing.extend(either)
    return tuple(missing)


def _stamped(check: Check, parameters: dict[str, Any], answer: Truth | Finding, case: Case) -> CheckFinding:
    finding = answer if isinstance(answer, Finding) else Finding(answer)
    if finding.holds is not True and finding.holds is not False and finding.holds is not None:
        raise _NonsenseError("an answer that is no true, false or unknown")
    if not isinstance(finding.missing, tuple) or not all(isinstance(fact, str) for fact in finding.missing):
        raise _NonsenseError("missing facts that are no names")
    return CheckFinding(
        check=check.name,
        parameters=parameters,
        holds=finding.holds,
        missing=finding.missing,
        evidence=tuple(_quoted(evidence, case) for evidence in finding.evidence),
    )


def _quoted(evidence: Evidence, case: Case) -> Evidence:
    """The evidence with its quote, which must be there in the raw text."""
    if (
        not isinstance(evidence, Evidence)
        or not isinstance(evidence.field, str)
        or not isinstance(evidence.reason, str)
    ):
        raise _NonsenseError("evidence that is none")
    start, end = evidence.start, evidence.end
    if start is None and end is None:
        return evidence
    raw = case.raw(evidence.field)
    if type(start) is not int or type(end) is not int or raw is None or not 0 <= start <= end <= len(raw):
        raise _NonsenseError("evidence outside the text")
    return structs.replace(evidence, quote=raw[start:end])


class _NonsenseError(Exception):
    """A check answered something that no check may answer."""


def _how(error: BaseException) -> str:
    return f"it returned {error}" if isinstance(error, _NonsenseError) else place_of(error)
