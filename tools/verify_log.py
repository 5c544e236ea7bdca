"""Verify a verdict log from its bytes alone: a second opinion for auditors, without policycheck, in Python's standard library.

    python verify_log.py LOG [--checkpoint FILE] [--key VERIFIER_KEY] [--seen OLD_CHECKPOINT] [--proof FILE]

LOG is JSON Lines, its checkpoint LOG.checkpoint unless another is named; the last three options may be given several times. It
stops at the first thing that is WRONG, with exit status 1. Otherwise the status is 0, and it says OK where a `--key` signed the
checkpoint and the log continues each `--seen` one. If not, it says UNSIGNED (whoever knows the format could have written all of
it anew), UNANCHORED (log and checkpoint could both have been put back to an earlier state), or both. INCOMPLETE names a run
without a `run-end`, BEHIND what stands after the checkpoint; CONTINUES means that there is a file before, to be verified too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from base64 import b64decode, b64encode
from collections import Counter
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple


class LogError(Exception):
    """What is wrong, for the auditor to read. It repeats no text of the log."""


# 1. Ed25519, RFC 8032, section 5.1. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z and xy = T/Z.
Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one: Point, two: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, two
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * D * t1 * t2 % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(times: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    for bit in f"{times:b}":
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def decode_point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, odd = number % 2**255, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        return None
    x = x if x % 2 == odd else P - x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether [S]B - [k]A is R, byte for byte."""
    key, s = decode_point(public), int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    negative = (-key[0] % P, key[1], key[2], -key[3] % P)
    x, y, z, _ = add(multiply(s, BASE), multiply(k, negative))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y + x % 2 * 2**255).to_bytes(32, "little") == signature[:32]


# 2. The Merkle tree, RFC 6962, section 2.1, by its definitions MTH and PATH. A leaf is SHA-256(0x00 || the line without newline).
def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    k = 2 ** ((len(leaves) - 1).bit_length() - 1)  # the largest power of two less than their number
    return sha256(b"\x01" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def path_of(index: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) < 2:
        return []
    k = 2 ** ((len(leaves) - 1).bit_length() - 1)  # the largest power of two less than their number
    if index < k:
        return [*path_of(index, leaves[:k]), root_of(leaves[k:])]
    return [*path_of(index - k, leaves[k:]), root_of(leaves[:k])]


# 3. Checkpoints: origin, size and root, alone or signed (c2sp.org/tlog-checkpoint, c2sp.org/signed-note, c2sp.org/tlog-proof).
CHECKPOINT = re.compile(
    r"(?P<text>(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*)"
    r"(?:\n(?P<signatures>(?:— [^\s+]+ [A-Za-z0-9+/=]+\n)+))?"
)
PROOF = re.compile(r"c2sp\.org/tlog-proof@v1\n(?:extra [^\n]*\n)?index (0|[1-9][0-9]{0,17})\n((?:[^\n]+\n)*)\n")
KEY = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]{44})")


class Checkpoint(NamedTuple):
    path: Path
    origin: str
    size: int
    root: bytes
    text: str  # what was signed
    signatures: list[tuple[str, bytes]]  # the key's name; the key's id, 4 bytes, and the signature


def read_text(path: Path) -> str:
    text = path.read_bytes().decode("utf-8", "replace")
    if "\ufffd" in text or any(character < " " and character != "\n" for character in text):
        raise LogError(f"{path}: is not UTF-8, or holds a control character")
    return text


def read_checkpoint(path: Path, text: str) -> Checkpoint:
    found = CHECKPOINT.fullmatch(text)
    if not found:
        raise LogError(f"{path}: is no checkpoint of origin, size and root")
    lines = [line.split(" ") for line in (found["signatures"] or "").split("\n")[:-1]]
    signatures = [(name, from_base64(path, encoded)) for _, name, encoded in lines]
    origin, size, root = found["origin"], int(found["size"]), from_base64(path, found["root"])
    return Checkpoint(path, origin, size, root, found["text"], signatures)


