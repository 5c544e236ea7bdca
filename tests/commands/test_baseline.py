"""``--baseline``: what an earlier report has is listed as known, and only what is new counts."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from github_runner import commands
from policycheck import Verdict, evaluate, load_policy, read
from policycheck.builtin.commands._baseline import Baseline
from policycheck.builtin.reporters.report_json import open_jsonl
from policycheck.cli import run
from reports import finding, quote, report, rule, verdict

PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"
OTHER_PITCH = "Hi! Our platform helps clinics cut costs by 30%. Book a demo?"
POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
rules:
  - {id: no-pitch, effect: deny, when: {field: {field: note, matches: "(?i)demo"}}, because: An invitation doesn't sell.}
  - {id: known-first, effect: review, when: {not: known-person}, because: Somebody else looks at it first.}
  - {id: all-else, effect: allow, when: known-person, because: We know them.}
"""
Record = dict[str, Any]


def record(id_: str | None, note: str = PITCH, *, known: bool | None = True) -> Record:
    person = {"name": "Mia Berg"} if known is None else {"name": "Mia Berg", "known": known}
    own = {} if id_ is None else {"id": id_}
    return {**own, "stage": "outgoing", "person": person, "note": note}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(POLICY, "utf-8")
    return tmp_path


def queue(*records: Record, name: str = "queue.jsonl") -> str:
    Path(name).write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return name


def check(*argv: str, policy: str = "acme.yaml") -> int:
    return run(["check", *argv, "--policy", policy, "--as-of", "2026-11-23"])


def baseline(*records: Record, argv: Sequence[str] = (), form: str = "jsonl") -> list[str]:
    """A report of these records, to be known from now on."""
    name = queue(*records)
    check(name, "--format", "csv", "--report", f"{form}=known.jsonl", *argv)
    return ["--baseline", "known.jsonl"]


def told(
    capsys: pytest.CaptureFixture[str], *argv: str, **given: Any
) -> tuple[int, list[dict[str, str]], dict[str, int]]:
    """The exit status, what the baseline says of each verdict, and of the run."""
    capsys.readouterr()
    status = check(*argv, "--format", "json", **given)
    document = json.loads(capsys.readouterr().out)
    return status, [one["baseline"] for one in document["verdicts"]], document["ledger"]["baseline"]


def use(new: int = 0, known: int = 0, gone: int = 0, denied: int | None = None) -> dict[str, int]:
    """The counts of a run; what is new is decided against unless it says otherwise."""
    return {"new": new, "denied": new if denied is None else denied, "known": known, "gone": gone}


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("text", [[], ["--show-text"]], ids=["bare", "with text"])
def test_what_the_baseline_has_does_not_count_and_what_is_new_does(
    form: str, text: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    given_ = baseline(record("a"), record("b", "Hi."), argv=text, form=form)
    assert told(capsys, "queue.jsonl", *given_) == (0, [{"no-pitch": "unchanged"}, {}], use(known=1))
    queue(record("a"), record("b", "Hi."), record("c"))
    assert told(capsys, "queue.jsonl", *given_) == (
        1, [{"no-pitch": "unchanged"}, {}, {"no-pitch": "new"}], use(new=1, known=1),
    )  # fmt: skip


def test_a_record_with_an_id_is_followed_to_another_row_and_another_file(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"), record("b", "Hi."))
    other = queue(record("z", "Hi."), record("a"), name="moved.jsonl")
    assert told(capsys, other, *given_) == (0, [{}, {"no-pitch": "unchanged"}], use(known=1))


def test_a_record_without_an_id_is_its_file_and_row_and_the_report_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record(None), record(None, "Hi."))
    assert told(capsys, "queue.jsonl", *given_)[::2] == (0, use(known=1))
    queue(record(None, "Hi."), record(None))
    assert told(capsys, "queue.jsonl", *given_)[::2] == (1, use(new=1, gone=1))
    check("queue.jsonl", *given_, "--format", "github")
    last = commands(capsys.readouterr().out)[-1].data
    assert "2 records known by file and row, for want of an `id`: what is said follows the row" in last


def test_another_pitch_of_the_same_record_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    queue(record("a", OTHER_PITCH))
    assert told(capsys, "queue.jsonl", *given_) == (1, [{"no-pitch": "new"}], use(new=1))


def test_another_stage_s_record_of_the_same_id_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    queue({**record("a"), "stage": "template"})
    assert told(capsys, "queue.jsonl", *given_) == (1, [{"no-pitch": "new"}], use(new=1, gone=1))


def test_that_more_is_known_of_a_record_makes_nothing_new(capsys: pytest.CaptureFixture[str]) -> None:
    known = "{all: [{field: {field: note, matches: Hi}}, {not: {any: [known-person, shows-photo]}}]}"
    Path("acme.yaml").write_text(POLICY.replace("{not: known-person}", known), "utf-8")
    given_ = baseline(record("a", "Hi.", known=None))
    one = record("a", "Hi.", known=False)
    queue(one)
    assert told(capsys, "queue.jsonl", *given_, "--fail-on", "review")[::2] == (0, use(known=1))


def test_what_broke_in_the_baseline_is_not_known(folder: Path) -> None:
    broke = rule("no-pitch", "deny", finding("field", quote("demo"), holds=None, error="ValueError at x.py:1"))
    earlier = verdict("deny", broke)
    Path("known.jsonl").write_text(report(open_jsonl, [earlier], errors=1), "utf-8")
    now = verdict("deny", rule("no-pitch", "deny", finding("field", quote("demo"))))
    assert Baseline("known.jsonl").marked(now).baseline == {"no-pitch": "new"}


def test_the_same_places_in_another_order_are_known(folder: Path) -> None:
    places = (quote("Our tool", 0), quote("a demo", 12))
    first = verdict("deny", rule("no-pitch", "deny", finding("sales-pitch", *places)))
    second = verdict("deny", rule("no-pitch", "deny", finding("sales-pitch", *reversed(places))))
    Path("known.jsonl").write_text(report(open_jsonl, [first]), "utf-8")
    assert Baseline("known.jsonl").marked(second).baseline == {"no-pitch": "unchanged"}


def test_another_pitch_in_the_row_of_a_record_without_an_id_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record(None))
    queue(record(None, OTHER_PITCH))
    assert told(capsys, "queue.jsonl", *given_) == (1, [{"no-pitch": "new"}], use(new=1))
    capsys.readouterr()
    check("queue.jsonl", *given_)
    assert (
        "baseline 1 new (1 decided against), 0 known; 1 record known by file and row, for want of an `id`: what is said"
        in " ".join(capsys.readouterr().out.split())
    )


