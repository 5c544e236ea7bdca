"""``policycheck test``: what it prints, what it refuses, and when it fails."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml

from distributions import install
from hostile.texts import TEXTS
from hostile.yaml_files import REFUSED
from inputs import registry
from policycheck.authoring.run import Refused, run_suite
from policycheck.authoring.suite import suite_from
from policycheck.builtin.commands._test_json import report_json
from policycheck.builtin.commands._test_junit import report_junit
from policycheck.builtin.commands._test_text import report_text
from policycheck.cli import run
from reports import assert_harmless, hostile
from service_schemas import junit_mistakes, needs_schemas

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("text", "json", "junit")

POLICY = """\
policycheck: 1
policy: acme
version: 1.0.0
title: Acme
defaults: {outgoing: allow}
rules:
  - {id: send-to-friends, stages: [outgoing], effect: allow, when: known-person, because: You know them.}
  - {id: look-twice, stages: [outgoing], effect: review, when: {not: verified}, because: Their account is not verified.}
  - {id: too-long, stages: [outgoing], effect: review, when: note-length, because: The note is too long.}
"""
HEAD = "policycheck-tests: 1\npolicy: acme.yaml\nas_of: 2026-11-23\n"
GOOD = f"""\
{HEAD}cases:
  - name: a friend
    invitation: {{stage: outgoing, person: {{name: Mia Berg, known: true, verified: true}}, note: ""}}
    expect: {{decision: allow, rules: [send-to-friends]}}
  - name: nobody knows
    invitation: {{stage: outgoing, person: {{known: true}}, note: ""}}
    expect: {{decision: review, rules: [send-to-friends], missing: [person.verified]}}
"""
BAD = f"""\
{HEAD}cases:
  - name: a friend who is not verified
    invitation: {{stage: outgoing, person: {{name: Noor Aziz, known: true, verified: false}}, note: ""}}
    expect: {{decision: allow, rules: [send-to-friends, too-long], missing: [person.name]}}
  - name: a friend
    invitation: {{stage: outgoing, person: {{name: Mia Berg, known: true, verified: true}}, note: ""}}
    expect: {{rules: [send-to-friends]}}
"""
EMPTY = f"""\
{HEAD}cases:
  - name: a stranger
    invitation: {{stage: outgoing, person: {{known: false, verified: true}}, note: ""}}
    expect: {{decision: allow, rules: []}}
"""
FAILED = """\
failed      bad.yaml · acme 1.0.0 · 2 cases · as of 23 Nov 2026

failed      a friend who is not verified · bad.yaml:5:5
  decision  expected allow; got review
  rules     expected send-to-friends, too-long; got look-twice, send-to-friends
  missing   expected person.name; got none

revise      Noor Aziz · bad.yaml:6

✓ true   ✗ false   ? unknown   ◀ decides

✓ review look-twice ◀
   Their account is not verified.
   └─ ✓ not ◀
      └─ ✗ verified ◀

✓ allow  send-to-friends
   You know them.
   └─ ✓ known-person
         person.known (known from: the record)

✗ review too-long
   The note is too long.
   └─ ✗ note-length (free: 200, premium: 300)

forced by   verified is false: whatever else is found out, it stays revise
changed by  send, if verified were true

2 cases in 1 file: 1 passed, 1 failed
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    files(**{"acme.yaml": POLICY})
    return tmp_path


def files(**contents: str) -> None:
    for name, text in contents.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")


class Tests:
    """What the command printed, said on standard error, and came to."""

    __test__ = False

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = run(["test", *arguments])
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err


@pytest.fixture
def tests(capsys: pytest.CaptureFixture[str]) -> Tests:
    return Tests(capsys)


# What passes, and what fails


