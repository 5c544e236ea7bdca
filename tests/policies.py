"""Random policies over made-up checks, and how to load them from plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

import yaml
from hypothesis import strategies as st
from msgspec import structs

from policycheck.engine.compile import Program, compile_policy
from policycheck.engine.evaluate import Answered, answer, evaluate, verdict
from policycheck.engine.waive import weigh_waivers
from policycheck.model.case import Case, Shared
from policycheck.model.check import Check, check
from policycheck.model.invitation import STAGES, Invitation, Origin, Person
from policycheck.model.plugin import PolicySource
from policycheck.model.profile import Account, Profile
from policycheck.model.verdict import Verdict
from policycheck.model.waiver import Waiver
from policycheck.policy.load import Policy, policy_from
from policycheck.policy.waivers import waivers_from
from reference import F, T, U, lenient_decision

NAMES = ("a", "b", "c", "d", "e")
AS_OF = date(2026, 11, 23)
FACTS = ("verified", "has_photo", "known", "mutual_connections", "connections")
"""The fact that each made-up check reads: three booleans, and two counts that hold from one upwards."""


def made_up(name: str, fact: str) -> Check:
    """A check that holds where a fact of the person is true, or at least one."""

    @check(name, needs=[f"person.{fact}"])
    def function(case: Case) -> bool:
        """Holds where a fact says so."""
        return bool(getattr(case.person, fact))

    return function


CHECKS = {name: made_up(name, fact) for name, fact in zip(NAMES, FACTS, strict=True)}

leaf = st.sampled_from(NAMES)


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return (
        st.builds(lambda p: {"all": p}, parts)
        | st.builds(lambda p: {"any": p}, parts)
        | st.builds(lambda p: {"not": p}, inner)
        | parts.flatmap(lambda p: st.builds(lambda k: {"at-least": k, "of": p}, st.integers(1, len(p))))
    )


conditions = st.recursive(leaf | st.sampled_from(["defined-one", "defined-two"]), _grown, max_leaves=6)
plain_conditions = st.recursive(leaf, _grown, max_leaves=4)
effects = st.sampled_from(["allow", "review", "deny"])


@st.composite
def rules(draw: st.DrawFn, ignoring: bool = True) -> dict[str, Any]:
    effect = draw(effects)
    rule: dict[str, Any] = {"effect": effect, "when": draw(conditions), "because": "a reason"}
    stages = draw(st.none() | st.lists(st.sampled_from(STAGES), min_size=1, unique=True))
    if stages is not None:
        rule["stages"] = stages
    if ignoring and effect != "allow" and draw(st.booleans()):
        rule["if-unknown"] = draw(st.sampled_from(["ignore", "review"]))
    return rule


@st.composite
def policies(draw: st.DrawFn, ignoring: bool = True) -> dict[str, Any]:
    drawn = draw(st.lists(rules(ignoring), min_size=1, max_size=5))
    return {
        "policycheck": 1,
        "policy": "random",
        "version": "1.0.0",
        "title": "Random",
        "defaults": draw(st.dictionaries(st.sampled_from(STAGES), effects)),
        "definitions": {
            "defined-one": draw(plain_conditions),
            "defined-two": {"any": ["defined-one", draw(plain_conditions)]},
        },
        "rules": [{"id": f"r{number}", **rule} for number, rule in enumerate(drawn)],
    }


people = st.builds(
    Person,
    verified=st.none() | st.booleans(),
    has_photo=st.none() | st.booleans(),
    known=st.none() | st.booleans(),
    mutual_connections=st.none() | st.integers(0, 2),
    connections=st.none() | st.integers(0, 2),
)


def invitations(person: st.SearchStrategy[Person] = people) -> st.SearchStrategy[Invitation]:
    return st.builds(
        Invitation, id=st.just("i"), stage=st.sampled_from(STAGES), origin=st.just(Origin("made-up", 1)), person=person
    )


URLS = ("https://www.linkedin.com/in/mia-berg", "linkedin.com/in/MIA-BERG/", "https://www.linkedin.com/in/ben-ito")

_covers = (
    st.sampled_from(["i", "j"]).map(lambda id_: {"invitation": id_})
    | st.sampled_from(URLS).map(lambda url: {"person": url})
    | st.sampled_from(["made-up", "made-*", "*", "other-*"]).map(lambda path: {"file": path})
    | st.just({"everything": True})
)


@st.composite
def waived_policies(draw: st.DrawFn, ignoring: bool = True) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A policy, often with a limit on waivers, and waivers of its rules as a file has them."""
    data = draw(policies(ignoring))
    longest = draw(st.none() | st.integers(1, 3))
    data |= {} if longest is None else {"waivers": {"longest": longest}}
    liftable = [rule["id"] for rule in data["rules"] if rule["effect"] != "allow"]
    waiver = st.builds(
        lambda rule, cover, days: {
            "rule": rule,
            **cover,
            "reason": "agreed",
            "owner": "Dana",
            "expires": AS_OF + timedelta(days=days),
        },
        st.sampled_from(liftable or ["none"]),
        _covers,
        st.integers(-1, 4),
    )
    return data, draw(st.lists(waiver, max_size=4)) if liftable else []


