"""The formats ``json`` and ``jsonl``."""

from __future__ import annotations

import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycheck import Ledger, Run, Verdict
from policycheck.builtin.reporters.report_json import open_json, open_jsonl, policycheck_reporters
from policycheck.model.finding import Evidence
from policycheck.model.invitation import Origin
from policycheck.model.verdict import Advice, Subject
from reports import RUN, Open, assert_harmless, finding, hostile, ledger, quote, report, rule, verdict

PITCH = verdict("deny", rule("decline-pitch", "deny", finding("sales-pitch", quote("We help", 3))))
RUN_JSON = (
    '{"format":1,"policycheck":"0.1.0","python":"3.11.7","unicode":"14.0.0","as_of":"2026-11-23",'
    f'"policy":{{"id":"pragmatic","version":"1.0.0","digest":"sha256:{"0" * 64}"}},"plugins":[]}}'
)
PITCH_JSON = (
    '{"id":"Invitations.csv:2","account":"ana-voss","stage":"incoming","decision":"deny","action":"decline",'
    '"rules":[{"id":"decline-pitch","effect":"deny","outcome":"holds","because":"The invitation is a pitch.",'
    '"source":null,"findings":[{"check":"sales-pitch","parameters":{},"holds":true,"missing":[],'
    '"evidence":[{"field":"note","start":3,"end":10,"reason":"a pitch","quote":"We help"}]}]}],'
    '"missing":[],"advice":[],"waived":[],"origin":{"path":"Invitations.csv","line":2},'
    f'"policy":"sha256:{"0" * 64}","person":{{"name":"Pia Grant"}}}}'
)
LEDGER_JSON = '{"read":1,"allow":0,"review":0,"deny":1,"unreadable":0,"errors":0,"waived":0,"not_judged":{"draft":3}}'


class Document(msgspec.Struct):
    """What ``--format json`` prints."""

    run: Run
    verdicts: list[Verdict]
    ledger: Ledger


def test_jsonl_is_a_line_for_the_run_one_for_each_verdict_and_one_for_the_ledger() -> None:
    written = report(open_jsonl, [PITCH], not_judged={"draft": 3})
    assert written == f'{{"run":{RUN_JSON}}}\n{PITCH_JSON}\n{{"ledger":{LEDGER_JSON}}}\n'


def test_json_is_one_object_with_a_line_for_each_verdict() -> None:
    written = report(open_json, [PITCH, PITCH], not_judged={"draft": 3})
    twice = LEDGER_JSON.replace('"read":1', '"read":2').replace('"deny":1', '"deny":2')
    assert written == f'{{"run":{RUN_JSON},"verdicts":[\n{PITCH_JSON},\n{PITCH_JSON}\n],"ledger":{twice}}}\n'


def test_json_without_a_verdict_is_an_object_still() -> None:
    assert json.loads(report(open_json, []))["verdicts"] == []


def test_what_may_not_be_shown_is_left_out_and_what_is_unknown_is_null() -> None:
    bare = verdict("review", person=msgspec.UNSET, account=None)
    line = json.loads(report(open_jsonl, [bare]).splitlines()[1])
    assert "person" not in line
    assert "accepted" not in line
    assert line["account"] is None


@pytest.mark.parametrize("open_", [open_json, open_jsonl], ids=["json", "jsonl"])
def test_each_verdict_is_written_before_the_next_one_comes(open_: Open) -> None:
    stream = io.StringIO()
    writer = open_(RUN, stream)
    writer.verdict(PITCH)
    assert PITCH_JSON in stream.getvalue()


@pytest.mark.parametrize("open_", [open_json, open_jsonl], ids=["json", "jsonl"])
def test_every_script_is_written_in_ascii(open_: Open) -> None:
    written = report(open_, [verdict(name='宮本 "Zoë" \\u00e9 \U0001f468 \x7f')])
    assert '{"name":"\\u5bae\\u672c \\"Zo\\u00eb\\" \\\\u00e9 \\ud83d\\udc68 \\u007f"}' in written
    assert written.isascii()


def test_a_lone_surrogate_becomes_a_text_that_every_parser_takes() -> None:
    written = report(open_jsonl, [verdict(origin=Origin("caf\udce9.csv", 2))])
    assert msgspec.json.decode(written.splitlines()[1], type=Verdict).origin.path == "caf\\udce9.csv"


def test_a_runners_command_is_broken_and_comes_back_when_parsed() -> None:
    written = report(open_jsonl, [verdict(name="##[set-output name=a]b ##vso[x]")])
    assert '"name":"\\u0023#[set-output name=a]b \\u0023#vso[x]"' in written
    assert json.loads(written.splitlines()[1])["person"]["name"] == "##[set-output name=a]b ##vso[x]"


def test_neither_format_asks_for_text() -> None:
    assert [(each.name, each.shows_text) for each in policycheck_reporters()] == [("json", False), ("jsonl", False)]


whole = hostile.map(lambda text: text.encode("utf-8", "replace").decode())
verdicts = st.lists(
    st.builds(
        lambda texts, decision: verdict(
            decision,
            rule(texts[0], decision, finding(texts[1], Evidence(field=texts[2], reason=texts[3], quote=texts[4]))),
            id=texts[5],
            account=texts[6],
            origin=Origin(texts[7], 3),
            person=Subject(name=texts[8], company=texts[9]),
            missing=(texts[10],),
            advice=(Advice(check=texts[11], text=texts[12]),),
            waived=(texts[13],),
        ),
        st.lists(whole, min_size=14, max_size=14),
        st.sampled_from(["allow", "review", "deny"]),
    ),
    max_size=3,
)


@given(verdicts)
def test_whatever_the_texts_jsonl_gives_the_same_structs_back_from_harmless_lines(given_: list[Verdict]) -> None:
    lines = report(open_jsonl, given_).splitlines()
    for line in lines:
        assert_harmless(line)
    assert msgspec.json.decode(lines[0], type=dict[str, Run]) == {"run": RUN}
    assert [msgspec.json.decode(line, type=Verdict) for line in lines[1:-1]] == given_
    assert msgspec.json.decode(lines[-1], type=dict[str, Ledger]) == {"ledger": ledger(given_)}


@given(verdicts)
def test_whatever_the_texts_json_gives_the_same_structs_back_from_harmless_lines(given_: list[Verdict]) -> None:
    written = report(open_json, given_)
    for line in written.split("\n"):
        assert_harmless(line)
    assert msgspec.json.decode(written, type=Document) == Document(RUN, given_, ledger(given_))
