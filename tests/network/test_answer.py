"""What a source's answer names: each item once, under all its names."""

from datetime import UTC, datetime, timedelta

from tawatur.crawl.answer import Named, named
from tawatur.extract import extract
from tawatur.model import OutletKey, Outlets, Rejected

NOW = datetime(2031, 3, 9, 12, 0, tzinfo=UTC)
URL = "https://one.example/feed"


def read(text: str, most: int = 100) -> Named | Rejected:
    return named(text.encode(), url=URL, charset="utf-8", outlet=OutletKey("one"), now=NOW, most=most)


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>One</title>{"".join(items)}</channel></rss>'


def item(number: int, *, guid: str = "", query: str = "", text: str = "short ...") -> str:
    link = f"https://one.example/news/{number}{query}"
    return (
        f"<item><title>T{number}</title><link>{link}</link><guid>{guid}</guid><description>{text}</description></item>"
    )


def keys(found: Named | Rejected) -> list[str]:
    assert isinstance(found, Named)
    return [one.page.key for one in found.items]


def test_an_item_is_named_once_whatever_its_address_carries() -> None:
    assert keys(read(rss(item(1), item(1, query="?utm_source=x"), item(2)))) == [
        "one.example/news/1",
        "one.example/news/2",
    ]


def test_an_id_that_several_pages_share_names_none_of_them() -> None:
    found = read(rss(item(1, guid="same:id"), item(2, guid="same:id"), item(3, guid="own:id")))
    assert isinstance(found, Named)
    assert [one.page.names for one in found.items] == [(), (), ("one\nown:id",)]


def test_no_more_is_looked_at_than_was_asked_for() -> None:
    assert len(keys(read(rss(*map(item, range(50))), most=7))) == 7


def test_what_is_no_feed_is_said() -> None:
    for text in ("", "   ", "<html><body><p>no</p></body></html>", "nothing at all"):
        assert isinstance(read(text), Rejected), text


def test_a_whole_text_is_a_document_of_its_own_that_reads_as_the_entry_did() -> None:
    told = ("The bridge", "The library", "The ferry", "The market")
    body = "".join(f"<p>{one} was opened on Monday after {len(one)} years of work by many people.</p>" for one in told)
    body = body.replace("</p>", " Nobody had believed that it would ever be done in so short a time as this.</p>", 1)
    entry = f"<item><title>T</title><link>https://one.example/a</link><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    feed = rss(entry).replace("<rss", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"')
    found, again = read(feed), read(feed)
    assert isinstance(found, Named)
    assert isinstance(again, Named)
    assert found.items[0].page.whole
    assert found.items[0].whole is not None
    assert found.items == again.items, "the same entry gives the same bytes"
    articles = extract(found.items[0].whole, outlets=Outlets(), latest=NOW.date()).articles
    assert [(one.title, one.url, len(one.paragraphs)) for one in articles] == [("T", "https://one.example/a", 4)]


def test_of_a_plain_sitemap_only_what_changed_lately_is_taken() -> None:
    def entry(name: str, days: int) -> str:
        at = (NOW - timedelta(days=days)).isoformat()
        return f"<url><loc>https://one.example/{name}</loc><lastmod>{at}</lastmod></url>"

    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entry("new", 1)}{entry("old", 9)}</urlset>'
    found = read(text)
    assert keys(found) == ["one.example/new"]
    assert isinstance(found, Named)
    assert found.items[0].page.day is None, "the day of a change is no day of publication"


def test_of_an_index_the_latest_sitemaps_are_asked() -> None:
    parts = "".join(
        f"<sitemap><loc>https://one.example/{day}.xml</loc><lastmod>2031-03-0{day}</lastmod></sitemap>"
        for day in range(1, 7)
    )
    found = read(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>')
    assert isinstance(found, Named)
    assert found.more == tuple(f"https://one.example/{day}.xml" for day in (6, 5, 4))
