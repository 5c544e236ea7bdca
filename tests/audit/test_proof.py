"""A proof shows one record of one log; whatever is changed in it, it shows nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merkle_trees import LEAVES, places, root
from policycheck.audit import checkpoint, keys, note, proof
from policycheck.audit.checkpoint import Checkpoint
from policycheck.audit.note import Note
from policycheck.audit.proof import Proof
from policycheck.errors import InputError, UsageError

ORIGIN = "example.com/log"
SIGNER = keys.signer_of("PRIVATE+KEY+example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")
TRUSTED = [keys.verifier_of(keys.verifier_text(SIGNER))]


def record(index: int) -> bytes:
    return b"record %d" % index


def signed(size: int, origin: str = ORIGIN) -> Note:
    return note.sign(Note(checkpoint.body(Checkpoint(origin, size, root(LEAVES[:size])))), SIGNER)


FIVE = proof.build(LEAVES, 2, signed(5))
BYTES = proof.serialise(FIVE)


@given(places)
def test_the_proof_of_any_record_of_any_log_verifies_after_a_journey(place: tuple[int, int]) -> None:
    index, size = place
    made = proof.build(LEAVES, index, signed(size))
    assert proof.parse(proof.serialise(made)) == made
    assert proof.refusal(record(index), made, ORIGIN, TRUSTED) is None


def test_a_proof_is_written_as_its_specification_says() -> None:
    first, index, *hashes = BYTES.decode().partition("\n\n")[0].split("\n")
    assert (first, index, len(hashes)) == ("c2sp.org/tlog-proof@v1", "index 2", 3)
    assert BYTES.partition(b"\n\n")[2] == note.serialise(signed(5))


def test_extra_data_stands_in_the_second_line_and_is_vouched_for_by_nobody() -> None:
    extra = Proof(FIVE.index, FIVE.hashes, FIVE.checkpoint, b"anything")
    assert proof.serialise(extra).decode().split("\n")[:3] == [proof.VERSION, "extra YW55dGhpbmc=", "index 2"]
    assert proof.parse(proof.serialise(extra)) == extra
    assert proof.refusal(record(2), extra, ORIGIN, TRUSTED) is None


def test_a_log_of_one_record_is_proved_without_a_hash() -> None:
    one = proof.build(LEAVES, 0, signed(1))
    assert proof.parse(proof.serialise(one)) == one
    assert one.hashes == ()
    assert proof.refusal(record(0), one, ORIGIN, TRUSTED) is None


@settings(max_examples=400)
@given(places, st.integers(0), st.integers(0, 7))
def test_no_single_bit_of_a_proof_can_change(place: tuple[int, int], at: int, bit: int) -> None:
    index, size = place
    data = bytearray(proof.serialise(proof.build(LEAVES, index, signed(size))))
    data[at % len(data)] ^= 1 << bit
    assert refused(record(index), bytes(data))


def test_no_byte_of_a_proof_can_be_taken_away_or_come_twice() -> None:
    for at in range(len(BYTES)):
        assert refused(record(2), BYTES[:at] + BYTES[at + 1 :])
        assert refused(record(2), BYTES[: at + 1] + BYTES[at:])
        assert refused(record(2), BYTES[:at])


def refused(line: bytes, data: bytes) -> bool:
    try:
        return proof.refusal(line, proof.parse(data), ORIGIN, TRUSTED) is not None
    except InputError:
        return True


@pytest.mark.parametrize("index", [0, 1, 3, 4])
def test_a_proof_shows_no_other_record(index: int) -> None:
    assert proof.refusal(record(index), FIVE, ORIGIN, TRUSTED) == (
        "the record is not number 2 (from 0) of the log with this checkpoint"
    )


def test_a_proof_of_another_log_is_refused_unless_any_log_will_do() -> None:
    other = proof.build(LEAVES, 2, signed(5, "example.org/other"))
    assert proof.refusal(record(2), other, ORIGIN, TRUSTED) == "the checkpoint is another log's"
    assert proof.refusal(record(2), other, None, TRUSTED) is None


def test_an_unsigned_proof_holds_only_where_no_signature_is_asked_for() -> None:
    unsigned = proof.build(LEAVES, 2, Note(signed(5).text))
    assert proof.parse(proof.serialise(unsigned)) == unsigned
    assert proof.refusal(record(2), unsigned, ORIGIN, None) is None
    assert proof.refusal(record(2), unsigned, ORIGIN, TRUSTED) == (
        "the checkpoint is not to be believed: no trusted key signed it"
    )
    assert proof.refusal(record(2), unsigned, ORIGIN, []) == (
        "the checkpoint is not to be believed: no trusted key signed it"
    )


def test_a_checkpoint_that_is_not_of_these_records_makes_no_proof() -> None:
    larger = Note(checkpoint.body(Checkpoint(ORIGIN, 6, root(LEAVES[:5]))))
    for leaves, head in ((LEAVES[:4], signed(5)), ([LEAVES[1], *LEAVES[1:]], signed(5)), (LEAVES[:5], larger)):
        with pytest.raises(InputError) as raised:
            proof.build(leaves, 2, head)
        assert str(raised.value) == "checkpoint: is not one of these records; verify the log"


def test_a_record_after_the_checkpoint_has_no_proof() -> None:
    with pytest.raises(UsageError) as raised:
        proof.build(LEAVES, 5, signed(5))
    assert str(raised.value) == "inclusion proof: a tree of 5 has no leaf 5; count leaves from 0"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "does not begin with the line `c2sp.org/tlog-proof@v1`"),
        (BYTES.replace(b"@v1", b"@v2"), "does not begin with the line `c2sp.org/tlog-proof@v1`"),
        (BYTES.replace(b"index 2\n", b""), "has no line `index` with a number"),
        (BYTES.replace(b"@v1\n", b"@v1\nextra AA\n"), "`extra`: is not base64"),
        (BYTES.replace(b"index 2", b"index 02"), "`index`: is not a number of at most 18 digits without leading zeros"),
        (BYTES.replace(b"index 2\n", b"index 2\nAAAA\n"), "hash 1: is 3 bytes long instead of 32"),
        (
            BYTES.partition(b"\n\n")[0],
            "checkpoint: does not begin with three lines for origin, size and root, or has an empty line",
        ),
        (BYTES.replace(b"v1\n", b"v1\n\n"), "has no line `index` with a number"),
        (b"a" * 2_000_001, "is longer than 2000000 bytes"),
    ],
)
def test_what_is_no_proof_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as raised:
        proof.parse(data, "a.tlog-proof")
    assert str(raised.value) == f"a.tlog-proof: {what}; take a whole, unchanged copy"
