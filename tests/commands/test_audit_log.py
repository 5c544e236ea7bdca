"""``check --audit-log``: what gets into the log, what never does, and what happens when it can't be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from audit_tool import both
from exports import Connection, Export, Invite, as_zip, files
from policycheck.audit import records, series
from policycheck.audit.files import beside
from policycheck.builtin.commands import _audit_recording
from policycheck.builtin.commands._audit_records import body
from policycheck.cli import run
from record_files import FULL
from reports import finding, quote, rule, verdict

PITCH = "We help teams like yours double their leads. Do you have 15 minutes for a demo?"
KNOWN = {"id": "known", "stage": "connected", "account": "us", "person": {"name": "Ann"}, "note": "", "messages": []}
SOLD = {"id": "sold", "stage": "incoming", "account": "us", "person": {"name": "Bob"}, "note": PITCH}
LOG = "verdicts.jsonl"
CANARY = "CANARY"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def queue(*lines: Any, name: str = "queue.jsonl") -> str:
    Path(name).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return name


def check(*arguments: str) -> int:
    return run(["check", *arguments, "--as-of", "2026-11-23", "--audit-log", LOG])


def logged(log: str | Path = LOG) -> list[dict[str, Any]]:
    return [records.parse(line) for line in Path(log).read_bytes().split(b"\n")[:-1]]


def test_a_run_is_in_the_log_from_its_start_to_its_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(queue(KNOWN, SOLD, "no record"), "--format", "jsonl") == 4
    reported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    opened, start, *verdicts, end = logged()
    assert [record["kind"] for record in (opened, start, *verdicts, end)] == [
        "opened",
        "run-start",
        "verdict",
        "verdict",
        "run-end",
    ]
    assert {key: start[key] for key in reported[0]["run"]} == reported[0]["run"]
    for record, told in zip(verdicts, reported[1:3], strict=True):
        assert {key: record[key] for key in told} == told
        assert set(record) - set(told) == {"kind", "salt", "run", "input", "profile"}
    counts = {key: value for key, value in reported[3]["ledger"].items() if key != "inputs"}
    assert (end["counts"], end["verdicts"]) == (counts, 2)
    assert len({record["run"] for record in (start, *verdicts, end)}) == 1
    assert both(Path(LOG)).verdicts == 2


def test_what_is_printed_is_the_same_with_and_without_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    path = queue(KNOWN, SOLD)
    status = run(["check", path, "--as-of", "2026-11-23", "--format", "json"])
    without = capsys.readouterr()
    assert check(path, "--format", "json") == status == 1
    assert capsys.readouterr() == without


def test_a_run_of_many_blocks_is_logged_whole_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_audit_recording, "BLOCK", 7)
    assert check(queue(*({**SOLD, "id": f"q-{number}"} for number in range(50)))) == 1
    assert [record["id"] for record in logged()[2:-1]] == [f"q-{number}" for number in range(50)]
    assert both(Path(LOG)).verdicts == 50


def test_runs_follow_one_another() -> None:
    for _ in range(3):
        check(queue(KNOWN))
    found = both(Path(LOG))
    assert (found.runs, found.verdicts, found.unfinished) == (3, 3, ())


def test_a_run_that_breaks_off_is_told_as_incomplete() -> None:
    queue(KNOWN)
    assert run(["check", "queue.jsonl", "--audit-log", LOG, "--format", "none"]) == 2
    assert not Path(LOG).exists(), "wrong use is no run"
    assert run(["check", "queue.jsonl", "absent.jsonl", "--audit-log", LOG, "--as-of", "2026-11-23"]) == 4
    assert both(Path(LOG)).unfinished == (), "an input that is not there ends no run early"


def test_a_verdict_too_long_for_a_record_is_logged_without_its_evidence() -> None:
    for count, shortened in ((10, False), (2_000, True)):
        long = verdict(
            "deny", rule("r", "deny", finding("sales-pitch", *(quote("a", number) for number in range(count))))
        )
        said = json.loads(body(long))
        assert ("shortened" in said, said["rules"][0]["findings"][0]["evidence"] == []) == (shortened, shortened)
        assert said["decision"] == "deny"
        assert len(body(long)) < 65_000


# What never gets into the log


def spilled(*names: str) -> list[str]:
    there = [path for path in Path().iterdir() if path.name.startswith(LOG)]
    return [path.name for path in there if CANARY.encode() in path.read_bytes() and path.name not in names]


def with_canaries(value: Any) -> Any:
    match value:
        case dict():
            return {
                key: with_canaries(item) if key not in ("from", "sent_at", "joined_on") else item
                for key, item in value.items()
            }
        case list():
            return [with_canaries(item) for item in value]
        case str():
            return f"{CANARY} {value}"
        case _:
            return value


@pytest.mark.parametrize("stage", ["incoming", "outgoing", "connected", "template"])
def test_no_text_of_any_field_of_a_record_is_in_any_byte_of_the_log(stage: str) -> None:
    whole = {key: value for key, value in FULL.items() if key not in ("sent_at", "connected_on")}
    url = f"https://www.linkedin.com/in/{CANARY}"
    record = {**with_canaries(whole), "id": "q-1", "account": "us", "stage": stage}
    record["person"] = {**record["person"], "profile_url": url}
    record["note"] = f"{CANARY} {PITCH} {CANARY}"
    assert check(queue(record, {**record, "id": "q-2"})) in (0, 1)
    assert both(Path(LOG)).verdicts == 2
    assert spilled() == []


def test_no_cell_of_an_export_is_in_any_byte_of_the_log() -> None:
    content = files(
        Export(
            invites=[Invite(name=f"{CANARY} One", slug=f"{CANARY}-1", note=f"{CANARY}: {PITCH}")],
            connections=[Connection(first=CANARY, last="Two", slug=f"{CANARY}-2", company=CANARY)],
        )
    )
    check(str(as_zip(Path("export.zip"), content)))
    assert both(Path(LOG)).verdicts == 1
    assert spilled() == []


def test_the_text_is_kept_beside_the_log_where_one_asks_for_it() -> None:
    assert check(queue({**SOLD, "note": f"{PITCH} {CANARY}"}), "--keep-evidence") == 1
    assert spilled() != []
    assert spilled("verdicts.jsonl.evidence") == []


def test_two_runs_of_one_input_have_nothing_in_common_that_tells_it() -> None:
    for _ in range(2):
        check(queue(SOLD))
    one, other = (record for record in logged() if record["kind"] == "verdict")
    assert one["input"] != other["input"]
    assert one["profile"] != other["profile"]
    assert one["salt"] != other["salt"]


# Links


def test_verdicts_about_one_person_are_linked_by_a_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    person = {"name": "Bob", "profile_url": "https://www.linkedin.com/in/bob-s"}
    again = {"name": "Robert", "profile_url": "linkedin.com/in/Bob-S/"}
    path = queue({**SOLD, "person": person}, {**SOLD, "id": "s-2", "person": again}, {**SOLD, "id": "s-3"})
    check(path)
    assert not any("link" in record for record in logged())
    Path("link.key").write_text("0123456789abcdef\n")
    check(path, "--link-key", "link.key")
    monkeypatch.setenv("POLICYCHECK_LINK_KEY", "fedcba9876543210")
    check(path, "--link-key", "env")
    links = [record.get("link") for record in logged() if record["kind"] == "verdict"]
    assert links[3] == links[4] != links[6] == links[7]
    assert links[5] is links[8] is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("none.key", "policycheck: none.key: could not be read (No such file or directory); name a file with a key\n"),
        ("short.key", "policycheck: --link-key: the key has 5 bytes; take 16 at least, drawn at random\n"),
        (
            "env",
            "policycheck: --link-key env: the variable POLICYCHECK_LINK_KEY is not set; put the key there, or name a file\n",
        ),
        ("latin.key", "policycheck: latin.key: is not UTF-8 text; name a file with a key\n"),
    ],
)
def test_a_key_that_will_not_do_is_named(key: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("short.key").write_text("short")
    Path("latin.key").write_bytes(b"\xff" * 32)
    assert check(queue(KNOWN), "--link-key", key) == 2
    assert capsys.readouterr().err == said
    assert not Path(LOG).exists()


@pytest.mark.parametrize("option", [["--keep-evidence"], ["--link-key", "env"], ["--audit-rotate", "month"]])
def test_options_of_a_log_without_a_log_are_refused(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", queue(KNOWN), *option]) == 2
    assert "Error: --keep-evidence, --link-key and --audit-rotate go with --audit-log FILE" in capsys.readouterr().err


# When it can't be written


def limited(*arguments: str, most: int) -> subprocess.CompletedProcess[str]:
    """A run whose files may not grow beyond so many bytes, as on a full disk."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
        "from policycheck.cli import main; main(sys.argv[2:])"
    )
    command = [sys.executable, "-c", code, str(most), "check", *arguments, "--as-of", "2026-11-23", "--audit-log", LOG]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize(("most", "format_"), [(0, "text"), (50, "json"), (1_000, "full"), (4_000, "jsonl")])
