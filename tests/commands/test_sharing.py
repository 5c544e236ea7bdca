"""Several inputs in one run: what each tells counts for the others, whatever their order, and nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import Connection, Export, Invite, Talk, as_folder, files, url
from inputs import registry, written
from policycheck import Ledger, Tally, Verdict, load_policy
from policycheck.builtin.commands._session import Session, Settings
from policycheck.cli import run
from policycheck.engine.compile import Program, compile_policy

ANA = ("Ana Voss", "ana-voss")
GOOGLE = "First Name,Last Name,Phonetic First Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
BOOK = GOOGLE + "Ida,Marquardt,,,,,ida@example.org\n"
KNOWN = """
policycheck: 1
policy: known
version: 1.0.0
title: Whom we know
rules: [{id: known, effect: allow, when: known-person, because: You know them.}]
"""
PITCH = "We help teams like yours double their leads. 15 minutes for a demo?"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def export(name: str = "export", owner: tuple[str, str] = ANA, **more: Any) -> str:
    """A folder with one incoming invitation, so that it says whose it is, and whatever else is given."""
    invites = [Invite("Sol Ferreira", "sol-ferreira", "6/1/26, 9:00 AM"), *more.pop("invites", ())]
    as_folder(Path(name), files(Export(invites=invites, owner=owner, **more)))
    return name


def planned(slug: str, **more: Any) -> dict[str, Any]:
    person = {"name": f"Name of {slug}", "profile_url": url(slug), **more.pop("person", {})}
    return {"id": slug, "stage": "outgoing", "person": person, "note": "", **more}


def queue(*records: dict[str, Any], name: str = "queue.jsonl") -> str:
    return written(name, "".join(json.dumps(record) + "\n" for record in records))


@cache
def program(policy: str) -> Program:
    return compile_policy(load_policy(policy, registry()))


def chosen(*inputs: str, policy: str = "pragmatic") -> Settings:
    return Settings(inputs, policy, None, None, None, date(2026, 11, 23))


def judged(*inputs: str, policy: str = "pragmatic") -> tuple[dict[str, Verdict], Ledger, Session]:
    """The verdicts by id, the ledger, and the session."""
    session = Session(registry())
    verdicts: dict[str, Verdict] = {}
    tally = Tally()
    for _, outcome in session.outcomes(chosen(*inputs, policy=policy), program(policy)):
        tally.add(outcome)
        if isinstance(outcome, Verdict):
            assert outcome.id not in verdicts
            verdicts[outcome.id] = outcome
    return verdicts, tally.ledger(), session


def rules(verdict: Verdict) -> list[str]:
    return [rule.id for rule in verdict.rules if rule.outcome == "holds"]


def known_from(verdict: Verdict) -> list[str]:
    pieces = (piece for rule in verdict.rules for finding in rule.findings for piece in finding.evidence)
    return [piece.reason for piece in pieces if piece.field == "person.known"]


# --- what is shared --------------------------------------------------------------------------------------------------


def test_a_queue_is_judged_with_the_conversations_and_endorsements_of_the_export() -> None:
    answered = [("us", "2026-05-01 10:00:00", "Hello"), ("them", "2026-05-02 10:00:00", "Good day")]
    unanswered = [("them", "2026-05-02 10:00:00", PITCH)]
    endorsed = ["Endorser Public Url"], ["www.linkedin.com/in/vesna-kranjcar"]
    export(
        talks=[Talk("Ben Ito", "ben-ito", answered), Talk("Pia Grant", "pia-grant", unanswered)],
        tables={"Endorsement_Received_Info.csv": [["Endorsement Date", *endorsed[0]], ["", *endorsed[1]]]},
    )
    queue(planned("ben-ito"), planned("pia-grant"), planned("vesna-kranjcar"))
    verdicts, _, _ = judged("queue.jsonl", "export")
    assert known_from(verdicts["ben-ito"]) == ["known from: earlier conversation"]
    assert known_from(verdicts["vesna-kranjcar"]) == ["known from: endorsement"]
    assert [verdicts[name].decision for name in ("ben-ito", "vesna-kranjcar", "pia-grant")] == [
        "allow", "allow", "review",
    ]  # fmt: skip
    assert {verdict.account for verdict in verdicts.values()} == {"ana-voss"}


@pytest.mark.parametrize(
    ("stage", "sent_at", "known"),
    [
        ("outgoing", "2026-05-02T10:00:00Z", False),
        ("outgoing", "2026-05-02T10:00:01Z", True),
        ("outgoing", None, True),
        ("incoming", None, False),
    ],
)
def test_a_conversation_counts_for_what_was_sent_after_both_had_spoken(stage: str, sent_at: Any, known: bool) -> None:
    lines = [("us", "2026-05-01 10:00:00", "Hello"), ("them", "2026-05-02 10:00:00", "Good day")]
    export(talks=[Talk("Ben Ito", "ben-ito", lines)])
    queue(planned("ben-ito", stage=stage, sent_at=sent_at))
    assert bool(known_from(judged("queue.jsonl", "export")[0]["ben-ito"])) is known


def test_an_address_book_makes_people_of_the_queue_and_of_the_export_known() -> None:
    export(
        invites=[Invite("Ida Marquardt", "ida-marquardt", "6/2/26, 9:00 AM")],
        connections=[Connection("Ida", "Marquardt", "ida-marquardt", email="ida@example.org")],
    )
    written("contacts.csv", BOOK + "Ben,Ito,,,,,ben@example.org\n")
    queue(planned("ben-ito", person={"email": "ben@example.org"}))
    verdicts, _, _ = judged("queue.jsonl", "export", "contacts.csv")
    assert known_from(verdicts["ben-ito"]) == ["known from: address book"]
    assert known_from(verdicts["Invitations.csv:3"]) == ["known from: address book"]


def test_what_one_input_tells_of_a_person_completes_the_others_and_changes_nothing() -> None:
    export(invites=[Invite("Ben Ito", "ben-ito", "6/2/26, 9:00 AM"), Invite("Pia Grant", "pia-grant")])
    told = {"mutual_connections": 3, "has_photo": True, "connections": 400}
    queue(planned("ben-ito", person=told), planned("pia-grant", person=told | {"name": "pia GRANT"}))
    queue(planned("pia-grant", id="twice", person=told | {"mutual_connections": 0}), name="more.jsonl")
    verdicts, _, _ = judged("queue.jsonl", "export", "more.jsonl")
    assert rules(verdicts["Invitations.csv:3"]) == ["accept-reasonable-basis"]
    assert "person.mutual_connections" in verdicts["Invitations.csv:4"].missing  # the two queues disagree


@pytest.mark.parametrize(
    ("sent_at", "rules_that_hold"),
    [
        (None, ["withhold-third-invitation"]),
        ("2026-10-20T09:00:00Z", ["withhold-third-invitation", "review-second-invitation"]),
        ("2026-09-20T09:00:00Z", ["review-second-invitation"]),
        ("2027-06-20T09:00:00Z", []),
    ],
)
def test_earlier_invitations_of_the_export_count_in_the_windows_of_the_rules(
    sent_at: str | None, rules_that_hold: list[str]
) -> None:
    sent = [Invite("Ned Kowal", "ned-kowal", f"{day}, 9:00 AM", outgoing=True) for day in ("9/1/26", "10/1/26")]
    export(invites=sent)
    queue(planned("ned-kowal", sent_at=sent_at, note="Hello Ned"), planned("ida-marquardt"))
    verdicts, _, _ = judged("queue.jsonl", "export")
    assert rules(verdicts["ned-kowal"]) == rules_that_hold
    assert "sent_at" in str(verdicts["ida-marquardt"].rules)  # nobody told of another to her, so its time stays unknown


def test_an_invitation_in_two_inputs_is_judged_once_and_the_ledger_says_so() -> None:
    export(invites=[Invite("Ned Kowal", "ned-kowal", "10/1/26, 9:00 AM", "Hello Ned", outgoing=True)])
    queue(planned("ned-kowal", sent_at="2026-10-01T16:00:31Z", note="Hi", accepted=False), planned("ben-ito"))
    verdicts, ledger, _ = judged("queue.jsonl", "export")
    assert sorted(verdicts) == ["Invitations.csv:2", "Invitations.csv:3", "ben-ito"]
    assert (ledger.read, ledger.not_judged) == (3, {"invitation that another input has too": 1})
    assert ledger.adds_up()


@pytest.mark.parametrize(("known", "decision"), [(True, "allow"), (False, "deny"), (None, "review")])
def test_of_two_that_are_one_what_either_says_counts(known: bool | None, decision: str) -> None:
    export(invites=[Invite("Ned Kowal", "ned-kowal", "10/1/26, 9:00 AM", outgoing=True)])
    queue(planned("ned-kowal", sent_at="2026-10-01T16:00:00Z", person={"known": known}))
    verdicts, _, _ = judged("queue.jsonl", "export", policy="conservative")
    assert verdicts["Invitations.csv:3"].decision == decision


def test_two_exports_of_one_member_are_one_account() -> None:
    lines = [("them", "2026-06-08 10:00:00", "Thanks"), ("us", "2026-06-08 11:00:00", "You are welcome")]
    older = {"connections": [Connection("Ida", "Marquardt", "ida-marquardt")]}
    export("older", **older, talks=[Talk("Ida Marquardt", "ida-marquardt", lines[:1])])
    export("newer", **older, talks=[Talk("Ida Marquardt", "ida-marquardt", lines)])
    verdicts, ledger, _ = judged("older", "newer")
    assert judged("newer", "older")[:2] == (verdicts, ledger)
    assert {name: verdict.origin.path for name, verdict in verdicts.items()} == {
        "Invitations.csv:2": "Invitations.csv", "Connections.csv:5": "Connections.csv",
    }  # fmt: skip
    assert ledger.not_judged["invitation that another input has too"] == 2


# --- whose it is -----------------------------------------------------------------------------------------------------


def test_records_without_an_account_are_the_only_members_and_others_keep_their_own() -> None:
    export()
    queue(planned("ben-ito"), planned("ida-marquardt", account="cleo"))
    verdicts, _, _ = judged("queue.jsonl", "export")
    assert {name: verdict.account for name, verdict in verdicts.items()} == {
        "Invitations.csv:2": "ana-voss", "ben-ito": "ana-voss", "ida-marquardt": "cleo",
    }  # fmt: skip


def test_an_account_of_which_no_export_tells_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    export()
    queue(planned("ben-ito", account="sales 1"))
    judged("queue.jsonl", "export")
    assert capsys.readouterr().err == (
        "policycheck: queue.jsonl: accounts of which export tells nothing: 1; if they are the same member's, write the slug of "
        "the profile as their `account`\n"
    )


def test_records_that_may_be_of_two_members_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    export("ana")
    export("cleo", ("Cleo Hart", "cleo-hart"))
    queue(planned("ben-ito"))
    assert run(["check", "ana", "queue.jsonl", "cleo"]) == 2
    assert capsys.readouterr().err.splitlines()[0] == (
        "policycheck: queue.jsonl: does not say whose it is, and the inputs are of several members; give each record an "
        "`account`, the slug of that member's profile, or judge one member a run"
    )


def test_an_account_that_is_named_finds_its_export_of_several() -> None:
    lines = [("us", "2026-05-01 10:00:00", "Hello"), ("them", "2026-05-02 10:00:00", "Good day")]
    export("ana", talks=[Talk("Ben Ito", "ben-ito", lines)])
    export("cleo", ("Cleo Hart", "cleo-hart"), invites=[Invite("Ida Marquardt", "ida-marquardt")])
    queue(
        planned("ben-ito", account="https://www.linkedin.com/in/Ana-Voss"),
        planned("ben-ito", id="hers", account="cleo-hart"),
    )
    session = Session(registry())
    settings_ = chosen("ana", "queue.jsonl", "cleo")
    found = {
        (o.account, o.id): o.decision
        for _, o in session.outcomes(settings_, session.program(settings_))
        if isinstance(o, Verdict)
    }
    assert found["ana-voss", "ben-ito"] == "allow"
    assert found["cleo-hart", "hers"] == "review"


def test_an_address_book_beside_one_account_is_that_accounts() -> None:
    written("contacts.csv", BOOK)
    queue(planned("ida-marquardt", account="ana", person={"email": "ida@example.org"}))
    verdicts, _, _ = judged("contacts.csv", "queue.jsonl")
    assert (verdicts["ida-marquardt"].account, verdicts["ida-marquardt"].decision) == ("ana", "allow")


def test_an_address_book_beside_two_accounts_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    written("contacts.csv", BOOK)
    queue(planned("ida-marquardt", account="ana"), planned("ben-ito", account="cleo"))
    assert run(["check", "queue.jsonl", "contacts.csv"]) == 2
    assert capsys.readouterr().err.startswith(
        "policycheck: contacts.csv: does not say whose it is, and the inputs are of"
    )


def test_templates_need_no_member() -> None:
    export("ana")
    export("cleo", ("Cleo Hart", "cleo-hart"), invites=[Invite("Ida Marquardt", "ida-marquardt", "6/2/26, 9:00 AM")])
    written("intro.yaml", "note: Hi {{first_name}}, good day.\n")
    session = Session(registry())
    settings_ = chosen("ana", "cleo", "intro.yaml")
    outcomes = [o for _, o in session.outcomes(settings_, session.program(settings_)) if isinstance(o, Verdict)]
    assert [(o.stage, o.account) for o in outcomes if o.stage == "template"] == [("template", None)]
    assert session.status == 0


def test_an_address_book_alone_says_what_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    written("contacts.csv", BOOK)
    assert run(["check", "contacts.csv"]) == 4
    assert capsys.readouterr().err == (
        "policycheck: contacts.csv: only tells whom you know; add what is to be judged: a queue, or a LinkedIn export\n"
    )


# --- failures, streams, order ----------------------------------------------------------------------------------------


def test_an_input_that_breaks_off_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    export()
    queue(planned("ben-ito", account="a"), planned("ida-marquardt", account="b"), planned("ned-kowal", account="a"))
    assert run(["check", "queue.jsonl", "nowhere.csv", "export", "--format", "jsonl"]) == 4
    printed = capsys.readouterr()
    assert [json.loads(line)["id"] for line in printed.out.splitlines() if '"decision"' in line] == [
        "ben-ito", "ida-marquardt", "Invitations.csv:2",
    ]  # fmt: skip
    assert "queue.jsonl:3: records of the same account stand further up" in printed.err
    assert "nowhere.csv: no such file or folder" in printed.err


def test_streams_that_share_nothing_are_judged_as_they_come() -> None:
    policy = {"policycheck": 1, "policy": "p", "version": "1.0.0", "title": "T"}
    rule = {"id": "r", "effect": "deny", "when": {"sales-pitch": {"at_least": 2}}, "because": "It pitches."}
    written("p.yaml", json.dumps({**policy, "rules": [rule]}))
    queue(*(planned(f"n{number}") for number in range(5)))
    queue(planned("last"), name="more.jsonl")
    session = Session(registry())
    settings_ = chosen("queue.jsonl", "more.jsonl", policy="p.yaml")
    outcomes = session.outcomes(settings_, session.program(settings_))
    next(outcomes)
    Path("more.jsonl").unlink()  # its turn has not come yet
    assert len(list(outcomes)) == 4
    assert session.status == 4


def test_standard_input_is_read_once_also_where_one_looks_whether_it_tells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written("known.yaml", KNOWN)
    queue(planned("ben-ito"))
    line = json.dumps(planned("ida-marquardt", person={"email": "ida@example.org"}))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(line.encode())))
    assert reported(capsys)["ledger"]["review"] == 2
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(BOOK.encode())))
    assert reported(capsys)["ledger"]["not_judged"] == {"contact of the address book": 1}


def reported(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    run(["check", "queue.jsonl", "-", "--policy", "known.yaml", "--format", "json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_policy_that_does_not_look_across_still_shares_what_an_export_tells() -> None:
    written("known.yaml", KNOWN)
    export()
    written("contacts.csv", BOOK)
    queue(planned("ida-marquardt", person={"email": "ida@example.org"}))
    assert judged("queue.jsonl", "contacts.csv", policy="known.yaml")[0]["ida-marquardt"].decision == "allow"


def test_explain_takes_the_inputs_that_were_judged_together(capsys: pytest.CaptureFixture[str]) -> None:
    written("contacts.csv", BOOK)
    queue(planned("ida-marquardt", person={"email": "ida@example.org"}))
    assert run(["explain", "queue.jsonl", "contacts.csv", "ida-marquardt", "--as-of", "2026-11-23"]) == 0
    assert "known from: address book" in capsys.readouterr().out


def test_explain_refuses_an_id_of_two_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    queue(planned("ben-ito"))
    queue(planned("pia-grant", id="ben-ito"), name="more.jsonl")
    assert run(["explain", "queue.jsonl", "more.jsonl", "ben-ito"]) == 2
    assert capsys.readouterr().err == (
        "policycheck: ben-ito: 2 invitations of these inputs are called so; give them an `id` of their own\n"
    )
    assert run(["explain", "queue.jsonl", "more.jsonl", "more.jsonl:1"]) == 0


SLUGS = ["ben-ito", "ida-marquardt", "ned-kowal"]
TIMES = [None, "2026-10-01T16:00:00Z", "2026-10-02T16:00:00Z"]
people = st.fixed_dictionaries(
    {},
    optional={
        "company": st.sampled_from(["Acme", "acme", "Brightleaf"]),
        "email": st.sampled_from(["ida@example.org", "ben@example.org"]),
        "mutual_connections": st.integers(0, 2),
        "connections": st.sampled_from([3, 400]),
        "has_photo": st.booleans(),
        "known": st.booleans(),
    },
)
records = st.builds(
    lambda slug, person, stage, sent_at, note: planned(slug, person=person, stage=stage, sent_at=sent_at, note=note),
    st.sampled_from(SLUGS),
    people,
    st.sampled_from(["incoming", "outgoing"]),
    st.sampled_from(TIMES),
    st.sampled_from([None, "", PITCH]),
)
queues = st.lists(st.lists(records, min_size=1, max_size=4), min_size=1, max_size=3)


def written_queues(found: Sequence[Sequence[dict[str, Any]]]) -> list[str]:
    return [
        queue(*({**record, "id": f"{number}-{index}"} for index, record in enumerate(one)), name=f"q{number}.jsonl")
        for number, one in enumerate(found)
    ]


@settings(max_examples=60, deadline=None)
@given(queues, st.randoms(use_true_random=False))
def test_no_verdict_depends_on_the_order_of_the_inputs(found: list[list[dict[str, Any]]], dice: Any) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        sent = [Invite("Ned Kowal", slug, "10/1/26, 9:00 AM", outgoing=True) for slug in SLUGS]
        lines = [("us", "2026-10-01 10:00:00", "Hello"), ("them", "2026-10-02 10:00:00", "Good day")]
        joined = [Connection("Ben", "Ito", "ben-ito", company="Acme", email="ben@example.org")]
        export(invites=sent, connections=joined, talks=[Talk("Ida Marquardt", "ida-marquardt", lines)])
        inputs = ["export", written("contacts.csv", BOOK), *written_queues(found)]
        shuffled = dice.sample(inputs, len(inputs))
        one, other = judged(*inputs), judged(*shuffled)
        assert one[:2] == other[:2]
