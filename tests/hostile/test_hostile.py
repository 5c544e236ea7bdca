"""The named corpus of hostile files, each made anew and put through the real command line: its message, its exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hostile.archive_files import ARCHIVES
from hostile.json_files import DATES, DOCUMENTS, MISTAKES, VALUES
from hostile.table_files import HEADERS, ROWS, broken_table, table_of
from hostile.texts import PITCHES, TEXTS
from hostile.yaml_files import REFUSED
from policycheck import visible
from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]
SOUND = """\
policycheck: 1
policy: sound
version: 1.0.0
title: Sound
rules: [{id: a, effect: deny, when: verified, because: x}]
"""
GOOD = b'{"stage": "incoming"}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


Check = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Run a check: the exit status, standard output, and what was said, without our name."""

    def checked(*argv: str) -> tuple[int, str, list[str]]:
        status = run(["check", *argv, *AS_OF])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out, [line.removeprefix("policycheck: ") for line in printed.err.splitlines()]

    return checked


def unreadable(report: str) -> int:
    count: int = json.loads(report)["ledger"]["unreadable"]
    return count


# YAML: policies, profiles, templates


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize(
    "options", [["--policy", "f.yaml"], ["--policy", "sound.yaml", "--profile", "f.yaml"]], ids=["policy", "profile"]
)
def test_a_file_of_ours_is_refused_with_status_3(
    options: list[str], text: str | bytes, message: str, check: Check
) -> None:
    Path("q.jsonl").write_bytes(GOOD)
    Path("sound.yaml").write_text(SOUND)
    Path("f.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    status, _, said = check("q.jsonl", *options, "--format", "json")
    assert (status, said) == (3, [message])


def test_files_of_templates_are_each_unreadable_with_its_line(check: Check) -> None:
    Path("files").mkdir()
    expected = []
    for number, (text, message) in enumerate(REFUSED.values()):
        Path(f"files/{number:02}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        _, line, _, told = message.split(":", 3)
        whole = "the file is over 262,144 bytes; split it"  # it is not even parsed
        expected.append(f"{number:02}.yaml: {whole}" if "262,144" in message else f"{number:02}.yaml:{line}:{told}")
    status, report, said = check("files", "--reader", "templates", "--format", "json")
    assert (status, said, unreadable(report)) == (4, expected, len(REFUSED))


# Archives, which every reader gets through the same guard


def test_each_archive_is_refused_and_hides_no_other_input(check: Check) -> None:
    expected = []
    for number, (make, message) in enumerate(ARCHIVES.values()):
        make()
        Path("export.zip").rename(f"{number:02}.zip")
        expected.append(f"{number:02}.zip{message.removeprefix('export.zip')}")
    Path("q.jsonl").write_bytes(GOOD)
    names = sorted(path.name for path in Path().glob("*.zip"))
    status, report, said = check(*names, "q.jsonl", "--format", "json")
    assert [line for line in said if ".zip" in line] == expected
    assert (status, len(json.loads(report)["verdicts"])) == (4, 1)


@pytest.mark.parametrize("reader", ["csv", "json", "jsonl", "linkedin-snapshot", "templates"])
def test_the_guard_stands_before_every_reader(reader: str, check: Check) -> None:
    make, message = ARCHIVES["a bomb of 200 megabytes"]
    make()
    assert check("export.zip", "--reader", reader)[2] == [message]


# Tables


@pytest.mark.parametrize("reader", HEADERS)
def test_a_broken_row_costs_itself_alone(reader: str, check: Check) -> None:
    name = "Connections.csv" if reader == "linkedin-export" else "table.csv"
    content, expected = broken_table(reader)
    Path(name).write_bytes(content)
    status, report, said = check(name, "--reader", reader, "--format", "json")
    told = [line for line in said if line.startswith(f"{name}:")]
    assert told == [f"{name}:{line}" for line in expected]
    assert (status, unreadable(report)) == (4, len(ROWS))


@pytest.mark.parametrize("reader", HEADERS)
def test_no_character_but_a_line_break_makes_a_row(reader: str, check: Check) -> None:
    name = "Connections.csv" if reader == "linkedin-export" else "table.csv"
    Path(name).write_bytes(table_of(reader, "a\u2028b\u0085c\u2029d\x0be\x0cf\x1cg".encode()))
    _, report, said = check(name, "--reader", reader, "--format", "json", "--fail-on", "never")
    ledger = json.loads(report)["ledger"]
    assert (ledger["read"] + sum(ledger["not_judged"].values()) > 0, ledger["unreadable"]) == (True, 0)
    assert [line for line in said if line.startswith(f"{name}:3")] == []


# JSON


def test_broken_lines_are_told_and_the_others_are_judged(check: Check) -> None:
    Path("q.jsonl").write_bytes(b"\n".join([GOOD, *(text for text, _ in MISTAKES.values()), GOOD]))
    status, report, said = check("q.jsonl", "--reader", "jsonl", "--format", "json")
    told = [line for line in said if line.startswith("q.jsonl:")]
    assert told == [f"q.jsonl:{line}: {message}" for line, (_, message) in enumerate(MISTAKES.values(), start=2)]
    assert (status, unreadable(report), len(json.loads(report)["verdicts"])) == (4, len(MISTAKES), 2)


def test_each_broken_document_is_refused_whole(check: Check) -> None:
    expected = []
    for number, (text, message) in enumerate(DOCUMENTS.values()):
        Path(f"{number:02}.json").write_bytes(text if isinstance(text, bytes) else text.encode())
        expected.append(f"{number:02}.json:{message}")
    names = sorted(path.name for path in Path().glob("*.json"))
    status, report, said = check(*names, "--reader", "json", "--format", "json")
    assert (status, json.loads(report)["verdicts"], said) == (4, [], expected)


AROUND = {
    "jsonl": b'{"stage": "incoming", "note": %s}',
    "json": b'[{"stage": "incoming", "note": %s}]',
    "linkedin-snapshot": b'{"elements": [{"snapshotDomain": "INVITATIONS", "snapshotData": [{"From": %s}]}]}',
}


@pytest.mark.parametrize("reader", AROUND)
def test_a_value_that_is_no_json_is_told_with_its_line(reader: str, check: Check) -> None:
    names = [f"{number:02}.json" for number in range(len(VALUES))]
    for name, (value, _) in zip(names, VALUES.values(), strict=True):
        Path(name).write_bytes(AROUND[reader] % value)
    status, report, said = check(*names, "--reader", reader, "--format", "json")
    for name, line, (_, message) in zip(names, said, VALUES.values(), strict=False):
        assert line.startswith(f"{name}:1: {message}")
    assert (status, json.loads(report)["verdicts"]) == (4, [])


@pytest.mark.parametrize(("value", "message"), VALUES.values(), ids=VALUES)
def test_facts_that_are_no_json_are_refused_with_status_3(value: bytes, message: str, check: Check) -> None:
    Path("q.jsonl").write_bytes(GOOD)
    Path("people.jsonl").write_bytes(b'{"profile_url": "linkedin.com/in/mia", "headline": %s}' % value)
    status, _, said = check("q.jsonl", "--facts", "people.jsonl")
    assert status == 3
    assert said[0].startswith(f"people.jsonl:1: {message}")


# Dates


Made = dict[str, Any]


def record(field: str, value: object) -> Made:
    made: Made = {"stage": "template", "note": "Hello", "person": {"name": "Mia Berg"}}
    owner, _, key = field.rpartition(".")
    (made[owner] if owner else made)[key] = value
    return made


def in_lines(records: list[Made]) -> str:
    return "\n".join(map(json.dumps, records))


def in_table(records: list[Made]) -> str:
    flat = [{**made, **made["person"]} for made in records]
    columns = dict.fromkeys(key for cells in flat for key in cells if key != "person")
    written = io.StringIO()
    writer = csv.DictWriter(written, list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(flat)
    return written.getvalue()


class _Quoted(yaml.SafeDumper):
    """Every text in quotes, so that none is taken for a number or a day."""


_Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def in_templates(records: list[Made]) -> str:
    return yaml.dump({"templates": records}, Dumper=_Quoted, allow_unicode=False)


WRITTEN = {"jsonl": in_lines, "json": json.dumps, "csv": in_table, "templates": in_templates}


@pytest.mark.parametrize("reader", WRITTEN)
def test_a_date_that_cannot_be_read_is_unknown_and_told(reader: str, check: Check) -> None:
    dates = [(field, value) for field, value in DATES.values() if reader != "csv" or value != " 2026-07-01"]
    Path("file").write_text(WRITTEN[reader]([record(field, value) for field, value in dates]), "utf-8")
    status, report, said = check("file", "--reader", reader, "--format", "json", "--fail-on", "never")
    told = [line.partition("; ")[2] for line in said if line.startswith("file:")]
    forms = {"sent_at": "time with its zone, such as 2026-06-27T19:35:00Z"}
    assert told == [f"write a {forms.get(field, 'date such as 2019-04-01')}, or leave it out" for field, _ in dates]
    assert (status, len(json.loads(report)["verdicts"]), unreadable(report)) == (4, len(dates), 0)


# Unicode and the terminal


@pytest.mark.parametrize("format_", ["text", "full", "json", "jsonl"])
@pytest.mark.parametrize("reader", WRITTEN)
def test_no_text_steers_who_looks_at_a_report(reader: str, format_: str, check: Check) -> None:
    made = [
        {"stage": "incoming", "note": f"{PITCHES['plain']} {text}", "person": {"name": f"Mia {text}", "company": text}}
        for text in TEXTS.values()
    ]
    Path("file").write_bytes(WRITTEN[reader](made).encode())
    status, report, said = check("file", "--reader", reader, "--format", format_, "--show-text")
    assert [line for line in [*report.split("\n"), *said] if visible(line) != line] == []
    assert (status, f"{len(TEXTS)}" in report) == (1, True)


@pytest.mark.parametrize("reader", WRITTEN)
def test_a_pitch_is_seen_however_it_is_written_and_quoted_as_it_stands(reader: str, check: Check) -> None:
    made = [{"stage": "incoming", "note": text, "person": {"name": "Mia"}} for text in PITCHES.values()]
    Path("file").write_bytes(WRITTEN[reader](made).encode())
    status, report, _ = check("file", "--reader", reader, "--format", "json", "--show-text")
    verdicts = json.loads(report)["verdicts"]
    assert (status, [verdict["decision"] for verdict in verdicts]) == (1, ["deny"] * len(PITCHES))
    for verdict, text in zip(verdicts, PITCHES.values(), strict=True):
        pieces = [piece for piece in evidence(verdict) if piece["field"] == "note"]
        assert pieces
        assert all(text[piece["start"] : piece["end"]] == piece["quote"] for piece in pieces)


def evidence(verdict: Made) -> list[Made]:
    return [piece for rule in verdict["rules"] for finding in rule["findings"] for piece in finding["evidence"]]
