"""Whose opinion counts where two taggers disagree about people."""

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.understand.tagger import Tagged
from tawatur.understand.tokens import token_sentences
from tawatur.understand.votes import voted


def _names(listed: list[list[object]]) -> tuple[Tagged, ...]:
    return tuple(Tagged(*name) for name in listed)


@pytest.mark.parametrize("case", cases("votes"), ids=lambda case: case["why"])
def test_votes(case: dict[str, object]) -> None:
    (tokens,) = token_sentences(str(case["text"]))
    assert voted(tokens, _names(case["names"]), _names(case["others"])) == _names(case["voted"])