def test_the_tests_of_the_shipped_policies_pass(tests: Tests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert tests("policies/tests") == (
        0,
        (
            "passed      policies/tests/conservative.yaml · conservative 1.0.0 · 36 cases · as of 23 Nov 2026\n"
            "passed      policies/tests/pragmatic.yaml · pragmatic 1.0.0 · 40 cases · as of 23 Nov 2026\n"
            "\n"
            "76 cases in 2 files: 76 passed\n"
        ),
        "",
    )


def test_a_case_that_comes_out_otherwise_is_shown_with_its_tree(tests: Tests) -> None:
    files(**{"bad.yaml": BAD})
    assert tests("bad.yaml") == (1, FAILED, "")


def test_every_file_is_run_whatever_became_of_the_others(tests: Tests) -> None:
    files(**{"good.yaml": GOOD, "bad.yaml": BAD, "wrong.yaml": f"{HEAD}cases: 1\n"})
    status, out, err = tests("wrong.yaml", "bad.yaml", "nowhere.yaml", "good.yaml")
    assert status == 4
    assert [line for line in out.splitlines() if line.startswith(("passed", "not run"))] == [
        "not run     wrong.yaml",
        "passed      good.yaml · acme 1.0.0 · 2 cases · as of 23 Nov 2026",
    ]
    assert out.endswith("\n\n4 cases in 3 files: 3 passed, 1 failed, 1 file not run\n")
    assert err == (
        "policycheck: nowhere.yaml: cannot be read (No such file or directory); check the path and its permissions\n"
        "policycheck: wrong.yaml:4:8: `cases` must be a list\n"
    )


def test_a_suite_that_a_policy_without_rules_would_pass_fails_as_a_whole(tests: Tests) -> None:
    files(**{"empty.yaml": EMPTY})
    assert tests("empty.yaml") == (
        1,
        (
            "failed      empty.yaml · acme 1.0.0 · 1 case · as of 23 Nov 2026\n"
            "            a policy without a rule, of the same defaults, would pass every case; expect a rule to\n"
            "            hold, or a decision that is not the default\n"
            "\n"
            "1 case in 1 file: 1 passed, nothing shown by 1 file\n"
        ),
        "",
    )


def test_one_case_that_needs_a_rule_saves_the_suite(tests: Tests) -> None:
    files(**{"t.yaml": EMPTY + GOOD.partition("cases:\n")[2]})
    assert tests("t.yaml")[0] == 0


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_without_a_case_has_shown_nothing(format_: str, tests: Tests) -> None:
    files(**{"none.yaml": f"{HEAD}cases: []\n", "good.yaml": GOOD})
    status, _, err = tests("none.yaml", "good.yaml", "--format", format_)
    assert (status, err) == (4, "policycheck: none.yaml: holds no case; add one under `cases`\n")


# What is refused


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_yaml_that_means_several_things_is_refused(text: str | bytes, message: str, tests: Tests) -> None:
    Path("f.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert tests("f.yaml") == (
        3,
        "not run     f.yaml\n\n0 cases in 1 file: 1 file not run\n",
        f"policycheck: {message}\n",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("rules: [send-to-friends]", "rules: [send-to-freinds]"), "t.yaml:7:39: the policy `acme` has no rule `send-to-freinds`; did you mean `send-to-friends`?"),
        (("expect: {decision: allow, rules: [send-to-friends]}", "expect: {}"), "t.yaml:7:13: the case expects nothing; write `decision`, `rules` or `missing`"),
        (("nobody knows", "a friend"), "t.yaml:8:11: a second case is called `a friend` (first in line 5); rename one"),
        (("as_of: 2026-11-23\n", ""), "t.yaml:1:1: `as_of` is missing; add it"),
        (("policycheck-tests: 1\n", ""), "t.yaml:1:1: no file of tests: `policycheck-tests: 1` is missing; add it, or name another file"),
        (("acme.yaml", "amce.yaml"), "t.yaml:2:9: amce.yaml: there is no such file; mend the path, or name one of conservative, pragmatic"),
    ],
)  # fmt: skip
def test_an_invalid_file_is_refused_with_place_and_repair(change: tuple[str, str], told: str, tests: Tests) -> None:
    files(**{"t.yaml": GOOD.replace(*change, 1)})
    status, _, err = tests("t.yaml")
    assert (status, err) == (3, f"policycheck: {told}\n")


