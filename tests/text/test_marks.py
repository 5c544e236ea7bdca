"""A text is normalised in linear time, and as the standard library does it wherever anybody writes so."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import LINEAR, growth
from policycheck import company_key, email_key, name_key, person_key
from policycheck.builtin.checks.plausible_name import plausible_name
from policycheck.testing import answer
from policycheck.text.marks import MARKS, normalized

FORMS: tuple[Literal["NFC", "NFKC"], ...] = ("NFC", "NFKC")
letters = st.sampled_from(["a", "é", "ﬁ", "Å", "한", "\u1112", "\u1161", " "])
clusters = st.builds(str.__add__, letters, st.text("\u0301\u0316\u0327\u0345", max_size=MARKS))


@given(st.lists(clusters, max_size=8).map("".join), st.sampled_from(FORMS))
def test_up_to_thirty_marks_on_a_letter_it_is_the_normal_form(text: str, form: Literal["NFC", "NFKC"]) -> None:
    assert normalized(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("form", FORMS)
def test_of_more_marks_none_is_lost(form: Literal["NFC", "NFKC"]) -> None:
    text = "a" + "\u0301\u0316" * 100
    assert normalized(form, text).count("\u0316") == 100
    assert normalized(form, text + "\u0316") != normalized(form, text)


def _heaped(count: int) -> str:
    return "a" + "\u0301\u0316" * count


def _asked(name: str) -> object:
    return answer(plausible_name, {"person": {"name": name}})


@pytest.mark.parametrize("key", [name_key, company_key, person_key, email_key, _asked], ids=lambda key: key.__name__)
def test_marks_heaped_on_one_letter_cost_their_number(key: Callable[[str], object]) -> None:
    assert growth(2_000, _heaped, key) < LINEAR
