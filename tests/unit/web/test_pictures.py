"""Pictures on pages: the sample edition's, which need no network, on their whole way from its items to a browser."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from PIL import Image
from tests.unit.web.arriving import Nobody

from tawatur import sample
from tawatur.app import App, known_outlets
from tawatur.config import Settings, load
from tawatur.errors import ConfigError
from tawatur.ids import picture_id
from tawatur.model import StoryId
from tawatur.picture import PictureState
from tawatur.pictures import WIDTHS
from tawatur.store import MEMORY, open_store
from tawatur.web import create
from tawatur.web.guard import POLICY
from tawatur.web.look import COOKIE, Look


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    made = App(settings=settings, store=open_store(MEMORY), outlets=known_outlets())
    assert made.put_sample(watch=Nobody(), album=made.album())
    return made


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(create(app, album=app.album()), raise_server_exceptions=False) as made:
        yield made


def flooded(app: App) -> StoryId:
    """The story that leads: two outlets show one picture, a third another."""
    return app.store.headlines(limit=1)[0].head.id


def images(client: TestClient, path: str) -> list[html.HtmlElement]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(html.fromstring(answer.text).xpath("//main//img"))


def test_the_sample_has_pictures_without_a_network(app: App) -> None:
    states = app.store.count_pictures()
    assert states[PictureState.KEPT] == len(list((Path(sample.__file__).parent / "pictures").glob("*.jpg")))
    assert set(states) <= {PictureState.KEPT, PictureState.WAITING}


@pytest.mark.parametrize(
    "address",
    ["https://media.sada.example/../__init__.py", "https://a.com/qimma-waz.jpg", "https://media.waz.example/none.jpg"],
)
def test_no_other_address_is_a_picture_of_the_sample(address: str) -> None:
    assert sample.picture(address) is None


def test_every_picture_comes_from_here_with_its_room_kept_and_says_what_it_is(app: App, client: TestClient) -> None:
    story = flooded(app)
    article = next(one.article.id for one in app.store.reports(story) if one.article.picture)
    for path in ("/", f"/story/{story}", f"/article/{article}", "/en/", f"/en/story/{story}"):
        found = images(client, path)
        assert found, path
        for number, one in enumerate(found):
            wide, high = int(one.get("width", "0")), int(one.get("height", "0"))
            assert wide > 0 < high
            assert one.get("alt")
            assert (one.get("loading") == "lazy") is (number > 0), "only the first comes at once"
            for address in (one.get("src"), *(part.split()[0] for part in one.get("srcset", "").split(", "))):
                assert re.fullmatch(r"/picture/[0-9a-f]{16}/\d+", address or "")
                answer = client.get(str(address))
                assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
                with Image.open(BytesIO(answer.content)) as image:
                    assert abs(image.width / image.height - wide / high) < 0.02
    assert "img-src 'self'" in POLICY


def test_a_story_shows_a_picture_of_several_outlets_once_and_says_so(app: App, client: TestClient) -> None:
    page = html.fromstring(client.get(f"/story/{flooded(app)}").text)
    (leading,) = page.xpath("//div[@class='pictures']/figure")
    text = " ".join(leading.text_content().split())
    assert leading.xpath(".//p[@class='whose']/a/@href")[0].startswith("/article/")
    assert leading.xpath(".//span[@class='same']"), "the same picture in two outlets"
    assert text.count(leading.xpath("string(.//p[@class='said'])")) == 1
    assert len(page.xpath("//details[@class='others']//figure")) == 1


def test_an_article_says_its_caption_once_and_leads_to_where_the_picture_stands(app: App, client: TestClient) -> None:
    article = next(
        one.article for one in app.store.reports(flooded(app)) if one.article.picture and one.article.picture.caption
    )
    page = html.fromstring(client.get(f"/article/{article.id}").text)
    assert article.picture
    assert page.xpath("string(//article)").count(article.picture.caption) == 1
    assert page.xpath("//figcaption//p[@class='whose']/a/@href") == [article.url]


def test_the_front_page_has_few_and_its_lists_none(client: TestClient) -> None:
    page = html.fromstring(client.get("/").text)
    assert 1 <= len(page.xpath("//section[@class='leading']//img")) <= 5
    assert len(page.xpath("//main//img")) == len(page.xpath("//section[@class='leading']//img"))
    assert images(client, "/section/sport") == []


def test_a_reader_can_do_without(app: App, client: TestClient) -> None:
    client.cookies[COOKIE] = Look(plain=True).text()
    for path in ("/", f"/story/{flooded(app)}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<img" not in answer.text
        assert "pictures.css" not in answer.text or path == "/"
    form = client.post("/look", data={"plain": "yes", "back": "/"}, follow_redirects=False)
    assert form.cookies[COOKIE] == Look(plain=True).text()
    form = client.post("/look", data={"back": "/"}, follow_redirects=False)
    assert form.cookies[COOKIE] == Look().text()


def test_an_operator_can_do_without(app: App) -> None:
    with TestClient(create(app)) as client:
        assert "<img" not in client.get("/").text
        (one,) = {picture.id for picture in app.store.pictures_of(flooded(app)).values()} & {
            picture_id("https://sawt-rand.example/photos/fayadan-rand.jpg")
        }
        assert client.get(f"/picture/{one}/480").status_code == 404


def test_the_address_gives_out_what_is_kept_and_nothing_else(app: App, client: TestClient) -> None:
    one = next(iter(app.store.pictures_of(flooded(app)).values())).id
    answer = client.get(f"/picture/{one}/{WIDTHS[0]}")
    assert answer.headers["cache-control"].startswith("public, max-age=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert client.head(f"/picture/{one}/480").status_code == 200
    assert client.get(f"/picture/{one}/480.jpg").headers["content-type"] == "image/jpeg"
    for path in (
        f"/picture/{one}/481", f"/picture/{one}/480.svg", f"/picture/{one}/480.png", f"/picture/{one}/", f"/picture/{one}/-1",
        f"/picture/{'0' * 16}/480", "/picture/https:%2F%2Fa.example%2F1.jpg/480", "/picture/..%2f..%2fetc/480",
        f"/picture/{one}/480?url=https://a.example/1.jpg&x=%0d%0a",
    ):  # fmt: skip
        answer = client.get(path)
        if "url=" in path:
            assert answer.content == client.get(f"/picture/{one}/480").content
        else:
            assert answer.status_code == 404, path
    assert client.post(f"/picture/{one}/480").status_code == 405


@pytest.mark.parametrize(
    ("variables", "host", "shown"),
    [
        ({}, "", True),
        ({}, "127.0.0.1", True),
        ({}, "192.0.2.1", False),
        ({"TAWATUR_ACCOUNTS": "on"}, "", False),
        ({"TAWATUR_PICTURES": "on"}, "192.0.2.1", True),
        ({"TAWATUR_PICTURES": "off"}, "127.0.0.1", False),
    ],
)
def test_they_are_shown_where_nobody_else_reads_or_where_the_operator_wants_it(
    variables: dict[str, str], host: str, shown: bool, tmp_path: Path
) -> None:
    settings = load({"TAWATUR_HOME": str(tmp_path), **variables})
    app = App(settings=settings, store=open_store(MEMORY), outlets=known_outlets())
    album = app.album(host=host)
    assert (album is not None) is shown
    assert album is None or (album.folder, album.room) == (tmp_path / "pictures", 4096 << 20)


@pytest.mark.parametrize(
    "variables", [{"TAWATUR_PICTURES": "yes"}, {"TAWATUR_PICTURES_ROOM": "0"}, {"TAWATUR_PICTURES_ROOM": "x"}]
)
def test_other_settings_are_refused(variables: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        load(variables)
