"""The raw entries of every format, with every trap that feeds hold; what must come out stands beside each."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.unit.extract.extracting import DATA, rows_of, text_of

from tawatur.extract import feed
from tawatur.extract.feed import dates
from tawatur.extract.feed.text import plain
from tawatur.model import Published, Rejected

LATEST = date(2026, 6, 1)
FEEDS = sorted(one for one in (DATA / "feeds").iterdir() if ".expected" not in one.name)


def written(at: Published | None) -> str | None:
    if at is None or at.at is None:
        return None
    return at.at.date().isoformat() if at.day_only else at.at.isoformat()


def shape(entry: feed.Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "link": entry.link,
        "id": entry.id,
        "published": written(entry.published),
        "updated": written(entry.updated),
        "ahead": entry.ahead,
        "authors": list(entry.authors),
        "summary": plain(entry.summary),
        "content": plain(entry.content),
        "whole": entry.whole,
        "categories": list(entry.categories),
        "source": [entry.source.title, entry.source.url] if entry.source else None,
        "credits": list(entry.credits),
        "enclosures": [one.url for one in entry.enclosures],
    }


def read(name: str, url: str = "") -> feed.Feed:
    found = feed.read(text_of(f"feeds/{name}"), url=url, latest=LATEST)
    assert isinstance(found, feed.Feed)
    return found


@pytest.mark.parametrize("name", [one.name for one in FEEDS])
def test_a_feed_gives_its_entries_field_by_field(name: str) -> None:
    expected = json.loads(text_of(f"feeds/{name.partition('.')[0]}.expected.json"))
    found = read(name)
    assert [shape(one) for one in found.entries] == expected.pop("entries")
    about = {
        "format": found.format,
        "title": found.title,
        "link": found.link,
        "language": found.language,
        "hub": found.hub,
        "every": found.every // timedelta(minutes=1) if found.every else None,
    }
    assert about == expected


@pytest.mark.parametrize(("value", "language", "expected"), rows_of("feed_dates.tsv"))
def test_a_time_is_read_as_the_feed_means_it(value: str, language: str, expected: str) -> None:
    assert (written(dates.moment(value, arabic=language == "arabic")) or "-") == expected


def test_links_are_relative_to_the_feed_where_it_names_no_site() -> None:
    text = "<rss><channel><item><title>a</title><link>../n/1</link></item></channel></rss>"
    (entry,) = feed.entries(text, url="https://x.example/feeds/all.xml")
    assert entry.link == "https://x.example/n/1"


def test_no_feed_is_ahead_where_the_day_of_reading_is_not_told() -> None:
    assert not any(one.ahead for one in feed.entries(text_of("feeds/burner.xml")))


def test_a_clock_that_runs_some_hours_before_ours_is_not_ahead() -> None:
    text = "<rss><channel><item><title>a</title><pubDate>Tue, 02 Jun 2026 01:00:00 GMT</pubDate></item></channel></rss>"
    (entry,) = feed.entries(text, latest=LATEST)
    assert entry.published
    assert entry.published.at == datetime.fromisoformat("2026-06-02T01:00:00+00:00")
    assert not entry.ahead


@pytest.mark.parametrize("words", [20, 200])
def test_a_long_description_is_the_whole_report_unless_it_is_cut_off(words: int) -> None:
    body = "word " * words
    item = "<rss><channel><item><title>t</title><description>{}</description></item></channel></rss>"
    assert [one.whole for one in feed.entries(item.format(body + "end."))] == [words > 100]
    assert [one.whole for one in feed.entries(item.format(body + "[…]"))] == [False]


def test_what_is_no_feed_is_rejected_with_its_reason() -> None:
    for text in ("", "no feed", "<html><body>page</body></html>", '{"items": 3}', "{", "<"):
        found = feed.read(text, origin="here")
        assert isinstance(found, Rejected)
        assert (found.origin, found.reason) == ("here", "broken_feed")


def test_a_feed_without_entries_is_still_a_feed() -> None:
    found = feed.read("<rss version='2.0'><channel><title>t</title></channel></rss>")
    assert isinstance(found, feed.Feed)
    assert (found.title, found.entries) == ("t", ())
