"""Signed notes: read, written and verified as their specification says, and refused where it says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import published_vectors as published
from policycheck.audit import keys, note
from policycheck.audit.note import Note, Signature
from policycheck.errors import InputError

OURS = keys.signer_of("PRIVATE+KEY+example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f")
OTHER = keys.signer_of("PRIVATE+KEY+example.com/log+556406d6+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")
TRUSTED = [keys.verifier_of(keys.verifier_text(OURS))]
SIGNED = note.sign(Note("one\n\ntwo\n"), OURS)
BYTES = note.serialise(SIGNED)

lines = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), max_size=20)
texts = st.lists(lines, min_size=1, max_size=5).map(lambda some: "".join(f"{line}\n" for line in some))


def why(data: bytes) -> str:
    with pytest.raises(InputError) as raised:
        note.parse(data, "a.note")
    return str(raised.value)


def damaged(what: str) -> str:
    return f"a.note: {what}; take a whole, unchanged copy"


@given(texts)
def test_a_note_of_any_text_comes_back_and_verifies(text: str) -> None:
    signed = note.sign(Note(text), OURS)
    assert note.parse(note.serialise(signed)) == signed
    assert signed.text == text
    assert note.refusal(signed, TRUSTED) is None


def test_a_note_is_written_as_its_specification_says() -> None:
    ours = SIGNED.signatures[0]
    assert (ours.name, ours.key_id.hex(), len(ours.value)) == ("example.com/log", keys.verifier_text(OURS)[16:24], 64)
    assert BYTES.startswith("one\n\ntwo\n\n— example.com/log 1FXF".encode())
    assert BYTES.endswith(b"=\n")


def test_a_note_without_signatures_is_its_text() -> None:
    assert note.serialise(Note("one\n")) == b"one\n"


def test_signing_twice_with_a_key_leaves_one_signature_of_it_and_those_of_others() -> None:
    both = note.sign(note.sign(SIGNED, OTHER), OURS)
    assert [one.key_id for one in both.signatures] == [keys.key_id(OTHER), keys.key_id(OURS)]
    assert note.refusal(both, TRUSTED) is None


def test_no_byte_of_a_signed_note_can_change() -> None:
    for at in range(len(BYTES)):
        for bit in (1, 2, 0x20, 0x80):
            assert refused(BYTES[:at] + bytes([BYTES[at] ^ bit]) + BYTES[at + 1 :]), at


@pytest.mark.parametrize("length", range(len(BYTES)))
def test_a_signed_note_that_was_cut_is_refused(length: int) -> None:
    assert refused(BYTES[:length])


def refused(data: bytes) -> bool:
    try:
        return note.refusal(note.parse(data), TRUSTED) is not None
    except InputError:
        return True


def test_a_note_that_nobody_trusted_signed_is_refused() -> None:
    assert note.refusal(note.sign(Note("one\n"), OTHER), TRUSTED) == "no trusted key signed it"
    assert note.refusal(SIGNED, []) == "no trusted key signed it"
    assert note.refusal(Note("one\n"), TRUSTED) == "no trusted key signed it"


def test_signatures_that_share_only_the_name_or_only_the_id_of_a_trusted_key_are_passed_over() -> None:
    name, key_id, value = SIGNED.signatures[0].name, SIGNED.signatures[0].key_id, bytes(64)
    strangers = Signature(name, b"\0\0\0\0", value), Signature("example.org", key_id, value)
    assert note.refusal(Note(SIGNED.text, (*strangers, *SIGNED.signatures)), TRUSTED) is None


def test_one_wrong_signature_of_a_trusted_key_is_enough_to_refuse_a_note() -> None:
    wrong = Signature("example.com/log", keys.key_id(OURS), bytes(64))
    assert note.refusal(Note(SIGNED.text, (*SIGNED.signatures, wrong)), TRUSTED) == (
        "the signature of key d455c521 is wrong"
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "does not end in a blank line and whole signature lines"),
        (b"one\n", "does not end in a blank line and whole signature lines"),
        (b"one\n\n", "does not end in a blank line and whole signature lines"),
        (BYTES[:-1], "does not end in a blank line and whole signature lines"),
        (BYTES + "— x AAAAAAA=".encode(), "does not end in a blank line and whole signature lines"),
        (BYTES + b"\n", "does not end in a blank line and whole signature lines"),
        (BYTES.replace("— ".encode(), b"- "), "line 5: is no signature line"),
        (BYTES.replace("— ".encode(), "—  ".encode()), "line 5: is no signature line"),
        (BYTES.replace(b".com/", b".com+"), "line 5: is no signature line"),
        (BYTES + "— x AAAAAA==\n".encode(), "line 6: holds no signature"),
        (BYTES + "— x AAAAAAA\n".encode(), "line 6: is not base64"),
        (BYTES + "— x AAAAAAB=\n".encode(), "line 6: is not base64 as it is written"),
        (b"one\rtwo" + BYTES, "line 1: holds a control character"),
        (BYTES.replace(b"two", b"t\0o"), "line 3: holds a control character"),
        (b"\xff" + BYTES, "is not UTF-8"),
        (b"one\n" * 250_001, "is longer than 1000000 bytes"),
    ],
)
def test_what_is_no_note_is_refused_with_its_line(data: bytes, what: str) -> None:
    assert why(data) == damaged(what)


def test_a_note_may_bear_sixteen_signatures_of_five_thousand_bytes() -> None:
    others = tuple(Signature(f"witness{number}.example", b"abcd", bytes(5000)) for number in range(15))
    signed = Note("one\n", (*others, *note.sign(Note("one\n"), OURS).signatures))
    assert note.refusal(note.parse(note.serialise(signed)), TRUSTED) is None


@published.needs_vectors
def test_the_example_of_the_specification_verifies_and_no_byte_of_it_can_change() -> None:
    text, data = published.signed_note()
    trusted = [keys.verifier_of(text)]
    example = note.parse(data)
    assert example.text == "This is an example message.\n"
    assert note.serialise(example) == data
    assert note.refusal(example, trusted) is None
    assert note.refusal(Note("This is an example message!\n", example.signatures), trusted) is not None
