"""Sitemaps of every form, and the lines of robots.txt that name them."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.extract.extracting import LATEST, text_of

from tawatur.extract import sitemap
from tawatur.model import Rejected

HOME = "https://ufuq.example/sitemap.xml"


def read(text: str) -> sitemap.Sitemap:
    found = sitemap.read(text, url=HOME, latest=LATEST)
    assert isinstance(found, sitemap.Sitemap)
    return found


def test_a_news_sitemap_says_title_time_and_language() -> None:
    first, second = read(text_of("sitemaps/news.xml")).pages
    assert first.news is not None
    assert first.news.published is not None
    assert first.news.published.at == datetime.fromisoformat("2026-04-15T08:00:00+03:00")
    assert first.news.published.day == date(2026, 4, 15)
    assert "\n" not in first.news.title
    assert len(first.news.title.split()) == 4
    assert (first.news.language, len(first.news.keywords), bool(first.news.publication)) == ("ar", 3, True)
    assert first.modified is not None
    assert (second.url, second.news, second.modified) == ("https://ufuq.example/n/2", None, None)


def test_a_mistaken_or_missing_namespace_does_no_harm() -> None:
    text = text_of("sitemaps/news.xml")
    declared = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    for broken in (text.replace("sitemap-news/0.9", "sitemap-news/0.8"), text.replace(declared, "")):
        assert read(broken) == read(text)


def test_an_index_gives_its_parts() -> None:
    found = read(text_of("sitemaps/index.xml"))
    assert [one.url for one in found.parts] == [
        "https://ufuq.example/sitemap-1.xml.gz",
        "https://ufuq.example/sitemap-2.xml",
    ]
    assert found.parts[0].modified is not None
    assert found.parts[0].modified.day_only
    assert found.pages == ()


def test_a_list_of_addresses_and_a_feed_are_sitemaps_too() -> None:
    assert [
        one.url for one in read("\ufeffhttps://a.example/1\n\nhttps://a.example/2\r\nhttps://a.example/1").pages
    ] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    ahead = read(text_of("feeds/burner.xml")).pages
    assert [one.url for one in ahead] == ["https://hasad.example/2026/1", "https://hasad.example/2026/2"]
    assert [bool(one.news and one.news.published) for one in ahead] == [True, False]


@pytest.mark.parametrize(
    "text", ["", "words without an address", "<html><body>404</body></html>", "https://a.example/1\nwords"]
)
def test_what_is_no_sitemap_is_rejected(text: str) -> None:
    found = sitemap.read(text, url=HOME)
    assert isinstance(found, Rejected)
    assert (found.reason, found.origin) == ("broken_sitemap", HOME)


def test_a_sitemap_of_the_largest_size_allowed_is_read() -> None:
    pages = "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(sitemap.MOST))
    assert len(read(f"<urlset>{pages}</urlset>").pages) == sitemap.MOST
    too_large = sitemap.read("<urlset>" + " " * sitemap.LARGEST)
    assert isinstance(too_large, Rejected)
    assert too_large.reason == "too_large"


def test_robots_txt_names_sitemaps_anywhere_in_it() -> None:
    robots = """\ufeffSitemap: https://a.example/1.xml
User-agent: *
Disallow: /x
  SITEMAP :https://a.example/2.xml # news
sitemap: /relative.xml
Sitemap: https://a.example/1.xml"""
    assert sitemap.listed(robots) == ("https://a.example/1.xml", "https://a.example/2.xml")


def test_guesses_stand_at_the_root() -> None:
    assert "https://ufuq.example/sitemap.xml" in sitemap.guesses("https://ufuq.example/ar/x")
    assert sitemap.guesses("nowhere") == ()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100))
def test_nothing_makes_it_raise(text: str) -> None:
    assert sitemap.read(text) is not None
    assert sitemap.read("<urlset><url><loc>" + text) is not None
    sitemap.listed("Sitemap: " + text)
