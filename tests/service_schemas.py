"""The schemas that others wrote for the formats, which lie outside the project: beside a checkout, or where POLICYCHECK_SCHEMAS says.

sarif-schema-2.1.0.json    OASIS SARIF technical committee
junit-10.xsd               Jenkins xunit plugin
gitlab-codequality.json    GitLab's Code Quality finding
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

NAMED = os.environ.get("POLICYCHECK_SCHEMAS")
FOLDER = Path(NAMED) if NAMED else Path(__file__).resolve().parents[2] / "shared" / "schemas"

needs_schemas = pytest.mark.skipif(
    not (NAMED or FOLDER.is_dir()),
    reason="the services' schemas lie beside a developer's checkout, or in POLICYCHECK_SCHEMAS",
)


@cache
def _sarif() -> Draft4Validator:
    return Draft4Validator(json.loads((FOLDER / "sarif-schema-2.1.0.json").read_text("utf-8")))


@cache
def _finding() -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / "gitlab-codequality.json").read_text("utf-8")))


@cache
def _junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FOLDER / "junit-10.xsd"))


def sarif_mistakes(log: Any) -> list[str]:
    """What the OASIS schema has against a log."""
    return [error.message for error in _sarif().iter_errors(log)]


def finding_mistakes(findings: Any) -> list[str]:
    """What GitLab's schema has against a Code Quality report, and severities that GitLab doesn't know."""
    known = {"info", "minor", "major", "critical", "blocker"}
    odd = [f"severity {one['severity']}" for one in findings if one.get("severity") not in known]
    return [error.message for one in findings for error in _finding().iter_errors(one)] + odd


def junit_mistakes(text: str) -> list[str]:
    """What the schema has against a JUnit file."""
    schema = _junit()
    return (
        [] if schema.validate(etree.fromstring(text.encode())) else [str(error.message) for error in schema.error_log]
    )
