"""Places with their countries, on invented examples."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.model import Span
from tawatur.understand import places
from tawatur.understand.names import nationality, place, word_set
from tawatur.understand.reading import read


@pytest.mark.parametrize("case", cases("places"), ids=lambda case: case["about"])
def test_places_have_their_country(case: Any) -> None:
    assert [[one.name, one.country] for one in places.find(read(case["text"]))] == case["places"]


def test_no_place_inside_the_name_of_a_person() -> None:
    text = cases("places")[0]["text"]
    assert places.find(read(text), [Span(0, len(text))]) == ()


@pytest.mark.parametrize("case", cases("nationalities"), ids=lambda case: case["word"])
def test_adjectives_of_nationality(case: Any) -> None:
    assert nationality(case["word"]) == case["country"]


@pytest.mark.parametrize("case", cases("governments"), ids=lambda case: case["about"])
def test_a_capital_that_acts_is_a_government(case: Any) -> None:
    found = places.find(read(case["text"]))
    assert [case["text"][span.start : span.end] for one in found for span in one.governments] == case["acting"]


def test_every_capital_that_stands_for_its_government_is_in_the_gazetteer() -> None:
    assert [name for name in word_set("capitals.txt") if place(name) is None] == []