def from_base64(where: object, text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = b""
    if b64encode(data).decode() != text:  # one spelling only: else a character could change unseen
        raise LogError(f"{where}: holds no base64, or not as it is written")
    return data


def check_signatures(checkpoint: Checkpoint, keys: list[str]) -> None:
    """One of the keys must have signed; one wrong signature of theirs is enough to refuse it."""
    signed = not keys
    for text in keys:
        found = KEY.fullmatch(text)
        key = from_base64("--key", found["key"]) if found else b""
        number = sha256(found["name"].encode() + b"\n" + key).hexdigest()[:8] if found else ""
        if not found or key[:1] != b"\x01" or number != found["id"]:
            raise LogError("--key: is no Ed25519 verifier key `name+hash+base64`")
        for name, blob in checkpoint.signatures:
            if (name, blob[:4].hex()) == (found["name"], number):
                signed = True
                if not ed25519_verifies(key[1:], checkpoint.text.encode(), blob[4:]):
                    raise LogError(f"{checkpoint.path}: the signature of key {number} is wrong")
    if not signed:
        raise LogError(f"{checkpoint.path}: no --key signed it")


def check_covered(checkpoint: Checkpoint, leaves: list[bytes]) -> None:
    if checkpoint.size > len(leaves):
        raise LogError(f"{checkpoint.path}: covers {checkpoint.size} records; the log has {len(leaves)}")
    if root_of(leaves[: checkpoint.size]) != checkpoint.root:
        raise LogError(f"{checkpoint.path}: its root is not that of the log's first {checkpoint.size} records")


def check_proof(path: Path, origin: str, leaves: list[bytes], keys: list[str]) -> None:
    text = read_text(path)
    found = PROOF.match(text)
    if not found:
        raise LogError(f"{path}: is no tlog-proof")
    checkpoint = read_checkpoint(path, text[found.end() :])
    check_covered(checkpoint, leaves)
    check_signatures(checkpoint, keys)
    index, hashes = int(found[1]), [from_base64(path, line) for line in found[2].split("\n")[:-1]]
    is_there = index < checkpoint.size and hashes == path_of(index, leaves[: checkpoint.size])
    if checkpoint.origin != origin or not is_there:
        raise LogError(f"{path}: does not show line {index + 1} of this log")


# 4. Records and runs.
OF_A_RUN = "run-start", "verdict", "run-end"
KINDS = "opened", *OF_A_RUN, "recovered", "closed"
DECISIONS = "allow", "review", "deny"
Record = dict[str, Any]


def read_record(where: str, line: bytes) -> Record:
    if len(line) > 65536 or not line.isascii():
        raise LogError(f"{where} is longer than 65536 bytes or not ASCII")
    try:  # `int` refuses what is no whole number
        record = json.loads(line.decode(), object_pairs_hook=without_repeats, parse_float=int, parse_constant=int)
    except (ValueError, RecursionError):
        raise LogError(f"{where} is no JSON, or has a key twice or a number with a fraction") from None
    texts = {key: text for key, text in record.items() if isinstance(text, str)} if isinstance(record, dict) else {}
    if texts.get("kind") not in KINDS or not re.fullmatch("[0-9a-f]{32}", texts.get("salt", "")):
        raise LogError(f"{where} has no known `kind` or no `salt` of 32 hexadecimal digits")
    if texts["kind"] in OF_A_RUN and not re.fullmatch("[0-9a-f]{1,64}", texts.get("run", "")):
        raise LogError(f"{where} does not say to which `run` it belongs")
    if texts["kind"] == "verdict" and texts.get("decision") not in DECISIONS:
        raise LogError(f"{where} has no `decision`")
    return record


def without_repeats(pairs: list[tuple[str, Any]]) -> Record:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def check_runs(log: Path, records: list[Record]) -> list[str]:
    """The runs that have no `run-end`. In each that has one, its counts must be those of the run's verdicts."""
    started: set[str] = set()
    running: dict[str, Counter[str]] = {}
    for number, record in enumerate(records, 1):
        kind, run = record["kind"], record.get("run", "")
        if kind in OF_A_RUN and (run in started if kind == "run-start" else run not in running):
            raise LogError(f"{log}: line {number} starts a run that has started, or belongs to none that is running")
        if kind == "run-start":
            started.add(run)
            running[run] = Counter()
        elif kind == "verdict":
            running[run][record["decision"]] += 1
        elif kind == "run-end":
            check_counts(f"{log}: line {number}", record, running.pop(run))
    return list(running)


def check_counts(where: str, record: Record, found: Counter[str]) -> None:
    counts = record.get("counts")
    numbers = {key: n for key, n in counts.items() if type(n) is int} if isinstance(counts, dict) else {}
    given, there = ([of.get(key, 0) for key in DECISIONS] for of in (numbers, found))
    if given != there or record.get("verdicts") != sum(there):
        raise LogError(f"{where} counts other verdicts than the {sum(there)} of its run")
    if "read" in numbers and numbers["read"] != sum(given) + numbers.get("unreadable", 0):
        raise LogError(f"{where} has counts that don't add up to `read`")


def check_records(log: Path, lines: list[bytes], origin: str) -> list[Record]:
    records = [read_record(f"{log}: line {number}", line) for number, line in enumerate(lines, 1)]
    kinds = [record["kind"] for record in records]
    if kinds[:1] != ["opened"] or "opened" in kinds[1:] or "closed" in kinds[:-1]:
        raise LogError(f"{log}: does not begin with its only `opened`, or goes on after `closed`")
    if records[0].get("origin") != origin:
        raise LogError(f"{log}: is another log than the checkpoint's")
    return records


def check_seen(old: Checkpoint, origin: str, leaves: list[bytes], opened: Record) -> None:
    before = {"origin": old.origin, "size": old.size, "root": b64encode(old.root).decode()}
    if old.origin == origin:
        check_covered(old, leaves)
    elif opened.get("previous") != before:
        raise LogError(f"{old.path}: is neither of this log nor the last one of the file before it")


# 5. All of it.
def verify(log: Path, checkpoint: Path, keys: list[str], seen: list[Path], proofs: list[Path]) -> list[str]:
    """What to tell of a log in which nothing is wrong."""
    *lines, rest = log.read_bytes().split(b"\n")
    head = read_checkpoint(checkpoint, read_text(checkpoint))
    leaves = [sha256(b"\x00" + line).digest() for line in lines]
    check_covered(head, leaves)
    check_signatures(head, keys)
    records = check_records(log, lines + [rest] * (len(rest) > 65536), head.origin)
    after = f"{len(leaves) - head.size} records and {len(rest)} bytes" if rest or head.size < len(leaves) else ""
    said = [f"INCOMPLETE: run {run} has no run-end; its verdicts are not all known" for run in check_runs(log, records)]
    for path in seen:
        check_seen(read_checkpoint(path, read_text(path)), head.origin, leaves, records[0])
    for path in proofs:
        check_proof(path, head.origin, leaves, keys)
    said += [f"BEHIND: {after} after the checkpoint, left by a killed writer; nobody vouches for them"] if after else []
    said += ["CONTINUES: an earlier file; verify that with its own checkpoint"] if "previous" in records[0] else []
    said += [] if keys else ["UNSIGNED: no --key was given; the checkpoint shows accidents, not who wrote it"]
    said += [] if seen else ["UNANCHORED: no --seen was given; an earlier state put back would not show"]
    kinds, root = Counter(record["kind"] for record in records[: head.size]), b64encode(head.root).decode()
    counts = f"{head.size} records, {kinds['run-start']} runs, {kinds['verdict']} verdicts, root {root}"
    return [f"{'OK' if keys and seen and not after else 'LOG'}: {counts}", *said]


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify a verdict log.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    for option, kind in (("--key", str), ("--seen", Path), ("--proof", Path)):
        parser.add_argument(option, type=kind, action="append", default=[])
    a = parser.parse_args()
    try:
        said = verify(a.log, a.checkpoint or Path(f"{a.log}.checkpoint"), a.key, a.seen, a.proof)
    except (LogError, OSError) as wrong:
        said = [f"WRONG: {wrong}"]
    print(*said, sep="\n")
    return int(said[0].startswith("WRONG"))


if __name__ == "__main__":
    sys.exit(main())
