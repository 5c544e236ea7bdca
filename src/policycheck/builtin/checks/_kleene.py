"""Findings joined as three-valued logic joins truths."""

from __future__ import annotations

from policycheck import Finding


def either(*findings: Finding) -> Finding:
    """True when one is true; else unknown when one is unknown; else false. It rests on those that made it so."""
    return _joined(findings, True)


def both(*findings: Finding) -> Finding:
    """False when one is false; else unknown when one is unknown; else true. It rests on those that made it so."""
    return _joined(findings, False)


def _joined(findings: tuple[Finding, ...], decisive: bool) -> Finding:
    answers = [finding.holds for finding in findings]
    holds = decisive if decisive in answers else None if None in answers else not decisive
    made = [finding for finding in findings if finding.holds is holds]
    return Finding(
        holds,
        tuple(evidence for finding in made for evidence in finding.evidence),
        tuple(dict.fromkeys(fact for finding in made for fact in finding.missing)),
    )
