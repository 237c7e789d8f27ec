"""What comes out of every item of the sample edition is what stands beside it."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from tawatur import outlets, sample
from tawatur.extract import Extraction, extract
from tawatur.extract.kinds import detect
from tawatur.extract.record import record
from tawatur.model import Article, Outlets, RawDocument

READ = datetime(2026, 3, 20, 12, tzinfo=UTC)


@cache
def known() -> Outlets:
    return Outlets((*outlets.load().known, *sample.outlets().known))


@cache
def extracted(name: str) -> Extraction:
    item = next(item for item in sample.items() if item.name == name)
    kind = detect(item.content, name)
    assert kind, f"{name} is of no kind"
    document = RawDocument(content=item.content, origin=name, kind=kind, collected=READ, outlet=item.outlet)
    return extract(document, outlets=known(), latest=date(2026, 3, 20))


def shape(article: Article) -> dict[str, Any]:
    """An article in the form of the expectations."""
    told = record(article, article.origin)
    return {
        **{field: told[field] for field in ("title", "subtitle", "authors", "paragraphs", "updates", "captions")},
        "related": [related["title"] for related in told["related"]],
        "source_line": told["source_line"],
        "removed": sorted((one["reason"], one["text"]) for one in told["removed"]),
        "certainty": article.published.certainty.value,
        "agency": article.agency,
    }


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    removed = sorted((one["reason"], one["text"]) for one in expected["removed"])
    return {field: expected[field] for field in (
        "title", "subtitle", "authors", "paragraphs", "updates", "captions", "related", "source_line", "certainty", "agency",
    )} | {"removed": removed}  # fmt: skip


ARTICLES = [(name, at) for name in sample.expected_names() for at in range(len(sample.expected(name)["articles"]))]


def test_every_item_has_an_expectation() -> None:
    assert {item.name for item in sample.items()} == set(sample.expected_names())


@pytest.mark.parametrize("name", sample.expected_names())
def test_an_item_gives_as_many_articles_as_expected_and_no_rejection(name: str) -> None:
    found = extracted(name)
    assert found.rejected == ()
    assert [one.title for one in found.articles] == [one["title"] for one in sample.expected(name)["articles"]]


@pytest.mark.parametrize(("name", "at"), ARTICLES)
def test_an_article_is_what_stands_beside_it(name: str, at: int) -> None:
    assert shape(extracted(name).articles[at]) == wanted(sample.expected(name)["articles"][at])


@pytest.mark.parametrize(("name", "at"), ARTICLES)
def test_an_article_has_its_publication_time(name: str, at: int) -> None:
    expected = sample.expected(name)["articles"][at]
    found = extracted(name).articles[at].published
    if expected["published"] is None:
        assert found.at is None
    elif len(expected["published"]) == 10:
        assert found.day == date.fromisoformat(expected["published"])
    else:
        assert found.at == datetime.fromisoformat(expected["published"])
        assert found.day == date.fromisoformat(expected["published"][:10])


@pytest.mark.parametrize(("name", "at"), ARTICLES)
def test_section_and_summary_of_a_feed_entry_are_kept(name: str, at: int) -> None:
    expected = sample.expected(name)["articles"][at]
    found = extracted(name).articles[at]
    for field in ("section", "summary"):
        if field in expected:
            assert getattr(found, field) == expected[field]
