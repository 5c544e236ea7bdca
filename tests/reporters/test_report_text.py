"""The formats ``text`` and ``full``, piped: exact lines."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from policycheck import Ledger, RuleOutcome, Verdict
from policycheck.builtin.reporters._lines import plain_cells, shorten
from policycheck.builtin.reporters.report_text import open_full, open_text, policycheck_reporters
from policycheck.model.finding import Evidence
from policycheck.model.invitation import Origin, Stage
from policycheck.model.verdict import Advice, Decision
from reports import RUN, Open, finding, ledger, quote, report, rule, verdict


def pitch(*evidence: Evidence) -> RuleOutcome:
    return rule("decline-pitch", "deny", finding("sales-pitch", *evidence), because="The invitation is a sales pitch.")


BASIS = Evidence(field="person.known", reason="address book")
KNOWN = rule("accept-known", "allow", finding("known-person", BASIS), because="You know this person.")
UNKNOWN = rule(
    "accept-basis",
    "allow",
    finding("mutual-connection", holds=None, missing=("person.mutual_connections",)),
    outcome="unknown",
    because="They know someone you know.",
)
BLOCKED = rule(
    "blocked",
    "deny",
    finding("blocked", holds=None, missing=("person.company", "profile.blocked_companies")),
    outcome="ignored",
    because="They are on your block list.",
)
TWICE = rule(
    "invited-twice",
    "deny",
    finding("invited-before", Evidence(field="previous_invitations", reason="invited 3 times")),
    because="They were invited twice.",
)
MUTUAL = ("person.mutual_connections",)

MIXED = [
    verdict("allow", KNOWN, BLOCKED, line=3, name="Ben Ito", company="Umbra GmbH"),
    verdict("deny", pitch(quote("We help agencies like yours"), quote("a demo", 40)), BLOCKED, line=4),
    verdict("deny", pitch(quote("double it")), TWICE, line=5, name="宮本 美咲", company="株式会社リード"),
    verdict("review", UNKNOWN, BLOCKED, line=6, name="Gil Ortega", missing=("person.company", *MUTUAL)),
    verdict("review", UNKNOWN, line=7, name="Mo Haddad", missing=MUTUAL, accepted=True),
    verdict("review", line=8, name="Finn Oday", company="Granite Dental"),
    verdict("deny", pitch(quote("double it")), line=9, name="Ina Roe", accepted=True),
    verdict("allow", line=1, stage="connected", id="Connections.csv:1", origin=Origin("Connections.csv", 1)),
]


def lines(text: str) -> str:
    return dedent(text).removeprefix("\n")


def test_text_sums_up_and_then_lists_what_to_act_on_worst_first() -> None:
    assert report(open_text, MIXED, not_judged={"draft": 3, "no conversation": 812}) == lines(
        """
        pragmatic 1.0.0 · 8 invitations and connections of ana-voss · as of 23 Nov 2026

        incoming    7    1 accept    3 review    3 decline
        connected   1    1 keep      0 review    0 disconnect

        decided by  3 decline-pitch · 1 accept-known · 1 invited-twice
        undecided   1 can't be decided yet. Not known: mutual connections (1). Supply them:
                    --worksheet people.csv
        profile     nobody supplied `blocked_companies`: `blocked` could not look (--profile us.yaml)
        let pass    `blocked` could not look at 1 (--format full)
        hindsight   2 accepted already, so that nothing is left to do: 1 decline, 1 review
        not judged  812 no conversation · 3 draft

        decline     2  The invitation is a sales pitch (decline-pitch)
          宮本 美咲, 株式会社リード  “double it” + invited 3 times             Invitations.csv:5
          Pia Grant                  “We help agencies like yours” + “a demo”  Invitations.csv:4
        review      1  No rule decides it: look at it yourself
          Finn Oday, Granite Dental                                            Invitations.csv:8
        accept      1  You know this person (accept-known)
          Ben Ito, Umbra GmbH        address book                              Invitations.csv:3
        decline     1  The invitation is a sales pitch (accepted already, decline-pitch)
          Ina Roe                    “double it”                               Invitations.csv:9
        all 8, with what is missing: --format full
        """
    )


def test_full_tells_all_of_every_verdict_and_sums_up_at_the_end() -> None:
    advice = (Advice(check="offers-context", text="Say where you have met."),)
    told = [
        MIXED[1],
        MIXED[3],
        *[verdict("allow", stage="connected", line=line, name="Kit Doyle") for line in (10, 11)],
        verdict("review", TWICE, stage="outgoing", id="q-1", waived=("invited-twice",), advice=advice, accepted=True),
    ]
    assert report(open_full, told) == lines(
        """
        decline     Pia Grant · Invitations.csv:4
                    deny   decline-pitch: The invitation is a sales pitch.
                           note 0–27 “We help agencies like yours” (a pitch)
                           note 40–46 “a demo” (a pitch)
                    deny   blocked (not known, and let pass): They are on your block list.

        review      Gil Ortega · Invitations.csv:6
                    allow  accept-basis (not known): They know someone you know.
                    deny   blocked (not known, and let pass): They are on your block list.
                    missing: company, mutual connections

        keep        Kit Doyle · Invitations.csv:10
        keep        Kit Doyle · Invitations.csv:11

        revise      Pia Grant · q-1 · Invitations.csv:2 · accepted already
                    deny   invited-twice (waived): They were invited twice.
                           previous_invitations (invited 3 times)
                    advice: Say where you have met.

        pragmatic 1.0.0 · 5 invitations and connections of ana-voss · as of 23 Nov 2026

        incoming    2    0 accept    1 review    1 decline
        outgoing    1    0 send      1 revise    0 withhold
        connected   2    2 keep      0 review    0 disconnect

        decided by  1 decline-pitch
        undecided   1 can't be decided yet. Not known: mutual connections (1). Supply them:
                    --worksheet people.csv
        profile     nobody supplied `blocked_companies`: `blocked` could not look (--profile us.yaml)
        hindsight   1 accepted already, so that nothing is left to do: 1 revise
        """
    )


def test_what_a_rule_let_pass_without_a_look_is_told_and_whether_something_speaks_for_it() -> None:
    namesake = finding("blocked", Evidence(field="person.name", start=0, end=3, reason="a namesake"), holds=None)
    nothing = finding("blocked", holds=None, missing=("person.company",))
    passed = [
        verdict("allow", KNOWN, rule("blocked", "deny", found, outcome="ignored"), line=line)
        for line, found in enumerate((namesake, nothing, nothing), start=3)
    ]
    told = "let pass    `blocked` could not look at 3, and something speaks for it in 1 (--format full)\n"
    assert told in report(open_text, passed)
    refused = verdict("deny", pitch(), rule("blocked", "deny", namesake, outcome="ignored"))
    assert "let pass" not in report(open_text, [refused])


def test_a_text_of_ours_that_no_rule_allows_is_listed_with_what_it_lacks() -> None:
    bare = verdict("review", stage="outgoing", advice=(Advice(check="offers-context", text="Say where you met."),))
    told = report(open_text, [bare])
    assert "revise      1  No rule allows it as it is\n" in told
    assert "no offers-context" in told


def test_what_went_wrong_stands_before_the_counts() -> None:
    broke = finding("mutual-connection", holds=None, error="ValueError at people.py:12")
    broken = [
        verdict("review", rule("basis", "allow", broke, outcome="error", because="A basis."), line=line, name=None)
        for line in (3, 4)
    ]
    assert report(open_text, broken, unreadable=1, errors=2, waived=1) == lines(
        """
        pragmatic 1.0.0 · 2 invitations of ana-voss · as of 23 Nov 2026

        UNREADABLE  1 record of 3 could not be read: not everything was judged
        BROKEN      in 2 verdicts a check broke, so that nothing was allowed there unless waived:
                    `mutual-connection` (ValueError at people.py:12) 2 times

        incoming    2    0 accept    2 review    0 decline

        decided by  2 basis
        waived      in 1 verdict a waiver lifts a rule

        review      2  A basis (basis)
          Invitations.csv:3    Invitations.csv:3
          Invitations.csv:4    Invitations.csv:4
        """
    )


def test_an_empty_run_says_so() -> None:
    assert report(open_text, []) == "pragmatic 1.0.0 · 0 invitations · as of 23 Nov 2026\n"
    assert report(open_full, []) == "pragmatic 1.0.0 · 0 invitations · as of 23 Nov 2026\n"


def test_lists_that_nobody_supplied_are_told_once_by_the_rules_that_could_not_look() -> None:
    people = finding("blocked", holds=None, missing=("profile.blocked_people", "profile.blocked_companies"))
    related = finding("related-company", holds=None, missing=("profile.related_companies",))
    told = verdict(
        "review",
        rule("accept-related", "allow", related, outcome="unknown"),
        rule("blocked", "deny", people, outcome="ignored"),
        missing=("profile.related_companies",),
    )
    assert lines(
        """
        undecided   3 can't be decided yet.
        profile     nobody supplied `blocked_companies`, `blocked_people`: `blocked` could not look;
                    `related_companies`: `accept-related` could not look (--profile us.yaml)
        """
    ) in report(open_text, [told] * 3)


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        (["template"], "1 template of"),
        (["connected", "connected"], "2 connections of"),
        (["incoming", "template"], "2 records of"),
        (["outgoing"], "1 invitation of"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_the_title_calls_things_by_their_name(stages: list[Stage], told: str) -> None:
    assert told in report(open_text, [verdict(stage=stage) for stage in stages])


def test_several_accounts_are_counted() -> None:
    told = [verdict(account=account) for account in ("ana", "ana", "ben", None, "cleo")]
    assert "5 invitations of 3 accounts" in report(open_text, told)


def test_fifteen_rows_are_shared_among_the_groups_and_the_rest_is_counted() -> None:
    many = [verdict("deny", pitch(quote(f"offer {line}")), line=line) for line in range(1000, 1040)]
    many += [verdict("allow", KNOWN, line=line) for line in range(2000, 2030)]
    written = report(open_text, many)
    assert "decline     40  The invitation is a sales pitch (decline-pitch, first 10)\n" in written
    assert "accept      30  You know this person (accept-known, first 5)\n" in written
    assert written.count("Invitations.csv:10") == 10
    assert written.count("Invitations.csv:20") == 5
    assert written.endswith("\n55 more to act on; all 70, with what is missing: --format full\n")


def test_those_against_whom_most_rules_speak_come_first_then_the_order_of_the_file() -> None:
    many = [verdict("deny", pitch(), line=line) for line in range(1000, 1050)]
    many.insert(30, verdict("deny", pitch(), TWICE, line=7))
    rows = [line for line in report(open_text, many).splitlines() if "Invitations.csv" in line]
    assert [row.rpartition(":")[2] for row in rows] == ["7", *map(str, range(1000, 1014))]


def test_overlapping_quotes_are_shown_as_one() -> None:
    found = [
        quote("agencies like yours", 8),
        quote("We help agencies", 0),
        quote("yours double", 22),
        quote("a demo", 50),
    ]
    assert "“We help agencies like yours double” + “a demo”" in report(open_text, [verdict("deny", pitch(*found))])


def test_long_quotes_are_shortened_between_their_marks() -> None:
    written = report(open_text, [verdict("deny", pitch(quote("synergy " * 40)), name="Al " * 30)])
    row = written.splitlines()[-1]
    assert row == "  Al Al Al Al Al Al Al Al…   “synergy synergy synergy synergy synergy synergy s…”  Invitations.csv:2"


def test_a_long_place_keeps_its_line() -> None:
    far = Origin("exports/2026/november/Basic_LinkedInDataExport/Invitations.csv", 4711)
    written = report(open_text, [verdict("deny", pitch(quote("double it")), origin=far)])
    assert written.splitlines()[-1] == "  Pia Grant  “double it”  …ort/Invitations.csv:4711"


def test_a_stream_without_the_letters_gets_others() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    writer = open_text(RUN, stream)
    writer.verdict(verdict("deny", pitch(quote("Zoë")), name="Zoë"))
    writer.close(Ledger(read=1, deny=1))
    written = raw.getvalue().decode("ascii")
    assert written.startswith("pragmatic 1.0.0 - 1 invitation of ana-voss - as of 23 Nov 2026\n")
    assert '  Zo\\xeb  "Zo\\xeb"  Invitations.csv:2\n' in written


@pytest.mark.parametrize(("open_", "count"), [(open_text, 4000), (open_full, 300)], ids=["text", "full"])
def test_no_more_than_a_few_verdicts_are_held_in_memory(open_: Open, count: int, tmp_path: Path) -> None:
    with (tmp_path / "report").open("w", encoding="utf-8") as stream:
        tracemalloc.start()
        writer = open_(RUN, stream)
        for each in _stream(count):
            writer.verdict(each)
        writer.close(ledger([]))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 50 * _BYTES < count * _BYTES


_BYTES = 12_000


def _stream(count: int) -> Iterator[Verdict]:
    decisions: list[Decision] = ["deny", "review", "allow"]
    for line in range(count):
        missing = ("person.company",) if line % 2 else ()
        offer = pitch(quote("x" * _BYTES))
        yield verdict(decisions[line % 3], offer, line=line, missing=missing, account=f"member-{line}")


def test_both_formats_are_for_people() -> None:
    assert [(each.name, each.shows_text) for each in policycheck_reporters()] == [("text", True), ("full", True)]


@pytest.mark.parametrize(
    "text",
    ["Zoë", "宮本 美咲", "e\u0301", "\U0001f468\u200d\U0001f469", "❤\ufe0f", "\U0001f44d\U0001f3fd", "می\u200cخواهم"],
)
def test_plain_text_is_measured_as_a_terminal_shows_it(text: str) -> None:
    assert plain_cells(text) == cell_len(text)


@given(st.text(st.sampled_from("aé宮\u0301\U0001f468\u200d\ufe0f ")), st.integers(1, 12), st.booleans())
def test_a_shortened_text_fits(text: str, width: int, end: bool) -> None:
    assert plain_cells(shorten(text, width, plain_cells, end=end)) <= width
