"""The forms of a policy file and of a waivers file: their Cerberus schemas, with a description for every key."""

from __future__ import annotations

from typing import Any

from policycheck.model.invitation import STAGES
from policycheck.policy.phrases import CHANGE_SCHEMA
from policycheck.policy.schema import KEBAB, VERSION

_EFFECT = {"type": "string", "allowed": ["allow", "review", "deny"]}
_WORDS = {"type": "string", "empty": False}
_ID = {"type": "string", "regex": KEBAB}
_SOURCE_ID = {"type": "string", "regex": r"[a-z][a-z0-9]*([-.][a-z0-9]+)*"}  # sections have dots: user-agreement-8.2


def _about(description: str, **rules: Any) -> dict[str, Any]:
    return {**rules, "meta": {"description": description}}


_SOURCE = {
    "title": _about("the document", required=True, **_WORDS),
    "section": _about("where in it", **_WORDS),
    "as-of": _about("the day on which it said so", type="date"),
    "url": _about("where to read it", **_WORDS),
    "note": _about("what a reader should know of it", **_WORDS),
}

_RULE = {
    "id": _about("the rule's name in verdicts and waivers", required=True, **_ID),
    "stages": _about(
        "the stages that it applies to; all where it is left out",
        type="list",
        empty=False,
        schema={"type": "string", "allowed": list(STAGES)},
    ),
    "effect": _about("what it does where it holds: deny beats review, review beats allow", required=True, **_EFFECT),
    "when": _about("the condition", required=True, type="condition"),
    "because": _about("the reason, for the person who gets the verdict", required=True, **_WORDS),
    "advice": _about("what would change the outcome, for a person", **_WORDS),
    "source": _about("what it rests on: an id under `sources`", type="string"),
    "if-unknown": _about(
        "what a deny or review rule does where the facts don't tell: `ignore` lets it pass",
        type="string",
        allowed=["review", "ignore"],
    ),
}

POLICY: dict[str, Any] = {
    "policycheck": _about("the version of this format", required=True, type="integer", allowed=[1]),
    "policy": _about("the policy's id", required=True, **_ID),
    "version": _about("the policy's version", required=True, type="string", regex=VERSION),
    "title": _about("the policy's name for people", required=True, **_WORDS),
    "description": _about("what it stands for", **_WORDS),
    "extends": _about(
        "policies that this one starts from: names or relative paths", type="list", empty=False, schema=_WORDS
    ),
    "disable": _about(
        "rules of an extended policy that don't apply here", type="list", empty=False, schema={"type": "string"}
    ),
    "sources": _about(
        "what the rules rest on", type="dict", keysrules=_SOURCE_ID, valuesrules={"type": "dict", "schema": _SOURCE}
    ),
    "defaults": _about(
        "the decision of a stage where no rule decides; review where it is left out",
        type="dict",
        schema=dict.fromkeys(STAGES, _EFFECT),
    ),
    "phrases": _about(
        "changes to the phrase lists: what to add, remove and weigh otherwise",
        type="dict",
        valuesrules={"type": "dict", "schema": CHANGE_SCHEMA},
    ),
    "waivers": _about(
        "what waivers of its rules may do",
        type="dict",
        schema={"longest": _about("how many days ahead `expires` may lie on the day of a run", type="integer", min=1)},
    ),
    "definitions": _about("named conditions", type="dict", keysrules=_ID, valuesrules={"type": "condition"}),
    "rules": _about("the rules, in any order", type="list", empty=False, schema={"type": "dict", "schema": _RULE}),
}

_WAIVER = {
    "rule": _about("the deny or review rule that is waived", required=True, **_WORDS),
    "invitation": _about("the id of the invitation that it covers", **_WORDS),
    "person": _about("the profile URL of the person whom it covers", **_WORDS),
    "file": _about("the file whose records it covers, as reports name it; `*` and `?` stand for others", **_WORDS),
    "everything": _about("true for every invitation", type="boolean"),
    "reason": _about("why the rule should not count", required=True, **_WORDS),
    "owner": _about("who answers for it", required=True, **_WORDS),
    "ticket": _about("where it was agreed", **_WORDS),
    "expires": _about("the last day on which it applies", required=True, type="date"),
}

WAIVERS: dict[str, Any] = {
    "waivers": _about(
        "the rules that don't count, and for whom",
        required=True,
        type="list",
        schema={"type": "dict", "schema": _WAIVER},
    ),
}
