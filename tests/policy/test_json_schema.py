"""The JSON Schemas of policies and profiles say what the loaders say: documents made at random, and the files that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from inputs import registry
from policycheck import PolicyError, PolicySource
from policycheck.authoring.document import TESTS
from policycheck.policy.document import POLICY
from policycheck.policy.json_schema import object_schema
from policycheck.policy.load import policy_from
from policycheck.policy.phrases import CHANGE_SCHEMA, PhraseLists, amended
from policycheck.policy.profile import PROFILE
from policycheck.policy.schema import check_mapping
from policycheck.policy.strict_yaml import parse
from policycheck.policy.written import Written
from policycheck.text.phrases import PhraseList
from schema_documents import JUNK, as_json, as_yaml, fits, mapping, validator_of

CHECKS = registry().checks
POLICIES = Path(__file__).resolve().parents[2] / "policies"
PLAIN = {name: check for name, check in CHECKS.items() if check.refuse is None}
TABLES = {
    "profile": PROFILE,
    "changes": CHANGE_SCHEMA,
    "tests": TESTS,
    **{name: check.parameters for name, check in CHECKS.items()},
}


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_a_table_and_its_json_schema_take_the_same_documents(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    document = data.draw(mapping(table) | st.sampled_from(JUNK))
    assume(
        name != "changes" or not isinstance(document, dict) or "add" not in document
    )  # what reads `add` is asked below
    said = validator_of(object_schema(table)).is_valid(as_json(document))
    assert said == (check_mapping(document, table)[1] == [])


@given(mapping(CHANGE_SCHEMA))
def test_changes_of_phrases_are_taken_by_both(change: dict[str, Any]) -> None:
    change = {key: change[key] for key in change if key == "add"}
    lists: PhraseLists = {"pitch": PhraseList("pitch", {})}
    document = parse(as_yaml({"pitch": change}), "p.yaml")
    try:
        amended(lists, [Written(document, ())])
        taken = True
    except PolicyError as error:
        assume("phrase" not in str(error))  # the grammar of a phrase is no matter of its form
        taken = False
    assert validator_of(object_schema(CHANGE_SCHEMA)).is_valid(as_json(change)) == taken


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, max_size=2) | st.sampled_from(JUNK)
    counts = st.sampled_from([0, 1, True, "1", None])
    return (
        st.builds(lambda part: {"all": part}, parts)
        | st.builds(lambda part: {"any": part}, parts)
        | st.builds(lambda part: {"not": part}, inner)
        | st.builds(lambda count, part: {"at-least": count, "of": part}, counts, parts)
        | st.builds(lambda part, other: {**part, **other}, _alone, _alone)
        | st.builds(lambda part: {"of": part}, parts)
    )


_names = st.sampled_from(["defined", *PLAIN, "X Y"])
_alone = st.sampled_from(sorted(PLAIN)).flatmap(
    lambda name: st.builds(
        lambda given: {name: given}, mapping(PLAIN[name].parameters) | st.sampled_from([None, *JUNK])
    )
)
_calls = _alone | st.builds(lambda given: {"defined": given}, st.sampled_from([None, *JUNK]))
conditions = st.recursive(_names | _names | _calls | _calls | st.sampled_from(JUNK), _grown, max_leaves=4)


def policy_of(condition: Any, **more: Any) -> dict[str, Any]:
    rule = {"id": "one", "effect": "review", "when": condition, "because": "a reason"}
    head = {"policycheck": 1, "policy": "made", "version": "1.0.0", "title": "Made"}
    return {**head, "definitions": {"defined": "verified"}, "rules": [rule], **more}


def refusal(document: Any) -> str | None:
    text = as_yaml(document)
    try:
        policy_from(PolicySource(name="made", read=lambda: text, origin="made.yaml"), CHECKS, {})
    except PolicyError as error:
        return str(error)
    return None


@given(conditions)
def test_a_condition_is_taken_by_both_or_by_neither(condition: Any) -> None:
    document = policy_of(condition)
    assert fits("policy", document) == (refusal(document) is None), refusal(document)


@given(mapping({key: rules for key, rules in POLICY.items() if key not in ("extends", "disable", "phrases")}))
def test_whatever_the_loader_takes_the_json_schema_takes_and_the_forms_it_refuses_are_refused(
    document: dict[str, Any],
) -> None:
    form = check_mapping(document, POLICY)[1] == []
    assert fits("policy", document) <= form
    assert fits("policy", document) or refusal(document) is not None


@pytest.mark.parametrize("name", ["conservative", "pragmatic"])
def test_a_shipped_policy_fits_the_json_schema(name: str) -> None:
    assert fits("policy", yaml.safe_load(registry().policies[name].read()))


@pytest.mark.parametrize("name", ["conservative", "pragmatic"])
def test_the_tests_of_a_shipped_policy_fit_the_json_schema(name: str) -> None:
    assert fits("tests", yaml.safe_load((POLICIES / "tests" / f"{name}.yaml").read_text("utf-8")))


BAD = {
    "no rules": {"policycheck": 1, "policy": "made", "version": "1.0.0", "title": "Made", "rules": []},
    "another format": policy_of("verified", policycheck=2),
    "a version that is a number": policy_of("verified", version=1.0),
    "an unknown key": policy_of("verified", rulez=[]),
    "an unknown decision": policy_of("verified", defaults={"incoming": "accept"}),
    "an unknown stage": policy_of("verified", defaults={"sent": "allow"}),
    "a check without what it needs": policy_of("field"),
    "a parameter that the check doesn't have": policy_of({"mutual-connection": {"atleast": 1}}),
    "a parameter out of bounds": policy_of({"mutual-connection": {"at_least": 0}}),
    "two operators side by side": policy_of({"all": ["verified"], "any": ["verified"]}),
    "a count without conditions": policy_of({"at-least": 1}),
    "a definition with parameters": policy_of({"defined": {"at_least": 1}}),
    "a source without a title": policy_of("verified", sources={"handbook": {"section": "4.2"}}),
    "phrases that are no texts": policy_of("verified", phrases={"pitch": {"add": [1]}}),
    "families that are no lists": policy_of("verified", phrases={"pitch": {"add": {"asks": "demo"}}}),
}


@pytest.mark.parametrize("document", BAD.values(), ids=BAD)
def test_a_bad_policy_is_refused_by_the_json_schema_and_by_the_loader(document: dict[str, Any]) -> None:
    assert not fits("policy", document)
    assert refusal(document) is not None
