"""Feeds out: valid in all three formats, the same in each, right in Arabic, answered with 304 where nothing has changed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import fastfeedparser
import feedparser
import pytest
from lxml import etree, html
from starlette.testclient import TestClient
from tests.unit.web.lending import HERE, Lending
from tests.unit.web.lending import browser as opened
from tests.unit.web.shelf import Shelf, filled

from tawatur.messages import catalogue
from tawatur.web.feeds import Entry, Feed, atom, directed, jsonfeed, rss, stable_id, writable

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
FORMS = ("atom", "rss", "json")
ATOM = "{http://www.w3.org/2005/Atom}"
ODD = 'a<b>&"c"\x00\ud800'


@pytest.fixture
def shelf() -> Shelf:
    return filled()


@pytest.fixture
def store(shelf: Shelf) -> Lending:
    return Lending(shelf)


@pytest.fixture
def client(store: Lending) -> Iterator[TestClient]:
    with opened(store) as made:
        yield made


def feed(*entries: Entry) -> Feed:
    return Feed(
        id=stable_id("list", "/"),
        title=ODD,
        about=ODD,
        product="P",
        language="ar",
        here="http://h.example/feeds/newest.atom?a=1&b=2",
        page="http://h.example/",
        base="http://h.example",
        updated=NOW,
        entries=entries,
    )


def entry(**fields: object) -> Entry:
    made = {
        "id": stable_id("story", "s"),
        "title": ODD,
        "updated": NOW,
        "published": NOW,
        "path": "/story/s",
        "content": "<p>&lt;</p>",
    }
    return Entry(**{**made, **fields})  # type: ignore[arg-type]


def checked_atom(text: str) -> None:
    """Hold a feed to what RFC 4287 asks of elements and how often each stands."""
    root = etree.fromstring(text.encode())
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1, name
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for one in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary", "content"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, name
        assert len(one.findall(f"{ATOM}link[@rel='alternate']")) == 1
        for name in ("updated", "published"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.findtext(f"{ATOM}{name}") or "")
        assert (one.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")


def checked_rss(text: str) -> None:
    """Hold a feed to what RSS 2.0 asks of elements and how often each stands."""
    root = etree.fromstring(text.encode())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root[0]
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1, name
    for one in channel.findall("item"):
        for name in ("title", "link", "guid", "pubDate", "description"):
            assert len(one.findall(name)) == 1, name
        assert one.find("guid").get("isPermaLink") == "false"


def told(content: str) -> str:
    return str(html.fromstring(content).text_content())


def test_odd_characters_make_no_feed_that_cannot_be_read() -> None:
    made = feed(entry(authors=(ODD,), tags=(ODD,), summary=ODD))
    checked_atom(atom.write(made))
    checked_rss(rss.write(made))
    assert feedparser.parse(atom.write(made)).entries[0].title == 'a<b>&"c"'
    assert '"version"' in jsonfeed.write(feed(entry(title="a")))
    assert writable("a\x0bb\uffffc\U0001f600") == "abc\U0001f600"


@pytest.mark.parametrize("path", ["/feeds/newest", "/feeds/widest", "/feeds/section/politics", "/en/feeds/newest"])
def test_a_list_is_the_same_in_all_formats(client: TestClient, path: str) -> None:
    texts = {form: client.get(f"{path}.{form}") for form in FORMS}
    assert {one.status_code for one in texts.values()} == {200}
    checked_atom(texts["atom"].text)
    checked_rss(texts["rss"].text)
    items = texts["json"].json()["items"]
    assert items
    for form in ("atom", "rss"):
        slow, fast = feedparser.parse(texts[form].text), fastfeedparser.parse(texts[form].text)
        assert not slow.bozo
        for read in (slow.entries, fast.entries):
            assert [one.id for one in read] == [one["id"] for one in items]
            assert [one.link for one in read] == [one["url"] for one in items]
            assert [one.title for one in read] == [one["title"] for one in items]
        assert [told(one.content[0].value) for one in slow.entries] == [told(one["content_html"]) for one in items]


def test_an_entry_tells_the_story_with_its_sources_and_how_many_are_independent(
    client: TestClient, shelf: Shelf
) -> None:
    items = {one["url"]: one for one in client.get("/feeds/newest.json").json()["items"]}
    bridge = items["http://127.0.0.1:8000/story/story-bridge"]
    content = html.fromstring(bridge["content_html"])
    assert (content.get("lang"), content.get("dir")) == ("ar", "rtl")
    account = client.get("/api/stories/story-bridge").json()["account"]["sentences"]
    assert account
    for one in account:
        assert one["text"] in content.text_content()
    assert catalogue("ar").text("web.independent", n=2) in content.text_content()
    assert bridge["_tawatur"]["independent"] == 2
    for outlet in shelf.named[:4]:
        assert outlet.name in content.text_content()
    originals = content.xpath("//a/@href")
    assert originals
    assert all(link.startswith("https://") for link in originals)
    assert not content.xpath("//script")


def test_a_hostile_report_does_nothing_to_a_feed(client: TestClient) -> None:
    items = {one["url"]: one for one in client.get("/feeds/newest.json").json()["items"]}
    content = html.fromstring(items["http://127.0.0.1:8000/story/story-hostile"]["content_html"])
    assert {one.tag for one in content.iter()} <= {"div", "p", "b", "small", "h3", "ul", "li", "a"}
    assert not [name for one in content.iter() for name in one.attrib if name not in ("lang", "dir", "href")]


def test_a_headline_that_begins_with_latin_letters_runs_from_right_to_left() -> None:
    arabic = catalogue("ar").text("feeds.title")
    assert directed(f"FIFA {arabic}") == f"\u200fFIFA {arabic}"
    assert directed(f"2-1 {arabic}") == f"2-1 {arabic}"
    assert directed("FIFA") == "FIFA"


def test_what_has_not_changed_is_not_sent_again(client: TestClient, shelf: Shelf) -> None:
    for form in FORMS:
        first = client.get(f"/feeds/newest.{form}")
        tag, modified = first.headers["etag"], first.headers["last-modified"]
        again = client.get(f"/feeds/newest.{form}", headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(f"/feeds/newest.{form}", headers={"if-modified-since": modified}).status_code == 304
        early = format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True)
        assert client.get(f"/feeds/newest.{form}", headers={"if-modified-since": early}).status_code == 200
        assert client.get(f"/feeds/newest.{form}", headers={"if-modified-since": "never"}).status_code == 200
    ids = [one["id"] for one in client.get("/feeds/newest.json").json()["items"]]
    shelf.told["story-bridge"] = shelf.told["story-bridge"][:2]
    changed = client.get("/feeds/newest.json", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert sorted(one["id"] for one in changed.json()["items"]) == sorted(ids)


def test_pages_name_their_feeds(client: TestClient) -> None:
    for path, list_path in (("/", "/newest"), ("/section/politics", "/section/politics"), ("/en/", "/newest")):
        page = html.fromstring(client.get(path).text)
        links = [link.get("href") for link in page.xpath("//link[@rel='alternate'][@type]")]
        prefix = "/en" if path.startswith("/en") else ""
        assert links == [f"{prefix}/feeds{list_path}.{form}" for form in FORMS]
        assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(
    "path", ["/feeds/nothing.atom", "/feeds/section/none.rss", "/feeds/person/none.json", "/feeds/own/x.atom"]
)
def test_lists_that_are_none_have_no_feed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get("/feeds/newest.xml").status_code == 422


def csrf(client: TestClient) -> str:
    return str(html.fromstring(client.get("/feeds").text).xpath("string(//input[@name='csrf']/@value)"))


def do(client: TestClient, **fields: str) -> list[str]:
    answer = client.post("/feeds", data={"csrf": csrf(client), **fields})
    assert answer.status_code == 200
    return [str(one) for one in html.fromstring(answer.text).xpath("//code/text()")]


def save(client: TestClient, **what: str) -> None:
    assert client.post("/saved", data={"csrf": csrf(client), **what}, follow_redirects=False).status_code == 303


def test_what_a_reader_saved_is_a_feed_under_an_address_of_his_own(client: TestClient, store: Lending) -> None:
    save(client, kind="article", of="a-sarw")
    addresses = do(client, do="make")
    assert len(addresses) == 3
    with TestClient(client.app, **HERE) as stranger:  # type: ignore[arg-type]
        for address in addresses:
            answer = stranger.get(address)
            assert answer.status_code == 200
            assert "private" in answer.headers["cache-control"]
            assert stranger.get(address, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
        (item,) = stranger.get(addresses[2]).json()["items"]
    assert item["url"].startswith("http://127.0.0.1:8000/saved/")
    assert filled().article("a-sarw").blocks[0].text in html.fromstring(item["content_html"]).text_content()
    assert all(token not in str(store.keys("local")) for token in [addresses[0].split("/")[-1].split(".")[0]])


def test_an_address_is_renewed_and_taken_back(client: TestClient, store: Lending) -> None:
    (first, *_), (key,) = do(client, do="make"), store.keys("local")
    (second, *_) = do(client, do="renew", id=key.id)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert do(client, do="drop", id=key.id) == []
    assert client.get(second).status_code == 404
    assert client.post("/feeds", data={"csrf": csrf(client), "do": "renew", "id": key.id}).status_code == 409
    assert client.post("/feeds", data={"csrf": csrf(client), "do": "fly"}).status_code == 400
    assert client.post("/feeds", data={"do": "make"}).status_code == 403


def test_a_feed_of_a_tag_has_what_has_the_tag(client: TestClient) -> None:
    save(client, kind="article", of="a-sarw")
    save(client, kind="article", of="a-ferry")
    saved = html.fromstring(client.get("/saved").text).xpath("//h2[@class='headline']/a/@href")[0]
    client.post(saved, data={"csrf": csrf(client), "do": "note", "tags": "x y"})
    (*_, address) = do(client, do="make", tag="x y")
    assert len(client.get(address).json()["items"]) == 1


def test_entries_keep_their_order_of_time_in_updated(client: TestClient) -> None:
    found = client.get("/feeds/newest.json").json()["items"]
    times = [datetime.fromisoformat(one["date_modified"]) for one in found]
    assert times == sorted(times, reverse=True)
    assert all(one["date_published"] <= one["date_modified"] for one in found)
    assert max(times) - min(times) < timedelta(days=365 * 10)
