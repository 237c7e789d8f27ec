"""Which words can be family names though no list knows them, on invented examples; how they are used stands in people."""

from typing import Any

import pytest
from tests.unit.understand.reading_cases import cases

from tawatur.arabic.fold import fold
from tawatur.understand.families import ends_there
from tawatur.understand.reading import read
from tawatur.understand.traits import may_be_family


@pytest.mark.parametrize("case", cases("families"), ids=lambda case: case["word"])
def test_rare_definite_words_may_be_families(case: Any) -> None:
    assert may_be_family(fold(case["word"])) is case["family"]


def test_a_phrase_ends_with_its_sentence() -> None:
    (tokens,) = read(cases("families")[0]["word"]).sentences
    assert ends_there(tokens, len(tokens) - 1)
