"""The fuzzing targets, from their seeds on: what fuzz/fuzz.py runs for hours with atheris, for a moment without it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from seeds import seeds
from targets import registry, targets

TARGETS = targets()


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """A seed with a few pieces cut out, doubled, or overwritten."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(
            st.sampled_from([b"", b"\0", b"\xff", b'"', b"\n", b"{", b"]", b"- ", b"\xe2\x80\xa8"])
            | st.binary(max_size=4)
        )
        cut = draw(st.integers(0, 6))
        data[at : at + cut] = piece or data[at : at + 30] * 2
    return bytes(data)


def test_every_reader_is_a_target_and_every_target_has_a_seed() -> None:
    assert set(registry().readers) < set(TARGETS)
    assert [name for name in TARGETS if not seeds(name)] == []


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_target_takes_its_seeds_and_whatever_becomes_of_them(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(seeds(name)))
    TARGETS[name](seed)
    TARGETS[name](data.draw(mutated(seed)))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("policy", b"policycheck: 1\npolicy: a\nversion: 1.0.0\ntitle: A\ndisable: [{a: b}]\n"),
        ("policy", b"policycheck: 1\npolicy: a\nversion: 1.0.0\ntitle: A\nextends: [1]\n"),
        ("csv", b"stage,name,sent\x1fat\nincoming,Mia,x\n"),
        ("hubspot", b"sta\x1fge,name,First Name\nx,Mia,Mia\n"),
        ("linkedin-export", b"PK\x05\x06" + bytes(18)),
        ("linkedin-export", seeds("archive")[0].replace(b"csv", b"txt")),
    ],
)
def test_what_was_found_stays_mended(name: str, found: bytes) -> None:
    TARGETS[name](found)


def test_a_reader_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from policycheck import PluginError
    from policycheck.builtin.readers import linkedin

    def broken(source: object) -> None:
        raise KeyError(source)

    monkeypatch.setattr(linkedin, "tables", broken)
    with pytest.raises(PluginError):
        TARGETS["linkedin-export"](seeds("linkedin-export")[0])
