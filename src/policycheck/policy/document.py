"""The forms of a policy file and of a waivers file: their Cerberus schemas, with a description for every key."""

from __future__ import annotations

from typing import Any

from policycheck.model.invitation import STAGES
from policycheck.policy.phrases import CHANGE_SCHEMA
from policycheck.policy.schema import KEBAB, VERSION, about

_EFFECT = {"type": "string", "allowed": ["allow", "review", "deny"]}
_WORDS = {"type": "string", "empty": False}
_ID = {"type": "string", "regex": KEBAB}
_SOURCE_ID = {"type": "string", "regex": r"[a-z][a-z0-9]*([-.][a-z0-9]+)*"}  # sections have dots: user-agreement-8.2


_SOURCE = {
    "title": about("the document", required=True, **_WORDS),
    "section": about("where in it", **_WORDS),
    "as-of": about("the day on which it said so", type="date"),
    "url": about("where to read it", **_WORDS),
    "note": about("what a reader should know of it", **_WORDS),
}

_RULE = {
    "id": about("the rule's name in verdicts and waivers", required=True, **_ID),
    "stages": about(
        "the stages that it applies to; all where it is left out",
        type="list",
        empty=False,
        schema={"type": "string", "allowed": list(STAGES)},
    ),
    "effect": about("what it does where it holds: deny beats review, review beats allow", required=True, **_EFFECT),
    "when": about("the condition", required=True, type="condition"),
    "because": about("the reason, for the person who gets the verdict", required=True, **_WORDS),
    "advice": about("what would change the outcome, for a person", **_WORDS),
    "source": about("what it rests on: an id under `sources`", type="string"),
    "if-unknown": about(
        "what a deny or review rule does where the facts don't tell: `ignore` lets it pass",
        type="string",
        allowed=["review", "ignore"],
    ),
}

POLICY: dict[str, Any] = {
    "policycheck": about("the version of this format", required=True, type="integer", allowed=[1]),
    "policy": about("the policy's id", required=True, **_ID),
    "version": about("the policy's version", required=True, type="string", regex=VERSION),
    "title": about("the policy's name for people", required=True, **_WORDS),
    "description": about("what it stands for", **_WORDS),
    "extends": about(
        "policies that this one starts from: names or relative paths", type="list", empty=False, schema=_WORDS
    ),
    "disable": about(
        "rules of an extended policy that don't apply here", type="list", empty=False, schema={"type": "string"}
    ),
    "sources": about(
        "what the rules rest on", type="dict", keysrules=_SOURCE_ID, valuesrules={"type": "dict", "schema": _SOURCE}
    ),
    "defaults": about(
        "the decision of a stage where no rule decides; review where it is left out",
        type="dict",
        schema={stage: about(f"the decision on stage {stage} where no rule decides", **_EFFECT) for stage in STAGES},
    ),
    "phrases": about(
        "changes to the phrase lists: what to add, remove and weigh otherwise",
        type="dict",
        valuesrules={"type": "dict", "schema": CHANGE_SCHEMA},
    ),
    "waivers": about(
        "what waivers of its rules may do",
        type="dict",
        schema={"longest": about("how many days ahead `expires` may lie on the day of a run", type="integer", min=1)},
    ),
    "definitions": about("named conditions", type="dict", keysrules=_ID, valuesrules={"type": "condition"}),
    "rules": about("the rules, in any order", type="list", empty=False, schema={"type": "dict", "schema": _RULE}),
}

_WAIVER = {
    "rule": about("the deny or review rule that is waived", required=True, **_WORDS),
    "invitation": about("the id of the invitation that it covers", **_WORDS),
    "person": about("the profile URL of the person whom it covers", **_WORDS),
    "file": about("the file whose records it covers, as reports name it; `*` and `?` stand for others", **_WORDS),
    "everything": about("true for every invitation", type="boolean"),
    "reason": about("why the rule should not count", required=True, **_WORDS),
    "owner": about("who answers for it", required=True, **_WORDS),
    "ticket": about("where it was agreed", **_WORDS),
    "expires": about("the last day on which it applies", required=True, type="date"),
}

WAIVERS: dict[str, Any] = {
    "waivers": about(
        "the rules that don't count, and for whom",
        required=True,
        type="list",
        schema={"type": "dict", "schema": _WAIVER},
    ),
}
