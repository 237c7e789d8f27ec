"""The two pages from which the project started, fact by fact."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from tawatur import outlets
from tawatur.extract import extract
from tawatur.extract.lines import comparable
from tawatur.model import Article, BlockKind, Certainty, Kind, RawDocument

SEEDS = Path(__file__).resolve().parents[3] / "shared/data/seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the pages of ../shared are not here")
NAMES = ("000_*.txt", "002_*.txt")
TODAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@cache
def page(name: str) -> str:
    return next(SEEDS.glob(name)).read_text(encoding="utf-8")


def read(name: str, published: date | None = None) -> tuple[Article, ...]:
    document = RawDocument(
        content=page(name).encode(), origin=name, kind=Kind.TEXT, collected=TODAY, published=published
    )
    found = extract(document, outlets=outlets.load(), latest=TODAY.date())
    assert found.rejected == ()
    return found.articles


def lines(name: str) -> list[str]:
    return [line.strip() for line in page(name).split("\n") if line.strip()]


def test_the_first_page_is_one_article_with_its_headline_from_the_foot() -> None:
    (found,) = read(NAMES[0])
    assert (found.title, found.subtitle) == (lines(NAMES[0])[8], lines(NAMES[0])[9])
    assert list(found.paragraphs) == lines(NAMES[0])[:8]
    assert [(one.text, one.reason) for one in found.removed] == [
        (found.title, "repeated_title"),
        (lines(NAMES[0])[11], "subscribe_prompt"),
        (lines(NAMES[0])[12], "subscribe_prompt"),
    ]


def test_the_second_page_is_two_articles_and_the_first_has_two_updates() -> None:
    first, second = read(NAMES[1])
    assert first.title == second.title == ""
    assert [update.clock for update in first.updates] == ["17:42", "13:10"]
    assert [len(update.paragraphs) for update in first.updates] == [4, 4]
    assert len(first.paragraphs) == 6
    assert len(second.paragraphs) == 7
    assert second.updates == ()


def test_captions_sources_and_links_of_the_second_page_stand_in_their_places() -> None:
    first, second = read(NAMES[1])
    for article in (first, second):
        (caption,) = article.texts_of(BlockKind.CAPTION)
        assert [(one.text, one.reason) for one in article.removed] == [(caption, "repeated_caption")]
        assert f"{caption}\n{caption}" in page(NAMES[1])
    (related,) = first.texts_of(BlockKind.RELATED)
    assert any(comparable(line).endswith(comparable(related)) and ":" in line for line in lines(NAMES[1]))
    sources = [line.partition(": ")[2] for line in lines(NAMES[1])][-1:]
    assert second.source_line == sources[0]
    assert first.source_line != second.source_line != ""
    assert not set(first.text.split("\n")) & set(second.text.split("\n"))


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_page_is_lost(name: str) -> None:
    kept = []
    for article in read(name):
        kept += [article.title, article.subtitle, *(one.text for one in article.removed)]
        kept += [block.text for block in article.blocks]
    for line in lines(name):
        assert any(comparable(text) and comparable(text) in comparable(line) for text in kept), line


def test_the_day_is_inferred_with_its_alternative() -> None:
    first, _ = read(NAMES[1])
    assert (first.published.day, first.published.certainty) == (date(2017, 12, 2), Certainty.INFERRED)
    assert first.published.alternatives == (date(2023, 12, 2),)
    assert [str(update.at) for update in first.updates] == ["2017-12-02 17:42:00+00:00", "2017-12-02 13:10:00+00:00"]


def test_the_day_given_from_outside_is_certain() -> None:
    for name in NAMES:
        for article in read(name, date(2017, 12, 2)):
            assert (article.published.day, article.published.certainty) == (date(2017, 12, 2), Certainty.STATED)
            assert article.published.day_only
