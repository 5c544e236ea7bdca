"""What the two shipped policies decide, case by case, through the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from policycheck.cli import run

OURS = Path(__file__).parent / "stances.yaml"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "scenarios" / "stances.yaml"
STAGES = ("incoming", "outgoing", "connected", "template")
POLICIES = ("conservative", "pragmatic")


def plain(value: Any) -> Any:
    """Dates as the ISO texts that JSON Lines holds."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


@cache
def suite(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = plain(yaml.safe_load(path.read_text("utf-8")))
    return loaded


def record(scenario: dict[str, Any], number: int) -> dict[str, Any]:
    (stage,) = [stage for stage in STAGES if stage in scenario]
    return {"id": scenario["name"], "account": f"case-{number}", "stage": stage, **scenario[stage]}


def verdicts(path: Path, policy: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    loaded = suite(path)
    queue = folder / "queue.jsonl"
    lines = [json.dumps(record(scenario, number)) for number, scenario in enumerate(loaded["scenarios"])]
    queue.write_text("\n".join(lines) + "\n", "utf-8")
    profile = folder / "us.yaml"
    profile.write_text(yaml.safe_dump(loaded["us"]), "utf-8")
    options = [
        "--policy",
        policy,
        "--profile",
        str(profile),
        "--as-of",
        loaded["as_of"],
        "--format",
        "json",
        "--fail-on",
        "never",
    ]
    assert run(["check", str(queue), *options]) == 0
    return {verdict["id"]: verdict for verdict in json.loads(capsys.readouterr().out)["verdicts"]}


def mistakes(path: Path, policy: str, decided: dict[str, dict[str, Any]]) -> list[str]:
    wrong = []
    for scenario in suite(path)["scenarios"]:
        verdict, name = decided[scenario["name"]], scenario["name"]
        fired = [rule["id"] for rule in verdict["rules"]]
        if policy in scenario and verdict["decision"] != scenario[policy]:
            wrong.append(f"{name}: {verdict['decision']} instead of {scenario[policy]}; {fired}")
        wanted = set(scenario.get(f"{policy}-missing-includes", []))
        if not wanted <= set(verdict["missing"]):
            wrong.append(f"{name}: not all of {sorted(wanted)} are among the missing facts {verdict['missing']}")
        advised = {advice.get("check") for advice in verdict["advice"]}
        if not advised >= set(scenario.get(f"{policy}-advice-includes", [])):
            wrong.append(f"{name}: advice {advised}")
        by = scenario.get(f"{policy}-by")
        if by and fired[:1] != [by]:
            wrong.append(f"{name}: decided by {fired[:1]} instead of {by}")
    return wrong


@pytest.mark.parametrize("policy", POLICIES)
def test_the_shipped_policies_decide_our_cases_as_said(
    policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mistakes(OURS, policy, verdicts(OURS, policy, tmp_path, capsys)) == []


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared scenarios lie beside a developer's checkout only")
@pytest.mark.parametrize("policy", POLICIES)
def test_the_shipped_policies_decide_the_shared_scenarios_as_said(
    policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mistakes(SHARED, policy, verdicts(SHARED, policy, tmp_path, capsys)) == []


def test_our_cases_cover_both_policies_every_stage_and_every_decision() -> None:
    seen = {(policy, case[policy]) for case in suite(OURS)["scenarios"] for policy in POLICIES if policy in case}
    assert seen == {(policy, decision) for policy in POLICIES for decision in ("allow", "review", "deny")}
    assert {stage for case in suite(OURS)["scenarios"] for stage in STAGES if stage in case} == set(STAGES)


def test_a_wrong_expectation_is_reported() -> None:
    case = suite(OURS)["scenarios"][0]
    verdict = {"decision": "none of them", "rules": [], "missing": [], "advice": []}
    everything = {scenario["name"]: verdict for scenario in suite(OURS)["scenarios"]}
    assert mistakes(OURS, "pragmatic", everything)[0].startswith(f"{case['name']}: none of them instead of")
