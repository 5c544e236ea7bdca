"""Ed25519 keys of signed notes (c2sp.org/signed-note), as text and in use. The only module that knows `cryptography`.

A verifier key reads ``name+hash+base64``, a private key ``PRIVATE+KEY+name+hash+base64``: the hash is the key id in hexadecimal
digits, the base64 that of a byte 1 and the 32 bytes of the key, as golang.org/x/mod/sumdb/note writes them.
"""

from __future__ import annotations

from hashlib import sha256
from types import ModuleType

import msgspec

from policycheck.audit.fields import base64_of, bytes_of
from policycheck.errors import PolicycheckError, UsageError

_TYPE = b"\x01"
"""The signature type of Ed25519."""
_LENGTH = 32
_PRIVATE = "PRIVATE+KEY+"


class Verifier(msgspec.Struct, frozen=True):
    """A public key: its name and its 32 bytes."""

    name: str
    public: bytes


class Signer(msgspec.Struct, frozen=True):
    """A private key: its name, its 32 secret bytes and the public key that they make."""

    name: str
    secret: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"Signer(name={self.name!r})"  # a traceback or a log must not hold the secret


def is_key_name(name: str) -> bool:
    """Whether a note may name a key so: not empty, no blank of any kind, no plus."""
    return bool(name) and "+" not in name and not any(map(str.isspace, name))


def key_id(key: Verifier | Signer) -> bytes:
    """The 4 bytes that, with the name, say which key made a signature."""
    return sha256(key.name.encode() + b"\n" + _TYPE + key.public).digest()[:4]


def generate(name: str) -> Signer:
    """A new key. Its name should be that of the log, such as `example.com/log`."""
    if not (is_key_name(name) and name.isprintable()):
        raise UsageError(
            "key name: is empty or has a blank, a plus or a hidden character; write such as `example.com/log`"
        )
    return _signer(name, _ed25519().Ed25519PrivateKey.generate().private_bytes_raw())


def signer_text(signer: Signer) -> str:
    """The private key as text. Keep it where nobody else reads."""
    return f"{_PRIVATE}{signer.name}+{key_id(signer).hex()}+{base64_of(_TYPE + signer.secret)}"


def signer_of(text: str, where: str = "private key") -> Signer:
    """The key of a private key's text. An error repeats nothing of it."""
    if not text.startswith(_PRIVATE):
        raise _no_key(where, f"{_PRIVATE}name+hash+base64")
    name, given, secret = _parts(text.removeprefix(_PRIVATE), where, f"{_PRIVATE}name+hash+base64")
    signer = _signer(name, secret)
    _check(signer, given, where)
    return signer


def verifier_text(key: Verifier | Signer) -> str:
    """The public key as text, to be handed out."""
    return f"{key.name}+{key_id(key).hex()}+{base64_of(_TYPE + key.public)}"


def verifier_of(text: str, where: str = "verifier key") -> Verifier:
    """The key of a verifier key's text."""
    name, given, public = _parts(text, where, "name+hash+base64")
    verifier = Verifier(name=name, public=public)
    _check(verifier, given, where)
    return verifier


def sign(message: bytes, signer: Signer) -> bytes:
    """The signature of a message, 64 bytes."""
    return bytes(_ed25519().Ed25519PrivateKey.from_private_bytes(signer.secret).sign(message))


def verifies(message: bytes, signature: bytes, verifier: Verifier) -> bool:
    """Whether the holder of the key signed just this message."""
    key = _ed25519().Ed25519PublicKey.from_public_bytes(verifier.public)
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise UsageError(
            "signatures: the package `cryptography` is not installed; run `pip install 'policycheck[sign]'`"
        ) from None
    return ed25519


def _signer(name: str, secret: bytes) -> Signer:
    public = _ed25519().Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return Signer(name=name, secret=secret, public=public)


def _parts(text: str, where: str, form: str) -> tuple[str, str, bytes]:
    name, given, encoded = (*text.split("+", 2), "", "")[:3]
    try:
        data = bytes_of(encoded, where)
    except PolicycheckError:
        raise _no_key(where, form) from None
    if not (is_key_name(name) and name.isprintable()) or len(data) != 1 + _LENGTH or data[:1] != _TYPE:
        raise _no_key(where, form)
    return name, given, data[1:]


def _no_key(where: str, form: str) -> UsageError:
    return UsageError(f"{where}: is no Ed25519 key of the form `{form}`; copy it whole")


def _check(key: Verifier | Signer, given: str, where: str) -> None:
    if given != key_id(key).hex():
        raise UsageError(f"{where}: its hash is not that of its name and key; copy it whole")