def covered_invitations() -> st.SearchStrategy[Invitation]:
    """Invitations that the waivers may cover: some with a profile's address."""
    urls = st.none() | st.sampled_from(URLS)
    return invitations(st.builds(lambda person, url: structs.replace(person, profile_url=url), people, urls))


def waivers_of(waivers: list[dict[str, Any]], policy: Policy) -> tuple[Waiver, ...]:
    """Waivers from plain data, by way of their YAML text."""
    text = yaml.dump({"waivers": waivers}, Dumper=_Plain, sort_keys=False)
    return waivers_from(text, "waivers.yaml", policy)


class _Plain(yaml.SafeDumper):
    """Writes a day that stands twice twice, and no alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def load(data: dict[str, Any], checks: dict[str, Check] | None = None) -> Policy:
    """A policy from plain data, by way of its YAML text."""
    source = PolicySource(name="random", read=lambda: yaml.safe_dump(data, sort_keys=False), origin="random.yaml")
    return policy_from(source, checks or CHECKS, {})


def program(data: dict[str, Any], checks: dict[str, Check] | None = None) -> Program:
    return compile_policy(load(data, checks))


def decided(policy: Policy | Program, *invitations: Invitation, waivers: Iterable[Waiver] = ()) -> list[Verdict]:
    """The verdicts of invitations of one account."""
    outcomes = evaluate([Account(id="us", records=invitations)], policy, as_of=AS_OF, waivers=waivers)
    return [outcome for outcome in outcomes if isinstance(outcome, Verdict)]


def answered(compiled: Program, invitation: Invitation, waivers: Iterable[Waiver] = ()) -> Answered:
    weighed = weigh_waivers(waivers, compiled.policy, as_of=AS_OF)
    return answer(Case(invitation, Shared(Profile(), AS_OF, compiled.lexicon)), compiled, weighed)


def reference_of(
    policy: dict[str, Any],
    invitation: Invitation,
    broken: frozenset[str] = frozenset(),
    lifted: Collection[str] = (),
) -> str:
    """The reference interpreter's decision about the made-up checks, those named broken aside."""
    facts = [getattr(invitation.person, fact) for fact in FACTS]
    answers = {
        name: U if fact is None or name in broken else T if fact else F for name, fact in zip(NAMES, facts, strict=True)
    }
    return lenient_decision(policy, invitation.stage, answers, broken, set(lifted))


__all__ = [
    "AS_OF",
    "CHECKS",
    "NAMES",
    "answered",
    "covered_invitations",
    "decided",
    "invitations",
    "load",
    "people",
    "policies",
    "program",
    "reference_of",
    "rules",
    "verdict",
    "waived_policies",
    "waivers_of",
]
