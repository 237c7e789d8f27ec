"""The figures of texts, on the examples of ``data/``."""

import json
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Figure, Name, Span
from tawatur.understand.figures import figures

DATA = Path(__file__).parent / "data"
TEXTS = json.loads((DATA / "figure_texts.json").read_text(encoding="utf-8"))
PAGE = Path(__file__).resolve().parents[3] / "docs/reference/analysis/figures.md"


def cases() -> list[Any]:
    return [json.loads(line) for line in (DATA / "figures.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_figures_have_value_and_unit(case: Any) -> None:
    found = figures(case["text"])
    expected = [[*row, None, ""] if len(row) == 3 else row for row in case["figures"]]
    assert [[one.text, pytest.approx(one.value), one.unit, one.upper, one.bound] for one in found] == expected
    assert all(case["text"][one.span.start : one.span.end] == one.text for one in found)


def examples() -> list[list[str]]:
    """Return the rows of the table of examples in the reference."""
    table = PAGE.read_text(encoding="utf-8").split("## Examples")[1].split("## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
    return rows[2:]


@pytest.mark.parametrize("row", examples(), ids=lambda row: f"{row[0]}: {row[1]}")
def test_the_examples_of_the_reference_are_true(row: list[str]) -> None:
    sentence, text, category, value, unit, fields = row
    (found,) = [one for one in figures(sentence) if one.text == text]
    assert (found.category, found.value, found.unit) == (category, float(value), unit)
    for field in fields.split():
        name, _, told = field.partition("=")
        assert str(getattr(found, name)) == told


def figure(**fields: Any) -> Figure:
    return Figure(**{"text": "", "value": 40.0, "unit": "", "span": Span(0, 0), **fields})


@pytest.mark.parametrize(
    ("fields", "limits"),
    [
        ({}, (40, 40)),
        ({"upper": 50.0}, (40, 50)),
        ({"bound": "least"}, (40, inf)),
        ({"bound": "most"}, (0, 40)),
        ({"bound": "about"}, (36, 44)),
        ({"bound": "nearly"}, (36, 42)),
        ({"bound": "about", "upper": 50.0}, (36, 55)),
        ({"factor": 1000.0}, (40000, 40000)),
    ],
)
def test_limits_say_what_a_figure_can_mean(fields: dict[str, Any], limits: tuple[float, float]) -> None:
    assert figure(**fields).limits == pytest.approx(limits)


def test_units_of_one_measure_are_comparable() -> None:
    (short,), (long,) = figures(TEXTS["short"]), figures(TEXTS["long"])
    assert short.code == long.code
    assert short.limits == long.limits


def test_places_come_from_the_places_of_the_article() -> None:
    text, name = TEXTS["place"], TEXTS["name"]
    at = text.index(name)
    (found,) = figures(text, places=[Name(name=name, spans=(Span(at, at + len(name)),))])
    assert found.place == name


def test_dates_that_are_known_count_nothing() -> None:
    text = TEXTS["dated"]
    assert figures(text, dates=[Span(0, len(text))]) == ()


@pytest.mark.parametrize("text", [*TEXTS["none"], "\ud800 \udfff"], ids=lambda text: repr(text[:20]))
def test_bad_input_gives_no_figure(text: str) -> None:
    assert figures(text) == ()


@given(st.text(alphabet=TEXTS["alphabet"], max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    found = figures(text)
    assert all(text[one.span.start : one.span.end] == one.text for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
