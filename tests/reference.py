"""A second, independent interpreter of the policy language, written from the design, to hold the engine against.

It takes the file's plain data and a mapping from check names to answers, and knows nothing of the package's own code.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations
from typing import Any

T, F, U = "true", "false", "unknown"


def truth(condition: Any, definitions: dict[str, Any], answers: dict[str, str]) -> str:
    if isinstance(condition, str):
        return truth(definitions[condition], definitions, answers) if condition in definitions else answers[condition]
    if "at-least" in condition:
        operands = [truth(part, definitions, answers) for part in condition["of"]]
        if operands.count(T) >= condition["at-least"]:
            return T
        return U if operands.count(T) + operands.count(U) >= condition["at-least"] else F
    ((operator, operand),) = condition.items()
    if operator == "not":
        return {T: F, F: T, U: U}[truth(operand, definitions, answers)]
    if operator == "all":
        operands = [truth(part, definitions, answers) for part in operand]
        return F if F in operands else U if U in operands else T
    if operator == "any":
        operands = [truth(part, definitions, answers) for part in operand]
        return T if T in operands else U if U in operands else F
    return truth(operator, definitions, answers)


def names(condition: Any, definitions: dict[str, Any]) -> set[str]:
    if isinstance(condition, str):
        return names(definitions[condition], definitions) if condition in definitions else {condition}
    if "at-least" in condition:
        return set().union(*(names(part, definitions) for part in condition["of"]))
    ((_, operand),) = condition.items()
    parts = operand if isinstance(operand, list) else [operand]
    return set().union(*(names(part, definitions) for part in parts))


def waived(waivers: list[dict[str, Any]], facts: dict[str, str | None], as_of: date, longest: int | None) -> set[str]:
    """The rules that the waivers lift of an invitation with these facts: `id`, `profile_url` and `file`."""
    last = date.max if longest is None else as_of + timedelta(days=longest)
    return {waiver["rule"] for waiver in waivers if as_of <= waiver["expires"] <= last and covers(waiver, facts)}


def covers(waiver: dict[str, Any], facts: dict[str, str | None]) -> bool:
    if "invitation" in waiver:
        return bool(waiver["invitation"] == facts["id"])
    if "person" in waiver:
        return facts["profile_url"] is not None and slug(waiver["person"]) == slug(facts["profile_url"])
    if "file" in waiver:
        pattern = ".*".join(map(re.escape, waiver["file"].split("*")))
        return re.fullmatch(pattern, facts["file"] or "") is not None
    return True


def slug(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].lower()


def lenient_decision(
    policy: dict[str, Any], stage: str, answers: dict[str, str], broken: frozenset[str], lifted: set[str]
) -> str:
    """The most lenient that comes of leaving out any of the lifted rules: waiving one never makes it worse."""
    left_out = [names for size in range(len(lifted) + 1) for names in combinations(sorted(lifted), size)]
    kept = [[rule for rule in policy["rules"] if rule["id"] not in names] for names in left_out]
    reached = {decision({**policy, "rules": rules}, stage, answers, broken) for rules in kept}
    return next(word for word in ("allow", "review", "deny") if word in reached)


def decision(policy: dict[str, Any], stage: str, answers: dict[str, str], broken: frozenset[str] = frozenset()) -> str:
    definitions = policy.get("definitions", {})
    rules = [rule for rule in policy["rules"] if stage in rule.get("stages", [stage])]
    found = [(rule, truth(rule["when"], definitions, answers)) for rule in rules]
    if any(rule["effect"] == "deny" and value == T for rule, value in found):
        return "deny"
    if any(names(rule["when"], definitions) & broken for rule in rules):
        return "review"
    for rule, value in found:
        if rule["effect"] == "review" and value == T:
            return "review"
        if rule["effect"] != "allow" and value == U and rule.get("if-unknown") != "ignore":
            return "review"
    if any(rule["effect"] == "allow" and value == T for rule, value in found):
        return "allow"
    return policy.get("defaults", {}).get(stage, "review")
