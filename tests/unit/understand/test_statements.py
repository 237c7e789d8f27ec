"""Statements with their speakers and chains, on invented examples."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.understand import organizations, people, statements
from tawatur.understand.reading import read


def found_in(text: str) -> tuple[Any, ...]:
    reading = read(text)
    return statements.find(reading, people.drafts(reading), organizations.find(reading))


@pytest.mark.parametrize("case", cases("statements"), ids=lambda case: case["about"])
def test_who_says_what_through_whom(case: Any) -> None:
    found = [[one.kind.value, one.text, one.speaker, list(one.via)] for one in found_in(case["text"])]
    assert found == case["statements"]


@pytest.mark.parametrize("case", cases("statements"), ids=lambda case: case["about"])
def test_spans_hold_the_texts(case: Any) -> None:
    for one in found_in(case["text"]):
        assert case["text"][one.span.start : one.span.end] == one.text


@pytest.mark.parametrize("case", cases("claims"), ids=lambda case: case["about"])
def test_what_is_claimed(case: Any) -> None:
    assert [[one.claim.value, one.negated] for one in found_in(case["text"])] == case["claims"]
