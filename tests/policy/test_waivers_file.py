"""Waivers, from YAML: every key, every mistake with its place, and the limit that a policy sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policies import CHECKS
from policycheck.errors import PolicyError
from policycheck.model.plugin import PolicySource
from policycheck.model.waiver import Waiver
from policycheck.policy.document import WAIVERS
from policycheck.policy.load import Policy, policy_from
from policycheck.policy.waivers import load_waivers, waivers_from

RULES = """\
rules:
  - {id: no-pitch, effect: deny, when: a, because: so}
  - {id: look-twice, effect: review, when: b, because: so}
  - {id: accept-known, effect: allow, when: c, because: so}
"""
REST = "reason: r, owner: o, expires: 2026-12-31"

FULL = """\
waivers:
  - rule: no-pitch
    person: https://www.linkedin.com/in/Mia-Berg/
    reason: >
      She asked us
      for it.
    owner: Dana Reyes
    ticket: OPS-214
    expires: 2026-12-31
  - {rule: look-twice, invitation: q-17, reason: r, owner: o, expires: 2026-12-01}
  - {rule: look-twice, file: "./queues/*.jsonl", reason: r, owner: o, expires: 2026-12-01}
  - {rule: look-twice, everything: true, reason: r, owner: o, expires: 2026-12-01}
"""


def policy(before: str = "", rules: str = RULES, **others: str) -> Policy:
    head = "policycheck: 1\npolicy: acme\nversion: 1.0.0\ntitle: Acme\n"
    sources = {
        name: PolicySource(name=name, read=lambda text=text: head + text, origin=f"{name}.yaml")
        for name, text in others.items()
    }
    top = PolicySource(name="acme", read=lambda: head + before + rules, origin="acme.yaml")
    return policy_from(top, CHECKS, sources)


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as error:
        waivers_from(text, "w.yaml", policy())
    return error.value.messages


def test_every_key_of_a_waiver_arrives(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(FULL, "utf-8")
    first, *others = load_waivers(path, policy())
    assert first == Waiver(
        rule="no-pitch",
        cover="person",
        key="mia-berg",
        reason="She asked us for it.",
        owner="Dana Reyes",
        ticket="OPS-214",
        expires=date(2026, 12, 31),
        where=f"{path}:2:5",
    )
    assert [(waiver.cover, waiver.key, waiver.ticket) for waiver in others] == [
        ("invitation", "q-17", None),
        ("file", "queues/*.jsonl", None),
        ("everything", "", None),
    ]


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    text = """\
waivers:
  - rule: no-pich
    person: Ian Cole
    reason: " "
    owner: Dana Reyes
  - {rule: accept-known, invitation: q-17, file: a, reason: r, owner: o, expires: soon}
  - {rule: no-pitch, everything: false, reson: r, owner: o, expires: 2026-12-01}
  - {rule: somewhere-else, reason: r, owner: o, expires: 2026-12-01}
  - {rule: no-pitch, person: mia-berg, ticket: 7, reason: r, owner: "", expires: 2026-12-01}
  - {rule: [no-pitch], person: 5, reason: r, owner: o, expires: 2026-12-01}
  - no-pitch
