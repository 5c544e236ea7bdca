"""The form of a file of tests: its Cerberus schema, with a description for every key."""

from __future__ import annotations

from typing import Any

from policycheck.model.invitation import STAGES
from policycheck.policy.profile import PROFILE
from policycheck.policy.schema import about

KEY = "policycheck-tests"
"""What makes a YAML file one of tests."""
MAX_TIMES = 1000

_TEXT = {"type": "string"}
_FILLED = {"type": "string", "empty": False}
_COUNT = {"type": "integer", "min": 0, "max": 2**53 - 1}
_TIME = {"type": "string", "empty": False}
_NAMES = {"type": "list", "schema": _FILLED}

PERSON: dict[str, Any] = {
    "name": about("their name as the site shows it", **_TEXT),
    "profile_url": about("the address of their profile", **_TEXT),
    "headline": about("the line below their name", **_TEXT),
    "company": about("where they work now", **_TEXT),
    "position": about("what they do there", **_TEXT),
    "industry": about("the industry that they work in", **_TEXT),
    "location": about("where they say that they are", **_TEXT),
    "email": about("their e-mail address", **_TEXT),
    "mutual_connections": about("how many connections you share", **_COUNT),
    "connections": about("how many connections they have", **_COUNT),
    "has_photo": about("whether their profile shows a photo", type="boolean"),
    "joined_on": about("the day on which their account was made", type="date"),
    "verified": about("whether their account carries LinkedIn's verification mark", type="boolean"),
    "known": about("whether you know them", type="boolean"),
    "known_by": about("on what `known` rests", **_TEXT),
}

MESSAGE: dict[str, Any] = {
    "from": about("who wrote it: `them`, the other party, or `us`", type="string", allowed=["us", "them"]),
    "sent_at": about("when it was sent, with its zone, in quotes", **_TIME),
    "text": about("what it says, exactly as written", **_TEXT),
}

INVITATION: dict[str, Any] = {
    "id": about("what it is called, where a rule asks for that", **_FILLED),
    "stage": about("what there is to decide", required=True, type="string", allowed=list(STAGES)),
    "person": about("the other party", type="dict", schema=PERSON),
    "note": about("its text, exactly as written; an empty one was sent without a note", **_TEXT),
    "sent_at": about("when it was sent, with its zone, in quotes", **_TIME),
    "accepted": about("true where the person is a connection already", type="boolean"),
    "connected_on": about("the day on which they connected", type="date"),
    "messages": about("the messages exchanged since", type="list", schema={"type": "dict", "schema": MESSAGE}),
    "previous_invitations": about("how many invitations went to the same person before", **_COUNT),
}
"""A record's keys, but that a file of tests has one account for each case."""

_OTHER = {
    **INVITATION,
    "times": about(
        "how many such invitations there are; one where it is left out", type="integer", min=1, max=MAX_TIMES
    ),
}

_EXPECT = {
    "decision": about("the decision", type="string", allowed=["allow", "review", "deny"]),
    "rules": about("exactly the rules that hold", **_NAMES),
    "missing": about("exactly the facts that are not known and could still change the decision", **_NAMES),
}

_CASE = {
    "name": about("what the case shows", required=True, **_FILLED),
    "invitation": about("what is to be decided about", required=True, type="dict", schema=INVITATION),
    "history": about("other invitations of the same account", type="list", schema={"type": "dict", "schema": _OTHER}),
    "profile": about("what is known of us in this case, instead of what the file says", type="dict", schema=PROFILE),
    "expect": about("what the verdict must say", required=True, empty=False, type="dict", schema=_EXPECT),
}

TESTS: dict[str, Any] = {
    KEY: about("the version of this format", required=True, type="integer", allowed=[1]),
    "policy": about(
        "the policy that is tested: a name, or a path that starts from this file", required=True, **_FILLED
    ),
    "as_of": about("the day for which the cases are decided", required=True, type="date"),
    "profile": about("what is known of us, in every case that has no profile of its own", type="dict", schema=PROFILE),
    "cases": about("the cases, in any order", required=True, type="list", schema={"type": "dict", "schema": _CASE}),
}
