"""Numbers in digits and words, on the examples of ``data/``."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic import number_bounds, numbers
from tawatur.arabic.fold import fold

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case["text"])
def test_a_number_has_its_value(case: Any) -> None:
    value = numbers.parse(case["text"])
    assert value == (None if case["value"] is None else pytest.approx(case["value"]))


def every(text: str) -> list[numbers.Number]:
    """Return the numbers of a text, each read where the one before it ends."""
    words = numbers.split(fold(text))
    found: list[numbers.Number] = []
    for at in range(len(words)):
        one = number_bounds.read_range(words, at) if not found or at >= found[-1].end else None
        found += [one] if one else []
    return found


@pytest.mark.parametrize("case", cases("number_ranges"), ids=lambda case: case["text"])
def test_bounds_and_ranges_are_told(case: Any) -> None:
    (found,) = every(case["text"])
    words = numbers.split(fold(case["text"]))
    end, behind = number_bounds.bound_behind(words, found.end)
    assert (found.value, found.upper, found.bound or behind) == (
        case["value"],
        case.get("upper"),
        case.get("bound", ""),
    )
    assert end == len(words)


@given(st.integers(0, 10**12))
def test_digits_are_read_with_and_without_separators(value: int) -> None:
    assert numbers.parse(str(value)) == value
    assert numbers.parse(f"{value:,}") == value


@given(st.integers(0, 10**6), st.sampled_from([" ", "،", "٬", "’"]))
def test_parted_thousands_are_one_number(value: int, mark: str) -> None:
    text = f"{value:,}".replace(",", mark)
    assert [one.value for one in every(text)] == [value]


@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    words = numbers.split(fold(text))
    assert all(0 <= one.start < one.end <= len(words) for one in every(text))


@pytest.mark.parametrize("text", ["0112345678", "12345678901234567", "17:42", "12/10/1436"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert every(text) == []
