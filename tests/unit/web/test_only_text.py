"""HTML of others: a hostile page and a hostile feed on their whole way; what pages, feeds and books show of them is text."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html
from starlette.testclient import TestClient
from tests.unit.web.arriving import Newsroom, Nobody
from tests.unit.web.lending import HERE

from tawatur import pipeline
from tawatur.accounts import Accounts
from tawatur.model import Kind, RawDocument
from tawatur.web import create

DATA = Path(__file__).parent / "data"
#: What no page of ours has but in its own frame: elements that run, load or send, and attributes that do.
RUNNING = (
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "video",
    "audio",
    "style",
    "base",
    "applet",
    "frame",
    "img",
    "source",
)
MARK = "evil.example"


@pytest.fixture(scope="module")
def room() -> Newsroom:
    room = Newsroom()
    with room.store.reading(datetime.now(UTC)) as now:
        items = [
            RawDocument(
                content=(DATA / name).read_bytes(), origin=name, kind=kind, collected=now, url=f"https://{MARK}/{name}"
            )
            for name, kind in (("hostile.html", Kind.HTML), ("hostile_feed.xml", Kind.FEED))
        ]
        pipeline.read(items, store=room.store, outlets=room.outlets, now=now, watch=Nobody())
    return room


@pytest.fixture
def client(room: Newsroom) -> Iterator[TestClient]:
    web = create(room, accounts=Accounts(room.store, single=True))
    with TestClient(web, raise_server_exceptions=False, **HERE) as made:
        yield made


def only_text(text: str) -> None:
    """Hold a page to this: nothing in it runs, loads or sends but what is ours."""
    root = html.fromstring(text)
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        assert node.tag not in RUNNING, html.tostring(node)
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in node.attrib), html.tostring(
            node
        )
        if node.tag in ("script", "link", "form"):
            place = node.get("src") or node.get("href") or node.get("action") or ""
            assert place.startswith("/") or node.get("method") == "dialog", html.tostring(node)
            assert not (node.tag == "script" and (node.text or "").strip())
        if node.tag == "a":
            assert (node.get("href") or "/").startswith(("/", "#", "https://", "http://", "?")), html.tostring(node)
    assert "alert(" not in "".join(str(one) for one in root.xpath("//script//text()"))


def articles(room: Newsroom) -> list[str]:
    heads = [one.head.id for one in room.store.headlines(limit=99)]
    return [report.article.id for story in heads for report in room.store.reports(story)]


def test_the_hostile_reports_arrive(room: Newsroom) -> None:
    found = [room.store.article(one) for one in articles(room)]  # type: ignore[arg-type]
    assert len(found) == 3
    for article in found:
        assert "kept" in article.text
        assert "alert" not in article.text


def test_pages_show_text_alone(room: Newsroom, client: TestClient) -> None:
    stories = [one.head.id for one in room.store.headlines(limit=99)]
    paths = ["/", *(f"/story/{one}" for one in stories), *(f"/article/{one}" for one in articles(room))]
    for path in paths:
        for prefix in ("", "/en"):
            answer = client.get(f"{prefix}{path}")
            assert answer.status_code == 200, path
            only_text(answer.text)
    assert any("A &lt;script&gt; B" in client.get(f"/article/{one}").text for one in articles(room)), (
        "text, and shown as such"
    )


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_hold_our_markup_alone(client: TestClient, form: str) -> None:
    answer = client.get(f"/feeds/newest.{form}")
    assert answer.status_code == 200
    texts = "//*[local-name()='content' or local-name()='encoded' or local-name()='description']/text()"
    if form == "json":
        contents = [one["content_html"] for one in answer.json()["items"]]
    else:
        contents = [str(one) for one in etree.fromstring(answer.content).xpath(texts)]
    assert len([one for one in contents if "<" in one]) == 3
    for content in contents:
        for node in html.fragment_fromstring(content, create_parent="div").iterdescendants():
            assert node.tag in ("div", "p", "b", "small", "h3", "ul", "li", "a", "blockquote"), content
            assert set(node.attrib) <= {"href", "lang", "dir"}, content


def test_a_book_of_what_was_saved_holds_our_markup_alone(room: Newsroom, client: TestClient) -> None:
    for article in articles(room):
        page = html.fromstring(client.get(f"/article/{article}").text)
        proof = str(page.xpath("string(//input[@name='csrf']/@value)"))
        client.post("/saved", data={"csrf": proof, "kind": "article", "of": article})
    answer = client.get("/saved/export.epub")
    if answer.status_code != 200:
        pytest.fail(f"no book: {answer.status_code}")
    book = zipfile.ZipFile(BytesIO(answer.content))
    chapters = [name for name in book.namelist() if name.startswith("book/chapter")]
    assert len(chapters) == 3
    for name in chapters:
        for node in etree.fromstring(book.read(name)).iter():
            tag = etree.QName(node).localname
            assert tag not in (*RUNNING, "script", "form"), name
            assert not any(one.startswith("on") or one in ("style", "src") for one in node.attrib), name
