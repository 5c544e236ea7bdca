"""The auditor's tool: a program of its own, run on good and bad logs, which agrees with the package without sharing a line."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import published_vectors as published
from merkle_trees import LEAVES, places, with_a_bit_changed
from policycheck.audit import checkpoint, keys, note, proof, tree
from policycheck.audit.checkpoint import Checkpoint
from policycheck.audit.note import Note
from policycheck.audit.proof import Proof

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_log.py"
ORIGIN = "example.com/log"
SIGNER = keys.signer_of("PRIVATE+KEY+example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")
KEY = keys.verifier_text(SIGNER)
OTHER = keys.signer_of("PRIVATE+KEY+example.com/log+556406d6+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")

spec = importlib.util.spec_from_file_location("verify_log", TOOL)
assert spec
assert spec.loader
verify_log: Any = importlib.util.module_from_spec(spec)
sys.modules["verify_log"] = verify_log
spec.loader.exec_module(verify_log)

Record = dict[str, Any]

WITNESS = f"example.com/log+{sha256(b'example.com/log' + bytes([10, 4]) + SIGNER.public).hexdigest()[:8]}+{b64encode(bytes([4]) + SIGNER.public).decode()}"
"""The same key as one for a witness's signatures, whose type is 4."""

UNSIGNED = "UNSIGNED: no --key was given; the checkpoint shows accidents, not who wrote it"
UNANCHORED = "UNANCHORED: no --seen was given; an earlier state put back would not show"


def run_of(run: str, *decisions: str) -> list[Record]:
    counts = {"read": len(decisions), **{name: decisions.count(name) for name in ("allow", "review", "deny")}}
    return [
        {"kind": "run-start", "run": run},
        *({"kind": "verdict", "run": run, "decision": decision} for decision in decisions),
        {"kind": "run-end", "run": run, "counts": {**counts, "unreadable": 0}, "verdicts": len(decisions)},
    ]


RECORDS = [{"kind": "opened", "origin": ORIGIN}, *run_of("a1", "allow", "deny"), *run_of("b2", "review")]


def lines_of(records: list[Record]) -> list[bytes]:
    return [json.dumps({**record, "salt": f"{number:032x}"}).encode() for number, record in enumerate(records)]


def head(lines: list[bytes], origin: str = ORIGIN) -> Note:
    whole = tree.append(tree.Tree(), map(tree.leaf_hash, lines))
    return Note(checkpoint.body(Checkpoint(origin, whole.size, tree.root(whole))))


def write(folder: Path, lines: list[bytes], name: str = "verdicts.jsonl", origin: str = ORIGIN) -> Path:
    """A log with a signed checkpoint."""
    log = folder / name
    log.write_bytes(b"".join(line + b"\n" for line in lines))
    folder.joinpath(f"{name}.checkpoint").write_bytes(note.serialise(note.sign(head(lines, origin), SIGNER)))
    return log


def seen(folder: Path, one: Note, name: str = "seen") -> Path:
    folder.joinpath(name).write_bytes(note.serialise(one))
    return folder / name


