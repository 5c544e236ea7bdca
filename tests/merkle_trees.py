"""Trees to draw, and the root as RFC 6962 defines it in 2.1, word for word, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from hypothesis import strategies as st

from policycheck.audit import tree

LEAVES = [tree.leaf_hash(b"record %d" % number) for number in range(70)]

sizes = st.integers(1, len(LEAVES))
pairs = st.tuples(sizes, sizes).map(sorted)
"""An earlier size and a later one."""
places = sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
"""An index and the size of its tree."""


def root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def with_a_bit_changed(data: bytes, bit: int) -> bytes:
    bit %= len(data) * 8
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def one_bit_changed(hashes: Sequence[bytes], bit: int) -> tuple[bytes, ...]:
    """The hashes with one bit of one of them changed."""
    which = bit // 256 % len(hashes)
    return (*hashes[:which], with_a_bit_changed(hashes[which], bit), *hashes[which + 1 :])
