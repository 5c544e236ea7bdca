"""What reports for people say of waivers."""

from __future__ import annotations

from msgspec import UNSET, UnsetType, structs

from policycheck import RuleOutcome, Waived
from policycheck.builtin.reporters.report_text import open_full, open_text
from policycheck.model.verdict import Outcome
from policycheck.model.waiver import WaiverState, WaiverUse
from reports import finding, quote, report, rule, verdict

KNOWN = rule("accept-known", "allow", finding("known-person"), because="You know this person.")
MARK = Waived(reason="Agreed.", owner="Dana Reyes", ticket="OPS-1", expires="2026-12-31", where="w.yaml:2:5")


def waived_pitch(outcome: Outcome = "holds", mark: Waived | UnsetType = MARK) -> RuleOutcome:
    return rule("decline-pitch", "deny", finding("sales-pitch", quote("a demo")), outcome=outcome, waived=mark)


def test_what_is_waived_is_shown_with_its_reason_and_who_answers_for_it() -> None:
    bare = structs.replace(MARK, ticket=None)
    told = [
        verdict("allow", KNOWN, waived_pitch(), waived=("decline-pitch",)),
        verdict("allow", waived_pitch("unknown", bare), waived=("decline-pitch",), line=3),
    ]
    written = report(open_full, told, waived=2)
    assert [line.strip() for line in written.splitlines()[:9]] == [
        "accept      Pia Grant · Invitations.csv:2",
        "allow  accept-known: You know this person.",
        "deny   decline-pitch (waived): The invitation is a pitch.",
        "waived: Agreed. (Dana Reyes, OPS-1, until 31 Dec 2026)",
        "note 0–6 “a demo” (a pitch)",
        "",
        "accept      Pia Grant · Invitations.csv:3",
        "deny   decline-pitch (not known; waived): The invitation is a pitch.",
        "waived: Agreed. (Dana Reyes, until 31 Dec 2026)",
    ]


def test_what_is_allowed_although_a_rule_is_waived_is_listed_with_it() -> None:
    told = [verdict("allow", KNOWN, waived_pitch(), waived=("decline-pitch",))]
    assert "  Pia Grant  decline-pitch waived  Invitations.csv:2\n" in report(open_text, told, waived=1)


def test_what_only_a_waiver_lets_through_is_listed_as_that() -> None:
    told = [
        verdict("allow", waived_pitch(), waived=("decline-pitch",)),
        verdict("deny", waived_pitch(mark=UNSET), line=3),
    ]
    written = report(open_text, told, waived=1)
    assert "accept      1  Waived: The invitation is a pitch (decline-pitch)\n  Pia Grant  “a demo”" in written
    assert "decided by  1 decline-pitch\n" in written


def test_a_waived_rule_that_ignores_the_unknown_let_nothing_pass() -> None:
    nothing = finding("blocked", holds=None, missing=("person.company",))
    blocked = rule("blocked", "deny", nothing, outcome="ignored", waived=MARK)
    assert "let pass" not in report(open_text, [verdict("allow", KNOWN, blocked, waived=("blocked",))])


def test_waivers_that_do_nothing_are_counted() -> None:
    states: list[WaiverState] = ["used", "unused", "unused", "expired", "too-long"]
    uses = tuple(WaiverUse(rule="r", where="w", expires="2026-12-31", state=state, verdicts=0) for state in states)
    told = [verdict("allow", KNOWN)]
    idle = "waivers without effect: 2 unused, 1 expired, 1 too long"
    assert f"waived      {idle}\n" in report(open_text, told, waivers=uses)
    lifting = f"waived in 1 verdict a waiver lifts a rule; {idle}"
    assert lifting in " ".join(report(open_text, told, waived=1, waivers=uses).split())
    assert "waived" not in report(open_text, told, waivers=uses[:1])
