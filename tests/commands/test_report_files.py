"""``--report FORMAT=FILE``: more reports in the same pass, each file written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from distributions import install
from policycheck.cli import run

AS_OF = ["--as-of", "2026-11-23"]
QUEUE = '{"id": "q-1", "stage": "incoming", "person": {"name": "Pia Grant"}, "note": ""}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("queue.jsonl").write_text(QUEUE, "utf-8")
    return tmp_path


def check(*options: str) -> int:
    return run(["check", "queue.jsonl", *AS_OF, *options])


def left_behind() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_every_report_holds_what_the_format_prints(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "csv", "full"]
    files = [word for name in names for word in ("--report", f"{name}=report.{name}")]
    assert check("--format", "text", *files) == 0
    summary = capsys.readouterr().out
    assert "1 invitation" in summary
    for name in names:
        assert check("--format", name) == 0
        assert Path(f"report.{name}").read_text("utf-8") == capsys.readouterr().out
    assert left_behind() == sorted(["queue.jsonl", *(f"report.{name}" for name in names)])


def test_standard_input_is_read_once_for_all_reports() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "policycheck", "check", "-", *AS_OF, "--report", "json=a", "--report", "json=b"],
        input=QUEUE.encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0
    assert [verdict["id"] for verdict in json.loads(Path("a").read_bytes())["verdicts"]] == ["q-1"]
    assert Path("a").read_bytes() == Path("b").read_bytes()


def test_a_file_for_people_shows_text_and_one_for_machines_only_when_asked() -> None:
    assert check("--report", "full=full.txt", "--report", "json=bare.json") == 0
    assert "Pia Grant" in Path("full.txt").read_text()
    assert "Pia Grant" not in Path("bare.json").read_text()
    assert check("--show-text", "--report", "json=told.json") == 0
    assert "Pia Grant" in Path("told.json").read_text()


def test_a_file_that_is_there_is_replaced_with_its_mode_and_through_its_link() -> None:
    Path("kept.json").write_text("old")
    Path("kept.json").chmod(0o640)
    Path("link.json").symlink_to("kept.json")
    assert check("--report", "json=link.json") == 0
    assert Path("link.json").is_symlink()
    assert json.loads(Path("kept.json").read_text())["ledger"]["read"] == 1
    assert stat.S_IMODE(Path("kept.json").stat().st_mode) == 0o640


@pytest.mark.parametrize("there", [True, False], ids=["a file", "nothing yet"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    if there:
        (outside / "config").write_text("theirs")
    (inside / "report.xml").symlink_to(outside / "config")
    (inside / "reports").symlink_to(outside)
    (inside / "queue.jsonl").write_text(QUEUE)
    monkeypatch.chdir(inside)
    for path in ("report.xml", "reports/more.xml"):
        assert check("--report", f"junit={path}") == 2
        last = f"policycheck: --report {path}: a link leads out of this folder; name the file that it leads to\n"
        assert capsys.readouterr().err == last
    assert [path.read_text() for path in outside.iterdir()] == ["theirs"] * there
    assert check("--report", f"junit={outside / 'named.xml'}") == 0


def test_a_new_file_has_the_mode_that_new_files_have() -> None:
    before = os.umask(0o027)
    try:
        assert check("--report", "json=new.json") == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("new.json").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["sarif"], "--report sarif: no format and file; write --report FORMAT=FILE"),
        (["=x"], "--report =x: no format and file; write --report FORMAT=FILE"),
        (["sarif="], "--report sarif=: no format and file; write --report FORMAT=FILE"),
        (["sraif=x"], "no format is called `sraif`; did you mean `sarif`?"),
        (["json=-"], "--report -: is standard output; name the format with --format"),
        (["json=."], "--report .: is no plain file; name a file"),
        (["json=a", "csv=./a"], "--report ./a: is also read, or written, by this run; name a file of its own for each report"),
        (["json=queue.jsonl"], "--report queue.jsonl: is also read, or written, by this run; name a file of its own for each report"),
        (["json=hard.jsonl"], "--report hard.jsonl: is also read, or written, by this run; name a file of its own for each report"),
        (["json=us.yaml"], "--report us.yaml: is also read, or written, by this run; name a file of its own for each report"),
    ],
)  # fmt: skip
def test_what_names_no_file_of_its_own_is_refused(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("us.yaml").write_text("names: [Ana]\n")
    Path("hard.jsonl").hardlink_to("queue.jsonl")
    files = [word for option in options for word in ("--report", option)]
    assert check("--profile", "us.yaml", *files) == 2
    printed = capsys.readouterr()
    assert printed.err == f"policycheck: {message}\n"
    assert printed.out == ""
    assert left_behind() == ["hard.jsonl", "queue.jsonl", "us.yaml"]
    assert Path("queue.jsonl").read_text() == QUEUE


@pytest.mark.parametrize(
    "file",
    ["a.log", "./a.log", "a.log.checkpoint", "a.log.evidence", "a.log.head", "a.log.lock", "a.log.torn", "a.2.log"],
)
def test_no_report_is_written_over_the_verdict_log(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--audit-log", "a.log") == 0
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    capsys.readouterr()
    assert check("--audit-log", "a.log", "--report", f"json={file}") == 2
    assert capsys.readouterr() == (
        "",
        f"policycheck: --report {file}: is also read, or written, by this run; name a file of its own for each report\n",
    )
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before
    assert check("--audit-log", "a.log", "--report", "json=a.log.json") == 0, "a name that only begins alike is free"


def test_a_worksheet_shares_its_file_with_neither_a_report_nor_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--worksheet", "w.csv", "--report", "csv=./w.csv") == 2
    assert "--report ./w.csv: is also read, or written, by this run" in capsys.readouterr().err
    assert check("--worksheet", "a.log", "--audit-log", "a.log") == 2
    assert "--worksheet a.log: is the verdict log, or a file of its own" in capsys.readouterr().err
    assert left_behind() == ["queue.jsonl"]


def test_a_file_that_cannot_be_written_fails_the_run_and_leaves_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--report", "json=a.json", "--report", "csv=nowhere/b.csv") == 5
    assert capsys.readouterr().err == (
        "policycheck: nowhere/b.csv: the report could not be written (No such file or directory); "
        "not everything was reported\n"
    )
    assert left_behind() == ["queue.jsonl"]


def test_a_standard_output_that_is_full_leaves_files_as_they_were() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device here that is always full")
    Path("a.json").write_text("old")
    command = f"{sys.executable} -m policycheck check queue.jsonl --format json --report json=a.json > /dev/full"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ended.returncode == 5
    assert Path("a.json").read_text() == "old"
    assert left_behind() == ["a.json", "queue.jsonl"]


def test_a_disk_that_fills_up_is_named_with_the_file_and_leaves_it_as_it_was() -> None:
    Path("queue.jsonl").write_text("".join(QUEUE.replace("q-1", f"q-{number}") for number in range(300)))
    Path("a.json").write_text("old")
    command = f"ulimit -f 2; {sys.executable} -B -m policycheck check queue.jsonl --report json=a.json"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert ended.returncode == 5
    assert ended.stderr.endswith(
        "policycheck: a.json: the report could not be written (File too large); not everything was reported\n"
    )
    assert Path("a.json").read_text() == "old"
    assert left_behind() == ["a.json", "queue.jsonl"]


def test_a_policy_that_is_invalid_leaves_files_as_they_were() -> None:
    Path("a.json").write_text("old")
    Path("bad.yaml").write_text("policycheck: 1\nrules: []\n")
    assert check("--policy", "bad.yaml", "--report", "json=a.json") == 3
    assert Path("a.json").read_text() == "old"


def test_a_run_that_finds_something_wrong_is_reported_all_the_same() -> None:
    Path("queue.jsonl").write_text(QUEUE + "{broken\n")
    assert check("--report", "json=a.json") == 4
    assert json.loads(Path("a.json").read_text())["ledger"]["unreadable"] == 1


def test_a_reporter_that_breaks_leaves_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    late = (
        "from policycheck import Reporter, hookimpl\n\n"
        "class Late:\n"
        "    def __init__(self, run, out): pass\n"
        "    def verdict(self, verdict): pass\n"
        "    def close(self, ledger): raise ValueError('CANARY')\n\n"
        "@hookimpl\n"
        "def policycheck_reporters():\n"
        "    return [Reporter(name='late', summary='Breaks.', open=Late)]\n"
    )
    install(tmp_path / "site", "acme", {"acme_late.py": late}, entry_points="acme = acme_late")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    Path("a.json").write_text("old")
    assert check("--report", "json=a.json", "--report", "late=b") == 5
    err = capsys.readouterr().err
    assert err.startswith(
        "policycheck: the format `late` of plugin `acme` broke (ValueError at acme_late.py:6), so that"
    )
    assert "CANARY" not in err
    assert Path("a.json").read_text() == "old"
    assert left_behind() == ["a.json", "queue.jsonl", "site"]