def test_a_full_disk_fails_the_run_and_prints_no_allow(
    most: int, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{**KNOWN, "id": f"k-{number}"} for number in range(20)]
    path = queue(*lines)
    assert check(path, "--format", format_) == 0
    assert "keep" in capsys.readouterr().out, "without a limit they are allowed"
    before = both(Path(LOG))
    size = Path(LOG).stat().st_size if most >= 1_000 else 0
    ran = limited(path, "--format", format_, most=size + most)
    assert ran.returncode == 6
    assert "allow" not in ran.stdout
    assert "keep" not in ran.stdout
    assert "could not be written (File too large); make room or mend its permissions, then run again" in ran.stderr
    assert both(Path(LOG)).checkpoint.size >= before.checkpoint.size
    assert check(path, "--format", format_) == 0
    found = both(Path(LOG))
    assert (found.behind, found.torn, found.verdicts >= 40) == (0, 0, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_what_was_printed_before_the_disk_was_full_is_in_the_log() -> None:
    path = queue(*({**KNOWN, "id": f"k-{number}"} for number in range(2_500)))
    ran = limited(path, "--format", "jsonl", most=1_200_000)
    assert ran.returncode == 6
    printed = [json.loads(line).get("id") for line in ran.stdout.splitlines()][1:]
    assert 0 < len(printed) < 2_500
    covered = both(Path(LOG)).checkpoint.size
    assert printed == [record["id"] for record in logged()[:covered] if record["kind"] == "verdict"]


@pytest.mark.parametrize("lines", [1, 1_500])
def test_what_a_run_printed_before_it_was_killed_is_in_the_log(lines: int) -> None:
    path = queue(*({**KNOWN, "id": f"k-{number}"} for number in range(4_000)))
    command = [sys.executable, "-m", "policycheck", "check", path, "--audit-log", LOG, "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as ran:
        assert ran.stdout
        printed = [ran.stdout.readline() for _ in range(lines + 1)]
        ran.kill()
        printed += ran.stdout.read().split(b"\n")[:-1]
    ids = [json.loads(line)["id"] for line in printed if line.endswith((b"}", b"}\n")) and line.startswith(b'{"id"')]
    covered = both(Path(LOG)).checkpoint.size
    there = [record["id"] for record in logged()[:covered] if record["kind"] == "verdict"]
    assert len(ids) >= lines
    assert ids == there[: len(ids)]


@pytest.mark.parametrize("format_", ["text", "jsonl"])
def test_a_log_that_can_not_be_made_fails_the_run_before_anything_is_printed(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = queue(KNOWN)
    assert run(["check", path, "--audit-log", "none/verdicts.jsonl", "--format", format_]) == 6
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "policycheck: none/verdicts.jsonl.lock: could not be made (No such file or directory); "
        "mend the path or the permissions of its folder\n"
    )


def test_a_log_that_was_tampered_with_takes_no_more_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    check(queue(KNOWN))
    Path(LOG).write_bytes(Path(LOG).read_bytes()[:-10])
    capsys.readouterr()
    assert check("queue.jsonl", "--format", "jsonl") == 6
    assert capsys.readouterr() == (
        "",
        "policycheck: verdicts.jsonl: is not what its checkpoint covers; see `policycheck audit verify`\n",
    )


def test_an_input_given_as_the_log_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    path = queue(KNOWN, name=LOG)
    before = Path(path).read_bytes()
    assert check(path) == 6
    assert Path(path).read_bytes() == before
    assert capsys.readouterr().out == ""


# Rotation


def test_a_log_that_has_grown_is_closed_and_the_next_file_continues_it() -> None:
    for _ in range(3):
        assert check(queue(SOLD), "--audit-rotate", "2kB") == 1
    names = [str(path) for path in series.numbered(Path(LOG)).values()]
    assert names == ["verdicts.jsonl", "verdicts.2.jsonl", "verdicts.3.jsonl"]
    assert [logged(name)[-1]["kind"] for name in names] == ["closed", "closed", "run-end"]
    for before, name in pairwise(names):
        old = beside(Path(before), "checkpoint")
        assert both(Path(name), seen=[old]).follows
        origin, size, root = old.read_text().splitlines()
        assert logged(name)[0]["previous"] == {"origin": origin, "size": int(size), "root": root}


def test_a_log_is_rotated_with_the_month_for_which_is_decided() -> None:
    queue(SOLD)
    for day in ("2026-10-01", "2026-10-31", "2026-11-01", "2026-10-30"):
        run(["check", "queue.jsonl", "--as-of", day, "--audit-log", LOG, "--audit-rotate", "month"])
    days = [[record["as_of"] for record in logged(name) if "as_of" in record] for name in (LOG, "verdicts.2.jsonl")]
    assert days == [["2026-10-01", "2026-10-31"], ["2026-11-01", "2026-10-30"]]


def test_an_old_file_can_be_deleted_whole_and_the_series_goes_on() -> None:
    for _ in range(3):
        check(queue(SOLD), "--audit-rotate", "2kB")
    for path in Path().glob("verdicts.jsonl*"):
        path.unlink()
    check("queue.jsonl", "--audit-rotate", "2kB")
    assert sorted(series.numbered(Path(LOG))) == [2, 3, 4]
    assert both(Path("verdicts.4.jsonl"), seen=[Path("verdicts.3.jsonl.checkpoint")]).follows


def test_no_file_is_closed_while_another_run_writes_to_it() -> None:
    check(queue(SOLD))
    with series.writer(Path(LOG)) as writer:
        check("queue.jsonl", "--audit-rotate", "1")
        writer.append([records.line("run-start", run="aa")])
    assert list(series.numbered(Path(LOG))) == [1]
    check("queue.jsonl", "--audit-rotate", "1")
    assert list(series.numbered(Path(LOG))) == [1, 2]


@pytest.mark.parametrize("size", ["0", "1.5MB", "MB", "year", "-1"])
def test_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(queue(KNOWN), "--audit-rotate", size) == 2
    assert "this is no size; write bytes, or such as 64kB, 100MB or 1GB, or `month`" in capsys.readouterr().err


def test_a_log_that_is_called_like_a_later_file_is_a_log_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("queue.jsonl").write_text('{"id": "one", "stage": "incoming"}\n')
    for name in ("v.2026.jsonl", "v.jsonl"):
        assert run(["check", "queue.jsonl", "--as-of", "2026-11-23", "--fail-on", "never", "--audit-log", name]) == 0
    assert [len(Path(name).read_bytes().splitlines()) for name in ("v.2026.jsonl", "v.jsonl")] == [4, 4]
    capsys.readouterr()


def test_no_link_leads_what_is_written_beside_a_log_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("queue.jsonl").write_text('{"id": "one", "stage": "incoming"}\n')
    Path("victim").write_text("mine")
    Path("v.jsonl").symlink_to("victim")
    status = run(["check", "queue.jsonl", "--as-of", "2026-11-23", "--fail-on", "never", "--audit-log", "v.jsonl"])
    assert (status, Path("victim").read_text()) == (6, "mine")
    capsys.readouterr()
