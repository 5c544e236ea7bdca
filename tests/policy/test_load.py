"""Policies: what loads, what it comes to, and every mistake with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from policies import CHECKS
from policycheck.errors import PolicyError
from policycheck.model.check import Check, check
from policycheck.model.plugin import PolicySource
from policycheck.policy.condition import Named
from policycheck.policy.load import Policy, find_policy, load_policy, policy_from

HEAD = "policycheck: 1\npolicy: acme\nversion: 1.0.0\ntitle: Acme\n"


@check("counted", parameters={"at_least": {"type": "integer", "min": 1, "default": 2}, "word": {"type": "string"}})
def counted(case: object, *, at_least: int, word: str = "") -> bool:
    """Holds always."""
    return True


@check("picky", parameters={"x": {"type": "integer"}}, refuse=lambda given: None if given else "it needs `x`; add it")
def picky(case: object, **given: int) -> bool:
    """Holds always, with a parameter."""
    return True


KNOWN: dict[str, Check] = {**CHECKS, "counted": counted, "picky": picky}


def load(text: str, folder: Path | None = None, **others: str) -> Policy:
    sources = {name: PolicySource(name=name, read=lambda t=t: t, origin=f"{name}.yaml") for name, t in others.items()}
    return policy_from(PolicySource(name="acme", read=lambda: text, origin="acme.yaml"), KNOWN, sources)


def mistakes(text: str, **others: str) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        load(text, **others)
    return list(refused.value.messages)


def rule(when: str, rest: str = "", name: str = "r") -> str:
    return f"  - {{id: {name}, effect: deny, because: so, when: {when}{rest}}}\n"


def with_rules(*rules: str, before: str = "") -> str:
    return HEAD + before + "rules:\n" + "".join(rules)


REFUSED = {
    "an unknown key": (
        with_rules(rule("a"), before="ruls: 1\n"),
        "acme.yaml:5:1: unknown key `ruls`; did you mean `rules`?",
    ),
    "an unknown key of a rule": (
        with_rules(rule("a", ", efect: x")),
        "acme.yaml:6:49: unknown key `efect`; did you mean `effect`?",
    ),
    "a missing key": (HEAD + "rules: [{id: r, effect: deny, when: a}]", "acme.yaml:5:9: `because` is missing; add it"),
    "an empty rule list": (
        HEAD + "rules: []",
        "acme.yaml:5:8: `rules` is empty; give it a value, or leave the key out",
    ),
    "no rules at all": (HEAD, "acme.yaml:1:1: a policy without a rule decides nothing; add `rules`"),
    "a wrong type": (with_rules(rule("a"), before="extends: base\n"), "acme.yaml:5:10: `extends` must be a list"),
    "a version as a number": (
        with_rules(rule("a")).replace("1.0.0", "1.0"),
        "acme.yaml:3:10: `version` must be a text; quote it",
    ),
    "a format to come": (
        with_rules(rule("a")).replace("check: 1", "check: 2"),
        "acme.yaml:1:14: `policycheck` cannot be `2`; choose one of 1",
    ),
    "an unknown effect": (
        with_rules(rule("a")).replace("deny", "dney"),
        "acme.yaml:6:21: `effect` cannot be `dney`; did you mean `deny`?",
    ),
    "an unknown stage": (
        with_rules(rule("a", ", stages: [incomming]")),
        "acme.yaml:6:58: `stages` cannot be `incomming`; did you mean `incoming`?",
    ),
    "an id in capitals": (
        with_rules(rule("a")).replace("id: r", "id: R"),
        "acme.yaml:6:10: `R` has a form that is not allowed here; write it as lower-case words joined by hyphens",
    ),
    "an unknown check": (
        with_rules(rule("conted")),
        "acme.yaml:6:46: no check or definition is called `conted`; did you mean `counted`?",
    ),
    "an unknown parameter": (
        with_rules(rule("{counted: {at_lest: 1}}")),
        "acme.yaml:6:57: check `counted`: unknown key `at_lest`; did you mean `at_least`?",
    ),
    "true for a number": (
        with_rules(rule("{counted: {at_least: true}}")),
        "acme.yaml:6:67: check `counted`: `at_least` must be a whole number",
    ),
    "a parameter below its minimum": (
        with_rules(rule("{counted: {at_least: 0}}")),
        "acme.yaml:6:67: check `counted`: `at_least` must be at least 1",
    ),
    "parameters that don't go together": (
        with_rules(rule("picky")),
        "acme.yaml:6:46: check `picky`: it needs `x`; add it",
    ),
    "two operators": (
        with_rules(rule("{all: [a], any: [b]}")),
        "acme.yaml:6:46: `all`, `any` stand side by side; say with `all` or `any` how they go together",
    ),
    "an empty operator": (with_rules(rule("{all: []}")), "acme.yaml:6:52: this needs a list of one condition or more"),
    "at-least without of": (
        with_rules(rule("{at-least: 1}")),
        "acme.yaml:6:46: `at-least: NUMBER` goes together with `of: [conditions]`, and with nothing else",
    ),
    "at-least of too few": (
        with_rules(rule("{at-least: 3, of: [a, b]}")),
        "acme.yaml:6:57: `at-least` must be a whole number from 1 to the 2 conditions under `of`",
    ),
    "an unknown source": (
        with_rules(rule("a", ", source: nowhere")),
        "acme.yaml:6:57: no source is called `nowhere`; add it under `sources`",
    ),
    "an id twice": (
        with_rules(rule("a"), rule("b")),
        "acme.yaml:7:10: a second rule is called `r` (first in line 6); rename one",
    ),
    "a circle": (
        with_rules(rule("x"), before="definitions: {x: {all: [z]}, z: {not: x}}\n"),
        "acme.yaml:5:39: the definition `x` rests on itself: x → z → x; break the circle",
    ),
    "a definition with parameters": (
        with_rules(rule("{x: {at_least: 1}}"), before="definitions: {x: a}\n"),
        "acme.yaml:7:50: the definition `x` takes no parameters; leave them out",
    ),
    "a definition named like a check": (
        with_rules(rule("a"), before="definitions: {counted: a}\n"),
        "acme.yaml:5:15: the definition `counted` is named like a check; rename it",
    ),
    "if-unknown on an allow rule": (
        with_rules(rule("a", ", if-unknown: ignore")).replace("deny", "allow"),
        "acme.yaml:6:50: an allow rule left unknown never allows; leave `if-unknown` out",
    ),
    "an unknown policy to extend": (
        with_rules(rule("a"), before="extends: [bse]\n"),
        "acme.yaml:5:11: no policy is called `bse`; did you mean `base`?",
    ),
    "a disabled rule that isn't there": (
        with_rules(rule("a"), before="extends: [base]\ndisable: [orign]\n"),
        "acme.yaml:6:11: no extended policy has a rule `orign`; did you mean `origin`?",
    ),
    "a phrase that isn't there": (
        with_rules(rule("a"), before="phrases: {pitch: {remove: [no such phrase at all]}}\n"),
        "acme.yaml:5:28: no phrase `no such phrase at all` to remove; leave it out",
    ),
}
BASE = "policycheck: 1\npolicy: base\nversion: 1.0.0\ntitle: Base\nrules:\n" + rule("b", name="origin")


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_a_mistake_is_told_with_its_place_and_its_repair(text: str, message: str) -> None:
    assert mistakes(text, base=BASE) == [message]


def test_an_id_does_not_end_with_a_line_break() -> None:
    text = 'policycheck: 1\npolicy: "made\\n"\nversion: 1.0.0\ntitle: Made\nrules: [{id: a, effect: deny, when: a, because: x}]\n'
    with pytest.raises(PolicyError) as error:
        policy_from(PolicySource(name="made", read=lambda: text, origin="made.yaml"), {}, {})
    assert str(error.value).startswith("made.yaml:2:9: `made\\n` has a form that is not allowed here")


@pytest.mark.parametrize("key", ["extends", "disable"])
@pytest.mark.parametrize("item", ["{a: b}", "[a]", "1", "true", "2026-11-23", ""])
def test_a_name_that_is_no_text_is_a_mistake_like_any_other(key: str, item: str) -> None:
    text = f"policycheck: 1\npolicy: made\nversion: 1.0.0\ntitle: Made\n{key}:\n  - {item}\n"
    with pytest.raises(PolicyError) as error:
        policy_from(PolicySource(name="made", read=lambda: text, origin="made.yaml"), {}, {})
    assert f"`{key}` " in str(error.value)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = with_rules(
        rule("conted", name="one"), rule("a", ", source: nowhere", name="two"), rule("a", ", x: 1", name="three")
    )
    assert [message.split(": ")[0] for message in mistakes(text)] == [
        "acme.yaml:6:48",
        "acme.yaml:7:59",
        "acme.yaml:8:53",
    ]


def test_a_chain_of_doubling_definitions_is_refused_and_not_written_out() -> None:
    doubled = "".join(f"  d{n}: {{any: [d{n - 1}, d{n - 1}]}}\n" for n in range(1, 25))
    (message, *_) = mistakes(with_rules(rule("d24"), before=f"definitions:\n  d0: a\n{doubled}"))
    assert "comes to more than 10,000 checks; shorten it" in message


def test_parameters_get_their_defaults() -> None:
    (loaded,) = load(with_rules(rule("counted"))).rules
    assert loaded.when.parameters == {"at_least": 2}  # type: ignore[union-attr]  # of this type, as the test made it


def test_extends_brings_everything_and_replaces_by_id() -> None:
    base = BASE + "definitions: {x: a}\ndefaults: {incoming: deny}\n"
    policy = load(with_rules(rule("x", name="own"), before="extends: [base]\ndefaults: {outgoing: allow}\n"), base=base)
    assert [rule.id for rule in policy.rules] == ["origin", "own"]
    assert isinstance(policy.rules[1].when, Named)
    assert policy.defaults == {"incoming": "deny", "outgoing": "allow", "connected": "review", "template": "review"}
    replaced = load(with_rules(rule("c", name="origin"), before="extends: [base]\n"), base=base)
    assert [rule.when.check.name for rule in replaced.rules] == ["c"]  # type: ignore[union-attr]  # of this type, as the test made it


def test_disable_takes_an_extended_rule_away() -> None:
    policy = load(with_rules(rule("a", name="own"), before="extends: [base]\ndisable: [origin]\n"), base=BASE)
    assert [rule.id for rule in policy.rules] == ["own"]


def test_two_bases_with_one_id_must_be_settled_by_the_file() -> None:
    other = BASE.replace("when: b", "when: c")
    text = with_rules(rule("a", name="own"), before="extends: [base, other]\n")
    assert mistakes(text, base=BASE, other=other) == [
        "acme.yaml:5:1: two extended policies bring rule `origin` (base.yaml:6:5 and other.yaml:6:5); write it here"
    ]
    settled = with_rules(rule("a", name="origin"), before="extends: [base, other]\n")
    assert [rule.id for rule in load(settled, base=BASE, other=other).rules] == ["origin"]


def test_one_base_by_two_ways_is_no_conflict() -> None:
    left = BASE.replace("policy: base", "policy: left").partition("rules:")[0] + "extends: [base]\n"
    policy = load(
        with_rules(rule("a", name="own"), before="extends: [left, right]\n"), base=BASE, left=left, right=left
    )
    assert [rule.id for rule in policy.rules] == ["origin", "own"]


def test_policies_that_extend_one_another_are_refused() -> None:
    left = BASE.partition("rules:")[0] + "extends: [acme-again]\n"
    again = HEAD + "extends: [left]\n"
    with pytest.raises(PolicyError, match="`left` extends this policy in turn; break the circle"):
        load(HEAD + "extends: [left]\n", **{"left": left, "acme-again": again})


def test_a_relative_path_is_looked_for_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (tmp_path / "acme.yaml").write_text(with_rules(rule("a"), before="extends: [./base.yaml]\n"), "utf-8")
    policy = policy_from(find_policy(str(tmp_path / "acme.yaml"), {}), KNOWN, {})
    assert [rule.id for rule in policy.rules] == ["origin", "r"]


def test_policies_that_mean_the_same_have_the_same_digest() -> None:
    one = with_rules(rule("{any: [a, b]}", name="one"), rule("counted", name="two"))
    two = "# a remark\n" + with_rules(
        rule("{counted: {at_least: 2}}", name="two"), rule("x", name="one"), before="definitions: {x: {any: [b, a]}}\n"
    )
    assert load(one).identity.digest == load(two).identity.digest
    assert load(one).identity.digest.startswith("sha256:")


def test_whatever_changes_the_meaning_changes_the_digest() -> None:
    text = with_rules(rule("{counted: {at_least: 2}}"))
    changes = [
        text.replace("at_least: 2", "at_least: 3"),
        text.replace("deny", "review"),
        text.replace("because: so", "because: no way"),
    ]
    digests = {load(version).identity.digest for version in [text, *changes, text + "defaults: {incoming: allow}\n"]}
    assert len(digests) == 5


def test_a_phrase_more_changes_the_digest_of_a_policy_whose_checks_read_the_list() -> None:
    reading = {**KNOWN, "counted": structs.replace(counted, phrases=("pitch",))}
    text = with_rules(rule("counted"))
    digests = {
        policy_from(PolicySource(name="x", read=lambda t=t: t, origin="x.yaml"), reading, {}).identity.digest
        for t in (text, text + "phrases: {pitch: {add: [synergy summit]}}\n")
    }
    assert len(digests) == 2


def test_a_phrase_list_that_nobody_has_is_refused_until_the_policy_writes_it() -> None:
    reading = {**KNOWN, "counted": structs.replace(counted, phrases=("acme-words",))}
    text = with_rules(rule("counted"))
    with pytest.raises(
        PolicyError, match=r"^acme\.yaml:1:1: a check reads the phrase list `acme-words`, which is not there"
    ):
        policy_from(PolicySource(name="x", read=lambda: text, origin="acme.yaml"), reading, {})
    written = text + "phrases: {acme-words: {add: [synergy summit]}}\n"
    policy = policy_from(PolicySource(name="x", read=lambda: written, origin="acme.yaml"), reading, {})
    assert list(policy.phrases) == ["acme-words"]


PLUGIN_FAULTS = {
    "a need that is no fact": (
        {"needs": ("person.shoe_size",)},
        "check `counted` needs `person.shoe_size`, which is no fact; update its plugin",
    ),
    "needs that raise": ({"needs": lambda given: 1 / 0}, "check `counted` broke (ZeroDivisionError at test_load.py:"),
    "needs that are no list": ({"needs": lambda given: None}, "check `counted` broke (TypeError at condition.py:"),
    "a refusal that raises": (
        {"refuse": lambda given: 1 / 0},
        "check `counted` broke (ZeroDivisionError at test_load.py:",
    ),
    "a refusal in hostile words": ({"refuse": lambda given: "no\x1b[31m"}, "check `counted`: no\\x1b[31m"),
}


@pytest.mark.parametrize(("fault", "message"), PLUGIN_FAULTS.values(), ids=PLUGIN_FAULTS)
def test_a_check_whose_own_declaration_is_wrong_is_named_while_loading(fault: dict[str, Any], message: str) -> None:
    faulty = {**KNOWN, "counted": structs.replace(counted, **fault)}
    with pytest.raises(PolicyError) as refused:
        policy_from(PolicySource(name="acme", read=lambda: with_rules(rule("counted")), origin="acme.yaml"), faulty, {})
    assert refused.value.messages[0].startswith(f"acme.yaml:6:46: {message}")


@pytest.mark.parametrize("error", [ValueError, SystemExit, FileNotFoundError])
def test_a_plugin_that_breaks_while_giving_its_policy_is_named(error: type[BaseException]) -> None:
    def read() -> str:
        raise error("secret")

    with pytest.raises(PolicyError) as refused:
        policy_from(PolicySource(name="acme", read=read, origin="acme pack"), KNOWN, {})
    assert refused.value.messages[0].startswith(f"acme pack: could not be read ({error.__name__} at test_load.py:")


def test_the_shipped_policies_load_by_name_and_a_near_name_is_offered() -> None:
    assert load_policy("pragmatic").identity.id == "pragmatic"
    with pytest.raises(PolicyError, match=r"^no policy is called `pragmatik`; did you mean `pragmatic`\?$"):
        load_policy("pragmatik")
    with pytest.raises(PolicyError, match=r"^nowhere\.yaml: there is no such file; mend the path, or name one of"):
        load_policy("nowhere.yaml")


def test_a_file_that_is_no_policy_is_not_repeated_key_by_key(tmp_path: Path) -> None:
    path = tmp_path / "passwords.yaml"
    path.write_text("root: a secret\nana: another\n", "utf-8")
    with pytest.raises(PolicyError) as refused:
        load_policy(path)
    assert refused.value.messages == (f"{path}:1:1: this is no policy; one begins with `policycheck: 1`",)
