"""People with their names and roles, on invented examples."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.understand import people
from tawatur.understand.reading import read


@pytest.mark.parametrize("case", cases("people"), ids=lambda case: case["about"])
def test_one_entry_a_person(case: Any) -> None:
    found = people.find(read(case["text"]))
    assert [[one.name, list(one.aliases), list(one.roles)] for one in found] == case["people"]


@pytest.mark.parametrize("case", cases("people"), ids=lambda case: case["about"])
def test_spans_hold_the_names(case: Any) -> None:
    for person in people.find(read(case["text"])):
        assert {case["text"][span.start : span.end] for span in person.spans} == {person.name, *person.aliases}


def test_the_empty_text_names_nobody() -> None:
    assert people.find(read("")) == ()
