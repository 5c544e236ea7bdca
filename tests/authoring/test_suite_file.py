"""A file of tests, from YAML: every key arrives, and every mistake is told with its place, all at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from inputs import registry
from policycheck import Contact, Message, Person, PolicyError, Profile
from policycheck.authoring.document import INVITATION, MAX_TIMES, MESSAGE, PERSON
from policycheck.authoring.suite import Expected, Suite, suite_from
from policycheck.model.invitation import Invitation

POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
rules:
  - {id: no-pitch, effect: deny, when: sales-pitch, because: so}
  - {id: look-twice, effect: review, when: {not: verified}, because: so}
"""
HEAD = "policycheck-tests: 1\npolicy: ../acme.yaml\nas_of: 2026-11-23\n"
FULL = """\
policycheck-tests: 1
policy: ../acme.yaml
as_of: 2026-11-23
profile: {companies: [Brightleaf], address_book: [mia@berg.example]}
cases:
  - name: |
      all that
      can be said
    invitation:
      id: q-17
      stage: connected
      person:
        {name: Mia Berg, profile_url: "https://www.linkedin.com/in/mia-berg", headline: "", company: Acme, position: Editor,
        industry: Publishing, location: Bern, email: mia@berg.example, mutual_connections: 3, connections: 0, has_photo: true,
        joined_on: 2015-01-01, verified: false, known: false, known_by: the record}
      note: "Hi\\n"
      sent_at: "2026-06-27T21:35:00+02:00"
      accepted: true
      connected_on: 2026-06-28
      messages:
        - {from: us, sent_at: "2026-06-30T09:00:00Z", text: later}
        - {from: them, sent_at: "2026-06-29T23:00:00-01:00", text: earlier}
      previous_invitations: 2
    history:
      - {stage: outgoing, note: one, times: 2}
      - {stage: outgoing, note: other}
    profile: {premium: true, address_book: [mia@berg.example]}
    expect: {decision: deny, rules: [no-pitch, look-twice, no-pitch], missing: [person.company]}
  - name: the least
    invitation: {stage: outgoing}
    expect: {rules: []}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(POLICY, "utf-8")
    Path("t").mkdir()


def loaded(text: str) -> Suite:
    return suite_from(text, "t/tests.yaml", registry())


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as error:
        loaded(text)
    return error.value.messages


def test_every_key_of_a_case_arrives() -> None:
    suite = loaded(FULL)
    trial, _ = suite.trials
    *history, judged = trial.account.records
    assert (suite.origin, suite.policy.identity.id, suite.as_of) == ("t/tests.yaml", "acme", date(2026, 11, 23))
    assert (trial.name, trial.where) == ("all that can be said", "t/tests.yaml:6:5")
    assert trial.account.profile == Profile(premium=True, address_book=(Contact(email="mia@berg.example"),))
    assert trial.expected == Expected(decision="deny", rules=("look-twice", "no-pitch"), missing=("person.company",))
    assert [(one.id, one.note) for one in history if isinstance(one, Invitation)] == [
        ("history-1", "one"),
        ("history-1", "one"),
        ("history-2", "other"),
    ]
    assert isinstance(judged, Invitation)
    assert msgspec.structs.asdict(judged) == {
        "id": "q-17",
        "stage": "connected",
        "origin": judged.origin,
        "person": Person(
            name="Mia Berg",
            profile_url="https://www.linkedin.com/in/mia-berg",
            headline="",
            company="Acme",
            position="Editor",
            industry="Publishing",
            location="Bern",
            email="mia@berg.example",
            mutual_connections=3,
            connections=0,
            has_photo=True,
            joined_on=date(2015, 1, 1),
            verified=False,
            known=True,
            known_by="address book",
        ),
        "note": "Hi\n",
        "sent_at": datetime(2026, 6, 27, 19, 35, tzinfo=UTC),
        "accepted": True,
        "connected_on": date(2026, 6, 28),
        "messages": (
            Message(sender="them", sent_at=datetime(2026, 6, 30, 0, 0, tzinfo=UTC), text="earlier"),
            Message(sender="us", sent_at=datetime(2026, 6, 30, 9, 0, tzinfo=UTC), text="later"),
        ),
        "previous_invitations": 2,
        "by_row": False,
    }
    assert str(judged.origin) == "t/tests.yaml:10"


def test_what_a_case_leaves_out_is_unknown_and_not_expected() -> None:
    _, trial = loaded(FULL).trials
    (judged,) = trial.account.records
    assert isinstance(judged, Invitation)
    assert (judged.id, judged.note, judged.messages, judged.person) == ("the least", None, None, Person())
    assert trial.account.profile == Profile(
        companies=("Brightleaf",), address_book=(Contact(email="mia@berg.example"),)
    )
    assert trial.expected == Expected(rules=())


def test_messages_of_which_a_time_is_unknown_keep_their_order() -> None:
    case = "  - {name: one, invitation: {stage: connected, messages: [{text: a}, {text: b, sent_at: '2026-01-01T00:00:00Z'}]}, expect: {rules: []}}\n"
    (trial,) = loaded(f"{HEAD}cases:\n{case}").trials
    (judged,) = trial.account.records
    assert isinstance(judged, Invitation)
    assert [message.text for message in judged.messages or ()] == ["a", "b"]


def test_the_keys_of_a_case_are_those_of_a_record() -> None:
    assert set(PERSON) == set(Person.__struct_fields__)
    assert set(MESSAGE) == set(Message.__struct_encode_fields__)
    assert set(INVITATION) == set(Invitation.__struct_fields__) - {"origin", "by_row"}


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    text = """\
policycheck-tests: 2
policy: ../acme.yaml
as_of: "2026-11-23"
profile: {competitors: ["..."], address_book: [{name: " "}]}
cases:
  - name: one
    invitation: {stage: sent, person: {known: maybe, conections: 3}, sent_at: yesterday}
    expect: {decision: withhold, rules: [no-pich, look-twice], mising: []}
  - name: one
    invitation: {stage: incoming, note: null, messages: [{from: Ana, sent_at: "2026-11-23T09:00:00"}]}
    history: [{stage: outgoing, sent_at: "0001-01-01T00:00:00+02:00", times: 0}, {times: 1001, person: {connections: -1}}]
    profile: {premium: 1}
    expect: {}
  - {name: " ", invitation: {}, expect: {rules: [somewhere-else]}}
  - {invitation: [], profile: {blocked_people: [{profile_url: "https://example.org/mia"}]}}
  - {name: 7, invitation: {stage: template}, expect: {rules: no-pitch}, day: 2026-11-23}
  - nothing
