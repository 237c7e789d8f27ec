"""Numbers in digits and words, on the examples of ``data/``."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic import numbers
from tawatur.arabic.fold import fold

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case["text"])
def test_a_number_has_its_value(case: Any) -> None:
    value = numbers.parse(case["text"])
    assert value == (None if case["value"] is None else pytest.approx(case["value"]))


@pytest.mark.parametrize("case", cases("number_ranges"), ids=lambda case: case["text"])
def test_bounds_and_ranges_are_told(case: Any) -> None:
    (found,) = numbers.find(fold(case["text"]))
    assert (found.value, found.upper, found.bound) == (case["value"], case.get("upper"), case.get("bound", ""))
    assert found.end == len(fold(case["text"]))


@given(st.integers(0, 10**12))
def test_digits_are_read_with_and_without_separators(value: int) -> None:
    assert numbers.parse(str(value)) == value
    assert numbers.parse(f"{value:,}") == value


@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    folded = fold(text)
    assert all(0 <= one.start < one.end <= len(folded) for one in numbers.find(folded))
