"""The format ``github``, read as the runner reads it."""

from __future__ import annotations

from msgspec import UNSET

from github_runner import commands
from policycheck.builtin.reporters.report_github import open_github
from policycheck.model.invitation import Origin
from policycheck.model.verdict import Advice
from reports import finding, quote, report, rule, verdict
from states import story, told


def test_an_annotation_says_what_where_and_why() -> None:
    denied = verdict(
        "deny",
        rule("decline-pitch", "deny", finding("sales-pitch", quote("We help", 3))),
        advice=(Advice(check="x", text="Sell less: 50%, say."),),
        origin=Origin("./a,b:c.csv", 2),
    )
    assert report(open_github, [denied]) == (
        "::error file=a%2Cb%3Ac.csv,line=2,title=incoming%3A decline::decline: Pia Grant (Invitations.csv:2)"
        "%0Adecline-pitch (denied): The invitation is a pitch.%0Aevidence: note 3–10 “We help” (a pitch)"
        "%0Aadvice: Sell less: 50%25, say.\n"
        "::notice title=policycheck pragmatic 1.0.0::read 1, allow 0, review 0, deny 1, unreadable 0, errors 0, waived 0\n"
    )


def test_each_state_has_its_level() -> None:
    found = commands(told(open_github, story()))
    assert [one.name for one in found] == [
        "error",
        "warning",
        "warning",
        "error",
        "notice",
        "error",
        "warning",
        "notice",
    ]
    assert found[5].data == "could not be read: text 52; text 53"
    assert found[5].properties == {"file": "text 51", "line": "7", "title": "unreadable"}
    assert found[7].data.split("\n")[-1].startswith("1 record known by file and row")
    assert "not judged: text 61 2" in found[7].data


def test_what_is_allowed_without_a_waiver_is_no_annotation() -> None:
    assert [one.name for one in commands(report(open_github, [verdict("allow")]))] == ["notice"]


def test_ten_of_a_level_are_written_and_the_rest_are_counted() -> None:
    many = [verdict(decision, person=UNSET, line=line) for decision in ("deny", "review") for line in range(2, 14)]
    found = commands(report(open_github, [*many, *([verdict("allow", waived=("x",))] * 12)], waived=12))
    assert [sum(one.name == level for one in found) for level in ("error", "warning", "notice")] == [10, 10, 10]
    assert found[-1].data.split("\n")[1] == (
        "not shown here: 2 errors, 2 warnings, 3 notices; all of them: --report markdown=FILE or csv=FILE"
    )


def test_a_file_in_a_folder_is_named_with_it() -> None:
    inside = verdict("deny", rule(), origin=Origin("more/hello.md", 3, "templates/"))
    assert commands(report(open_github, [inside]))[0].properties["file"] == "templates/more/hello.md"


def test_steps_that_lead_nowhere_make_no_other_path() -> None:
    inside = verdict("deny", rule(), origin=Origin("x.md", 3, ".//.//."))
    assert commands(report(open_github, [inside]))[0].properties["file"] == "x.md"
