"""Appending: what is on the disk afterwards, what a killed writer leaves, and what a writer refuses."""

from __future__ import annotations

import json
import os
import stat
from itertools import pairwise
from pathlib import Path

import pytest

from audit_tool import both, run_of, verify_log, written
from policycheck.audit import log, records, tree
from policycheck.audit.files import beside
from policycheck.audit.locking import exclusive
from policycheck.audit.verify import verify
from policycheck.errors import AuditError


def refusal(path: Path, lines: list[bytes]) -> str:
    with pytest.raises(AuditError) as error:
        log.append(path, lines)
    return str(error.value).replace(str(path.parent), "")


def kinds(path: Path) -> list[str]:
    return [records.parse(line)["kind"] for line in path.read_bytes().split(b"\n")[:-1]]


def test_a_log_begins_with_its_name_and_holds_what_was_appended(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow", "deny"), run_of("b2"))
    assert kinds(path) == ["opened", "run-start", "verdict", "verdict", "run-end", "run-start", "run-end"]
    found = both(path)
    assert (found.runs, found.verdicts, found.behind, found.torn, found.unfinished) == (2, 2, 0, 0, ())
    assert found.checkpoint.origin == records.parse(path.read_bytes().split(b"\n")[0])["origin"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_every_file_is_for_its_owners_eyes_only(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.write_bytes(path.read_bytes() + b"{")
    written(tmp_path, run_of("b2"))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "verdicts.jsonl",
        "verdicts.jsonl.checkpoint",
        "verdicts.jsonl.head",
        "verdicts.jsonl.torn",
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_salt_is_in_every_record_and_none_is_there_twice(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", *["allow"] * 50))
    salts = [records.parse(line)["salt"] for line in path.read_bytes().split(b"\n")[:-1]]
    assert len(set(salts)) == len(salts) == 53


@pytest.mark.parametrize("cached", [True, False])
def test_a_part_of_a_record_is_moved_aside_and_that_is_recorded(tmp_path: Path, cached: bool) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.write_bytes(path.read_bytes() + b'{"kind":"verd')
    if not cached:
        beside(path, "head").unlink()
    found = both(path)
    assert (found.behind, found.torn) == (0, 13)
    log.append(path, run_of("b2", "deny"))
    assert kinds(path)[4:] == ["recovered", "run-start", "verdict", "run-end"]
    assert beside(path, "torn").read_bytes() == b'{"kind":"verd\n'
    found = both(path)
    assert (found.behind, found.torn, found.verdicts) == (0, 0, 2)


@pytest.mark.parametrize("cached", [True, False])
def test_records_after_the_checkpoint_are_told_and_taken_up_by_the_next_writer(tmp_path: Path, cached: bool) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    late = run_of("b2", "deny")
    path.write_bytes(path.read_bytes() + b"".join(line + b"\n" for line in late))
    if not cached:
        beside(path, "head").unlink()
    found = both(path)
    assert (found.behind, found.runs, found.verdicts) == (3, 1, 1)
    log.append(path, [])
    found = both(path)
    assert (found.behind, found.runs, found.verdicts) == (0, 2, 2)


@pytest.mark.parametrize("end", [-1, 0, 10, 150, 10**6])
def test_a_cache_that_is_wrong_costs_no_record(tmp_path: Path, end: int) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    before = path.read_bytes()
    head = json.loads(beside(path, "head").read_bytes())
    beside(path, "head").write_text(json.dumps({**head, "end": end}))
    log.append(path, run_of("b2"))
    assert path.read_bytes().startswith(before)
    assert not beside(path, "torn").exists()
    assert both(path).runs == 2


def test_garbage_after_the_checkpoint_as_a_power_cut_may_leave_it_is_moved_aside_too(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.write_bytes(path.read_bytes() + bytes(100_000) + b"\n{}\n")
    with pytest.raises(AuditError, match="line 5 is longer than 65536 bytes or not ASCII"):
        verify(path)
    log.append(path, run_of("b2"))
    assert kinds(path)[4:] == ["recovered", "run-start", "run-end"]
    assert both(path).behind == 0


def test_what_the_writer_remembers_of_the_tree_is_what_the_bytes_say(tmp_path: Path) -> None:
    path, known = tmp_path / "verdicts.jsonl", None
    for number in range(20):
        known = log.append(path, run_of(f"a{number}", *["allow"] * number), known if number % 3 else None)
        leaves = [tree.leaf_hash(line) for line in path.read_bytes().split(b"\n")[:-1]]
        assert known.tree == tree.append(tree.Tree(), leaves)
        assert known.end == path.stat().st_size


def test_a_log_is_never_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    states = []
    for number in range(5):
        log.append(path, run_of(f"a{number}", "allow"))
        states.append(path.read_bytes())
    assert all(later.startswith(earlier) for earlier, later in pairwise(states))


# What a writer refuses


@pytest.mark.parametrize("at", [5, 200, -2])
def test_a_writer_without_a_cache_takes_up_no_log_that_was_changed(tmp_path: Path, at: int) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    beside(path, "head").unlink()
    assert refusal(path, run_of("b2")) == (
        "/verdicts.jsonl: is not what its checkpoint covers; see `policycheck audit verify`"
    )


def test_a_writer_with_a_cache_does_not_cover_up_a_change(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.write_bytes(path.read_bytes().replace(b"allow", b"deny.", 1))
    log.append(path, run_of("b2"))
    with pytest.raises(AuditError):
        verify(path)


@pytest.mark.parametrize("cut", [1, 100])
@pytest.mark.parametrize("cached", [True, False])
def test_a_writer_takes_up_no_log_that_is_shorter_than_its_checkpoint(tmp_path: Path, cut: int, cached: bool) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.write_bytes(path.read_bytes()[:-cut])
    if not cached:
        beside(path, "head").unlink()
    assert refusal(path, run_of("b2")) == (
        "/verdicts.jsonl: is not what its checkpoint covers; see `policycheck audit verify`"
    )


def test_a_log_that_is_gone_is_not_begun_anew(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    path.unlink()
    assert refusal(path, run_of("b2")) == (
        "/verdicts.jsonl: is gone, and its checkpoint covers 4 records; put it back, or name another log"
    )


def test_a_log_whose_checkpoint_is_gone_or_broken_is_not_appended_to(tmp_path: Path) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    beside(path, "checkpoint").write_bytes(b"no checkpoint\n")
    assert refusal(path, run_of("b2")) == (
        "/verdicts.jsonl.checkpoint: does not begin with three lines for origin, size and root, or has an empty line; "
        "take a whole, unchanged copy"
    )
    beside(path, "checkpoint").unlink()
    assert refusal(path, run_of("b2")) == (
        "/verdicts.jsonl.checkpoint: could not be read (No such file or directory); put it back, "
        "or name a new file for the log"
    )


def test_a_file_that_is_no_log_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "queue.jsonl"
    path.write_text("{}\n")
    assert refusal(path, run_of("b2")) == (
        "/queue.jsonl.checkpoint: could not be read (No such file or directory); put it back, "
        "or name a new file for the log"
    )
    assert path.read_text() == "{}\n"


@pytest.mark.parametrize("line", [b"x" * 65537, "é".encode(), b"{}\n{}"])
def test_what_no_verifier_would_take_is_not_written(tmp_path: Path, line: bytes) -> None:
    path = written(tmp_path, run_of("a1", "allow"))
    before = path.read_bytes()
    assert refusal(path, [line]) == (
        f"/verdicts.jsonl: a record of {len(line):,} bytes cannot be kept; the most are 65,536"
    )
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "verdicts.jsonl"
    with pytest.raises(AuditError) as error:
        log.append(path, [])
    assert str(error.value) == (
        f"{path}: could not be written (No such file or directory); make room or mend its permissions, then run again"
    )


def test_a_lock_that_others_keep_is_waited_for_and_then_named(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl.lock"
    with exclusive(path), pytest.raises(AuditError) as error, exclusive(path, seconds=0.02):
        pass
    assert str(error.value) == (f"{path}: another run has kept the log for 0.02 seconds; try again when it is done")
    with exclusive(path, seconds=0):
        assert path.exists()


def test_a_long_log_is_verified_in_the_memory_of_a_short_one(tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for size in (1_000, 20_000):
        path = written(tmp_path, run_of("a1", *["allow"] * size), name=f"{size}.jsonl")
        tracemalloc.start()
        assert verify(path).verdicts == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
    assert verify_log.LogError is not AuditError
