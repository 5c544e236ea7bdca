"""How sales-pitch does on texts written by four people who had seen no list.

Two wrote to be hard: as honest people who tell figures, offer things and ask for calls, and as 120 sellers, each in another way.
Two wrote what is usual: what people other than sellers send, and what collections of templates hold. What the check did at first
sight is in docs/text-checks.md; the lists were mended by these texts since.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policycheck.registry import load
from policycheck.testing import answer


@cache
def texts() -> tuple[dict[str, Any], ...]:
    lines = Path(__file__).with_name("stranger_texts.jsonl").read_text("utf-8").splitlines()
    return tuple(map(json.loads, lines))


def denied(source: str, label: int, at_least: int = 3) -> list[str]:
    """The texts of a source with a label that are taken for a pitch."""
    check = load().checks["sales-pitch"]
    chosen = [text["text"] for text in texts() if text["source"].startswith(source) and text["pitch"] == label]
    assert len(chosen) >= 100
    return [text for text in chosen if answer(check, {"note": text}, {"at_least": at_least}).holds]


@pytest.mark.parametrize("source", ["hard:", "usual:"])
def test_honest_people_are_not_taken_for_sellers(source: str) -> None:
    assert len(denied(source, 0)) <= 1


@pytest.mark.parametrize(("source", "told", "with_two"), [("hard:", 64, 84), ("usual:", 88, 93)])
def test_sellers_are_told(source: str, told: int, with_two: int) -> None:
    assert len(denied(source, 1)) >= told
    assert len(denied(source, 1, at_least=2)) >= with_two
