"""The published vectors, which lie outside the project: beside a developer's checkout, or where POLICYCHECK_VECTORS says.

merkle/                          testdata/ of github.com/transparency-dev/merkle
wycheproof-ed25519_test.json     testvectors_v1/ed25519_test.json of github.com/C2SP/wycheproof
signed-note.txt                  the example of c2sp.org/signed-note: a line `verifier key:` and the key, a blank line, a line
                                 `note …:`, then the note
"""

from __future__ import annotations

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any, NamedTuple

import pytest

NAMED = os.environ.get("POLICYCHECK_VECTORS")
FOLDER = Path(NAMED) if NAMED else Path(__file__).resolve().parents[2] / "shared" / "vectors"

ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of Ed25519."""


class Example(NamedTuple):
    secret: bytes
    public: bytes
    message: bytes
    signature: bytes


RFC_8032 = [
    Example(
        *map(
            bytes.fromhex,
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
        )
    ),
    Example(
        *map(
            bytes.fromhex,
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
        )
    ),
]
"""Tests 1 and 2 of RFC 8032, 7.1: the secret key, the public key, the message, the signature."""

needs_vectors = pytest.mark.skipif(
    not (NAMED or FOLDER.is_dir()),
    reason="the published vectors lie beside a developer's checkout, or in POLICYCHECK_VECTORS",
)


def merkle(kind: str) -> list[dict[str, Any]]:
    files = sorted((FOLDER / "merkle" / kind).rglob("*.json"))
    return [{**json.loads(file.read_text("utf-8")), "file": str(file)} for file in files]


def hashes(vector: dict[str, Any], *names: str) -> list[bytes]:
    return [b64decode(vector[name]) for name in names]


def proof(vector: dict[str, Any]) -> tuple[bytes, ...]:
    return tuple(map(b64decode, vector["proof"] or ()))


def ed25519() -> list[tuple[bytes, bytes, bytes, bool]]:
    """Public key, message, signature, and whether that is valid."""
    groups = json.loads((FOLDER / "wycheproof-ed25519_test.json").read_text("utf-8"))["testGroups"]
    return [
        (*map(bytes.fromhex, (group["publicKey"]["pk"], test["msg"], test["sig"])), test["result"] == "valid")
        for group in groups
        for test in group["tests"]
    ]


def signed_note() -> tuple[str, bytes]:
    """The verifier key and the note."""
    key, _, note = (FOLDER / "signed-note.txt").read_bytes().partition(b"\n\n")
    return key.decode().split("\n")[1], note.split(b"\n", 1)[1]


def other_solution(example: Example) -> bytes:
    """The example's signature with the order of the group added to its second half."""
    s = int.from_bytes(example.signature[32:], "little") + ORDER
    return example.signature[:32] + s.to_bytes(32, "little")
