"""The format ``markdown``, rendered as GitHub does."""

from __future__ import annotations

import cmarkgfm
import pytest
from msgspec import UNSET

from policycheck.builtin.reporters._code_spans import code
from policycheck.builtin.reporters.report_markdown import LIMIT, open_markdown
from reports import finding, report, rule, verdict
from states import story, told


def test_counts_come_first_then_what_to_act_on_worst_first() -> None:
    assert (
        told(open_markdown, story().without_text())
        == """\
## policycheck: `text 58 text 59`

6 records read, as of `2026-11-23`.

| stage | allow | review | deny |
|---|--:|--:|--:|
| incoming | 1 accept | 3 review | 1 decline |

- **1 record could not be read**: not everything was judged.
- **In 1 verdict a check broke**: 1 `` `text 32` (text 28) ``.
- In 1 verdict a waiver lifts a rule.
- Not judged: 2 `text 61`, 1 `text 62`.
- 1 record known by file and row, for want of an `id`: what is said follows the row.

### Could not be read

- `text 51:7` `could not be read: text 52; text 53`
- `text 54` `text 57 could not be read: text 55; text 56`

### Decided against

- incoming: `decline` `text 5` at `text 6:3`
  - `text 3` (denied): `text 4`
    - evidence: `note 0–4 (text 0)`
  - advice: `text 8`

### To look at

- incoming: `review` `text 14` at `text 15:3`
  - `text 12` (review): `text 13`
    - evidence: `note 0–4 (text 9)`
  - advice: `text 17`
- incoming: `review` `text 24` at `text 25:3`
  - `text 22` (unknown): `text 23`
    - not known: `text 20`
  - advice: `text 27`
- incoming: `review` `text 35` at `text 36:3`
  - `text 33` (broken): `text 34`
    - not known: `text 31`
    - broken: `` `text 32` (text 28) ``
  - advice: `text 38`

### Allowed, with a rule waived

- incoming: `accept` `text 47` at `text 48:3`
  - `text 42` (waived): `text 43`
    - evidence: `note 0–4 (text 39)`
    - waived: `text 44; text 45; until text 46; T-1`
"""
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [("a", "`a`"), ("`", "`` ` ``"), ("a`b", "``a`b``"), ("``a", "``` ``a ```"), (" a", "`  a `"), ("", "(empty)")],
)
def test_a_code_span_has_a_fence_that_is_longer_than_any_in_it(text: str, span: str) -> None:
    assert code(text) == span
    shown = cmarkgfm.github_flavored_markdown_to_html(span)
    assert shown == (f"<p><code>{text}</code></p>\n" if text else "<p>(empty)</p>\n")


def test_a_report_is_never_over_one_mebibyte_and_counts_what_has_no_room() -> None:
    long = rule("long", "deny", finding(), because="é" * 1900)
    text = report(
        open_markdown, [verdict("deny", long, line=line, person=UNSET) for line in range(2, 602)] + [verdict("review")]
    )
    assert LIMIT - 100_000 < len(text.encode()) <= LIMIT
    shown = text.count("- incoming: `decline`")
    assert f"\n{600 - shown} records more, for which there is no room here.\n" in text
    assert text.endswith("### To look at\n\n\n1 record more, for which there is no room here.\n")


def test_many_reasons_are_counted() -> None:
    text = report(open_markdown, [], not_judged={f"reason {number:02}": 1 for number in range(53)})
    assert "1 `reason 49`, 3 more reasons." in text
    assert "reason 50" not in text


def test_nothing_to_act_on_is_the_head_alone() -> None:
    assert report(open_markdown, []) == "## policycheck: `pragmatic 1.0.0`\n\n0 records read, as of `2026-11-23`.\n\n"
