"""How sales-pitch does on texts written to be hard, by two people who had seen no list.

One wrote as honest people who tell figures, offer things and ask for calls; the other as 120 sellers, each in another way. What
the check did at first sight is in docs/text-checks.md; the lists were mended by these texts since.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from policycheck.registry import load
from policycheck.testing import answer


@cache
def texts() -> tuple[dict[str, Any], ...]:
    lines = Path(__file__).with_name("hard_texts.jsonl").read_text("utf-8").splitlines()
    return tuple(map(json.loads, lines))


def denied(label: int, at_least: int = 3) -> list[str]:
    """The texts with a label that are taken for a pitch."""
    check = load().checks["sales-pitch"]
    chosen = [text["text"] for text in texts() if text["pitch"] == label]
    assert len(chosen) >= 110
    return [text for text in chosen if answer(check, {"note": text}, {"at_least": at_least}).holds]


def test_honest_people_are_not_taken_for_sellers() -> None:
    assert len(denied(0)) <= 1


def test_more_than_half_of_the_sellers_are_told() -> None:
    assert len(denied(1)) >= 64
    assert len(denied(1, at_least=2)) >= 84