def test_a_file_that_is_named_twice_is_refused(tests: Tests) -> None:
    files(**{"t/good.yaml": GOOD})
    told = "is named twice, or lies in a folder that is named too; name it once"
    assert tests("t/good.yaml", "t/../t/good.yaml") == (2, "", f"policycheck: t/../t/good.yaml: {told}\n")
    assert tests("t", "t/good.yaml") == (2, "", f"policycheck: t/good.yaml: {told}\n")


def test_a_path_must_be_named(tests: Tests) -> None:
    status, out, err = tests()
    assert (status, out) == (2, "")
    assert "Missing argument 'PATH...'" in err


# Folders


def test_of_a_folder_the_files_of_tests_are_run_and_other_yaml_is_named(tests: Tests) -> None:
    files(**{
        "in/acme.yaml": POLICY,
        "in/good.yaml": GOOD,
        "in/deeper/acme.yaml": POLICY,
        "in/deeper/quoted.yml": '"policycheck-tests": 1\n' + GOOD.partition("\n")[2],
        "in/deeper/flow.yaml": '\ufeff{policycheck-tests: 1, policy: acme.yaml, as_of: 2026-11-23, cases: []}\n',
        "in/deeper/broken.yaml": "a: [\npolicycheck-tests: 1\n",
        "in/notes.md": "policycheck-tests: 1\n",
        "in/OTHER.YAML": "a: 1\n",
        "in/z.yaml": "# policycheck-tests: 1\nabout:\n  policycheck-tests: no key of the file\n",
        "in/y.yml": "",
    })  # fmt: skip
    Path("in/around").symlink_to(Path.cwd())
    status, out, err = tests("in")
    assert status == 4
    assert [line.split(" · ")[0] for line in out.splitlines()] == [
        "passed      in/good.yaml",
        "not run     in/deeper/broken.yaml",
        "passed      in/deeper/flow.yaml",
        "passed      in/deeper/quoted.yml",
        "",
        "4 cases in 4 files: 4 passed, 1 file not run",
    ]
    assert err == (
        "policycheck: passed over, since they hold no tests: in/OTHER.YAML, in/acme.yaml, in/around and 3 more\n"
        "policycheck: in/deeper/broken.yaml:3:1: this is no YAML (did not find expected ',' or ']'); mend the line\n"
        "policycheck: in/deeper/flow.yaml: holds no case; add one under `cases`\n"
    )


def test_a_file_in_capitals_is_run_too(tests: Tests) -> None:
    files(**{"in/GOOD.YAML": GOOD, "in/acme.yaml": POLICY})
    assert tests("in")[1].startswith("passed      in/GOOD.YAML · ")


