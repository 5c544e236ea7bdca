"""An explanation, rendered."""

from __future__ import annotations

import io
import re
from textwrap import dedent
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from policycheck.builtin.commands._explain_text import render
from policycheck.engine.explain import Change, ExplainedRule, Explanation, Node
from policycheck.model.finding import Evidence
from policycheck.model.verdict import Advice, CheckFinding
from reports import Terminal, assert_harmless, finding, hostile, quote, verdict


def leaf(found: CheckFinding, *, decisive: bool = False) -> Node:
    return Node("check", found.check, found.holds, decisive, (), found)


def group(kind: str, label: str, truth: bool | None, *children: Node, decisive: bool = False) -> Node:
    return Node(kind, label, truth, decisive, children, None)


PITCH = structs.replace(finding("sales-pitch", quote("We help", 3)), parameters={"at_least": 2})
KNOWN = finding("known-person", holds=False)
PHOTO = finding("shows-photo", holds=None, missing=("person.has_photo",))
BROKEN = finding("verified", holds=None, error="ValueError at people.py:12")

DECLINE = ExplainedRule(
    "decline-pitch", "deny", True, "It is a pitch.", "user-agreement", True, False, leaf(PITCH, decisive=True)
)
ACCEPT = ExplainedRule(
    "accept-known",
    "allow",
    False,
    "You know them.",
    None,
    False,
    False,
    group(
        "all",
        "all",
        False,
        group("definition", "real", None, group("at-least", "at least 1 of 2", None, leaf(PHOTO), leaf(BROKEN))),
        leaf(KNOWN),
    ),
)
BLOCKED = ExplainedRule(
    "blocked",
    "deny",
    None,
    "On your list.",
    None,
    False,
    True,
    leaf(finding("blocked", holds=None, missing=("person.company",))),
)


def explanation(**given_: Any) -> Explanation:
    whole: dict[str, Any] = {
        "verdict": verdict(advice=(Advice(rule="decline-pitch", text="Ask what they want."),)),
        "rules": (ACCEPT, BLOCKED, DECLINE),
        "default": "review",
        "by_default": False,
        "forces": (PITCH,),
        "turns": (Change("review", ((PITCH, False),)), Change("allow", ((PITCH, False), (PHOTO, True), (KNOWN, True)))),
    }
    return Explanation(**{**whole, **given_})


def rendered(explained: Explanation, stream: io.StringIO | None = None) -> str:
    written = stream or io.StringIO()
    render(explained, written)
    return written.getvalue()


def lines(text: str) -> str:
    return dedent(text).removeprefix("\n")


def test_a_tree_shows_every_answer_its_evidence_and_what_decides() -> None:
    assert rendered(explanation()) == lines(
        """
        decline     Pia Grant · Invitations.csv:2

        ✓ true   ✗ false   ? unknown   ◀ decides

        ✓ deny   decline-pitch ◀
           It is a pitch. [user-agreement]
           └─ ✓ sales-pitch (at_least: 2) ◀
                 note 3–10 “We help” (a pitch)

        ✗ allow  accept-known
           You know them.
           └─ ✗ all
              ├─ ? real
              │  └─ ? at least 1 of 2
              │     ├─ ? shows-photo
              │     │     not known: photo
              │     └─ ? verified
              │           broke: ValueError at people.py:12
              └─ ✗ known-person

        ? deny   blocked (let pass: the rule ignores what is not known)
           On your list.
           └─ ? blocked
                 not known: company

        forced by   sales-pitch (at_least: 2) is true: whatever else is found out, it stays decline
        changed by  review, if sales-pitch (at_least: 2) were false
        changed by  accept, if sales-pitch (at_least: 2) were false, shows-photo were true and known-person
                            were true
        advice      Ask what they want.
        """
    )


def test_what_missing_facts_could_change_is_forced_by_nothing() -> None:
    undecided = verdict("review", missing=("person.has_photo", "profile.blocked_people"), accepted=True)
    told = rendered(explanation(verdict=undecided, rules=(), forces=(), turns=()))
    assert told == lines(
        """
        review      Pia Grant · Invitations.csv:2 · accepted already

        ✓ true   ✗ false   ? unknown   ◀ decides

        forced by   nothing yet; what is not known could still change it: photo, your blocked people
        changed by  no three answers or fewer, were they different, would change it
        """
    )


def test_a_default_is_named_as_what_decides() -> None:
    told = rendered(explanation(verdict=verdict("review"), rules=(ACCEPT,), by_default=True, forces=(), turns=()))
    assert "\ndefault     no rule decides, so the policy's default for incoming does: review ◀\n" in told
    assert "\nforced by   no answer; it is what the policy says where no rule decides\n" in told


def test_a_terminal_shows_the_same_in_colour() -> None:
    shown = rendered(explanation(), Terminal())
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "\x1b[1;31mdecline" in shown
    assert plain.splitlines()[:8] == rendered(explanation()).splitlines()[:8]


@given(st.lists(hostile, min_size=8, max_size=8))
def test_no_text_makes_a_line_an_escape_or_a_command(texts: list[str]) -> None:
    evidence = Evidence(field=texts[0], reason=texts[1], quote=texts[2])
    asked = structs.replace(
        finding(texts[3], evidence, missing=(texts[4],), error=texts[5]), parameters={texts[6]: [texts[7]]}
    )
    rule = ExplainedRule(texts[0], "deny", True, texts[1], texts[2], True, True, leaf(asked, decisive=True))
    told = explanation(
        verdict=verdict(id=texts[0], name=texts[1], company=texts[2], missing=(texts[3],), action=texts[4]),
        rules=(rule,),
        forces=(asked,),
        turns=(Change("review", ((asked, False),)),),
    )
    for line in rendered(told).split("\n"):
        assert_harmless(line)
