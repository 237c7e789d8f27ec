"""The page of search and the same in the JSON interface: what is asked by box and form, what is shown, what helps."""

import tomllib
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html
from tests.unit.web.shelf import Deployed, filled

from tawatur.web import create

CASES = tomllib.loads((Path(__file__).parent / "data" / "search.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create(Deployed(filled())))


def page(client: TestClient, **asked: str) -> html.HtmlElement:
    answer = client.get("/search", params=asked)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def stories(found: html.HtmlElement) -> list[str]:
    links = found.xpath('//ol[@class="found"]/li//h2/a/@href')
    return [urlsplit(link).path.rpartition("/")[2] for link in links]


def filter_chips(found: html.HtmlElement) -> list[str]:
    return [chip.text_content() for chip in found.xpath('//ul[@class="chips"]//a/span[1]')]


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: str(case["asked"]))
def test_pages_show_the_stories_that_answer(client: TestClient, case: dict) -> None:
    found = page(client, **case["asked"])
    assert stories(found) == case["stories"]
    assert len(filter_chips(found)) == case.get("chips", 0)
    assert len(found.xpath('//p[@class="complaint"]')) == case.get("complaints", 0)
    api = client.get("/api/search", params=case["asked"]).json()
    assert [story["id"] for story in api["stories"]] == case["stories"]
    assert len(api["complaints"]) == case.get("complaints", 0)


def test_marks_are_whole_words_as_published(client: TestClient) -> None:
    case = CASES["marks"]
    found = page(client, q=case["asked"])
    assert sorted({mark.text_content() for mark in found.xpath("//mark")}) == sorted(case["marked"])
    story = client.get("/api/search", params={"q": case["asked"]}).json()["stories"][0]
    title = story["reports"][0]["title"]
    assert all(title["text"][start:end] in case["marked"] for start, end in title["marks"])


def test_text_from_outside_is_never_markup(client: TestClient) -> None:
    answer = client.get("/search", params={"q": '"><script>alert(1)</script>', "person": "<b>x</b>"})
    assert "<script>alert" not in answer.text
    assert "<b>x</b>" not in answer.text
    hostile = page(client, q=CASES["hostile"])
    assert "story-hostile" in stories(hostile)
    assert not hostile.xpath("//main//script | //main//img")


def test_form_fields_and_keys_in_the_box_ask_the_same(client: TestClient) -> None:
    case = CASES["same"]
    by_form = client.get("/api/search", params=case["form"]).json()
    by_box = client.get("/api/search", params={"q": case["box"]}).json()
    assert by_form["query"] == by_box["query"] == case["box"]
    assert by_form["stories"] == by_box["stories"]


def test_the_form_shows_what_is_asked_and_a_chip_takes_it_away(client: TestClient) -> None:
    case = CASES["same"]
    found = page(client, q=case["box"])
    for name, value in case["form"].items():
        field = found.xpath(f'//main//*[@name="{name}"]')[0]
        shown = field.get("value") if field.tag == "input" else field.xpath("./option[@selected]/@value")[0]
        assert shown == value, name
    links = found.xpath('//ul[@class="chips"]//a/@href')
    fewer = html.fromstring(client.get(links[0]).text)
    assert len(filter_chips(fewer)) == len(links) - 1


def test_a_word_that_nobody_wrote_is_helped(client: TestClient) -> None:
    case = CASES["misspelt"]
    found = page(client, q=case["asked"])
    assert stories(found) == []
    link = found.xpath('//ul[@class="better"]//a')[0]
    assert link.text_content() == case["meant"]
    assert stories(html.fromstring(client.get(link.get("href")).text))


def test_suggestions_make_whole_queries(client: TestClient) -> None:
    case = CASES["suggested"]
    found = client.get("/api/search/suggest", params={"q": case["typed"]}).json()["suggestions"]
    assert (found[0]["kind"], found[0]["shown"], found[0]["query"]) == tuple(case["first"])
    piece = html.fromstring(f"<ul>{client.get('/search/suggest', params={'q': case['typed']}).text}</ul>")
    assert piece.xpath("./li[@role='option']/@data-query")[0] == case["first"][2]
    assert client.get("/search/suggest", params={"q": ""}).text.strip() == ""


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_says_how_to_ask_where_nothing_is_asked(client: TestClient, prefix: str) -> None:
    found = html.fromstring(client.get(f"{prefix}/search").text)
    assert found.xpath("//dl//code")
    assert not [text for text in found.itertext() if "search." in text]


def test_pages_beyond_the_last_are_the_last(client: TestClient) -> None:
    asked = CASES["pages"][0]["asked"]
    assert stories(page(client, **asked, page="900")) == CASES["pages"][0]["stories"]
    assert client.get("/search", params={**asked, "page": "0"}).status_code == 422
    assert client.get(f"/search?q={quote('a' * 3000)}").status_code == 422


def test_the_interface_describes_search(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    names = {one["name"] for one in described["/api/search"]["get"]["parameters"]}
    assert {
        "q",
        "outlet",
        "person",
        "place",
        "organization",
        "section",
        "since",
        "until",
        "sources",
        "sort",
        "page",
    } == names
    assert "/api/search/suggest" in described
