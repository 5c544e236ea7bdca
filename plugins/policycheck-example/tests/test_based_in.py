"""What `based-in` answers, each case by way of the kit that policycheck brings for plugin authors."""

from __future__ import annotations

import pytest
from policycheck_example.based_in import based_in

from policycheck import PolicyError
from policycheck.testing import Example, answer, examples


@pytest.mark.parametrize("example", examples(based_in), ids=lambda example: example.kind)
def test_the_examples_on_its_page_are_true(example: Example) -> None:
    given = answer(based_in, example.facts, example.parameters)
    assert given.holds is example.holds, given


@pytest.mark.parametrize(
    ("location", "quotes"),
    [
        ("Rotterdam, South Holland, Netherlands", ("Netherlands",)),
        (" NETHERLANDS ", ("NETHERLANDS",)),
        ("Ghent,Belgium", ("Belgium",)),
        ("Belgium, Wisconsin", ("Belgium",)),
        ("Netherlandsville", ()),
        ("New Belgium, Ohio", ()),
        (", ,", ()),
        ("", ()),
    ],
)
def test_a_whole_part_of_the_location_must_be_one_of_the_places(location: str, quotes: tuple[str, ...]) -> None:
    given = answer(based_in, {"person": {"location": location}}, {"places": ["Belgium", " netherlands"]})
    assert given.quotes == quotes, given
    assert given.holds is bool(quotes), given


def test_without_a_location_it_is_unknown_and_says_what_is_missing() -> None:
    given = answer(based_in, {"person": {"name": "Mia Berg"}}, {"places": ["Belgium"]})
    assert (given.holds, given.missing) == (None, ("person.location",))


@pytest.mark.parametrize(
    "parameters", [{}, {"places": []}, {"places": "Belgium"}, {"places": [7]}, {"place": ["Ghent"]}]
)
def test_parameters_that_name_no_place_are_refused(parameters: dict[str, object]) -> None:
    with pytest.raises(PolicyError):
        answer(based_in, {}, parameters)
