"""The pages of names, their indexes, and the same in the JSON interface."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Name,
    OutletKey,
    Outlets,
    Person,
    Span,
)
from tawatur.store.names import NamedIn, NameHead
from tawatur.stories.naming import NameKind
from tawatur.stories.slugs import form
from tawatur.web import create
from tawatur.web.names import NameReading
from tawatur.web.reading import Reading
from tawatur.web.view.linked import linked
from tawatur.web.view.marks import Marks
from tawatur.web.view.story import story_view
from tawatur.web.view.ways import Ways
from tawatur.web.words import words


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return filled()


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> TestClient:
    return TestClient(create(Deployed(shelf)))


def key(shelf: Shelf, kind: NameKind, at: int = 0) -> str:
    return shelf.listed(kind, limit=9)[at].key


def speaker(shelf: Shelf) -> str:
    """Return the address of the person whom the first report quotes."""
    heads = shelf.listed(NameKind.PERSON, limit=9)
    said = ((one.key, row) for one in heads for row in shelf.said_by(one.number, limit=9))
    return next(quote(key) for key, row in said if row.article == "a-sarw")


def page(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.text)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_kind_of_page_opens_in_both_languages(client: TestClient, shelf: Shelf, prefix: str) -> None:
    person = speaker(shelf)
    place = quote(key(shelf, NameKind.PLACE))
    paths = ["/people", "/places", "/organizations", "/topics", "/outlets", "/charts"]
    paths += [f"/person/{person}", f"/person/{person}/said", f"/place/{place}", "/outlet/sarw", "/people?behind=z"]
    for path in paths:
        found = page(client, prefix + path)
        assert len(found.findall(".//h1")) == 1, path
        assert found.get("lang") == ("en" if prefix else "ar")
        assert not [text for text in found.itertext() if "naming." in text or "picture." in text], path


def test_a_person_has_statements_with_outlets_and_stories(client: TestClient, shelf: Shelf) -> None:
    found = page(client, f"/person/{speaker(shelf)}")
    (statement,) = found.findall(".//ul[@class='quotes']/li")
    links = [link.get("href") for link in statement.iterfind(".//a")]
    assert links == ["/article/a-sarw", "/outlet/sarw", "/story/story-bridge"]
    assert "/story/story-bridge" in [link.get("href") for link in found.iterfind(".//h3/a")]
    assert any("/place/" in link.get("href") for link in found.iterfind(".//div[@class='side']//a"))


def test_another_spelling_leads_to_the_page_and_an_unknown_name_to_none(client: TestClient, shelf: Shelf) -> None:
    own = speaker(shelf)
    answer = client.get(f"/person/{own}!", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/person/{own}")
    english = client.get(f"/en/person/{own}!", follow_redirects=False)
    assert english.headers["location"] == f"/en/person/{own}"
    api = client.get(f"/api/names/person/{own}!", follow_redirects=False)
    assert api.headers["location"] == f"/api/names/person/{own}"
    for path in ("/person/nobody", "/place/%00", "/outlet/none", "/topic/x", "/api/names/person/nobody"):
        assert client.get(path).status_code == 404, path


def test_a_name_of_several_people_asks_which(client: TestClient) -> None:
    shelf = filled()
    first, *_ = shelf.listed(NameKind.PERSON, limit=9)
    naming = shelf._known_names[first.number].stories
    story, one = next(iter(naming.items()))
    for number in (None, None):
        shelf._put_naming(story, replace(one, number=number, forms=("Nur", *one.forms[:1])))
    answer = TestClient(create(Deployed(shelf))).get("/person/NUR", follow_redirects=False)
    assert answer.status_code == 300
    links = [link.get("href") for link in html.fromstring(answer.text).iterfind(".//ul[@class='named']/li/a")]
    assert links == ["/person/Nur", "/person/Nur-2"]


def test_an_outlet_tells_what_it_does_and_whom_it_leans_on(client: TestClient) -> None:
    found = page(client, "/outlet/dalia")
    numbers = [node.text_content() for node in found.iterfind(".//section[@class='facts']//dd/b")]
    assert numbers[:2] == ["1", "1"]
    assert "/outlet/sarw" in [link.get("href") for link in found.iterfind(".//section[@aria-labelledby='agencies']//a")]
    back = page(client, "/outlet/sarw")
    assert "/outlet/dalia" in [
        link.get("href") for link in back.iterfind(".//section[@aria-labelledby='copied-by']//a")
    ]


def test_an_outlet_that_was_never_read_has_a_page_if_it_is_known(client: TestClient) -> None:
    known = filled()
    silent = known.named[0].__class__(key="silent", name="Silent")  # type: ignore[arg-type]
    known.named = (*known.named, silent)
    assert TestClient(create(Deployed(known))).get("/outlet/silent").status_code == 200


def test_names_of_a_story_lead_to_their_pages(shelf: Shelf) -> None:
    reading = Reading(Deployed(shelf))
    outlets = reading.outlets()
    view = story_view(reading.story("story-bridge", outlets=outlets), outlets=outlets, words=words("ar"))  # type: ignore[arg-type]
    assert [bool(person.path) for person in view.people] == [True, True]
    assert view.places[0].path.startswith("/place/")
    assert view.spread is not None
    assert len(view.spread.table.rows) == 3  # the fourth report tells its day alone


def test_the_first_naming_in_a_report_leads_to_the_page_and_the_text_stays_as_published() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, "Nur met Zain."), Block(BlockKind.CAPTION, "Nur"))
    blocks = (*blocks, Block(BlockKind.PARAGRAPH, "Zain left; Nur Town stayed."))
    of = Article(
        id=ArticleId("a"), outlet=OutletKey("o"), origin="", collected=datetime(2026, 3, 9, tzinfo=UTC), blocks=blocks
    )

    def spans(name: str) -> tuple[Span, ...]:
        return tuple(Span(found.start(), found.end()) for found in re.finditer(name, of.text))

    people = (Person(name="Nur", spans=spans("Nur")), Person(name="Zain", spans=spans("Zain")), Person(name="X"))
    found = Analysis(
        article=of.id, version="1", people=people, places=(Name(name="Nur Town", spans=spans("Nur Town")),)
    )
    heads = [(NameKind.PERSON, "Nur"), (NameKind.PERSON, "Zain"), (NameKind.PLACE, "Nur Town")]
    ways = Ways(
        NamedIn(NameHead(number=at, kind=kind, key=form(name), name=name, stories=1), form(name), 1)
        for at, (kind, name) in enumerate(heads)
    )
    marks = Marks(None, linked(found, ways))
    first, caption, last = (marks.of(block.text, at) for block, at in zip(blocks, (0, 99, 14), strict=True))
    assert [(part.text, part.path) for part in first] == [
        ("Nur", "/person/nur"),
        (" met ", ""),
        ("Zain", "/person/zain"),
        (".", ""),
    ]
    assert [part.path for part in caption] == [""]
    assert [(part.text, part.path) for part in last] == [
        ("Zain left; ", ""),
        ("Nur Town", "/place/nur-town"),
        (" stayed.", ""),
    ]
    assert linked(found, Ways()) == ()


def test_names_are_found_by_their_beginning(client: TestClient, shelf: Shelf) -> None:
    name = shelf.listed(NameKind.PLACE, limit=1)[0].name
    found = page(client, f"/places?q={quote(name[:3])}")
    assert [link.text for link in found.iterfind(".//ul[@class='letters']//a")] == [name]
    assert page(client, "/places?q=zzz").find(".//ul[@class='letters']") is None
    assert client.get(f"/places?q={'x' * 61}").status_code == 422


def test_the_week_ranks_names_by_independent_sources(shelf: Shelf) -> None:
    reading = NameReading(Deployed(shelf, Outlets()))
    index = reading.index(NameKind.OUTLET, now=date(2031, 5, 6))
    assert index.week == (date(2031, 4, 28), date(2031, 5, 4))
    assert {one.ranked.head.key for one in index.most} == {"sarw", "dalia", "ghadir", "nabaa", "qandil"}
    overview = reading.overview(now=date(2031, 5, 6))
    assert overview.stories[0].id == "story-bridge"
    assert len(overview.reported["story-bridge"]) == 4  # type: ignore[index]
    assert reading.overview(now=date(2001, 1, 1)).week is None


def test_the_interface_says_the_same(client: TestClient, shelf: Shelf) -> None:
    own = speaker(shelf)
    detail = client.get(f"/api/names/person/{own}").json()
    assert [one["story"] for one in detail["stories"]] == ["story-bridge"]
    assert detail["said"][0]["outlets"] == ["sarw"]
    assert client.get(f"/api/names/person/{own}/said").json()["said"] == detail["said"]
    listed = client.get("/api/names/person").json()
    assert own in [quote(one["key"]) for one in listed["listed"]]
    outlet = client.get("/api/outlets/dalia").json()
    assert (outlet["stories"], outlet["leanings"][0]["on"]) == (1, "sarw")
    assert outlet["name"]["name"]["key"] == "dalia"
    assert client.get("/api/charts").status_code == 200
    assert client.get("/api/names/nothing").status_code == 422
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/names/{kind}", "/api/names/{kind}/{key}", "/api/outlets/{key}", "/api/charts"} <= set(paths)