def test_a_baseline_of_the_settings_is_renewed_without_itself(capsys: pytest.CaptureFixture[str]) -> None:
    baseline(record("a"))
    Path("policycheck.toml").write_text('baseline = "known.jsonl"\n', "utf-8")
    queue(record("a"), record("b"))
    assert told(capsys, "queue.jsonl")[0] == 1
    assert check("queue.jsonl", "--no-baseline", "--report", "jsonl=known.jsonl") == 1
    assert told(capsys, "queue.jsonl")[::2] == (0, use(known=2))


@pytest.mark.parametrize("option", ["--baseline", "--waivers", "--profile", "--facts", "--lock", "--worksheet"])
def test_an_empty_path_does_not_pass_for_an_option_left_out(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(queue(record("a")), option, "") == 2
    assert "it names no file; leave the option out, or name one" in capsys.readouterr().err


def test_what_says_more_against_a_record_than_before_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a", "Hi.", known=False), record("b", "Hi.", known=None))
    assert told(capsys, "queue.jsonl", *given_, "--fail-on", "review")[::2] == (0, use(known=2))
    queue(record("a", known=False), record("b", "Hi.", known=False))
    assert told(capsys, "queue.jsonl", *given_, "--fail-on", "review") == (
        1, [{"no-pitch": "new", "known-first": "unchanged"}, {"known-first": "new"}], use(new=2, denied=1),
    )  # fmt: skip


def test_what_says_less_against_a_record_than_before_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a", known=False))
    Path("mild.yaml").write_text(POLICY.replace("effect: deny", "effect: review"), "utf-8")
    status, marks, counts = told(capsys, "queue.jsonl", *given_, "--fail-on", "review", policy="mild.yaml")
    assert (status, marks, counts) == (0, [{"no-pitch": "updated", "known-first": "unchanged"}], use(known=1))


def test_what_was_waived_in_the_baseline_counts_once_the_waiver_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    Path("waivers.yaml").write_text(
        "waivers:\n  - {rule: no-pitch, invitation: a, reason: agreed, owner: Ann, expires: 2026-12-31}\n", "utf-8"
    )
    given_ = baseline(record("a", known=False), argv=["--waivers", "waivers.yaml"])
    marks = {"no-pitch": "unchanged", "known-first": "unchanged"}
    assert told(capsys, "queue.jsonl", *given_, "--waivers", "waivers.yaml")[1] == [marks]
    assert told(capsys, "queue.jsonl", *given_) == (1, [{**marks, "no-pitch": "new"}], use(new=1))


def test_the_same_id_once_more_is_not_known_once_more(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    queue(record("a"), name="first.jsonl")
    queue(record("a", OTHER_PITCH), name="second.jsonl")
    status, _, counts = told(capsys, "first.jsonl", "second.jsonl", *given_)
    assert (status, counts) == (1, use(new=1, known=1))


def test_what_was_mended_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"), record("b"), record("c"))
    queue(record("a", "Hi."), record("b"))
    assert told(capsys, "queue.jsonl", *given_)[::2] == (0, use(known=1, gone=2))


def test_the_stage_default_is_known_like_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    Path("acme.yaml").write_text(
        "policycheck: 1\npolicy: acme\nversion: 1.0.0\ntitle: Acme\ndefaults: {outgoing: deny}\n"
        "rules:\n  - {id: known, effect: allow, when: known-person, because: We know them.}\n", "utf-8",
    )  # fmt: skip
    given_ = baseline(record("a", known=False))
    assert told(capsys, "queue.jsonl", *given_) == (0, [{"policycheck:default": "unchanged"}], use(known=1))


def test_text_lists_what_is_known_after_what_counts(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"), record("gone"))
    queue(record("a"), record("new"))
    capsys.readouterr()
    assert check("queue.jsonl", *given_) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "baseline    1 new (1 decided against), 1 known; 1 of the baseline gone" in lines
    heads = [line for line in lines if line.startswith("withhold    1  ")]
    assert heads == [
        "withhold    1  An invitation doesn't sell (no-pitch)",
        "withhold    1  An invitation doesn't sell (known, no-pitch)",
    ]
    assert check("queue.jsonl", *given_, "--format", "full") == 1
    assert "withhold    Mia Berg · a · queue.jsonl:1 · known\n" in capsys.readouterr().out


def test_every_report_for_ci_tells_known_from_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    queue(record("a"), record("b"))
    forms = ("sarif", "junit", "github", "gitlab", "markdown", "csv")
    capsys.readouterr()
    assert check("queue.jsonl", *given_, *(f"--report={form}=out.{form}" for form in forms)) == 1
    sarif = json.loads(Path("out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert [(one["kind"], one["baselineState"]) for one in sarif] == [("fail", "unchanged"), ("fail", "new")]
    assert '<skipped type="known" message="withhold: a ·' in Path("out.junit").read_text("utf-8")
    assert Path("out.junit").read_text("utf-8").count("<failure ") == 1
    levels = [(one.name, "known: the baseline" in one.data) for one in commands(Path("out.github").read_text("utf-8"))]
    assert levels == [("notice", True), ("error", False), ("notice", False)]
    quality = json.loads(Path("out.gitlab").read_text("utf-8"))
    assert [(one["severity"], one["baseline"]) for one in quality] == [("info", "unchanged"), ("major", "new")]
    markdown = Path("out.markdown").read_text("utf-8")
    assert "- **1 new** (1 decided against), 1 known, 0 of the baseline gone.\n" in markdown
    assert markdown.index("### Decided against") < markdown.index("`b`") < markdown.index("### Known: in the baseline")
    rows = list(csv.DictReader(Path("out.csv").read_text("utf-8").splitlines()))
    assert [(row["id"], row["baseline"], "known" in row["advice"]) for row in rows] == [
        ("a", "known", False),
        ("b", "new", False),
    ]


def test_what_a_filter_hides_counts_only_where_it_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    queue(record("a"), record("b"))
    capsys.readouterr()
    assert check("queue.jsonl", *given_, "--decision", "allow") == 1
    assert "policycheck: 1 of what is left out of the report reached --fail-on deny\n" in capsys.readouterr().err


def test_the_log_holds_the_verdicts_as_they_are() -> None:
    given_ = baseline(record("a"))
    assert check("queue.jsonl", *given_, "--audit-log", "log.jsonl") == 0
    logged = [json.loads(line) for line in Path("log.jsonl").read_text("utf-8").splitlines()]
    assert [("baseline" in one, one["decision"]) for one in logged if one["kind"] == "verdict"] == [(False, "deny")]


KINDS = {
    "pitch": record("1"),
    "fine": record("2", "Hi."),
    "stranger": record("3", "Hi.", known=False),
    "unknown": record("4", "Hi.", known=None),
}
AGAINST = {"pitch": {"no-pitch": 3}, "fine": {}, "stranger": {"known-first": 2}, "unknown": {"known-first": 1}}
"""How much which rule says against each."""
_records = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(sorted(KINDS)), min_size=1, max_size=5)


@pytest.fixture
def verdicts(folder: Path) -> dict[str, Verdict]:
    """The verdict on each kind of record."""
    queue(*KINDS.values())
    policy = load_policy("acme.yaml")
    outcomes = evaluate(read("queue.jsonl"), policy, as_of=date(2026, 11, 23))
    return dict(zip(KINDS, (one for one in outcomes if isinstance(one, Verdict)), strict=True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_records, after=_records)
def test_new_is_what_was_not_there_or_says_more(
    before: dict[str, str], after: dict[str, str], verdicts: dict[str, Verdict]
) -> None:
    earlier, now = (
        [structs.replace(verdicts[kind], id=id_) for id_, kind in records.items()] for records in (before, after)
    )
    Path("known.jsonl").write_text(report(open_jsonl, earlier), "utf-8")
    itself, compared = Baseline("known.jsonl"), Baseline("known.jsonl")
    assert all(set(itself.marked(one).baseline.values()) <= {"unchanged"} for one in earlier)  # type: ignore[union-attr]  # it is set
    assert (itself.use.new, itself.use.gone) == (0, 0)
    for one in now:
        compared.marked(one)
    asked = {id_ for id_, kind in after.items() if AGAINST[kind]}
    assert compared.use.new == sum(_worse(AGAINST[after[id_]], AGAINST[before.get(id_, "fine")]) for id_ in asked)
    assert compared.use.new + compared.use.known == len(asked)
    assert compared.use.gone == len({id_ for id_, kind in before.items() if AGAINST[kind]} - asked)


def _worse(now: dict[str, int], before: dict[str, int]) -> bool:
    return any(severity > before.get(rule, 0) for rule, severity in now.items())


BROKEN = {
    "no file": (None, "known.jsonl: cannot be read (No such file or directory); check the path, or write it with --report jsonl=FILE"),
    "nothing": ("", "known.jsonl:1: this is no report in JSON Lines; write it with --report jsonl=FILE"),
    "an invitation": (
        '{"id": "a"}\n',
        "known.jsonl:1: this is no report in JSON Lines; write it with --report jsonl=FILE",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_report_is_refused(text: str | None, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    if text is not None:
        Path("known.jsonl").write_text(text, "utf-8")
    assert check(queue(record("a")), "--baseline", "known.jsonl") == 3
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"policycheck: {message}\n")


def without_the_ledger(lines: list[str]) -> list[str]:
    return lines[:-1]


def without_a_verdict(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


def with_a_torn_line(lines: list[str]) -> list[str]:
    return [lines[0], lines[1][:80]]


def with_a_verdict_after_the_end(lines: list[str]) -> list[str]:
    return [*lines, lines[1]]


def of_another_format(lines: list[str]) -> list[str]:
    return [lines[0].replace('"format":1', '"format":2'), *lines[1:]]


def with_a_decision_that_is_none(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"deny"', '"maybe"', 1), *lines[2:]]


def without_the_run(lines: list[str]) -> list[str]:
    return lines[1:]


HARMED = {
    without_the_ledger: "known.jsonl: is not a whole report: verdicts are missing that it counts",
    without_a_verdict: "known.jsonl: is not a whole report: verdicts are missing that it counts",
    with_a_torn_line: "known.jsonl:2: this is no line of a report in JSON (Input data was truncated)",
    with_a_verdict_after_the_end: "known.jsonl:5: stands after the ledger, which is the last line",
    of_another_format: "known.jsonl:1: is of format 2, not 1",
    with_a_decision_that_is_none: "known.jsonl:2: this is no line of a report in JSON (Invalid enum value 'maybe' - at `$.decision`)",
    without_the_run: "known.jsonl:1: this is no report in JSON Lines",
}  # fmt: skip


@pytest.mark.parametrize(("harm", "message"), HARMED.items(), ids=[harm.__name__ for harm in HARMED])
def test_a_report_that_is_not_whole_is_refused(harm: Any, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"), record("b"))
    lines = Path("known.jsonl").read_text("utf-8").splitlines(keepends=True)
    Path("known.jsonl").write_text("".join(harm(lines)), "utf-8")
    capsys.readouterr()
    assert check("queue.jsonl", *given_) == 3
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"policycheck: {message}; write it with --report jsonl=FILE\n")


def test_a_document_that_is_cut_short_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"), form="json")
    whole = Path("known.jsonl").read_text("utf-8")
    Path("known.jsonl").write_text(whole[:-30], "utf-8")
    capsys.readouterr()
    assert check("queue.jsonl", *given_) == 3
    assert capsys.readouterr().err.startswith("policycheck: known.jsonl:1: this is no report in JSON (")


def test_the_baseline_is_not_overwritten_by_the_run_that_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    given_ = baseline(record("a"))
    before = Path("known.jsonl").read_bytes()
    capsys.readouterr()
    assert check("queue.jsonl", *given_, "--report", "jsonl=known.jsonl") == 2
    assert "is also read, or written, by this run" in capsys.readouterr().err
    assert Path("known.jsonl").read_bytes() == before


def test_a_path_that_cannot_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 300
    assert check(queue(record("a")), "--baseline", long) == 3
    assert "cannot be read (File name too long)" in capsys.readouterr().err


def test_a_pipe_in_its_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    assert check(queue(record("a")), "--baseline", "folder") == 3
    assert capsys.readouterr().err == "policycheck: folder: this is no file; write it with --report jsonl=FILE\n"
