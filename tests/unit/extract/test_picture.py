"""Which picture stands for a report: of pages and feeds, as invented in ``data/pictures.toml``."""

import json
import tomllib
from dataclasses import asdict, replace
from typing import Any

import msgspec
import pytest
from tests.unit.extract.extracting import DATA, LATEST, OUTLETS, document

from tawatur.extract import extract, feed
from tawatur.extract.feed.entry import alone
from tawatur.extract.picture import key, stands_for_report
from tawatur.extract.record import record
from tawatur.model import Article, Kind, Picture

TOLD = tomllib.loads((DATA / "pictures.toml").read_text(encoding="utf-8"))
TEXT = "".join(f"<p>{one}</p>" for one in TOLD["paragraphs"])
SPACES = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
Case = dict[str, Any]


def named(case: Case) -> str:
    return str(case["name"])


def expected(case: Case) -> Picture | None:
    said = {name: case[name] for name in ("alt", "caption", "credit", "width", "height") if name in case}
    return Picture(address=case["address"], **said) if "address" in case else None


def article(content: bytes, kind: Kind) -> Article:
    found = extract(replace(document(content, kind), url="https://sarw.example/2026/1"), outlets=OUTLETS, latest=LATEST)
    assert len(found.articles) == 1
    return found.articles[0]


def page_of(case: Case, *, above: bool = True) -> bytes:
    """A page; what stands in its article is above the text or behind it."""
    body = case.get("body", "")
    inside = f"{body}{TEXT}" if above else f"{TEXT}{body}"
    text = f"<html><head><title>x</title>{case.get('head', '')}</head><body><article><h1>{TOLD['title']}</h1>{inside}</article>"
    return text.encode()


def feed_of(item: str) -> str:
    title = f"<title>{TOLD['title']}</title><link>https://sarw.example/2026/1</link>"
    whole = f"<content:encoded><![CDATA[{TEXT}]]></content:encoded>"
    return f"<rss version='2.0' {SPACES}><channel><title>x</title><item>{title}{item}{whole}</item></channel></rss>"


@pytest.mark.parametrize("case", TOLD["page"], ids=named)
@pytest.mark.parametrize("above", [True, False], ids=["above the text", "behind it"])
def test_of_a_page(case: Case, above: bool) -> None:
    found = article(page_of(case, above=above), Kind.HTML)
    assert found.picture == expected(case)
    assert found.title == TOLD["title"]


@pytest.mark.parametrize("case", TOLD["feed"], ids=named)
def test_of_a_feed(case: Case) -> None:
    assert article(feed_of(case["item"]).encode(), Kind.FEED).picture == expected(case)


@pytest.mark.parametrize("case", TOLD["feed"], ids=named)
def test_an_entry_keeps_it_as_a_document_of_its_own(case: Case) -> None:
    found = feed.read(feed_of(case["item"]), url="https://sarw.example/feed")
    assert isinstance(found, feed.Feed)
    assert article(alone(found.entries[0], found), Kind.FEED).picture == expected(case)


def test_of_json_feed() -> None:
    item = {"id": "1", "url": "https://sarw.example/1", "title": TOLD["title"], "content_html": TEXT}
    attached = [{"url": "/talk.mp3", "mime_type": "audio/mpeg"}, {"url": "/a/one.jpg", "mime_type": "image/jpeg"}]
    text = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://sarw.example/", "title": "x"}
    whole = json.dumps(text | {"items": [item | {"attachments": attached}]}).encode()
    assert article(whole, Kind.FEED).picture == Picture(address="https://sarw.example/a/one.jpg")
    whole = json.dumps(text | {"items": [item | {"image": "/a/two.jpg", "attachments": attached}]}).encode()
    assert article(whole, Kind.FEED).picture == Picture(address="https://sarw.example/a/two.jpg")


def test_what_a_page_declares_is_of_none_of_several_articles() -> None:
    head = '<meta property="og:image" content="https://cdn.sarw.example/a/one.jpg">'
    own = '<figure><img src="https://cdn.sarw.example/a/own.jpg"></figure>'
    parts = "".join(f"<article><h2>{TOLD['title']} {n}</h2>{own if n else ''}{TEXT}</article>" for n in range(2))
    page = f"<html><head>{head}</head><body><div>{parts}</div></body></html>".encode()
    found = extract(document(page, Kind.HTML), outlets=OUTLETS, latest=LATEST).articles
    assert [one.picture and one.picture.address for one in found] == [None, "https://cdn.sarw.example/a/own.jpg"]


@pytest.mark.parametrize(
    ("address", "stands"),
    [
        ("https://a.example/2026/03/bahr.jpg", True),
        ("https://a.example/p/1.3874336.159!/image/image.jpg_gen/derivatives/original_640/image.jpg", True),
        ("https://a.example/image?id=12345", True),
        ("https://a.example/uploads/main-20260309.jpg", True),
        ("https://a.example/wp-content/uploads/2026/03/Site_Logo-300x300.png", False),
        ("https://a.example/themes/x/images/placeholder-16x9.jpg", False),
        ("https://a.example/noimage.gif", False),
        ("https://a.example/social-share.png", False),
        ("https://a.example/", False),
        ("https://a.example/a.SVG?v=2", False),
        ("https://secure.gravatar.com/avatar/1", False),
        ("https://graph.facebook.com/1/picture", False),
    ],
)
def test_what_an_address_says(address: str, stands: bool) -> None:
    assert stands_for_report(address) is stands


def test_renditions_of_a_file_have_one_key() -> None:
    names = (
        "bahr-alsarw.jpg",
        "bahr-alsarw-1200x630.jpg",
        "bahr-alsarw-scaled.webp",
        "bahr-alsarw_640.jpg",
        "Bahr-AlSarw@2x.png",
    )
    assert {key(f"https://a.example/{n}/{name}") for n, name in enumerate(names)} == {"bahr-alsarw"}
    assert key("https://a.example/1/image.jpg") != key("https://a.example/2/image.jpg")


def test_it_is_kept_with_the_article_and_given_out_with_it() -> None:
    found = article(page_of(TOLD["page"][0]), Kind.HTML)
    assert found.picture
    assert msgspec.json.decode(msgspec.json.encode(found), type=Article) == found
    assert record(found, "x.html")["picture"] == asdict(found.picture)
    assert "picture" not in record(replace(found, picture=None), "x.html")


def test_an_article_that_an_older_release_kept_has_none() -> None:
    row = msgspec.to_builtins(article(page_of(TOLD["page"][0]), Kind.HTML))
    del row["picture"]
    assert msgspec.json.decode(msgspec.json.encode(row), type=Article).picture is None
