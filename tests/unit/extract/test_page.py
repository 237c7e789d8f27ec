"""HTML pages: the article's element, what the markup says, metadata, several articles, live updates."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from tests.unit.extract.extracting import articles, extracted, removed, text_of

from tawatur.extract.metadata import time_of, without_site
from tawatur.model import BlockKind, Certainty, Kind


def reasons(name: str) -> list[str]:
    (found,) = articles(text_of(name), Kind.HTML)
    return [reason for _, reason in removed(found)]


def test_a_live_page_gives_updates_across_midnight_newest_first() -> None:
    (found,) = articles(text_of("live.html"), Kind.HTML)
    assert [update.clock for update in found.updates] == ["21:40", "20:05", "17:15"]
    assert [update.at for update in found.updates] == [
        datetime(2026, 4, 8, 21, 40, tzinfo=UTC),
        datetime(2026, 4, 8, 20, 5, tzinfo=UTC),
        datetime(2026, 4, 8, 17, 15, tzinfo=UTC),
    ]
    assert [len(update.paragraphs) for update in found.updates] == [1, 1, 1]
    assert len(found.paragraphs) == 1


def test_metadata_give_title_without_site_address_and_time_in_its_own_zone() -> None:
    (found,) = articles(text_of("live.html"), Kind.HTML)
    assert found.title in text_of("live.html").split("<h1>")[1]
    assert "|" not in found.title
    assert found.url == "https://ufuq.example/live/7"
    assert found.outlet == "ufuq.example"
    assert found.published.at == datetime(2026, 4, 8, 22, 10, tzinfo=UTC)
    assert found.published.day == date(2026, 4, 9)
    assert found.authors == ()


def test_boxes_in_the_text_are_understood_and_the_page_around_is_left_out() -> None:
    (found,) = articles(text_of("live.html"), Kind.HTML)
    (related,) = [block for block in found.blocks if block.kind is BlockKind.RELATED]
    assert related.url == "https://ufuq.example/n/5"
    assert [reason for _, reason in removed(found)] == ["share_bar", "related_heading"]


def test_two_articles_of_one_page_are_two_with_the_day_of_the_page() -> None:
    first, second = articles(text_of("two_articles.html"), Kind.HTML)
    assert first.title != second.title != ""
    assert (len(first.paragraphs), len(second.paragraphs)) == (2, 2)
    assert second.source_line
    assert first.source_line == ""
    assert {one.published.day for one in (first, second)} == {date(2026, 4, 12)}
    assert first.id != second.id


def test_breaks_divide_paragraphs_and_hidden_text_is_none() -> None:
    (found,) = articles(text_of("breaks.html"), Kind.HTML)
    assert len(found.paragraphs) == 3
    hidden = re.findall(r"display:none\">([^<]+)<", text_of("breaks.html"))
    assert hidden
    assert hidden[0] not in found.text
    assert found.source_line


def test_what_stands_between_headline_and_text_is_understood() -> None:
    page = text_of("breaks.html")
    (found,) = articles(page, Kind.HTML)
    assert f"<h1>{found.title}</h1><h2>{found.subtitle}</h2>" in page
    assert len(found.authors) == 1
    assert len(found.texts_of(BlockKind.CAPTION)) == 1
    assert reasons("breaks.html") == ["byline", "repeated_caption"]


def test_navigation_alone_is_no_article() -> None:
    assert [one.reason for one in extracted(text_of("navigation.html"), Kind.HTML).rejected] == ["no_article"]


@pytest.mark.parametrize("page", ["<html></html>", "<p>", "<html><body><script>x</script></body></html>", "<!-- x -->"])
def test_a_page_without_text_is_no_article(page: str) -> None:
    assert [one.reason for one in extracted(page, Kind.HTML).rejected] == ["no_article"]


def test_a_page_as_deep_as_no_recursion_bears_is_read() -> None:
    page = text_of("breaks.html").replace("<table>", "<div>" * 3000 + "<table>")
    assert extracted(page, Kind.HTML).rejected == () or extracted(page, Kind.HTML).articles == ()


def test_json_ld_counts_before_other_metadata() -> None:
    node = {
        "@type": "NewsArticle",
        "datePublished": "2026-04-07T08:00:00Z",
        "author": {"@type": "Person", "name": "Sami Halabi"},
    }
    script = f'<script type="application/ld+json">{json.dumps({"@graph": [node]})}</script>'
    (found,) = articles(text_of("live.html").replace("</head>", f"{script}</head>"), Kind.HTML)
    assert (found.published.day, found.published.basis) == (date(2026, 4, 7), "json_ld")
    assert found.authors == ("Sami Halabi",)


def test_broken_metadata_are_passed_over() -> None:
    page = text_of("live.html").replace("</head>", '<script type="application/ld+json">{"@type": </script></head>')
    (found,) = articles(page.replace("2026-04-09T01:10:00+03:00", "soon"), Kind.HTML)
    assert found.published.certainty is not Certainty.STATED


def test_a_day_behind_the_day_of_reading_is_not_believed() -> None:
    (found,) = articles(text_of("live.html").replace("2026-04-09T01", "2029-04-09T01"), Kind.HTML)
    assert found.published.day != date(2029, 4, 9)


def test_the_address_tells_the_day_where_nothing_else_does() -> None:
    page = re.sub(r"<meta property=.article:published_time.[^>]*>", "", text_of("live.html"))
    (found,) = articles(page.replace("/live/7", "/2026/section/4/9/train"), Kind.HTML)
    assert (found.published.day, found.published.basis) == (date(2026, 4, 9), "url")


@pytest.mark.parametrize(
    ("title", "site", "cut"),
    [
        ("a long piece of news | Site", "Site", "a long piece of news"),
        ("a long piece of news - The Site", "", "a long piece of news"),
        ("Site - a long piece of news", "Site", "a long piece of news"),
        ("talks: Rome - Paris", "", "talks: Rome - Paris"),
        ("plain", "Site", "plain"),
    ],
)
def test_the_site_is_cut_off_a_title(title: str, site: str, cut: str) -> None:
    assert without_site(title, site) == cut


def test_a_time_keeps_the_zone_in_which_it_is_stated() -> None:
    found = time_of("2026-04-09T01:10:00+0300", "meta")
    assert found is not None
    assert found.at is not None
    assert found.at.isoformat() == "2026-04-09T01:10:00+03:00"
    assert time_of("nonsense", "meta") is None


def test_a_lead_that_stands_apart_from_the_body_and_a_headline_that_is_no_heading_are_found() -> None:
    page = text_of("lead_apart.html")
    (found,) = articles(page, Kind.HTML)
    assert found.title == page.split('class="name">')[1].split("<")[0]
    assert len(found.paragraphs) == 4
    assert found.paragraphs[0] in page.split('class="intro">')[1].split("</p>")[0]
    assert found.blocks[0].text == found.paragraphs[0]


def test_a_page_that_shows_no_headline_has_that_of_its_metadata() -> None:
    page = re.sub(r'<div class="name">[^<]+</div>', "", text_of("lead_apart.html"))
    (found,) = articles(page, Kind.HTML)
    assert f'content="{found.title}"' in page
    assert len(found.paragraphs) == 4
