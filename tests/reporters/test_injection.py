"""Hostile text in every field adds nothing to any report for CI that the same report with harmless text hasn't."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from github_runner import commands
from policycheck import Verdict
from policycheck.builtin.reporters.report_csv import open_csv
from policycheck.builtin.reporters.report_github import open_github
from policycheck.builtin.reporters.report_gitlab import open_gitlab
from policycheck.builtin.reporters.report_junit import open_junit
from policycheck.builtin.reporters.report_markdown import open_markdown
from policycheck.builtin.reporters.report_sarif import open_sarif
from reports import Open, assert_harmless, hostile
from states import PLAIN, TEXTS, story, told

_ARROWS = [
    "](https://evil.example)", "[a](b)", "![a](b)", "<https://evil.example>", "https://evil.example", "a@evil.example",
    "`", "``", "```\n", "`` ` ``", "|", "\\|", "\\", "~~~", "# a", "- a", "> a", "&lt;", "&#60;", "<a href=x>", "<!--",
    "]]>", "<![CDATA[", "</failure>", "<error/>", "'", '" x="', "{0}", "{", "}", "=1+1", ";=1", "\t=1", ",=1", "\"=1",
    "+1", "-1", "@a", "＝1", "＠", "%0A::error::x", "%25", ",line=9", "::stop-commands::x", "..", "//evil.example", "file:", "?#",
]  # fmt: skip
_texts = st.lists(hostile | st.sampled_from(_ARROWS), min_size=1, max_size=6).map("".join).filter(str.strip)
_all_texts = st.lists(_texts, min_size=1, max_size=8).map(
    lambda few: [f"{few[number % len(few)]}{number}" for number in range(TEXTS)]
)
"""A different text for each field, as far as what comes after a trick can make it so."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_SARIF_LINK = re.compile(r"\[[^\]]*\]\(")


def of_json(written: str) -> Any:
    """Keys, lengths and kinds; texts that may be said differently are left out."""
    assert written.isascii()
    return _skeleton(json.loads(written))


def _skeleton(value: Any) -> Any:
    match value:
        case dict():
            assert not _SARIF_LINK.search(str(value.get("text", "")))
            assert not re.search(r"(?<!\{)\{[0-9]+\}", str(value.get("text", "")))
            return {key: len(item) if key == "not_judged" else _skeleton(item) for key, item in value.items()}
        case list():
            return [_skeleton(item) for item in value]
        case _:
            return type(value).__name__


def of_xml(written: str) -> Any:
    """Elements, the names of their attributes, and lines of text."""
    return [
        (element.tag, sorted(element.attrib), (element.text or "").count("\n"))
        for element in etree.fromstring(written.encode()).iter()
    ]


def of_commands(written: str) -> Any:
    """The runner's commands, the names of their properties, the lines of their messages."""
    found = commands(written)
    assert len(found) == written.count("\n")
    return [(one.name, sorted(one.properties), one.data.count("\n")) for one in found]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", []))


def of_markdown(written: str) -> Any:
    """The elements that GitHub's renderer makes of it."""
    parser = _Tags()
    parser.feed(cmarkgfm.github_flavored_markdown_to_html(written))
    assert not {"a", "img", "input"} & {tag for tag, _ in parser.found}
    return parser.found


def of_csv(written: str) -> Any:
    """Rows and columns, however a program splits them; no cell is a formula."""
    for delimiter in ",;\t|":
        for row in csv.reader(written.splitlines(), delimiter=delimiter):
            assert not [cell for cell in row if _FORMULA.match(cell)]
    return [len(row) for row in csv.reader(written.splitlines())]


FORMATS = {
    "sarif": (open_sarif, of_json),
    "gitlab": (open_gitlab, of_json),
    "junit": (open_junit, of_xml),
    "github": (open_github, of_commands),
    "markdown": (open_markdown, of_markdown),
    "csv": (open_csv, of_csv),
}


@pytest.mark.parametrize("compared", [False, True], ids=["alone", "against a baseline"])
@pytest.mark.parametrize("shows_text", [False, True], ids=["bare", "with text"])
@pytest.mark.parametrize(("open_", "shape"), FORMATS.values(), ids=FORMATS)
@settings(max_examples=20)
@given(texts=_all_texts)
def test_hostile_text_changes_nothing_but_text(
    open_: Open, shape: Callable[[str], Any], shows_text: bool, compared: bool, texts: list[str]
) -> None:
    stories = [whole if shows_text else whole.without_text() for whole in (story(texts), story(PLAIN))]
    written, harmless = (told(open_, whole.against_a_baseline() if compared else whole) for whole in stories)
    assert shape(written) == shape(harmless)
    assert written.count("\n") == harmless.count("\n")
    for line in written.split("\n"):
        if not line.startswith("::") or open_ is not open_github:
            assert_harmless(line)
    assert [one.name for one in commands(written)] == [one.name for one in commands(harmless)]


@pytest.mark.parametrize(("open_", "shape"), FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize(
    "text", [*_ARROWS, "\n::error::x", "a\r##[error]x", "\x1b]0;t\x07", "\u202e", "\u2028=1"], ids=ascii
)
def test_each_trick_changes_nothing_but_text(open_: Open, shape: Callable[[str], Any], text: str) -> None:
    texts = [f"{text}{number}{text}" for number in range(TEXTS)]
    assert shape(told(open_, story(texts))) == shape(told(open_, story(PLAIN)))


@pytest.mark.parametrize("open_", [open_ for open_, _ in FORMATS.values()], ids=FORMATS)
def test_without_text_no_name_and_no_quote_is_in_a_report(open_: Open) -> None:
    whole = story()
    verdicts = [outcome for outcome in whole.outcomes if isinstance(outcome, Verdict)]
    evidence = [piece for one in verdicts for rule in one.rules for found in rule.findings for piece in found.evidence]
    secrets = {piece.quote for piece in evidence} | {one.person.name for one in verdicts if one.person}
    told_ = {secret for secret in secrets if re.search(rf"{secret}\b", told(open_, whole))}
    assert len(told_) >= 6
    assert {secret for secret in secrets if re.search(rf"{secret}\b", told(open_, whole.without_text()))} == set()


@pytest.mark.parametrize(
    ("shape", "harmless", "harmful"),
    [
        (of_xml, "<a><b>text</b></a>", "<a><b>te<x/>xt</b></a>"),
        (of_xml, '<a b="text"/>', '<a b="te" x="xt"/>'),
        (of_xml, "<a>text</a>", "<a>te\nxt</a>"),
        (of_json, '{"suppressions": []}', '{"suppressions": [{}]}'),
        (of_commands, "::error file=text::text\n", "::error file=te,line=9::xt\n"),
        (of_commands, "::error ::text\n", "::error ::te%0Axt\n"),
        (of_markdown, "- `text`\n", "- `te` <b>`xt`\n"),
        (of_markdown, "- `text`\n", "- `te\n- xt`\n"),
        (of_csv, '"text","x"\n', '"te","","xt"\n'),
    ],
)
def test_what_would_be_new_is_seen(shape: Callable[[str], Any], harmless: str, harmful: str) -> None:
    assert shape(harmless) == shape(harmless.replace("text", "other"))
    assert shape(harmless) != shape(harmful)


@pytest.mark.parametrize(
    ("shape", "harmful"),
    [
        (of_json, '{"text": "[a](https://evil.example)"}'),
        (of_json, '{"text": "a {0}"}'),
        (of_json, '{"text": "\u202e"}'),
        (of_commands, "te\n::error::xt\n"),
        (of_markdown, "- https://evil.example\n"),
        (of_markdown, "- [a](b)\n"),
        (of_csv, '"=1+1"\n'),
        (of_csv, '"x","te;=1"\n'),
        (of_csv, '"te","＝1"\n'),
    ],
)
def test_what_must_never_be_is_refused(shape: Callable[[str], Any], harmful: str) -> None:
    with pytest.raises(AssertionError):
        shape(harmful)


def test_the_runner_obeys_both_forms() -> None:
    assert commands("  ::error file=a%2Cb,line=3::te%0Axt\nx ##[set-output name=a%5D;b=c]d") == [
        ("error", {"file": "a,b", "line": "3"}, "te\nxt"),
        ("set-output", {"name": "a]", "b": "c"}, "d"),
    ]
    assert commands("x ::error::y\n##[open\n::one\n: :error::") == []