waiver: []
"""
    assert mistakes(text) == (
        "w.yaml:2:5: `expires` is missing; add it",
        "w.yaml:2:11: the policy `acme` has no rule `no-pich`; did you mean `no-pitch`?",
        "w.yaml:3:13: the URL leads to no profile; write it as https://www.linkedin.com/in/mia-berg",
        "w.yaml:4:13: `reason` is blank; give it a value",
        "w.yaml:6:5: this waiver covers `invitation` and `file`; write exactly one of `invitation`, `person`, `file`, or `everything: true`",
        "w.yaml:6:12: `accept-known` is an allow rule, which stands in nobody's way; waive the deny or review rule that does",
        "w.yaml:6:83: `expires` must be a date such as 2026-11-23, without quotes",
        "w.yaml:7:5: `reason` is missing; add it",
        "w.yaml:7:34: `everything` can only be true; say what the waiver covers instead",
        "w.yaml:7:41: unknown key `reson`; did you mean `reason`?",
        "w.yaml:8:5: this waiver covers nothing; write exactly one of `invitation`, `person`, `file`, or `everything: true`",
        "w.yaml:8:12: the policy `acme` has no rule `somewhere-else`; `policycheck policy show acme` lists its rules",
        "w.yaml:9:30: the URL leads to no profile; write it as https://www.linkedin.com/in/mia-berg",
        "w.yaml:9:48: `ticket` must be a text; quote it",
        "w.yaml:9:69: `owner` is empty; give it a value, or leave the key out",
        "w.yaml:10:12: `rule` must be a text",
        "w.yaml:10:32: `person` must be a text; quote it",
        "w.yaml:11:5: `waivers` must be a mapping",
        "w.yaml:12:1: unknown key `waiver`; did you mean `waivers`?",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# nothing\n", "w.yaml:1:1: this must be a mapping of keys to values"),
        ("[]\n", "w.yaml:1:1: this must be a mapping of keys to values"),
        ("{}\n", "w.yaml:1:1: `waivers` is missing; add it"),
        ("waivers: no-pitch\n", "w.yaml:1:10: `waivers` must be a list"),
        (
            "waivers: &all []\n",
            "w.yaml:1:10: the anchor `&all`; write the value out where it is needed",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, told: str) -> None:
    assert mistakes(text) == (told,)


def test_a_list_without_a_waiver_waives_nothing() -> None:
    assert waivers_from("waivers: []\n", "w.yaml", policy()) == ()


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(PolicyError) as error:
        load_waivers("nope.yaml", policy())
    assert str(error.value) == (
        "nope.yaml: cannot be read (No such file or directory); check the path and its permissions"
    )


def test_no_person_of_a_waiver_is_repeated_in_a_mistake() -> None:
    told = mistakes(f"waivers: [{{rule: x, person: https://example.org/in/canary, {REST}}}]\n")
    assert len(told) == 2
    assert "canary" not in "".join(told)


def test_every_key_is_described() -> None:
    (listed,) = WAIVERS.values()
    assert all(rules["meta"]["description"] for rules in [listed, *listed["schema"]["schema"].values()])


def test_a_policy_limits_how_far_ahead_a_waiver_expires() -> None:
    assert policy().longest_waiver is None
    assert policy("waivers: {longest: 90}\n").longest_waiver == 90
    assert policy("waivers: {}\n").longest_waiver is None


@pytest.mark.parametrize(
    ("own", "longest"),
    [("", 60), ("waivers: {longest: 90}\n", 60), ("waivers: {longest: 30}\n", 30)],
    ids=["nothing of its own", "longer", "shorter"],
)
def test_what_extends_a_policy_can_only_tighten_the_limit(own: str, longest: int) -> None:
    loaded = policy(
        f"extends: [one, two]\n{own}",
        rules="rules: [{id: r, effect: deny, when: a, because: so}]\n",
        one="waivers: {longest: 60}\n" + RULES,
        two="rules: [{id: other, effect: deny, when: a, because: so}]\n",
    )
    assert loaded.longest_waiver == longest


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("0", "acme.yaml:5:20: `longest` must be at least 1"),
        ("true", "acme.yaml:5:20: `longest` must be a whole number"),
        ("ninety", "acme.yaml:5:20: `longest` must be a whole number"),
    ],
)
def test_a_limit_that_is_no_number_of_days_is_refused(limit: str, told: str) -> None:
    with pytest.raises(PolicyError) as error:
        policy(f"waivers: {{longest: {limit}}}\n")
    assert error.value.messages == (told,)


def test_the_limit_is_part_of_what_a_policy_means() -> None:
    digests = {
        policy(before).identity.digest for before in ("", "waivers: {longest: 90}\n", "waivers: {longest: 91}\n")
    }
    assert len(digests) == 3
    assert policy("waivers: {}\n").identity == policy().identity
