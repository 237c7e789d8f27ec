"""Pairs of quotation marks, on invented examples."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.understand.reading_cases import cases

from tawatur.understand.quotation_marks import find


@pytest.mark.parametrize("case", cases("quotation_marks"), ids=lambda case: case["about"])
def test_marks_pair_by_direction(case: Any) -> None:
    assert [case["text"][span.start : span.end] for span in find(case["text"])] == case["inside"]


@given(st.text(alphabet='\u0627\u0628 \n".:\u00ab\u00bb\u201c\u201d', max_size=60))
def test_stretches_are_in_order_and_apart(text: str) -> None:
    found = find(text)
    assert all(span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
