"""Whatever is done to a small log is found, exhaustively, by the package and by the auditor's tool alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit_tool import both, run_of, verify_log, written, wrong_to_both
from policycheck.audit import keys, log, note, records, tree
from policycheck.audit.checkpoint import Checkpoint, body
from policycheck.audit.files import beside
from policycheck.audit.note import Note
from policycheck.audit.signing import sign
from policycheck.audit.verify import verify

SIGNER = keys.signer_of("PRIVATE+KEY+example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")
OTHER = keys.signer_of("PRIVATE+KEY+example.com/log+556406d6+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")
TRUSTED: dict[str, Any] = {
    "keys": [keys.verifier_text(SIGNER)],
    "trusted": [keys.verifier_of(keys.verifier_text(SIGNER))],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A signed log of two runs."""
    file = written(tmp_path, run_of("a1", "allow", "deny"), run_of("b2", "review"))
    sign(file, SIGNER)
    return file


def is_found(path: Path) -> bool:
    """Both refuse the log, or both say of it that something stands after the checkpoint."""
    if wrong_to_both(path, **TRUSTED):
        return True
    found = verify(path, trusted=TRUSTED["trusted"])
    checkpoint = beside(path, "checkpoint")
    said = verify_log.verify(path, checkpoint, TRUSTED["keys"], [checkpoint], [])
    after = f"BEHIND: {found.behind} records and {found.torn} bytes "
    return any(line.startswith(after) for line in said) and not said[0].startswith("OK")


def assert_all_found(path: Path, file: Path, changed: Iterator[bytes]) -> int:
    data, tried = file.read_bytes(), 0
    for some in changed:
        put(file, some)
        assert some == data or is_found(path), some
        tried += 1
    put(file, data)
    assert both(path, **TRUSTED).behind == 0
    return tried


def put(file: Path, data: bytes) -> None:
    """In place, which is quicker than a file anew."""
    with file.open("r+b") as there:
        there.write(data)
        there.truncate()


def test_the_log_itself_is_found_to_be_sound(path: Path) -> None:
    assert not is_found(path)
    assert both(path, **TRUSTED, seen=[beside(path, "checkpoint")]).verdicts == 3


@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts.jsonl.checkpoint"])
@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_every_byte_that_changes_is_found(path: Path, name: str, bit: int) -> None:
    file = path.with_name(name)
    data = file.read_bytes()
    changes = (data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :] for at in range(len(data)))
    assert assert_all_found(path, file, changes) == len(data)


@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts.jsonl.checkpoint"])
def test_every_byte_that_is_taken_away_is_found(path: Path, name: str) -> None:
    file = path.with_name(name)
    data = file.read_bytes()
    assert assert_all_found(path, file, (data[:at] + data[at + 1 :] for at in range(len(data)))) == len(data)


@pytest.mark.parametrize("byte", [b"0", b"\n"])
@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts.jsonl.checkpoint"])
def test_every_byte_that_is_put_in_is_found(path: Path, name: str, byte: bytes) -> None:
    file = path.with_name(name)
    data = file.read_bytes()
    added = (data[:at] + byte + data[at:] for at in range(len(data) + 1))
    assert assert_all_found(path, file, added) == len(data) + 1


@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts.jsonl.checkpoint"])
def test_every_truncation_is_found(path: Path, name: str) -> None:
    file = path.with_name(name)
    data = file.read_bytes()
    assert assert_all_found(path, file, (data[:length] for length in range(len(data)))) == len(data)


def test_every_line_taken_away_doubled_swapped_or_put_in_is_found(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")[:-1]
    size = len(lines)
    swapped = []
    for one in range(size):
        for other in range(one):
            order = [*lines]
            order[one], order[other] = order[other], order[one]
            swapped.append(order)
    tampered = [
        *([*lines[:at], *lines[at + 1 :]] for at in range(size)),
        *([*lines[: at + 1], *lines[at:]] for at in range(size)),
        *([*lines[:at], records.line("recovered"), *lines[at:]] for at in range(size)),
        *swapped,
    ]
    count = assert_all_found(path, path, (b"".join(line + b"\n" for line in some) for some in tampered))
    assert count == 3 * size + size * (size - 1) // 2


def test_a_log_written_anew_and_signed_with_another_key_is_found(path: Path) -> None:
    lines = [*path.read_bytes().split(b"\n")[:1], *run_of("a1", "allow", "allow"), *run_of("b2", "allow")]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    whole = tree.append(tree.Tree(), map(tree.leaf_hash, lines))
    head = Checkpoint(records.parse(lines[0])["origin"], whole.size, tree.root(whole))
    forged = note.sign(Note(body(head)), OTHER)
    posing = note.Signature(SIGNER.name, keys.key_id(SIGNER), forged.signatures[0].value)
    for some in (forged, Note(body(head)), Note(body(head), (posing,)), Note(body(head), (*forged.signatures, posing))):
        beside(path, "checkpoint").write_bytes(note.serialise(some))
        assert wrong_to_both(path, **TRUSTED)
    assert not wrong_to_both(path.rename(path), keys=[]), "without a key nobody can tell: it is said to be UNSIGNED"


def test_a_log_and_checkpoint_put_back_together_are_found_by_what_was_seen(path: Path, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in (path, beside(path, "checkpoint"))}
    log.append(path, run_of("c3", "deny"))
    sign(path, SIGNER)
    seen = tmp_path / "kept-elsewhere"
    seen.write_bytes(beside(path, "checkpoint").read_bytes())
    assert both(path, **TRUSTED, seen=[seen]).verdicts == 4
    for file, data in before.items():
        file.write_bytes(data)
    assert not wrong_to_both(path, **TRUSTED)
    assert wrong_to_both(path, **TRUSTED, seen=[seen])


def test_a_checkpoint_that_is_gone_is_found(path: Path) -> None:
    beside(path, "checkpoint").unlink()
    assert wrong_to_both(path)