def run(*arguments: str | Path) -> tuple[int, list[str]]:
    ran = subprocess.run(
        [sys.executable, "-I", "-W", "error", TOOL, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout.splitlines()


def wrong(*arguments: str | Path) -> str:
    status, (line,) = run(*arguments)
    assert status == 1
    return line


def wrong_records(folder: Path, *records: Record) -> str:
    """What is said of a log whose records are wrong, and whose tree and signature are right."""
    return wrong(write(folder, lines_of(list(records))), "--key", KEY).replace(str(folder), "")


# What it is


def test_the_tool_imports_the_standard_library_only_and_has_under_300_lines() -> None:
    text = TOOL.read_text("utf-8")
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imported if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
    assert len(text.splitlines()) < 300


@published.needs_vectors
def test_its_own_ed25519_answers_every_published_signature_as_published() -> None:
    vectors = published.ed25519()
    answers = [verify_log.ed25519_verifies(key, message, signature) for key, message, signature, _ in vectors]
    assert answers == [valid for *_, valid in vectors]
    assert (len(answers), answers.count(True)) == (151, 88)


@pytest.mark.parametrize("example", published.RFC_8032)
def test_its_own_ed25519_verifies_the_signatures_of_rfc_8032_and_no_other_solution(example: published.Example) -> None:
    _, public, message, signature = example
    assert verify_log.ed25519_verifies(public, message, signature)
    assert not verify_log.ed25519_verifies(public, message + b"x", signature)
    assert not verify_log.ed25519_verifies(public, message, signature + b"\0")
    assert not verify_log.ed25519_verifies(public, message, published.other_solution(example))


@given(st.binary(max_size=100), st.integers(0, 511))
def test_its_own_ed25519_verifies_what_cryptography_signs_and_no_other_bit(message: bytes, bit: int) -> None:
    signature = keys.sign(message, SIGNER)
    assert verify_log.ed25519_verifies(SIGNER.public, message, signature)
    assert not verify_log.ed25519_verifies(SIGNER.public, message, with_a_bit_changed(signature, bit))


@pytest.mark.parametrize("y", [2, 2**255 - 19, 2**255 - 18, 1 + 2**255], ids=["no x", "y is p", "y is p + 1", "-0"])
def test_its_own_ed25519_refuses_what_encodes_no_point(y: int) -> None:
    assert verify_log.decode_point(y.to_bytes(32, "little")) is None


@given(places)
def test_its_own_tree_has_the_same_roots_and_proofs(place: tuple[int, int]) -> None:
    index, size = place
    assert verify_log.root_of(LEAVES[:size]) == tree.root(tree.append(tree.Tree(), LEAVES[:size]))
    assert verify_log.path_of(index, LEAVES[:size]) == list(tree.inclusion_proof(LEAVES[:size], index))


# A log in which nothing is wrong


def test_a_log_that_a_key_signed_and_that_continues_what_was_seen_is_ok(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    assert run(log, "--key", KEY, "--seen", seen(tmp_path, head(lines[:5]))) == (
        0,
        [f"OK: 8 records, 2 runs, 3 verdicts, root {head(lines).text.splitlines()[2]}"],
    )


def test_without_key_and_anchor_it_says_so(tmp_path: Path) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    status, (summary, *said) = run(log)
    assert (status, summary[:14], said) == (0, "LOG: 8 records", [UNSIGNED, UNANCHORED])
    assert run(log, "--key", KEY)[1][1:] == [UNANCHORED]
    assert run(log, "--seen", Path(f"{log}.checkpoint"))[1][1:] == [UNSIGNED]


def test_an_unsigned_checkpoint_will_do_where_no_key_is_given(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    checkpoint_file = Path(f"{log}.checkpoint")
    checkpoint_file.write_text(head(lines).text)
    assert run(log)[1][1:] == [UNSIGNED, UNANCHORED]
    assert wrong(log, "--key", KEY) == f"WRONG: {checkpoint_file}: no --key signed it"


def test_a_checkpoint_that_lies_elsewhere_can_be_named(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    elsewhere = Path(f"{log}.checkpoint").rename(tmp_path / "elsewhere")
    assert run(log, "--checkpoint", elsewhere, "--key", KEY)[0] == 0


def test_runs_may_run_at_the_same_time_and_one_without_an_end_is_named(tmp_path: Path) -> None:
    first, second = run_of("a1", "allow"), run_of("b2", "deny")
    mixed = [RECORDS[0], first[0], second[0], second[1], first[1], first[2], {"kind": "recovered"}]
    status, said = run(write(tmp_path, lines_of(mixed)), "--key", KEY)
    assert (status, said[1]) == (0, "INCOMPLETE: run b2 has no run-end; its verdicts are not all known")


def test_a_file_that_continues_another_is_anchored_by_the_last_checkpoint_of_that(tmp_path: Path) -> None:
    old = lines_of([*RECORDS, {"kind": "closed"}])
    write(tmp_path, old, "old.jsonl")
    assert run(tmp_path / "old.jsonl", "--key", KEY)[0] == 0
    previous = {"origin": ORIGIN, "size": 9, "root": head(old).text.splitlines()[2]}
    lines = lines_of([{"kind": "opened", "origin": "example.com/log2", "previous": previous}, *run_of("c3", "allow")])
    log = write(tmp_path, lines, "new.jsonl", "example.com/log2")
    status, said = run(log, "--key", KEY, "--seen", tmp_path / "old.jsonl.checkpoint")
    assert (status, said[0][:14], said[1:]) == (
        0,
        "OK: 4 records,",
        ["CONTINUES: an earlier file; verify that with its own checkpoint"],
    )
    stranger = seen(tmp_path, head(old[:8]))
    assert wrong(log, "--seen", stranger) == (
        f"WRONG: {stranger}: is neither of this log nor the last one of the file before it"
    )


@pytest.mark.parametrize("size", [4, 8])
def test_a_proof_of_the_package_shows_its_line_to_the_tool(tmp_path: Path, size: int) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    made = proof.build([*map(tree.leaf_hash, lines)], 2, note.sign(head(lines[:size]), SIGNER))
    file = tmp_path / "third.tlog-proof"
    file.write_bytes(proof.serialise(made))
    assert run(log, "--key", KEY, "--proof", file)[0] == 0
    file.write_bytes(proof.serialise(made).replace(b"index 2", b"index 1"))
    assert wrong(log, "--proof", file) == f"WRONG: {file}: does not show line 2 of this log"
    last = proof.build([*map(tree.leaf_hash, lines)], size - 1, head(lines[:size]))
    file.write_bytes(proof.serialise(last).replace(b"index %d" % (size - 1), b"index 99"))
    assert wrong(log, "--proof", file) == f"WRONG: {file}: does not show line 100 of this log"
    file.write_bytes(b"c2sp.org/tlog-proof@v2\n")
    assert wrong(log, "--proof", file) == f"WRONG: {file}: is no tlog-proof"


def test_a_proof_that_another_signed_or_of_another_log_is_wrong(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log, file = write(tmp_path, lines), tmp_path / "third.tlog-proof"
    leaves = [*map(tree.leaf_hash, lines)]
    file.write_bytes(proof.serialise(proof.build(leaves, 2, note.sign(head(lines), OTHER))))
    assert wrong(log, "--key", KEY, "--proof", file) == f"WRONG: {file}: no --key signed it"
    false = note.sign(Note(checkpoint.body(Checkpoint(ORIGIN, 8, bytes(32)))), SIGNER)
    file.write_bytes(proof.serialise(Proof(2, tree.inclusion_proof(leaves, 2), false)))
    assert wrong(log, "--key", KEY, "--proof", file) == (
        f"WRONG: {file}: its root is not that of the log's first 8 records"
    )
    file.write_bytes(proof.serialise(proof.build(leaves, 2, note.sign(head(lines, "example.org"), SIGNER))))
    assert wrong(log, "--key", KEY, "--proof", file) == f"WRONG: {file}: does not show line 3 of this log"


# Tampering


def test_every_single_byte_that_changes_is_found(tmp_path: Path) -> None:
    log = write(tmp_path, lines_of([RECORDS[0], *run_of("a1", "allow")]))
    for file in (log, Path(f"{log}.checkpoint")):
        data = file.read_bytes()
        for at, bit in product(range(len(data)), (1, 0x20, 0x80)):
            file.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            with pytest.raises(verify_log.LogError):
                verify_log.verify(log, Path(f"{log}.checkpoint"), [KEY], [], [])
        file.write_bytes(data)
    assert len(verify_log.verify(log, Path(f"{log}.checkpoint"), [KEY], [], [])) == 2


@pytest.mark.parametrize("at", range(8))
def test_a_line_taken_away_doubled_swapped_or_put_in_is_found(tmp_path: Path, at: int) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    after = lines[at + 1 :]
    tampered = [
        [*lines[:at], *after],
        [*lines[: at + 1], *lines[at:]],
        [*lines[:at], *after[:1], lines[at], *after[1:]] if after else [lines[at], *lines[:at]],
        [*lines[:at], *lines_of([{"kind": "recovered"}]), *lines[at:]],
    ]
    for some in tampered:
        log.write_bytes(b"".join(line + b"\n" for line in some))
        with pytest.raises(verify_log.LogError):
            verify_log.verify(log, Path(f"{log}.checkpoint"), [], [], [])


def test_a_log_cut_at_any_byte_is_found(tmp_path: Path) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    data = log.read_bytes()
    for length in range(len(data)):
        log.write_bytes(data[:length])
        with pytest.raises(verify_log.LogError):
            verify_log.verify(log, Path(f"{log}.checkpoint"), [], [], [])


def test_a_log_written_anew_and_signed_with_another_key_of_the_same_name_is_found(tmp_path: Path) -> None:
    lines = lines_of([RECORDS[0], *run_of("a1", "allow", "allow")])
    log = write(tmp_path, lines)
    checkpoint_file = Path(f"{log}.checkpoint")
    checkpoint_file.write_bytes(note.serialise(note.sign(head(lines), OTHER)))
    assert wrong(log, "--key", KEY) == f"WRONG: {checkpoint_file}: no --key signed it"
    forged = note.parse(checkpoint_file.read_bytes()).signatures[0]
    posing = note.Signature(forged.name, keys.key_id(SIGNER), forged.value)
    checkpoint_file.write_bytes(note.serialise(Note(head(lines).text, (posing,))))
    assert wrong(log, "--key", KEY) == f"WRONG: {checkpoint_file}: the signature of key d455c521 is wrong"


def test_log_and_checkpoint_put_back_together_are_found_by_what_was_seen(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log, kept = write(tmp_path, lines[:5]), seen(tmp_path, head(lines))
    assert run(log, "--key", KEY)[0] == 0
    assert wrong(log, "--key", KEY, "--seen", kept) == f"WRONG: {kept}: covers 8 records; the log has 5"
    other = seen(tmp_path, head([*lines[:3], b"{}"]))
    assert wrong(log, "--seen", other) == f"WRONG: {other}: its root is not that of the log's first 4 records"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (b"{", "0 records and 1 bytes"),
        (lines_of([{"kind": "recovered"}])[0] + b"\n", "1 records and 0 bytes"),
        (lines_of([{"kind": "recovered"}])[0] + b'\n{"kind', "1 records and 6 bytes"),
    ],
)
def test_what_a_killed_writer_leaves_after_the_checkpoint_is_told_and_never_ok(
    tmp_path: Path, more: bytes, what: str
) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    before = run(log, "--key", KEY, "--seen", Path(f"{log}.checkpoint"))[1]
    log.write_bytes(log.read_bytes() + more)
    assert run(log, "--key", KEY, "--seen", Path(f"{log}.checkpoint")) == (
        0,
        [
            before[0].replace("OK", "LOG"),
            f"BEHIND: {what} after the checkpoint, left by a killed writer; nobody vouches for them",
        ],
    )


def test_what_stands_after_the_checkpoint_and_is_no_record_is_wrong(tmp_path: Path) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    data = log.read_bytes()
    log.write_bytes(data + b"{}\n")
    assert wrong(log) == f"WRONG: {log}: line 9 has no known `kind` or no `salt` of 32 hexadecimal digits"
    log.write_bytes(data + b" " * 65537)
    assert wrong(log) == f"WRONG: {log}: line 9 is longer than 65536 bytes or not ASCII"


# Records and runs that are wrong although tree and signature are right


def test_a_lost_verdict_shows_in_the_counts(tmp_path: Path) -> None:
    *before, end = run_of("a1", "allow", "deny")
    assert wrong_records(tmp_path, RECORDS[0], before[0], before[1], end) == (
        "WRONG: /verdicts.jsonl: line 4 counts other verdicts than the 1 of its run"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"counts": {"allow": 2, "deny": 0}},
        {"counts": {"allow": 1}},
        {"counts": {"allow": 1, "deny": 1, "review": 1}},
        {"counts": {"allow": True, "deny": 1}},
        {"counts": [1, 1]},
        {"counts": None},
        {"verdicts": 3},
        {"verdicts": "2"},
    ],
)
def test_counts_other_than_those_of_the_verdicts_are_wrong(tmp_path: Path, changed: Record) -> None:
    *before, end = run_of("a1", "allow", "deny")
    assert wrong_records(tmp_path, RECORDS[0], *before, {**end, **changed}) == (
        "WRONG: /verdicts.jsonl: line 5 counts other verdicts than the 2 of its run"
    )


def test_a_ledger_that_does_not_add_up_is_wrong(tmp_path: Path) -> None:
    *before, end = run_of("a1", "allow")
    unread = {"counts": {"read": 2, "allow": 1, "unreadable": 1, "not_judged": {"draft": 3}}}
    assert run(write(tmp_path, lines_of([RECORDS[0], *before, {**end, **unread}])), "--key", KEY)[0] == 0
    assert wrong_records(tmp_path, RECORDS[0], *before, {**end, "counts": {**end["counts"], "read": 2}}) == (
        "WRONG: /verdicts.jsonl: line 4 has counts that don't add up to `read`"
    )


START, VERDICT, END = run_of("a1", "allow")


@pytest.mark.parametrize(
    ("records", "line"),
    [
        ([VERDICT], 2),
        ([END], 2),
        ([START, START], 3),
        ([START, VERDICT, END, VERDICT], 5),
        ([START, VERDICT, END, START], 5),
    ],
    ids=["verdict without a run", "end without a run", "two starts", "verdict after the end", "start after the end"],
)
def test_a_record_out_of_its_run_is_wrong(tmp_path: Path, records: list[Record], line: int) -> None:
    assert wrong_records(tmp_path, RECORDS[0], *records) == (
        f"WRONG: /verdicts.jsonl: line {line} starts a run that has started, or belongs to none that is running"
    )


@pytest.mark.parametrize(
    "records",
    [[], [START], [*RECORDS, RECORDS[0]], [RECORDS[0], {"kind": "closed"}, {"kind": "recovered"}]],
    ids=["nothing", "no opened", "opened twice", "after closed"],
)
def test_a_log_opens_once_and_ends_where_it_is_closed(tmp_path: Path, records: list[Record]) -> None:
    assert wrong_records(tmp_path, *records) == (
        "WRONG: /verdicts.jsonl: does not begin with its only `opened`, or goes on after `closed`"
    )


def test_the_log_is_the_one_that_its_checkpoint_names(tmp_path: Path) -> None:
    log = write(tmp_path, lines_of(RECORDS), origin="example.org/other")
    assert wrong(log, "--key", KEY) == f"WRONG: {log}: is another log than the checkpoint's"


SALT = f'"salt": "{0:032x}"'


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"", "is no JSON, or has a key twice or a number with a fraction"),
        (b"[" * 65536, "is no JSON, or has a key twice or a number with a fraction"),
        (b'{"a": 1, "a": 1}', "is no JSON, or has a key twice or a number with a fraction"),
        (b'{"a": 1.0}', "is no JSON, or has a key twice or a number with a fraction"),
        (b'{"a": NaN}', "is no JSON, or has a key twice or a number with a fraction"),
        (b'{"a": ' + b"1" * 5000 + b"}", "is no JSON, or has a key twice or a number with a fraction"),
        ('{"kind": "recovered"}'.encode("utf-16-be"), "is no JSON, or has a key twice or a number with a fraction"),
        (b"[]", "has no known `kind` or no `salt` of 32 hexadecimal digits"),
        (f'{{"kind": "other", {SALT}}}'.encode(), "has no known `kind` or no `salt` of 32 hexadecimal digits"),
        (b'{"kind": "recovered"}', "has no known `kind` or no `salt` of 32 hexadecimal digits"),
        (b'{"kind": "recovered", "salt": "12"}', "has no known `kind` or no `salt` of 32 hexadecimal digits"),
        (f'{{"kind": "run-start", {SALT}}}'.encode(), "does not say to which `run` it belongs"),
        (f'{{"kind": "run-start", "run": ["a1"], {SALT}}}'.encode(), "does not say to which `run` it belongs"),
        (f'{{"kind": "verdict", "run": "a1", "decision": "ok", {SALT}}}'.encode(), "has no `decision`"),
        (b" " * 65537, "is longer than 65536 bytes or not ASCII"),
        ('{"kind": "é"}'.encode(), "is longer than 65536 bytes or not ASCII"),
    ],
)
def test_a_line_that_is_no_record_is_wrong(tmp_path: Path, line: bytes, what: str) -> None:
    log = write(tmp_path, [*lines_of(RECORDS), line])
    assert wrong(log) == f"WRONG: {log}: line 9 {what}"