"""
    assert mistakes(text) == (
        "t/tests.yaml:1:20: `policycheck-tests` cannot be `2`; choose one of 1",
        "t/tests.yaml:3:8: `as_of` must be a date such as 2026-11-23, without quotes",
        "t/tests.yaml:4:25: this names no company; write its name in letters or digits",
        "t/tests.yaml:4:48: this names nobody; write `profile_url`, `email` or `name`",
        "t/tests.yaml:7:25: `stage` cannot be `sent`; choose one of incoming, outgoing, connected, template",
        "t/tests.yaml:7:47: `known` must be true or false",
        "t/tests.yaml:7:54: unknown key `conections`; did you mean `connections`?",
        '''t/tests.yaml:7:79: `sent_at` is no time with its zone; write it as "2026-11-23T09:00:00Z"''',
        "t/tests.yaml:8:24: `decision` cannot be `withhold`; choose one of allow, review, deny",
        "t/tests.yaml:8:42: the policy `acme` has no rule `no-pich`; did you mean `no-pitch`?",
        "t/tests.yaml:8:64: unknown key `mising`; did you mean `missing`?",
        "t/tests.yaml:9:11: a second case is called `one` (first in line 6); rename one",
        "t/tests.yaml:10:41: `note` is empty; give it a value, or leave the key out",
        "t/tests.yaml:10:65: `from` cannot be `Ana`; choose one of us, them",
        '''t/tests.yaml:10:79: `sent_at` is no time with its zone; write it as "2026-11-23T09:00:00Z"''',
        '''t/tests.yaml:11:42: `sent_at` is no time with its zone; write it as "2026-11-23T09:00:00Z"''',
        "t/tests.yaml:11:78: `times` must be at least 1",
        "t/tests.yaml:11:82: `stage` is missing; add it",
        "t/tests.yaml:11:90: `times` must be at most 1000",
        "t/tests.yaml:11:118: `connections` must be at least 0",
        "t/tests.yaml:12:24: `premium` must be true or false",
        "t/tests.yaml:13:13: the case expects nothing; write `decision`, `rules` or `missing`",
        "t/tests.yaml:14:12: `name` is blank; give it a value",
        "t/tests.yaml:14:29: `stage` is missing; add it",
        "t/tests.yaml:14:50: the policy `acme` has no rule `somewhere-else`; it has look-twice, no-pitch",
        "t/tests.yaml:15:5: `expect` is missing; add it",
        "t/tests.yaml:15:5: `name` is missing; add it",
        "t/tests.yaml:15:18: `invitation` must be a mapping",
        "t/tests.yaml:15:49: the URL leads to no profile; write it as https://www.linkedin.com/in/mia-berg",
        "t/tests.yaml:16:12: `name` must be a text; quote it",
        "t/tests.yaml:16:62: `rules` must be a list",
        "t/tests.yaml:16:73: unknown key `day`; known are expect, history, invitation, name, profile",
        "t/tests.yaml:17:5: `cases` must be a mapping",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]\n", "t/tests.yaml:1:1: this must be a mapping of keys to values"),
        ("# nothing\n", "t/tests.yaml:1:1: this must be a mapping of keys to values"),
        (
            POLICY,
            "t/tests.yaml:1:1: no file of tests: `policycheck-tests: 1` is missing; add it, or name another file",
        ),
        (f"{HEAD}cases: 1\n", "t/tests.yaml:4:8: `cases` must be a list"),
        (HEAD, "t/tests.yaml:1:1: `cases` is missing; add it"),
        (f"{HEAD}cases: []\nprofile: us.yaml\n", "t/tests.yaml:5:10: `profile` must be a mapping"),
        (
            "policycheck-tests: 1\npolicy: [a]\nas_of: 2026-11-23\ncases: []\n",
            "t/tests.yaml:2:9: `policy` must be a text",
        ),
        (
            "policycheck-tests: 1\npolicy: ''\nas_of: 2026-11-23\ncases: []\n",
            "t/tests.yaml:2:9: `policy` is empty; give it a value, or leave the key out",
        ),
        (
            "policycheck-tests: 1\npolicy: acme.yaml\nas_of: 2026-11-23\ncases: []\n",
            "t/tests.yaml:2:9: acme.yaml: there is no such file; mend the path, or name one of conservative, pragmatic",
        ),
        (
            "policycheck-tests: 1\npolicy: pragmatik\nas_of: 2026-11-23\ncases: []\n",
            "t/tests.yaml:2:9: no policy is called `pragmatik`; did you mean `pragmatic`?",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, told: str) -> None:
    assert mistakes(text) == (told,)


def test_the_mistakes_of_the_policy_come_after_those_of_the_tests() -> None:
    Path("acme.yaml").write_text(POLICY + "  - {id: one, effect: allow, when: verifid, because: so}\n", "utf-8")
    assert mistakes(f"{HEAD}cases: 1\n") == (
        "t/tests.yaml:4:8: `cases` must be a list",
        "t/../acme.yaml:8:36: no check or definition is called `verifid`; did you mean `verified`?",
    )


def test_a_policy_is_named_or_lies_beside_the_tests() -> None:
    Path("t/own.yaml").write_text(POLICY.replace("policy: acme", "policy: own"), "utf-8")
    ids = [
        loaded(HEAD.replace("../acme.yaml", name) + "cases: []\n").policy.identity.id
        for name in ("pragmatic", "own.yaml", "../acme.yaml", str(Path("acme.yaml").absolute()))
    ]
    assert ids == ["pragmatic", "own", "acme", "acme"]


def test_no_text_of_an_invitation_is_repeated_in_a_mistake() -> None:
    case = "{name: one, invitation: {stage: outgoing, note: [canary], sent_at: canary, person: {name: {canary: 1}}}, expect: {rules: []}}"
    told = mistakes(f"{HEAD}cases: [{case}]\n")
    assert len(told) == 3
    assert "canary" not in "".join(told)


def test_an_invitation_is_repeated_no_more_often_than_memory_allows() -> None:
    case = f"{{name: one, invitation: {{stage: outgoing}}, history: [{{stage: outgoing, times: {MAX_TIMES}}}], expect: {{rules: []}}}}"
    (trial,) = loaded(f"{HEAD}cases: [{case}]\n").trials
    assert len(tuple(trial.account.records)) == MAX_TIMES + 1
