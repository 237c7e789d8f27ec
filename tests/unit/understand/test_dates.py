"""The dates of whole articles, on the examples of ``data/``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tawatur.ids import ArticleId, OutletKey
from tawatur.model import Article, Block, BlockKind, Certainty, Published
from tawatur.understand import dates

DATA = Path(__file__).parent / "data"


def cases() -> list[Any]:
    return [json.loads(line) for line in (DATA / "article_dates.jsonl").read_text(encoding="utf-8").splitlines()]


def article(text: str, published: str | None) -> Article:
    at = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article(
        id=ArticleId("a"),
        outlet=OutletKey("o"),
        origin="o",
        collected=datetime(2026, 11, 24, tzinfo=UTC),
        published=Published(at=at, certainty=Certainty.STATED) if at else Published(),
        blocks=(Block(BlockKind.PARAGRAPH, text),),
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_dates_are_resolved_against_the_publication_day(case: Any) -> None:
    found = dates.find(article(case["text"], case["published"]))
    assert [[one.text, one.value, *([list(one.alternatives)] if one.alternatives else [])] for one in found] == case[
        "dates"
    ]
    assert all(case["text"][one.span.start : one.span.end] == one.text for one in found)


def test_what_hangs_on_an_inferred_day_is_inferred() -> None:
    certainties = [one.certainty for one in dates.find(article(cases()[6]["text"], None))]
    assert certainties == [Certainty.INFERRED, Certainty.INFERRED, Certainty.STATED]


def how_cases() -> list[Any]:
    return [json.loads(line) for line in (DATA / "article_dates_how.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", how_cases(), ids=lambda case: case["text"])
def test_a_date_says_what_it_covers_and_how_it_was_worked_out(case: Any) -> None:
    found = dates.find(article(case["text"], case["published"]))
    assert [
        [
            one.text,
            one.value,
            one.start,
            one.end,
            one.grain,
            one.basis.value,
            case["text"][one.base.start : one.base.end] if one.base else None,
            [doubt.value for doubt in one.doubts],
        ]
        for one in found
    ] == case["dates"]


def examples() -> list[tuple[str, list[str]]]:
    """The examples of the reference: text and values."""
    page = (Path(__file__).parents[3] / "docs/reference/analysis/dates.md").read_text(encoding="utf-8")
    table = page.split("## Examples")[1].split("## ")[0]
    cells = [line.split("|") for line in table.splitlines() if line.startswith("|")][2:]
    return [(cell[1].strip(), cell[2].replace("`", "").strip().split(", ")) for cell in cells]


@pytest.mark.parametrize(("text", "values"), examples(), ids=lambda part: str(part)[:40])
def test_the_examples_of_the_reference_hold(text: str, values: list[str]) -> None:
    assert [one.value for one in dates.find(article(text, "2026-03-10"))] == values
