"""Keys: their text, what is refused, and signatures that agree with RFC 8032 and the published vectors."""

from __future__ import annotations

import subprocess
import sys

import pytest

import published_vectors as published
from merkle_trees import with_a_bit_changed
from policycheck.audit import keys
from policycheck.audit.keys import Signer, Verifier
from policycheck.errors import UsageError

SECRET = "PRIVATE+KEY+example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
PUBLIC = "example.com/log+d455c521+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
SIGNER = keys.signer_of(SECRET)


def refusal(text: str) -> str:
    with pytest.raises(UsageError) as raised:
        (keys.signer_of if text.startswith("PRIVATE") else keys.verifier_of)(text)
    return str(raised.value)


def test_a_key_and_its_text_say_the_same() -> None:
    assert Signer(name="example.com/log", secret=bytes(range(32)), public=SIGNER.public) == SIGNER
    assert keys.signer_text(SIGNER) == SECRET
    assert keys.verifier_text(SIGNER) == PUBLIC
    assert keys.verifier_of(PUBLIC) == Verifier(name="example.com/log", public=SIGNER.public)
    assert keys.verifier_text(keys.verifier_of(PUBLIC)) == PUBLIC


def test_a_new_key_signs_what_its_public_half_verifies_and_no_two_are_the_same() -> None:
    first, second = keys.generate("example.com/log"), keys.generate("example.com/log")
    assert keys.signer_of(keys.signer_text(first)) == first
    assert keys.verifies(b"text\n", keys.sign(b"text\n", first), keys.verifier_of(keys.verifier_text(first)))
    assert not keys.verifies(b"text\n", keys.sign(b"text\n", first), keys.verifier_of(keys.verifier_text(second)))


@pytest.mark.parametrize("name", ["", "a log", "a+log", "a\nlog", "a\u2003log", "a\x1blog", "a\u202elog", "a\ud800log"])
def test_a_key_name_that_a_note_could_not_show_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as raised:
        keys.generate(name)
    assert str(raised.value) == (
        "key name: is empty or has a blank, a plus or a hidden character; write such as `example.com/log`"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/log",
        PUBLIC[:-1],
        f"{PUBLIC}\n",
        PUBLIC.replace("+AQ", "+BA"),  # the type of a witness's key
        PUBLIC.replace("/log", "/ log"),
        keys.verifier_text(Verifier(name="hidden\u202elog", public=SIGNER.public)),
        SECRET.removeprefix("PRIVATE+"),
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    assert refusal(text) == "verifier key: is no Ed25519 key of the form `name+hash+base64`; copy it whole"


@pytest.mark.parametrize(
    "text", [SECRET[:-1], "PRIVATE+KEY+", "PRIVATE+KEY+example.com/log+d455c521+AQ==", SECRET + "AA"]
)
def test_what_is_no_private_key_is_refused_without_being_repeated(text: str) -> None:
    assert refusal(text) == "private key: is no Ed25519 key of the form `PRIVATE+KEY+name+hash+base64`; copy it whole"


def test_a_verifier_key_in_place_of_a_private_one_is_refused() -> None:
    with pytest.raises(
        UsageError, match=r"^key\.txt: is no Ed25519 key of the form `PRIVATE\+KEY\+name\+hash\+base64`; "
    ):
        keys.signer_of(PUBLIC, "key.txt")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PUBLIC.replace("+d455", "+d456"), "verifier"),
        (PUBLIC.replace("+d455c521", "+D455C521"), "verifier"),
        (PUBLIC.replace("/log", "/lag"), "verifier"),
        (PUBLIC.replace("TG4", "TG5"), "verifier"),
        (SECRET.replace("+d455", "+d456"), "private"),
        (SECRET.replace("/log", "/lag"), "private"),
        (SECRET.replace("BQYH", "BQYI"), "private"),
    ],
)
def test_a_key_that_its_hash_is_not_of_is_refused(text: str, kind: str) -> None:
    assert refusal(text) == f"{kind} key: its hash is not that of its name and key; copy it whole"


def test_the_secret_is_not_in_what_a_traceback_shows() -> None:
    assert repr(SIGNER) == str(SIGNER) == "Signer(name='example.com/log')"


@pytest.mark.parametrize("example", published.RFC_8032)
def test_signatures_are_those_of_rfc_8032(example: published.Example) -> None:
    signer = Signer(name="x", secret=example.secret, public=example.public)
    assert keys.sign(example.message, signer) == example.signature
    assert keys.verifies(example.message, example.signature, Verifier(name="x", public=example.public))


@pytest.mark.parametrize("example", published.RFC_8032)
def test_the_other_number_that_solves_a_signatures_equation_is_refused(example: published.Example) -> None:
    assert not keys.verifies(
        example.message, published.other_solution(example), Verifier(name="x", public=example.public)
    )


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_no_single_bit_of_a_signature_can_change(bit: int) -> None:
    signature = with_a_bit_changed(keys.sign(b"text\n", SIGNER), bit)
    assert not keys.verifies(b"text\n", signature, keys.verifier_of(PUBLIC))


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_signature_of_another_length_is_wrong(length: int) -> None:
    signature = (keys.sign(b"text\n", SIGNER) + b"\0")[:length]
    assert not keys.verifies(b"text\n", signature, keys.verifier_of(PUBLIC))


@published.needs_vectors
def test_every_published_signature_is_answered_as_published() -> None:
    vectors = published.ed25519()
    answers = [
        keys.verifies(message, signature, Verifier(name="x", public=key)) for key, message, signature, _ in vectors
    ]
    assert answers == [valid for *_, valid in vectors]
    assert (len(answers), answers.count(True)) == (151, 88)


def test_without_cryptography_the_error_says_what_to_install() -> None:
    code = "import sys; sys.modules['cryptography'] = None; from policycheck.audit import keys; keys.generate('x')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == (
        "policycheck.errors.UsageError: signatures: the package `cryptography` is not installed; "
        "run `pip install 'policycheck[sign]'`"
    )
