"""The figures of texts, on the examples of ``data/``."""

import json
from pathlib import Path
from typing import Any

import pytest

from tawatur.understand.figures import figures

DATA = Path(__file__).parent / "data"


def cases() -> list[Any]:
    return [json.loads(line) for line in (DATA / "figures.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_figures_have_value_and_unit(case: Any) -> None:
    found = figures(case["text"])
    expected = [[*row, None, ""] if len(row) == 3 else row for row in case["figures"]]
    assert [[one.text, pytest.approx(one.value), one.unit, one.upper, one.bound] for one in found] == expected
    assert all(case["text"][one.span.start : one.span.end] == one.text for one in found)
