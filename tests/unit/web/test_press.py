"""Pages that are kept: for whom, for how long, and never somebody else's."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from fastapi.testclient import TestClient
from tests.unit.web.shelf import Deployed, Shelf, filled

from tawatur.web import create
from tawatur.web.look import COOKIE, Look
from tawatur.web.press import BESIDE, Press

STORY = "/story/story-bridge"


@dataclass
class Counting(Shelf):
    """A shelf that counts how often a story is asked for."""

    asked: list[str] = field(default_factory=list)

    def reports(self, story: str) -> tuple:
        self.asked.append(story)
        return super().reports(story)


@pytest.fixture
def shelf() -> Counting:
    full = filled()
    return Counting(full.named, full.told, full.links, full.versions, full.earlier)


@pytest.fixture
def client(shelf: Counting) -> Iterator[TestClient]:
    with TestClient(create(Deployed(shelf)), base_url="http://news.example") as client:
        yield client


def test_a_page_is_made_once_for_all_strangers(client: TestClient, shelf: Counting) -> None:
    first = client.get(STORY)
    made = len(shelf.asked)
    again = client.get(STORY)
    assert (again.status_code, again.text, again.headers) == (200, first.text, first.headers)
    assert len(shelf.asked) == made


def test_a_browser_that_has_a_kept_page_is_told_so(client: TestClient) -> None:
    tag = client.get(STORY).headers["etag"]
    answer = client.get(STORY, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert "content-length" not in answer.headers
    assert answer.headers["Content-Security-Policy"]


def test_a_head_has_the_headers_of_the_kept_page_alone(client: TestClient) -> None:
    page, head = client.get(STORY), client.head(STORY)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", page.headers["etag"])


def test_news_that_changes_makes_pages_anew(client: TestClient, shelf: Counting) -> None:
    before = client.get("/")
    shelf.named = tuple(replace(one, name=f"{one.name}*") for one in shelf.named)
    after = client.get("/")
    assert "*" not in before.text
    assert "*" in after.text


def test_pages_of_different_looks_languages_and_addresses_are_different_ones(client: TestClient) -> None:
    texts = {client.get(path).text for path in ("/", "/en/", STORY, "/en" + STORY, "/?before=story-bridge")}
    client.cookies[COOKIE] = Look(theme="dark").text()
    texts.add(client.get("/").text)
    assert len(texts) == 6


def test_whoever_has_a_cookie_of_his_own_gets_a_page_of_his_own(client: TestClient, shelf: Counting) -> None:
    client.get(STORY)
    made = len(shelf.asked)
    client.cookies["tawatur"] = "somebody"
    client.get(STORY)
    assert len(shelf.asked) > made


def test_a_page_goes_out_packed_only_to_whoever_can_unpack_it(client: TestClient) -> None:
    for _ in range(2):
        plain = client.get(STORY, headers={"Accept-Encoding": "identity"})
        packed = client.get(STORY, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.text == plain.text


def test_what_could_not_be_found_is_not_kept(client: TestClient, shelf: Counting) -> None:
    assert client.get("/story/story-new").status_code == 404
    shelf.told["story-new"] = shelf.told["story-bridge"]
    assert client.get("/story/story-new").status_code == 200


async def _answer(scope: dict, send, *, headers: list, body: bytes) -> None:
    scope["state"]["kept"] = True
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize(
    "header", [(b"set-cookie", b"x=y"), (b"cache-control", b"private"), (b"cache-control", b"no-store")]
)
def test_an_answer_that_is_somebodys_own_is_never_kept(header: tuple[bytes, bytes]) -> None:
    made = []

    async def app(scope: dict, receive, send) -> None:
        made.append(scope["path"])
        await _answer(scope, send, headers=[header], body=b"own")

    client = TestClient(Press(app, lambda: 1))
    assert [client.get("/").text, client.get("/").text, len(made)] == ["own", "own", 2]


def test_the_longest_unused_page_makes_room() -> None:
    made = []

    async def app(scope: dict, receive, send) -> None:
        made.append(scope["path"])
        await _answer(scope, send, headers=[], body=gzip.compress(scope["path"].encode()))

    client = TestClient(Press(app, lambda: 1, room=2 * (BESIDE + 100)))
    for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
        client.get(path)
    assert made == ["/a", "/b", "/c", "/b"]
