"""The JSON interface to what readers saved: by key and by session, for reading and for writing."""

from collections.abc import Iterator

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.unit.saving.shelf import TEXTS
from tests.unit.web.lending import Lending
from tests.unit.web.lending import browser as opened
from tests.unit.web.shelf import Shelf, filled

AWAY = {"base_url": "http://news.example", "client": ("192.0.2.1", 50000)}
STORY, ARTICLE = {"kind": "story", "of": "story-bridge"}, {"kind": "article", "of": "a-sarw"}
LINK = {"kind": "page", "of": "https://far.example/x", "title": "far"}


@pytest.fixture
def shelf() -> Shelf:
    return filled()


@pytest.fixture
def store(shelf: Shelf) -> Lending:
    return Lending(shelf)


@pytest.fixture
def browser(store: Lending) -> Iterator[TestClient]:
    with opened(store) as made:
        yield made


def csrf(browser: TestClient) -> str:
    return str(html.fromstring(browser.get("/keys").text).xpath("string(//input[@name='csrf']/@value)"))


def key(browser: TestClient, scope: str) -> str:
    made = browser.post("/keys", data={"csrf": csrf(browser), "do": "make", "name": "desk", "scope": scope})
    assert made.status_code == 200
    return str(html.fromstring(made.text).xpath("string(//code)"))


def program(browser: TestClient, scope: str = "write") -> TestClient:
    """Return a client elsewhere that has nothing but a key."""
    made = TestClient(browser.app, raise_server_exceptions=False, **AWAY)  # type: ignore[arg-type]
    made.headers["authorization"] = f"Bearer {key(browser, scope)}"
    return made


def test_a_program_saves_annotates_marks_and_finds_with_a_key(browser: TestClient) -> None:
    desk = program(browser)
    saved = desk.post("/api/saved", json={**ARTICLE, "note": TEXTS["note"], "tags": [TEXTS["tag"]]}).json()
    assert (saved["of"], saved["note"], saved["tags"]) == ("a-sarw", TEXTS["note"], [TEXTS["tag"]])
    path = f"/api/saved/{saved['id']}"
    text = desk.get(path).json()["texts"][0]["text"]
    start = text.index(TEXTS["mark"])
    stretches = [
        {"start": start, "end": start + len(TEXTS["mark"])},
        {"start": 5, "end": 2},
        {"start": 0, "end": 999999},
    ]
    (mark,) = desk.post(f"{path}/highlights", json={"stretches": stretches}).json()["highlights"]
    assert mark["text"] == TEXTS["mark"]
    assert desk.patch(path, json={"read": True, "archived": True}).json()["archived"]
    assert desk.get("/api/saved").json() == {"saved": [], "count": 0}
    for asked in (
        {"q": TEXTS["mark"]},
        {"tag": TEXTS["tag"]},
        {"state": "archived"},
        {"kind": "article", "state": "all"},
    ):
        assert desk.get("/api/saved", params=asked).json()["count"] == 1, asked
    assert desk.get("/api/saved/tags").json() == {TEXTS["tag"]: 1}
    assert desk.delete(f"{path}/highlights/{mark['id']}").json()["highlights"] == []
    assert desk.delete(path).status_code == 204
    assert desk.get(path).status_code == 404


def test_what_is_saved_again_keeps_what_it_has(browser: TestClient) -> None:
    desk = program(browser)
    first = desk.post("/api/saved", json={**STORY, "note": "n", "tags": ["a"]}).json()
    again = desk.post("/api/saved", json={**STORY, "tags": ["b"]}).json()
    assert again == {**first, "tags": ["a", "b"]}
    assert desk.post("/api/saved", json=LINK).json()["kind"] == "page"


def test_what_is_new_is_told_and_taken(browser: TestClient, shelf: Shelf) -> None:
    desk, whole = program(browser), shelf.told["story-bridge"]
    shelf.told["story-bridge"] = whole[:1]
    saved = desk.post("/api/saved", json=STORY).json()
    shelf.told["story-bridge"] = whole
    found = desk.get(f"/api/saved/{saved['id']}").json()
    assert found["item"]["changed"]
    assert found["since"]["independent_now"] > found["since"]["independent_before"]
    assert found["since"]["sources"]
    renewed = desk.post(f"/api/saved/{saved['id']}/renew").json()
    assert not renewed["changed"]
    assert desk.get(f"/api/saved/{saved['id']}").json()["since"] is None


def test_a_key_for_reading_changes_nothing(browser: TestClient) -> None:
    desk = program(browser, "read")
    assert desk.get("/api/saved").status_code == 200
    assert desk.post("/api/saved", json=STORY).status_code == 403
    assert desk.delete("/api/saved/x").status_code == 403


def test_without_a_key_nobody_gets_anything(browser: TestClient, store: Lending) -> None:
    desk = program(browser)
    (known,) = store.keys("local")
    browser.post("/keys", data={"csrf": csrf(browser), "do": "drop", "id": known.id})
    answer = desk.get("/api/saved")
    assert (answer.status_code, answer.json()) == (401, {"error": "refused"})
    assert "Bearer" in answer.headers["www-authenticate"]
    for stranger in (
        TestClient(browser.app, **AWAY),
        TestClient(browser.app, headers={"authorization": "Basic x"}, **AWAY),
    ):  # type: ignore[arg-type]
        assert stranger.get("/api/saved").status_code == 401
        assert stranger.post("/api/saved", json=STORY).status_code == 401


def test_a_page_of_ours_writes_with_its_proof_and_no_other(browser: TestClient) -> None:
    assert browser.get("/api/saved").status_code == 200
    assert browser.post("/api/saved", json=STORY).status_code == 403
    proof = {"x-csrf-token": csrf(browser)}
    assert browser.post("/api/saved", json=STORY, headers=proof).status_code == 200
    assert browser.post("/api/saved", json=STORY, headers={**proof, "sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ({}, 422),
        ({"kind": "film", "of": "x"}, 422),
        ({"kind": "story", "of": "none"}, 404),
        ({"kind": "article", "of": "none"}, 404),
        ({"kind": "page", "of": "javascript:alert(1)"}, 422),
        ({**STORY, "note": "x" * 10_001}, 422),
        ({**STORY, "tags": ["x" * 61]}, 422),
    ],
)
def test_what_cannot_be_saved_is_refused(browser: TestClient, what: dict[str, object], status: int) -> None:
    assert program(browser).post("/api/saved", json=what).status_code == status


def test_exports_are_files(browser: TestClient) -> None:
    desk = program(browser, "write")
    desk.post("/api/saved", json=STORY)
    assert len(desk.get("/api/saved/export.json").json()["saved"]) == 1
    assert desk.get("/api/saved/export.md").text.startswith("# ")
    assert desk.get("/api/saved/export.epub").content[:2] == b"PK"
    assert desk.get("/api/saved/export.pdf").status_code == 422


def test_keys_are_made_by_their_readers_alone(browser: TestClient) -> None:
    assert browser.post("/keys", data={"do": "make"}).status_code == 403
    assert browser.post("/keys", data={"csrf": csrf(browser), "do": "fly"}).status_code == 400
    made = key(browser, "read")
    assert made.startswith("tawatur_")
    assert made not in browser.get("/keys").text


def test_the_description_says_how_to_come_in(browser: TestClient) -> None:
    found = browser.get("/api/openapi.json").json()
    assert found["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert {"get", "post"} <= set(found["paths"]["/api/saved"])
    assert "/feeds/newest.{form}" in found["paths"]
