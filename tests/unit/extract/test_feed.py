"""Feeds: one article an entry, with its own text, summary and time."""

from datetime import UTC, date, datetime

from tests.unit.extract.extracting import LATEST, OUTLETS, document, extracted, text_of

from tawatur.extract import extract
from tawatur.model import BlockKind, Kind


def test_an_entry_with_full_text_is_an_article_with_its_summary() -> None:
    first = extracted(text_of("feed.xml"), Kind.FEED).articles[0]
    assert "&" in first.title
    assert len(first.paragraphs) == 2
    assert first.summary
    assert first.summary not in first.paragraphs
    assert len(first.texts_of(BlockKind.CAPTION)) == 1
    assert first.url == "https://ufuq.example/n/1"
    assert first.section
    assert len(first.authors) == 1
    assert first.source_line


def test_related_links_in_an_entry_lead_on() -> None:
    first = extracted(text_of("feed.xml"), Kind.FEED).articles[0]
    (related,) = [block for block in first.blocks if block.kind is BlockKind.RELATED]
    assert related.text
    assert ":" not in related.text


def test_the_time_keeps_the_zone_of_the_feed() -> None:
    first = extracted(text_of("feed.xml"), Kind.FEED).articles[0]
    assert first.published.at == datetime(2026, 4, 14, 21, 30, tzinfo=UTC)
    assert first.published.day == date(2026, 4, 15)


def test_an_entry_with_a_summary_only_has_it_as_its_text() -> None:
    second = extracted(text_of("feed.xml"), Kind.FEED).articles[1]
    assert second.paragraphs == (second.summary,)
    assert second.summary


def test_an_entry_without_text_is_rejected_with_its_title() -> None:
    (rejected,) = extracted(text_of("feed.xml"), Kind.FEED).rejected
    assert rejected.reason == "no_article"
    assert rejected.origin.endswith("#3")
    assert rejected.detail in text_of("feed.xml")


def test_a_wrong_declaration_does_no_harm_in_either_direction() -> None:
    text = text_of("feed.xml")
    title = extracted(text, Kind.FEED).articles[0].title
    as_declared = document(text.encode("windows-1256"), Kind.FEED)
    wrongly = document(text.replace("windows-1256", "utf-8").encode("windows-1256"), Kind.FEED)
    for one in (as_declared, wrongly):
        assert extract(one, outlets=OUTLETS, latest=LATEST).articles[0].title == title


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    text = text_of("feed.xml")
    broken = extracted(text[: text.rindex("<item>") + 20], Kind.FEED)
    assert len(broken.articles) == 2


def test_a_feed_without_entries_is_no_article() -> None:
    for text, reason in (
        ("<rss version='2.0'><channel></channel></rss>", "no_article"),
        ("<rss", "broken_feed"),
        ("<feed></feed>", "no_article"),
    ):
        assert [one.reason for one in extracted(text, Kind.FEED).rejected] == [reason]


def test_the_agency_that_an_entry_names_as_its_source_is_the_articles_credit() -> None:
    first = extracted(text_of("feeds/rss20.xml"), Kind.FEED).articles[0]
    assert first.agency == first.source_line
    assert first.agency in text_of("feeds/rss20.xml")
    assert first.url == "https://ufuq.example/news/101?a=1&b=2"


def test_a_source_that_is_no_known_agency_is_kept_as_the_source_line() -> None:
    first = extracted(text_of("feeds/atom10.xml"), Kind.FEED).articles[0]
    assert first.agency == ""
    assert first.source_line
    assert len(first.paragraphs) == 2


def test_a_feed_that_names_itself_as_source_has_no_source_line() -> None:
    second = extracted(text_of("feeds/rss20.xml"), Kind.FEED).articles[1]
    assert second.source_line == ""
    assert second.authors


def test_a_day_to_come_is_no_day_of_publication() -> None:
    ahead = extracted(text_of("feeds/burner.xml"), Kind.FEED).articles[1]
    assert ahead.published.at is None
