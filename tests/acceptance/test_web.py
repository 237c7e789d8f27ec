"""The pages and the interface over HTTP: what they show, what they never do, and what they say when something is wrong."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from lxml import html
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.errors import StoreError
from tawatur.web import create
from tawatur.web.guard import HEADERS
from tawatur.web.words import words

PATHS = (
    "/",
    "/story/story-bridge",
    "/story/story-ferry",
    "/story/story-hostile",
    "/article/a-ghadir",
    "/article/a-hostile",
    "/about",
)
IN_ENGLISH = tuple("/en" + path for path in PATHS)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create(Deployed(filled())), raise_server_exceptions=False) as client:
        yield client


def test_the_root_says_language_and_direction(client: TestClient) -> None:
    for path in PATHS:
        root = html.fromstring(client.get(path).text)
        assert (root.get("lang"), root.get("dir")) == ("ar", "rtl"), path
    for path in IN_ENGLISH:
        root = html.fromstring(client.get(path).text)
        assert (root.get("lang"), root.get("dir")) == ("en", "ltr"), path


def test_every_arabic_text_of_an_english_page_says_that_it_is_arabic(client: TestClient) -> None:
    for path in IN_ENGLISH:
        root = html.fromstring(client.get(path).text)
        for node in root.xpath("//body//*[not(self::script)]"):
            for text in [node.text, *(child.tail for child in node)]:
                letters = re.sub(r"[^\u0620-\u064aA-Za-z]", "", text or "")
                arabic = len(re.findall("[\u0620-\u064a]", letters))
                if arabic > len(letters) / 2:
                    languages = [one.get("lang") for one in (node, *node.iterancestors()) if one.get("lang")]
                    assert languages[0] == "ar", f"{path}: {text}"


def test_each_page_names_itself_in_the_other_language(client: TestClient) -> None:
    for path in PATHS:
        root = html.fromstring(client.get(path).text)
        links = {link.get("hreflang"): link.get("href") for link in root.xpath("//link[@rel='alternate'][@hreflang]")}
        assert links == {"ar": path, "en": "/en" + path, "x-default": path}
        assert root.xpath("//nav//a[@hreflang='en']")[0].get("href") == "/en" + path
        assert html.fromstring(client.get("/en" + path).text).xpath("//nav//a[@hreflang='ar']")[0].get("href") == path


def test_every_link_inside_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for path in PATHS + IN_ENGLISH:
        root = html.fromstring(client.get(path).text)
        seen |= {link.split("#")[0] for link in root.xpath("//@href") if link.startswith("/")}
    assert [link for link in sorted(seen) if client.get(link).status_code != 200] == []


def test_links_to_originals_open_nothing_to_them(client: TestClient) -> None:
    for path in PATHS:
        for link in html.fromstring(client.get(path).text).xpath("//a[starts-with(@href, 'http')]"):
            assert set(link.get("rel").split()) >= {"noopener", "noreferrer"}


def test_a_story_shows_its_reports_with_why_and_a_link_to_the_original(client: TestClient) -> None:
    page = html.fromstring(client.get("/story/story-bridge").text)
    shown = page.text_content()
    for report in filled().reports("story-bridge"):
        assert report.article.title in shown
        assert all(term in shown for term in report.why.terms)
        assert page.xpath(f"//a[@href='/article/{report.article.id}']")
        if report.article.url:
            assert page.xpath("//a[@href=$url]", url=report.article.url)


def test_a_story_shows_quotations_people_figures_removed_text_and_relatives(client: TestClient) -> None:
    page = html.fromstring(client.get("/story/story-bridge").text)
    analysis = filled().reports("story-bridge")[0].analysis
    (quote,) = page.xpath("//ul[@class='quotes']/li/blockquote[starts-with(., '«')]")
    assert quote.text_content() == f"«{analysis.statements[0].text}»"
    assert page.xpath("//*[@class='people']//b[.=$name]", name=analysis.people[0].name)
    assert page.xpath("//*[@class='mentions']//span[.=$text]", text=analysis.figures[0].text)
    removed = filled().article("a-sarw").removed
    assert page.xpath("//details//del/text()") == [one.text for one in removed]
    assert page.xpath("//article[@class='related']//a/@href") == ["/story/story-ferry"]


def test_the_reason_of_every_collapse_stands_under_the_count(client: TestClient) -> None:
    page = html.fromstring(client.get("/story/story-bridge").text)
    assert len(page.xpath("//details[@class='independence']//li")) == 2
    assert words("ar").text("web.independent", n=2) in page.xpath("string(//details[@class='independence']/summary)")


def test_an_inferred_day_is_marked_with_what_else_it_could_be(client: TestClient) -> None:
    page = html.fromstring(client.get("/en/article/a-ghadir").text)
    certainty = page.xpath("string(//details[@class='certainty'])")
    assert "day inferred" in certainty
    assert "Sunday, 4 May 2036" in certainty
    assert filled().article("a-ghadir").published.basis in certainty


def test_pages_of_invented_outlets_say_so_and_others_do_not(client: TestClient) -> None:
    banner = words("ar").text("product.sample")
    for path in ("/", "/story/story-bridge", "/story/story-ferry", "/article/a-ghadir", "/about"):
        assert banner in client.get(path).text, path
    for path in ("/story/story-hostile", "/article/a-hostile"):
        assert banner not in client.get(path).text, path


def test_text_from_outside_is_never_markup(client: TestClient) -> None:
    for path in (*PATHS, *IN_ENGLISH):
        root = html.fromstring(client.get(path).text)
        assert (
            root.xpath(
                "//script[not(starts-with(@src, '/static/'))] | //script[text()] | //img | //style | //@style | //@onerror"
            )
            == []
        ), path
        assert [link for link in root.xpath("//@href") if link.lower().startswith("javascript")] == [], path
    assert "&lt;script&gt;" in client.get("/story/story-hostile").text


@pytest.mark.parametrize("path", ["/", "/story/story-bridge", "/api/stories", "/healthz", "/nothing", "/api/nothing"])
def test_every_answer_carries_the_guarding_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "script-src 'self';" in headers["Content-Security-Policy"]


def test_a_page_that_the_browser_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/story/story-bridge")
    again = client.get("/story/story-bridge", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_static_files_have_a_version_and_are_kept(client: TestClient) -> None:
    root = html.fromstring(client.get("/").text)
    for sheet in root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"):
        assert re.match(r"/static/[0-9a-f]{10}/", sheet)
        answer = client.get(sheet)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/static/0000000000/paper.css").status_code == 404


def test_pages_answer_head_without_a_body(client: TestClient) -> None:
    for path in PATHS:
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b""), path


@pytest.mark.parametrize("path", ["/nothing", "/story/none", "/article/none", "/story/", "/static/../pages.py"])
def test_what_is_not_there_is_a_page_in_the_same_dress(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    root = html.fromstring(answer.text)
    assert root.xpath("string(//h1)") == words("ar").text("web.error.not_found.title")
    assert root.xpath("//header//nav")


def test_an_english_address_fails_in_english_and_the_interface_in_json(client: TestClient) -> None:
    assert html.fromstring(client.get("/en/story/none").text).get("lang") == "en"
    answer = client.get("/api/stories/none")
    assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})
    assert client.get("/api/stories?limit=0").status_code == 422
    assert client.post("/").status_code == 405


def test_a_surprise_is_told_without_its_traceback() -> None:
    class Broken(Shelf):
        def headlines(self, *, limit: int, section: str = "", behind: str | None = None) -> tuple:
            raise StoreError("/secret/path", "disk I/O error")

    answer = TestClient(create(Deployed(Broken())), raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert words("ar").text("web.error.failed.title") in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_an_empty_store_tells_how_to_read_news_in() -> None:
    answer = TestClient(create(Deployed(Shelf()))).get("/")
    assert answer.status_code == 200
    assert "tawatur read" in answer.text


def test_a_story_without_a_day_is_not_given_the_day_of_reading(client: TestClient) -> None:
    cards = html.fromstring(client.get("/").text).xpath("//article[.//a/@href='/story/story-hostile']")
    assert cards
    assert [card.xpath(".//time") for card in cards] == [[]] * len(cards)


def test_older_stories_follow_by_link_until_the_last(client: TestClient) -> None:
    shelf = filled()
    (report,) = shelf.told["story-ferry"]
    shelf.told = {f"story-{number}": (report,) for number in range(60)}
    client = TestClient(create(Deployed(shelf)))
    path: str | None = "/"
    seen: list[list[str]] = []
    while path:
        root = html.fromstring(client.get(path).text)
        seen.append(root.xpath("//article//a/@href"))
        path = next(iter(root.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == 3
    assert len({story for page in seen for story in page}) == 60
    for page in seen:
        assert len(page) == len(set(page))
    assert not set(seen[1]) & set(seen[2])


def test_the_interface_lists_stories_and_pages_through_them(client: TestClient) -> None:
    first = client.get("/api/stories?limit=2").json()
    rest = client.get(f"/api/stories?limit=2&before={first['older']}").json()
    assert [story["id"] for story in first["stories"] + rest["stories"]] == [
        "story-bridge",
        "story-ferry",
        "story-hostile",
    ]
    assert rest["older"] is None
    assert first["stories"][0]["independent"] == 2


def test_the_interface_tells_one_story_with_its_reasons(client: TestClient) -> None:
    story = client.get("/api/stories/story-bridge").json()
    assert (story["outlets"], story["independent"], story["related"]) == (4, 2, ["story-ferry"])
    assert {(one["article"], one["on"], one["reason"]) for one in story["dependences"]} == {
        ("a-dalia", "a-sarw", "same_agency"),
        ("a-ghadir", "a-nabaa", "same_family"),
    }
    assert {report["id"]: report["why"]["score"] for report in story["reports"]}["a-dalia"] == 0.71


def test_health_counts_what_the_store_holds(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "articles": 6, "stories": 3}


def test_a_broken_store_is_not_healthy() -> None:
    class Broken(Shelf):
        def counts(self):
            raise StoreError("x")

    answer = TestClient(create(Deployed(Broken())), raise_server_exceptions=False).get("/healthz")
    assert (answer.status_code, answer.json()) == (500, {"error": "failed"})
