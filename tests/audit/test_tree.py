"""The tree grows to the root of RFC 6962, and its proofs hold for what they were made for and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import merkle_trees as trees
import published_vectors as published
from merkle_trees import LEAVES, one_bit_changed, with_a_bit_changed
from policycheck.audit import tree
from policycheck.audit.tree import Tree
from policycheck.errors import UsageError

bits = st.integers(0, 256 * 16)


def grown(size: int) -> Tree:
    return tree.append(Tree(), LEAVES[:size])


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_a_tree_has_the_root_that_rfc_6962_defines(size: int) -> None:
    assert tree.root(grown(size)) == trees.root(LEAVES[:size])


def test_the_empty_tree_and_the_empty_leaf_have_the_hashes_of_rfc_6962() -> None:
    assert tree.root(Tree()).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(trees.pairs)
def test_a_tree_grown_in_two_steps_is_the_tree_grown_in_one(pair: list[int]) -> None:
    first, size = pair
    assert tree.append(grown(first), LEAVES[first:size]) == grown(size)


@given(trees.sizes)
def test_a_tree_keeps_as_many_hashes_as_its_size_has_ones(size: int) -> None:
    assert (grown(size).size, len(grown(size).peaks)) == (size, size.bit_count())


# Inclusion


@given(trees.places)
def test_the_proof_of_any_leaf_of_any_tree_verifies(place: tuple[int, int]) -> None:
    index, size = place
    proof = tree.inclusion_proof(LEAVES[:size], index)
    assert tree.verify_inclusion(LEAVES[index], index, size, proof, trees.root(LEAVES[:size]))


@given(trees.places, bits)
def test_no_single_bit_of_an_inclusion_can_change(place: tuple[int, int], bit: int) -> None:
    index, size = place
    leaf, root = LEAVES[index], trees.root(LEAVES[:size])
    proof = tree.inclusion_proof(LEAVES[:size], index)
    assert not tree.verify_inclusion(with_a_bit_changed(leaf, bit), index, size, proof, root)
    assert not tree.verify_inclusion(leaf, index, size, proof, with_a_bit_changed(root, bit))
    assert not tree.verify_inclusion(leaf, index ^ 1 << bit % 8, size, proof, root)
    assert not (proof and tree.verify_inclusion(leaf, index, size, one_bit_changed(proof, bit), root))


@given(trees.places)
def test_a_proof_for_a_tree_of_another_depth_or_with_a_hash_too_many_or_too_few_is_refused(
    place: tuple[int, int],
) -> None:
    index, size = place
    leaf, root = LEAVES[index], trees.root(LEAVES[:size])
    proof = tree.inclusion_proof(LEAVES[:size], index)
    assert not tree.verify_inclusion(leaf, index, 2 * size, proof, root)
    assert not tree.verify_inclusion(leaf, index, size // 2, proof, root)
    assert not tree.verify_inclusion(leaf, index, size, (*proof, root), root)
    assert not (proof and tree.verify_inclusion(leaf, index, size, proof[:-1], root))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_a_leaf_that_is_not_in_the_tree_is_refused(index: int, size: int) -> None:
    assert not tree.verify_inclusion(LEAVES[0], index, size, (), LEAVES[0])
    with pytest.raises(UsageError) as raised:
        tree.inclusion_proof(LEAVES[:size], index)
    assert str(raised.value) == f"inclusion proof: a tree of {size} has no leaf {index}; count leaves from 0"


@pytest.mark.parametrize("cut", [0, 31, 33, 64])
def test_hashes_that_were_cut_elsewhere_than_after_32_bytes_are_refused(cut: int) -> None:
    both = LEAVES[0] + LEAVES[1]
    root = trees.root(LEAVES[:2])
    assert tree.verify_inclusion(both[:32], 0, 2, (both[32:],), root)
    assert not tree.verify_inclusion(both[:cut], 0, 2, (both[cut:],), root)
    three = trees.root([*LEAVES[:2], LEAVES[2]])
    last = root + LEAVES[2]
    assert tree.verify_consistency(2, 3, (last[32:],), root, three)
    assert not tree.verify_consistency(2, 3, (last[cut:],), last[:cut], three)


# Consistency


@given(trees.pairs)
def test_any_tree_is_shown_to_begin_with_any_earlier_one(pair: list[int]) -> None:
    earlier, later = pair
    proof = tree.consistency_proof(LEAVES[:later], earlier)
    assert tree.verify_consistency(earlier, later, proof, trees.root(LEAVES[:earlier]), trees.root(LEAVES[:later]))


@given(trees.pairs, bits)
def test_no_single_bit_of_a_consistency_can_change(pair: list[int], bit: int) -> None:
    earlier, later = pair
    old, new = trees.root(LEAVES[:earlier]), trees.root(LEAVES[:later])
    proof = tree.consistency_proof(LEAVES[:later], earlier)
    assert not tree.verify_consistency(earlier, later, proof, with_a_bit_changed(old, bit), new)
    assert not tree.verify_consistency(earlier, later, proof, old, with_a_bit_changed(new, bit))
    assert not tree.verify_consistency(earlier ^ 1 << bit % 8, later, proof, old, new)
    assert not (proof and tree.verify_consistency(earlier, later, one_bit_changed(proof, bit), old, new))


@given(trees.pairs)
def test_a_consistency_proof_for_another_size_or_with_a_hash_too_many_or_too_few_is_refused(pair: list[int]) -> None:
    earlier, later = pair
    old, new = trees.root(LEAVES[:earlier]), trees.root(LEAVES[:later])
    proof = tree.consistency_proof(LEAVES[:later], earlier)
    assert not tree.verify_consistency(earlier, 2 * later, proof, old, new)
    assert not tree.verify_consistency(earlier, later, (*proof, new), old, new)
    assert not (proof and tree.verify_consistency(earlier, later, proof[:-1], old, new))
    assert not (proof and tree.verify_consistency(earlier, later, (), old, new))


@given(trees.pairs, st.integers(0, 69))
def test_a_tree_that_was_changed_before_its_end_is_not_shown_to_begin_with_what_it_was(
    pair: list[int], changed: int
) -> None:
    earlier, later = pair
    changed %= earlier
    others = [*LEAVES[:changed], tree.leaf_hash(b"another"), *LEAVES[changed + 1 : later]]
    proof = tree.consistency_proof(others, earlier)
    assert not tree.verify_consistency(earlier, later, proof, trees.root(LEAVES[:earlier]), trees.root(others))


@pytest.mark.parametrize(("earlier", "later"), [(0, 0), (0, 3), (-1, 3), (4, 3)])
def test_an_earlier_tree_that_is_empty_or_larger_is_refused(earlier: int, later: int) -> None:
    root = trees.root(LEAVES[:later])
    assert not tree.verify_consistency(earlier, later, (), root, root)
    with pytest.raises(UsageError) as raised:
        tree.consistency_proof(LEAVES[:later], earlier)
    assert str(raised.value) == (
        f"consistency proof: a tree of {later} has no beginning of {earlier}; give a size from 1 to its own"
    )


# Published vectors


@published.needs_vectors
def test_every_published_inclusion_is_answered_as_published() -> None:
    vectors = published.merkle("inclusion")
    answers = {vector["file"]: not vector["wantErr"] for vector in vectors}
    assert {vector["file"]: _included(vector) for vector in vectors} == answers
    assert list(answers.values()).count(True) == 6
    assert len(answers) == 98


@published.needs_vectors
def test_every_published_consistency_is_answered_as_published() -> None:
    vectors = published.merkle("consistency")
    answers = {vector["file"]: not vector["wantErr"] for vector in vectors}
    assert {vector["file"]: _consistent(vector) for vector in vectors} == answers
    assert list(answers.values()).count(True) == 6
    assert len(answers) == 98


def _included(vector: dict[str, object]) -> bool:
    leaf, root = published.hashes(vector, "leafHash", "root")
    return tree.verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], published.proof(vector), root)


def _consistent(vector: dict[str, object]) -> bool:
    old, new = published.hashes(vector, "root1", "root2")
    return tree.verify_consistency(vector["size1"], vector["size2"], published.proof(vector), old, new)
