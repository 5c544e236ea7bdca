"""Hostile text in every field comes out of every reporter for people harmless, on a terminal and piped."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from policycheck import Verdict, Waived
from policycheck.builtin.reporters.report_text import open_full, open_text
from policycheck.model.finding import Evidence
from policycheck.model.invitation import Origin
from policycheck.model.verdict import Advice, PolicyIdentity, Subject
from reports import RUN, Open, Terminal, assert_harmless, finding, hostile, ledger, report, rule, verdict

_OWN_STYLES = re.compile(r"\x1b\[[0-9;]*m")

_effects = st.sampled_from(["allow", "review", "deny"])
_evidence = st.builds(
    Evidence, field=hostile, start=st.integers(0, 9), end=st.integers(9, 99), reason=hostile, quote=hostile
)
_findings = st.builds(
    lambda check, evidence, missing, error: finding(
        check, *evidence, missing=missing, **({"error": error} if error else {})
    ),
    hostile,
    st.lists(_evidence, max_size=3),
    st.lists(hostile | hostile.map("profile.{}".format), max_size=2).map(tuple),
    hostile,
)
_waived = st.builds(
    Waived, reason=hostile, owner=hostile, ticket=hostile | st.none(), expires=st.just("2026-12-31"), where=hostile
)
_rules = st.builds(
    lambda id_, effect, findings, outcome, because, waived: rule(
        id_, effect, *findings, outcome=outcome, because=because, waived=waived
    ),
    hostile,
    _effects,
    st.lists(_findings, max_size=2),
    st.sampled_from(["holds", "unknown", "ignored", "error"]),
    hostile,
    _waived | st.just(UNSET),
)
_verdicts = st.builds(
    lambda decision, rules, **fields: verdict(decision, *rules, **fields),
    _effects,
    st.lists(_rules, max_size=3),
    stage=st.sampled_from(["incoming", "outgoing", "connected", "template"]),
    id=hostile,
    account=hostile | st.none(),
    action=hostile,
    origin=st.builds(Origin, hostile, st.integers(1, 9) | st.none()),
    person=st.builds(Subject, name=hostile | st.none(), company=hostile | st.none()),
    missing=st.lists(hostile, max_size=3).map(tuple),
    advice=st.lists(st.builds(Advice, check=hostile, text=hostile), max_size=2).map(tuple),
    waived=st.lists(hostile, max_size=1).map(tuple),
    accepted=st.just(True),
)
_policies = st.builds(PolicyIdentity, id=hostile, version=hostile, digest=hostile)
_runs = _policies.map(lambda policy: type(RUN)(**{**_fields(RUN), "policy": policy}))


def _fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


@pytest.mark.parametrize("stream", [io.StringIO, Terminal], ids=["piped", "terminal"])
@pytest.mark.parametrize("open_", [open_text, open_full], ids=["text", "full"])
@given(run=_runs, verdicts=st.lists(_verdicts, max_size=4), reason=hostile)
def test_no_text_makes_a_line_an_escape_or_a_command(
    open_: Open, stream: type[io.StringIO], run: Any, verdicts: list[Verdict], reason: str
) -> None:
    written = stream()
    writer = open_(run, written)
    for each in verdicts:
        writer.verdict(each)
    writer.close(ledger(verdicts, not_judged={reason: 1}, unreadable=1, errors=1, waived=1))
    for line in written.getvalue().split("\n"):
        assert_harmless(_OWN_STYLES.sub("", line))
        assert stream is Terminal or not line.endswith(" ")


@pytest.mark.parametrize("separator", ["\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"], ids=ascii)
@pytest.mark.parametrize("open_", [open_text, open_full], ids=["text", "full"])
def test_no_separator_forges_a_line(open_: Open, separator: str) -> None:
    text = f"a{separator}forged"
    evidence = Evidence(field=text, reason=text, quote=text)
    forged = verdict(
        "deny",
        rule(text, "deny", finding(text, evidence, missing=(text, f"profile.{text}"), error=text), because=text),
        rule(text, "review", finding(text, missing=(text, f"profile.{text}")), outcome="unknown", because=text),
        id=text,
        account=text,
        origin=Origin(text, 1),
        person=Subject(name=text, company=text),
        missing=(text,),
        advice=(Advice(rule=text, text=text),),
    )
    lines = report(open_, [forged], not_judged={text: 1}, errors=1).splitlines()
    assert any("forged" in line for line in lines)
    assert not [line for line in lines if line.startswith("forged")]