# Files and keys that are not what they should be


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.jsonl"
    assert wrong(missing) == f"WRONG: [Errno 2] No such file or directory: '{missing}'"
    log = write(tmp_path, lines_of(RECORDS))
    assert wrong(log, "--seen", missing) == f"WRONG: [Errno 2] No such file or directory: '{missing}'"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is no checkpoint of origin, size and root"),
        (b"example.com/log\n08\n" + b64encode(bytes(32)) + b"\n", "is no checkpoint of origin, size and root"),
        (b"example.com/log\n8\n" + b"A" * 42 + b"B=\n", "holds no base64, or not as it is written"),
        (b"example.com/log\n8\n" + b64encode(bytes(32)) + b"\n\n", "is no checkpoint of origin, size and root"),
        (b"example.com\tlog\n", "is not UTF-8, or holds a control character"),
        (b"\xff\n", "is not UTF-8, or holds a control character"),
    ],
)
def test_a_file_that_is_no_checkpoint_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    file = tmp_path / "verdicts.jsonl.checkpoint"
    file.write_bytes(data)
    assert wrong(log) == f"WRONG: {file}: {what}"


@pytest.mark.parametrize(
    "key", ["", KEY.replace("d455", "d456"), KEY.replace("/log", "/lag"), KEY + "=", WITNESS, KEY.replace("+AQ", "+BA")]
)
def test_a_key_that_is_no_verifier_key_is_refused(tmp_path: Path, key: str) -> None:
    log = write(tmp_path, lines_of(RECORDS))
    assert wrong(log, "--key", key) == "WRONG: --key: is no Ed25519 verifier key `name+hash+base64`"


def test_any_of_several_keys_will_do_and_a_strangers_signature_is_passed_over(tmp_path: Path) -> None:
    lines = lines_of(RECORDS)
    log = write(tmp_path, lines)
    Path(f"{log}.checkpoint").write_bytes(note.serialise(note.sign(note.sign(head(lines), OTHER), SIGNER)))
    assert run(log, "--key", KEY)[0] == 0
    assert run(log, "--key", keys.verifier_text(OTHER))[0] == 0
    stranger = keys.verifier_text(keys.generate("example.com/third"))
    assert run(log, "--key", stranger, "--key", KEY)[0] == 0
    assert run(log, "--key", stranger)[0] == 1
