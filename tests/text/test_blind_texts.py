"""How well the text checks do on texts written by people who had not seen the lists.

What they did at first sight is in docs/text-checks.md. The lists were mended by these texts since, so the figures here are
in-sample: a floor that must not fall, no promise for texts that nobody has seen.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policycheck.registry import load
from policycheck.testing import answer

CHECKS = {"pitch": "sales-pitch", "context": "offers-context", "value": "shares-value"}


@cache
def texts() -> tuple[dict[str, Any], ...]:
    lines = Path(__file__).with_name("blind_texts.jsonl").read_text("utf-8").splitlines()
    return tuple(map(json.loads, lines))


def judged(label: str, **parameters: int) -> list[tuple[bool, bool, str]]:
    check = load().checks[CHECKS[label]]
    return [
        (text[label] == 1, answer(check, {"note": text["text"]}, parameters).holds is True, text["lang"])
        for text in texts()
        if text[label] != "unsure"
    ]


@pytest.mark.parametrize(
    ("label", "parameters", "precision", "recall"),
    [
        ("pitch", {"at_least": 2}, 0.97, 0.97),
        ("pitch", {}, 0.99, 0.86),
        ("context", {}, 0.93, 0.95),
        ("value", {}, 0.85, 0.8),
    ],
)
def test_a_check_reaches_its_floors(label: str, parameters: dict[str, int], precision: float, recall: float) -> None:
    pairs = [(wanted, held) for wanted, held, _ in judged(label, **parameters)]
    right = pairs.count((True, True))
    assert right / (right + pairs.count((False, True))) >= precision
    assert right / (right + pairs.count((True, False))) >= recall


def test_pitches_are_told_in_every_language() -> None:
    rows = judged("pitch", at_least=2)
    for language in sorted({language for _, _, language in rows}):
        pairs = [(wanted, held) for wanted, held, lang in rows if lang == language]
        assert pairs.count((True, True)) >= 0.95 * sum(wanted for wanted, _ in pairs)
        assert pairs.count((False, True)) <= 1
