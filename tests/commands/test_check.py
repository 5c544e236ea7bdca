"""``policycheck check``: what it prints, what it says on standard error, and what it never does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def queue(*records: dict[str, Any] | str, name: str = "queue.jsonl") -> str:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    Path(name).write_text("\n".join(lines) + "\n", "utf-8")
    return name


def incoming(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "stage": "incoming", "person": {"name": f"Name of {id_}"}, "note": "", **more}


def report(*argv: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    status = run(["check", *argv, *AS_OF, "--format", "json"])
    printed = capsys.readouterr()
    return status, json.loads(printed.out), printed.err


def test_a_broken_line_in_the_middle_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    name = queue(incoming("one"), '{"id": "two", "stage": ', incoming("three"))
    status, told, err = report(name, capsys=capsys)
    assert status == 4
    assert [verdict["id"] for verdict in told["verdicts"]] == ["one", "three"]
    assert told["ledger"] | {"not_judged": {}} == {
        "read": 3, "allow": 0, "review": 2, "deny": 0, "unreadable": 1, "errors": 0, "waived": 0, "not_judged": {},
        "inputs": [{"path": "queue.jsonl", "reader": "jsonl"}],
    }  # fmt: skip
    assert err.startswith("policycheck: queue.jsonl:2: ")
    assert "Traceback" not in err


def test_a_report_names_the_reader_of_each_input(capsys: pytest.CaptureFixture[str]) -> None:
    Path("people.csv").write_text("stage,name\nincoming,Ben Ito\n")
    assert run(["check", queue(incoming("one")), "people.csv", *AS_OF]) == 0
    assert "\nread as     jsonl queue.jsonl · csv people.csv\n" in capsys.readouterr().out
    assert run(["check", "people.csv", "--reader", "hubspot", *AS_OF]) == 0
    assert "\nread as     hubspot people.csv\n" in capsys.readouterr().out


def test_of_many_inputs_four_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"{number}.csv" for number in range(6)]
    for name in names:
        Path(name).write_text("stage,name\nincoming,Ben Ito\n")
    assert run(["check", *names, *AS_OF]) == 0
    told = "read as     csv 0.csv · csv 1.csv · csv 2.csv · csv 3.csv · 2 more inputs\n"
    assert f"\n{told}" in capsys.readouterr().out


def test_machine_formats_hold_no_name_and_no_text_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    name = queue(incoming("one", note="We help teams like yours double their leads. 15 minutes for a demo?"))
    run(["check", name, *AS_OF, "--format", "jsonl"])
    assert "Name of" not in (out := capsys.readouterr().out)
    assert "double their leads" not in out
    run(["check", name, *AS_OF, "--format", "jsonl", "--show-text"])
    assert "Name of one" in (out := capsys.readouterr().out)
    assert '"quote":' in out


def test_an_input_that_is_missing_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    status, told, err = report("nowhere.jsonl", queue(incoming("one")), capsys=capsys)
    assert status == 4
    assert [verdict["id"] for verdict in told["verdicts"]] == ["one"]
    assert "nowhere.jsonl" in err


def test_a_forgotten_profile_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = report(queue(incoming("one"), incoming("two")), capsys=capsys)
    lines = [line for line in err.splitlines() if "nobody supplied" in line]
    assert "policycheck: nobody supplied `blocked_companies`, which `blocked` needs; give it with --profile" in lines
    assert len(lines) == len(set(lines))


def test_unknown_names_are_refused_with_a_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    name = queue(incoming("one"))
    tried = {
        ("--format", "jsn"): "policycheck: no format is called `jsn`; did you mean `json`?\n",
        ("--policy", "pragmatc"): "policycheck: no policy is called `pragmatc`; did you mean `pragmatic`?\n",
        ("-p", "no:biultin"): "did you mean `builtin`?",
    }
    for options, message in tried.items():
        assert run(["check", name, *options]) in (2, 3)
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2026-13-01", "23.11.2026", "٢٠٢٦-١١-٢٣", "20261123"])
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", queue(incoming("one")), "--as-of", day]) == 2
    assert "this is no day; write it as 2026-11-23" in capsys.readouterr().err


def test_facts_are_joined_by_profile_address_and_unused_ones_told(capsys: pytest.CaptureFixture[str]) -> None:
    person = {"name": "Ann", "profile_url": "https://www.linkedin.com/in/ann-90001"}
    name = queue({"id": "one", "stage": "incoming", "person": person, "note": ""})
    facts = [
        {"profile_url": "linkedin.com/in/ANN-90001/", "known": True},
        {"profile_url": "linkedin.com/in/nobody-90009", "known": True},
    ]
    queue(*facts, name="facts.jsonl")
    status, told, err = report(name, "--facts", "facts.jsonl", capsys=capsys)
    assert (status, told["verdicts"][0]["decision"]) == (0, "allow")
    assert "1 of 2 people" in err


def test_an_input_named_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    name = queue(incoming("one"))
    assert run(["check", name, f"./{name}", *AS_OF]) == 2
    assert "named 2 times; name each input once" in capsys.readouterr().err


def test_a_reader_that_is_not_there_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", queue(incoming("one")), "--reader", "jsnl"]) == 2
    printed = capsys.readouterr()
    assert printed.err == "policycheck: no reader is called `jsnl`; did you mean `jsonl`?\n"
    assert printed.out == ""


@pytest.mark.parametrize("option", ["--facts", "--profile", "--policy"])
def test_a_file_of_ours_that_is_missing_has_status_3(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", queue(incoming("one")), option, "nowhere.yaml", *AS_OF]) == 3
    assert "nowhere.yaml: " in capsys.readouterr().err


def test_of_thousands_of_mistakes_in_the_facts_a_hundred_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("people.jsonl").write_text("{}\n" * 3_000)
    assert run(["check", queue(incoming("one")), "--facts", "people.jsonl", *AS_OF]) == 3
    lines = capsys.readouterr().err.splitlines()
    why = "`profile_url` is missing; add it: facts are joined by it"
    assert lines[99:] == [f"policycheck: people.jsonl:100: {why}", "policycheck: 2,900 more mistakes; mend these first"]


def environment(**more: str) -> dict[str, str]:
    """As most people run it: Python buffers its output."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | more


