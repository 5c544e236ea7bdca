"""The Merkle tree of RFC 6962, section 2.1, over SHA-256: roots, and proofs of inclusion and of consistency.

Proofs are verified as RFC 9162 says in 2.1.3.2 and 2.1.4.2. Leaves are given by their hashes, which `leaf_hash` makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256

import msgspec

from policycheck.errors import UsageError


class Tree(msgspec.Struct, frozen=True):
    """A tree that can grow: `size` leaves, and the roots of the perfect subtrees they fall into, the largest first.

    There are as many `peaks` as ones in the binary form of `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()


def leaf_hash(leaf: bytes) -> bytes:
    """The 32 bytes that stand for a leaf."""
    return sha256(b"\x00" + leaf).digest()


def append(tree: Tree, leaves: Iterable[bytes]) -> Tree:
    """The tree with more leaves, given by their hashes, at its end."""
    size, peaks = tree.size, list(tree.peaks)
    for leaf in leaves:
        size += 1
        peaks.append(leaf)
        for _ in range((size & -size).bit_length() - 1):
            right = peaks.pop()
            peaks[-1] = _node(peaks[-1], right)
    return Tree(size=size, peaks=tuple(peaks))


def root(tree: Tree) -> bytes:
    """The 32 bytes that stand for the whole tree; SHA-256 of nothing when it is empty."""
    if not tree.peaks:
        return sha256(b"").digest()
    return reduce(lambda right, left: _node(left, right), reversed(tree.peaks))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` (from 0) to the root, the leaf's sibling first."""
    if not 0 <= index < len(leaves):
        raise UsageError(f"inclusion proof: a tree of {len(leaves)} has no leaf {index}; count leaves from 0")
    return _path(list(leaves), index)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the hash `leaf` is leaf `index` of the tree of `size` leaves whose root is `expected`.

    A root alone doesn't settle a size (leaf 0 has one path in trees of 3 and of 4): take both from one checkpoint.
    """
    if not 0 <= index < size or not _are_hashes((leaf, *proof)):
        return False
    turns = tuple(_turns(index, size - 1))
    if len(turns) != len(proof):
        return False
    for is_left, sibling in zip(turns, proof, strict=True):
        leaf = _node(sibling, leaf) if is_left else _node(leaf, sibling)
    return leaf == expected


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> tuple[bytes, ...]:
    """The hashes that show that the tree of the first `earlier` leaves (at least 1) is a beginning of this one."""
    if not 0 < earlier <= len(leaves):
        raise UsageError(
            f"consistency proof: a tree of {len(leaves)} has no beginning of {earlier}; give a size from 1 to its own"
        )
    if earlier == len(leaves):
        return ()
    level, index = list(leaves), earlier - 1
    while index % 2:
        level, index = _above(level), index // 2
    start = (level[index],) if index else ()  # a perfect earlier tree is known to whoever asks
    return start + _path(level, index)


def verify_consistency(earlier: int, later: int, proof: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Whether the tree of `earlier` leaves with root `old` is a beginning of the tree of `later` leaves with root `new`.

    Nothing can be shown of an empty tree: False when `earlier` is 0.
    """
    if not 0 < earlier <= later or not _are_hashes(proof):
        return False
    if earlier == later:
        return not proof and old == new
    index, last = earlier - 1, later - 1
    while index % 2:
        index, last = index // 2, last // 2
    hashes = tuple(proof) if index else (old, *proof)
    turns = tuple(_turns(index, last))
    if len(hashes) != 1 + len(turns):
        return False
    start, *siblings = hashes
    grown = start
    for is_left, sibling in zip(turns, siblings, strict=True):
        start = _node(sibling, start) if is_left else start
        grown = _node(sibling, grown) if is_left else _node(grown, sibling)
    return start == old and grown == new


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _are_hashes(proof: Iterable[bytes]) -> bool:
    """Whether all are of one hash's length: two that are not could be cut elsewhere and have the same node."""
    return all(len(part) == sha256().digest_size for part in proof)


def _above(level: list[bytes]) -> list[bytes]:
    """The next level: nodes in pairs, and a last one without a partner as it is."""
    return [*map(_node, level[::2], level[1::2]), *(level[-1:] if len(level) % 2 else ())]


def _path(level: list[bytes], index: int) -> tuple[bytes, ...]:
    siblings = []
    while len(level) > 1:
        siblings += level[index ^ 1 : (index ^ 1) + 1]
        level, index = _above(level), index // 2
    return tuple(siblings)


def _turns(index: int, last: int) -> Iterator[bool]:
    """For each level at which node `index` of nodes 0 to `last` has a sibling, whether that stands to its left."""
    while last:
        if index % 2 or index < last:
            yield index % 2 == 1
        index, last = index // 2, last // 2