def test_a_policy_whose_path_is_too_long_to_be_one_hides_no_other_file(tests: Tests) -> None:
    files(
        **{
            "in/a.yaml": GOOD.replace("policy: acme.yaml", f"policy: {'a' * 300}.yaml"),
            "in/b.yaml": GOOD,
            "in/acme.yaml": POLICY,
        }
    )
    status, out, _ = tests("in")
    assert status == 3
    assert [line.split(" · ")[0] for line in out.splitlines()[:2]] == ["not run     in/a.yaml", "passed      in/b.yaml"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_folder_without_tests_has_shown_nothing(format_: str, tests: Tests) -> None:
    Path("in").mkdir()
    status, _, err = tests("in", "--format", format_)
    assert (status, err) == (
        4,
        "policycheck: in: no file of tests was found; such a file has the key `policycheck-tests`\n",
    )


def test_a_file_of_a_folder_that_cannot_be_read_is_named_and_hides_no_other(tests: Tests) -> None:
    files(**{"in/acme.yaml": POLICY, "in/good.yaml": GOOD})
    Path("in/lost.yaml").symlink_to("nowhere.yaml")
    status, out, err = tests("in")
    assert (status, out.splitlines()[-1]) == (4, "2 cases in 1 file: 2 passed")
    assert "policycheck: in/lost.yaml: cannot be read (No such file or directory)" in err


# A check that breaks

PLUGIN = """
from policycheck import check, hookimpl

@check("breaks")
def breaks(case):
    "Breaks."
    raise ValueError("canary")

@hookimpl
def policycheck_checks():
    return [breaks]
"""


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin whose check breaks, a policy that asks it, and a case that would pass otherwise."""
    modules = {"acme_breaks_tested.py": PLUGIN}
    install(tmp_path / "site", "acme-breaks", modules, entry_points="acme = acme_breaks_tested")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    files(**{
        "acme.yaml": POLICY.replace("when: note-length", "when: breaks"),
        "t.yaml": GOOD.replace("decision: allow", "decision: review"),
    })  # fmt: skip


@pytest.mark.usefixtures("broken")
def test_a_check_that_breaks_passes_no_case(tests: Tests) -> None:
    status, out, err = tests("t.yaml")
    assert status == 5
    assert "\nbroken      a friend · t.yaml:5:5\n            a check broke, so that this case shows nothing\n" in out
    assert "broke: ValueError at acme_breaks_tested.py:7" in out
    assert out.endswith("\n2 cases in 1 file: 2 broken\n")
    assert err.startswith("policycheck: t.yaml:6: check `breaks` of plugin `acme` broke (ValueError at ")
    assert "canary" not in out + err


@pytest.mark.usefixtures("broken")
def test_a_check_that_breaks_is_an_error_in_junit(tests: Tests) -> None:
    status, out, _ = tests("t.yaml", "--format", "junit")
    assert status == 5
    assert [[type(one) for one in case.result] for case in junit(out)[0]] == [[Error], [Error]]


@pytest.mark.usefixtures("broken")
def test_a_plugin_that_cannot_be_loaded_hides_neither_cases_nor_that_there_are_none(tests: Tests) -> None:
    files(**{"site/acme_breaks_tested.py": "raise RuntimeError\n", "t.yaml": GOOD, "acme.yaml": POLICY})
    sys.modules.pop("acme_breaks_tested", None)  # another test has imported it whole
    Path("in").mkdir()
    status, out, _ = tests("t.yaml")
    assert (status, out.splitlines()[-1]) == (5, "2 cases in 1 file: 2 passed")
    status, _, err = tests("in")
    assert status == 5
    assert err.endswith("in: no file of tests was found; such a file has the key `policycheck-tests`\n")


# Formats for machines


def junit(text: str) -> list[Any]:
    return list(JUnitXml.fromstring(text.encode()))


@pytest.fixture
def story(tests: Tests) -> dict[str, str]:
    """Files of every state, in each format."""
    files(**{"bad.yaml": BAD, "empty.yaml": EMPTY, "good.yaml": GOOD, "wrong.yaml": f"{HEAD}cases: 1\nprofile: 2\n"})
    names = ("bad.yaml", "empty.yaml", "good.yaml", "wrong.yaml")
    told = {format_: tests(*names, "--format", format_) for format_ in FORMATS}
    assert {status for status, _, _ in told.values()} == {3}
    return {format_: out for format_, (_, out, _) in told.items()}


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_case(story: dict[str, str]) -> None:
    suites = junit(story["junit"])
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in suites] == [
        ("bad.yaml", 2, 1, 0),
        ("empty.yaml", 2, 1, 0),
        ("good.yaml", 2, 0, 0),
        ("wrong.yaml", 1, 0, 1),
    ]
    cases = [(case.classname, case.name, [type(one) for one in case.result]) for suite in suites for case in suite]
    assert cases == [
        ("policycheck.acme", "a friend who is not verified", [Failure]),
        ("policycheck.acme", "a friend", []),
        ("policycheck.acme", "the suite as a whole", [Failure]),
        ("policycheck.acme", "a stranger", []),
        ("policycheck.acme", "a friend", []),
        ("policycheck.acme", "nobody knows", []),
        ("policycheck.tests", "the suite as a whole", [Error]),
    ]
    (failure,) = next(iter(suites[0])).result
    assert failure.message == (
        "decision: expected allow; got review; rules: expected send-to-friends, too-long; got look-twice, "
        "send-to-friends; missing: expected person.name; got none"
    )
    assert failure.text == FAILED.partition("\n\n")[2].rpartition("\n2 cases")[0]


@needs_schemas
def test_the_schema_of_junit_accepts_every_state(story: dict[str, str], tests: Tests) -> None:
    assert junit_mistakes(story["junit"]) == []
    Path("in").mkdir()
    assert junit_mistakes(tests("in", "--format", "junit")[1]) == []


@needs_schemas
@pytest.mark.parametrize(
    ("ours", "wrong"),
    [
        ("<testsuites ", '<testsuites skipped="1" '),
        ("<testcase ", '<testcase file="a.yaml" '),
        ("<failure ", "<failed "),
    ],
)
def test_the_schema_of_junit_refuses_what_must_not_be_there(ours: str, wrong: str, story: dict[str, str]) -> None:
    text = (
        story["junit"]
        .replace(ours, wrong, 1)
        .replace("</failure>", "</failed>" if wrong == "<failed " else "</failure>", 1)
    )
    assert junit_mistakes(text) != []


def test_json_tells_what_was_expected_and_what_came(story: dict[str, str]) -> None:
    document = json.loads(story["json"])
    bad, empty, good, wrong = document["files"]
    assert (document["format"], list(document)) == (1, ["format", "policycheck", "files"])
    assert [(one["state"], one.get("proves_nothing")) for one in (bad, empty, good, wrong)] == [
        ("failed", False),
        ("failed", True),
        ("passed", False),
        ("not run", None),
    ]
    assert wrong["messages"] == [
        "wrong.yaml:4:8: `cases` must be a list",
        "wrong.yaml:5:10: `profile` must be a mapping",
    ]
    assert (bad["file"], bad["policy"]["id"], bad["as_of"]) == ("bad.yaml", "acme", "2026-11-23")
    assert bad["cases"][0] == {
        "name": "a friend who is not verified",
        "where": "bad.yaml:5:5",
        "state": "failed",
        "decision": "review",
        "rules": ["look-twice", "send-to-friends"],
        "missing": [],
        "expected": {"decision": "allow", "rules": ["send-to-friends", "too-long"], "missing": ["person.name"]},
    }
    assert bad["cases"][1]["expected"] == {"rules": ["send-to-friends"]}


# Hostile text


class _Quoted(yaml.SafeDumper):
    """Every text in quotes, with escapes for what a file must not hold."""


_Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@pytest.mark.parametrize(("format_", "report"), [("text", report_text), ("json", report_json), ("junit", report_junit)])
@given(
    texts=st.lists(st.sampled_from(sorted(TEXTS.values())) | hostile, min_size=4, max_size=4),
    known=st.booleans(),
)
def test_no_text_of_a_case_reaches_a_terminal_as_more_than_text(
    format_: str, report: Callable[[Any, TextIO], None], texts: list[str], known: bool
) -> None:
    name, person, note, fact = (text.encode(errors="replace").decode() for text in texts)
    invitation = {"stage": "outgoing", "person": {"name": person, "known": known, "verified": False}, "note": note}
    expect = {"decision": "allow", "rules": [], "missing": [f"x{fact}"]}
    case = {"name": f"x{name}", "invitation": invitation, "expect": expect}
    Path("acme.yaml").write_text(POLICY, "utf-8")
    text = HEAD + yaml.dump({"cases": [case]}, Dumper=_Quoted, allow_unicode=False)
    ran = run_suite(suite_from(text, "t.yaml", registry()))
    shown = io.StringIO()
    report([ran, Refused(f"x{name}.yaml".translate({0: None}), (f"x{fact}",))], shown)
    for line in shown.getvalue().split("\n"):
        assert_harmless(line)
    if format_ == "json":
        assert len(json.loads(shown.getvalue())["files"]) == 2
    if format_ == "junit":
        assert len(junit(shown.getvalue())) == 2