def policycheck(*argv: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "policycheck", *argv],
        capture_output=True,
        check=False,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
    )


def test_the_same_input_gives_the_same_bytes_whatever_the_environment() -> None:
    name = queue(*(incoming(f"n{n}", note="Привет, wir helfen Teams wie Ihrem!") for n in range(5)))
    ways = [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles"},
        {"PYTHONHASHSEED": "3", "PYTHONIOENCODING": "latin-1"},
    ]
    for format_ in ("text", "full", "json", "jsonl"):
        outputs = {policycheck("check", name, *AS_OF, "--format", format_, "--show-text", **way).stdout for way in ways}
        assert len(outputs) == 1
        assert outputs != {b""}


def test_standard_input_streams_in(tmp_path: Path) -> None:
    name = queue(incoming("one"))
    piped = subprocess.run(
        [sys.executable, "-m", "policycheck", "check", "-", *AS_OF, "--format", "json"],
        input=Path(name).read_bytes(), capture_output=True, check=False,
    )  # fmt: skip
    assert [verdict["id"] for verdict in json.loads(piped.stdout)["verdicts"]] == ["one"]


def test_a_reader_of_the_report_that_goes_away_is_told_of_and_fails_the_run() -> None:
    name = queue(*(incoming(f"n{n}") for n in range(2000)))
    command = f"{sys.executable} -m policycheck check {name} --as-of 2026-11-23 --format jsonl | head -n 1 > /dev/null; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=environment())
    assert ended.returncode == 5
    assert ended.stderr.endswith(
        b"policycheck: standard output was closed before the end; not everything was reported\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_fails_the_run() -> None:
    name = queue(incoming("one"))
    ended = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m policycheck check {name} > /dev/full"],
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert ended.returncode == 5
    assert ended.stderr.endswith(
        b"policycheck: the report could not be written (No space left on device); not everything was reported\n"
    )


@pytest.mark.parametrize(
    "argv",
    [["--version"], ["--help"], ["check", "--help"], ["policy", "show", "pragmatic"], ["checks", "field"], ["plugins"]],
)
def test_what_only_informs_ends_with_0(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) == 0
    printed = capsys.readouterr()
    assert printed.out
    assert printed.err == ""


def test_a_plugin_can_be_left_out_anywhere_on_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    name = queue(incoming("one"))
    for argv in (
        ["-p", "no:builtin.reporters.report_json", "check", name],
        ["check", name, "-pno:builtin.reporters.report_json"],
    ):
        assert run([*argv, "--format", "json"]) == 2
        assert "no format is called `json`" in capsys.readouterr().err
    assert run(["check", name, "-p", "builtin"]) == 2
    assert "`-p builtin` leaves nothing out; write `-p no:NAME`" in capsys.readouterr().err


def test_no_word_of_a_command_line_or_a_policy_reaches_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\n::error::x\x1b]0;t\x07"
    name = queue(incoming("one"))
    Path(f"{hostile.replace('/', '')}.yaml").write_text("policycheck: 1\nrules: []\n", "utf-8")
    Path("named.yaml").write_text(
        'policycheck: 1\npolicy: p\nversion: 1.0.0\ntitle: "T\\e]0;t\\a\\n::error::x"\n'
        'rules: [{id: r, effect: deny, when: verified, because: "x\\n::error::y"}]\n',
        "utf-8",
    )
    for argv in (
        ["check", name, "--format", hostile],
        ["check", name, "--policy", f"{hostile}.yaml"],
        ["check", name, "-p", hostile],
        ["policy", "show", "named.yaml"],
        [hostile],
    ):
        run(argv)
        printed = capsys.readouterr()
        shown = printed.out + printed.err
        assert shown
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
