"""What a reader saves over HTTP: pages, forms, files and what is brought in, without a script."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.unit.saving.shelf import TEXTS
from tests.unit.web.lending import Lending
from tests.unit.web.lending import browser as opened
from tests.unit.web.shelf import Shelf, filled

from tawatur.messages import catalogue
from tawatur.reader import LOCAL
from tawatur.saved import SavedState, Wanted

STORY, ARTICLE = {"kind": "story", "of": "story-bridge"}, {"kind": "article", "of": "a-sarw"}
ALL = Wanted(state=SavedState.ALL)


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


def csrf(client: TestClient) -> str:
    page = html.fromstring(client.get("/story/story-ferry").text)
    return str(page.xpath("string(//input[@name='csrf']/@value)"))


def save(client: TestClient, what: dict[str, str] = STORY) -> str:
    answer = client.post("/saved", data={"csrf": csrf(client), **what}, follow_redirects=False)
    assert answer.status_code == 303
    page = html.fromstring(client.get(answer.headers["location"]).text)
    return str(page.xpath("string(//a[@class='kept']/@href)"))


def do(client: TestClient, path: str, **fields: object) -> int:
    return client.post(path, data={"csrf": csrf(client), **fields}, follow_redirects=False).status_code


def test_a_story_and_a_report_are_saved_by_a_button_of_their_pages(client: TestClient, store: Lending) -> None:
    story, article = save(client), save(client, ARTICLE)
    page = html.fromstring(client.get("/saved").text)
    assert page.xpath("//h2[@class='headline']/a/@href") == [article, story]
    assert {one.of for one in store.saved_list(LOCAL, ALL)} == {"story-bridge", "a-sarw"}
    assert save(client) == story
    assert store.saved_count(LOCAL, ALL) == 2


def test_an_earlier_version_of_a_report_is_the_same_saved_thing(client: TestClient) -> None:
    saved = save(client, {"kind": "article", "of": "a-sarw-before"})
    page = html.fromstring(client.get("/article/a-sarw").text)
    assert page.xpath("//a[@class='kept']/@href") == [saved]
    changed = html.fromstring(client.get(saved).text).xpath("//section[@id='changed']")
    assert changed[0].xpath(".//a/@href") == ["/article/a-sarw/changes"]


def test_what_is_saved_has_a_text_of_its_own_that_stays(client: TestClient, shelf: Shelf) -> None:
    saved = save(client, {"kind": "article", "of": "a-ferry"})
    text = shelf.article("a-ferry").blocks[0].text
    del shelf.told["story-ferry"]
    assert client.get("/article/a-ferry").status_code == 404
    page = html.fromstring(client.get(saved).text)
    assert text in page.text_content()
    assert catalogue("ar").text("saved.gone_note") in page.text_content()


def test_sentences_are_marked_by_their_boxes_and_marks_are_taken_away(client: TestClient, store: Lending) -> None:
    saved = save(client, ARTICLE)
    boxes = html.fromstring(client.get(f"{saved}?mark=1").text).xpath("//input[@name='s']/@value")
    assert (
        do(client, saved, do="highlight", s=[boxes[0], boxes[1], boxes[3], "9-2", "x", "0-99999999"], note="why") == 303
    )
    (one,) = store.saved_list(LOCAL, ALL)
    (text,) = [clipping.text for clipping in store.clippings(one.clippings)]
    assert [text[mark.span.start : mark.span.end] for mark in one.highlights] == [mark.text for mark in one.highlights]
    assert len(one.highlights) == 2  # two sentences in a row are one mark
    page = html.fromstring(client.get(saved).text)
    assert "".join(page.xpath("//div[@id='text']//mark//text()")) == "".join(mark.text for mark in one.highlights)
    assert do(client, saved, do="unmark", highlight=one.highlights[0].id) == 303
    assert len(html.fromstring(client.get(saved).text).xpath("//div[@id='text']//mark")) == 1


def test_notes_and_tags_are_kept_and_lead_to_what_has_them(client: TestClient) -> None:
    saved, other = save(client), save(client, ARTICLE)
    assert do(client, saved, do="note", note=TEXTS["note"], tags=f"{TEXTS['tag']}، x") == 303
    page = html.fromstring(client.get(saved).text)
    assert page.xpath("string(//textarea[@name='note'])").strip() == TEXTS["note"]
    (tag,) = [
        one
        for one in html.fromstring(client.get("/saved").text).xpath("//nav[@class='tags']//a")
        if "x" in one.text_content()
    ]
    found = html.fromstring(client.get(tag.get("href")).text)
    assert found.xpath("//h2[@class='headline']/a/@href") == [saved]
    assert other not in client.get(f"/saved?tag={TEXTS['tag']}").text


def test_a_search_finds_other_forms_of_a_word_in_text_and_note(client: TestClient) -> None:
    saved, other = save(client, ARTICLE), save(client, {"kind": "article", "of": "a-ferry"})
    do(client, other, do="note", note=TEXTS["note"], tags="")

    def found(asked: str) -> list[str]:
        page = html.fromstring(client.get("/saved", params={"q": asked}).text)
        return [str(one) for one in page.xpath("//h2[@class='headline']/a/@href")]

    assert found(TEXTS["search"]["found"][1]) == [saved]
    assert found(TEXTS["search"]["found"][-1]) == [other]
    assert found(TEXTS["search"]["not_found"][0]) == []


def test_read_and_archived_are_marked_and_unmarked(client: TestClient) -> None:
    saved = save(client)
    for done, state, there in (
        ("read", "unread", False),
        ("unread", "unread", True),
        ("archive", "open", False),
        ("archive", "archived", True),
        ("restore", "open", True),
    ):
        assert do(client, saved, do=done) == 303
        assert (f'href="{saved}"' in client.get(f"/saved?state={state}").text) is there, (done, state)


def test_what_has_changed_is_shown_until_it_was_seen_or_taken(client: TestClient, shelf: Shelf) -> None:
    whole = shelf.told["story-bridge"]
    shelf.told["story-bridge"] = whole[:1]
    saved = save(client)
    shelf.told["story-bridge"] = whole
    assert client.get("/saved").text.count("flag") == 1
    changed = html.fromstring(client.get(saved).text).xpath("//section[@id='changed']")[0]
    assert changed.xpath(".//ul[@class='kept-sources']/li")
    assert changed.xpath(".//ins")
    before = html.fromstring(client.get(saved).text).xpath("//div[@id='text']//p")
    assert do(client, saved, do="seen") == 303
    assert "flag" not in client.get("/saved").text
    shelf.told["story-bridge"] = (*whole, *shelf.told["story-ferry"])
    assert do(client, saved, do="renew") == 303
    page = html.fromstring(client.get(saved).text)
    assert len(page.xpath("//div[@id='text']//p")) > len(before)
    assert not page.xpath("//section[@id='changed']")


def test_what_is_dropped_is_gone(client: TestClient, store: Lending) -> None:
    saved = save(client)
    (one,) = store.saved_list(LOCAL, ALL)
    assert do(client, saved, do="drop") == 303
    assert client.get(saved).status_code == 404
    assert store.clippings(one.clippings) == ()


def test_nothing_is_changed_without_a_form_of_ours(client: TestClient) -> None:
    saved = save(client)
    assert client.post(saved, data={"do": "drop"}).status_code == 403
    assert client.post("/saved", data=ARTICLE).status_code == 403
    files = {"file": ("x.txt", "https://a.example/b")}
    assert client.post("/saved/import", files=files).status_code == 403
    assert client.post(saved, data={"csrf": csrf(client), "do": "fly"}).status_code == 400
    assert client.get(saved).status_code == 200


def test_what_nobody_has_cannot_be_saved(client: TestClient) -> None:
    for what in ({"kind": "story", "of": "none"}, {"kind": "article", "of": "none"}, {"kind": "page", "of": "x"}, {}):
        assert do(client, "/saved", **what) == 404
    assert client.get("/saved/none").status_code == 404
    assert client.get("/saved/new?kind=story&of=none").status_code == 404
    assert client.get("/saved/new?kind=story&of=story-bridge").status_code == 200


def test_whoever_is_not_signed_in_is_led_there_and_back(store: Lending) -> None:
    with opened(store, single=False) as client:
        (link,) = html.fromstring(client.get("/story/story-bridge").text).xpath("//div[@class='keep']/a/@href")
        answer = client.get(link, follow_redirects=False)
        assert answer.status_code == 303
        assert "/sign-in?next=/saved/new" in answer.headers["location"]
        assert client.get("/saved", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_files_have_all_that_the_list_has(client: TestClient, prefix: str) -> None:
    saved = save(client, ARTICLE)
    do(client, saved, do="note", note=TEXTS["note"], tags="")
    save(client)
    links = html.fromstring(client.get(f"{prefix}/saved").text).xpath("//a[@download]/@href")
    assert len(links) == 3
    assert len(json.loads(client.get(f"{prefix}/saved/export.json").text)["saved"]) == 2
    assert len(json.loads(client.get(f"{prefix}/saved/export.json?kind=story").text)["saved"]) == 1
    assert TEXTS["note"] in client.get(f"{prefix}/saved/export.md").text
    book = client.get(f"{prefix}/saved/export.epub")
    assert book.headers["content-disposition"].endswith('.epub"')
    assert sum("chapter" in name for name in zipfile.ZipFile(BytesIO(book.content)).namelist()) == 2
    assert client.get(f"{prefix}/saved/export.pdf").status_code == 404


def take_in(client: TestClient, text: str, *, field: str = "") -> str:
    data = {"csrf": csrf(client), "list": field}
    answer = client.post("/saved/import", data=data, files={"file": ("file", text)})
    assert answer.status_code == 200
    return str(html.fromstring(answer.text).xpath("string(//main)"))


def test_what_was_taken_out_is_taken_in_again(client: TestClient, store: Lending) -> None:
    saved = save(client, ARTICLE)
    do(client, saved, do="note", note=TEXTS["note"], tags=TEXTS["tag"])
    file = client.get("/saved/export.json").text
    (before,) = store.saved_list(LOCAL, ALL)
    assert catalogue("ar").text("saved.taken.known", n=1) in take_in(client, file)
    do(client, saved, do="drop")
    assert catalogue("ar").text("saved.taken.new", n=1) in take_in(client, file)
    (after,) = store.saved_list(LOCAL, ALL)
    assert after == before
    assert store.clippings(after.clippings)


def test_addresses_are_taken_in_from_a_file_or_a_field(client: TestClient, store: Lending) -> None:
    assert catalogue("ar").text("saved.taken.new", n=2) in take_in(client, TEXTS["bookmarks"]["table"])
    assert catalogue("ar").text("saved.taken.new", n=1) in take_in(client, "", field="https://far.example/x")
    assert catalogue("ar").text("saved.taken.new", n=0) in take_in(client, "nothing at all")
    found = store.saved_list(LOCAL, replace(ALL, order=ALL.order))
    assert {one.kind.value for one in found} == {"page"}
    assert "far.example" in client.get("/saved").text
    for one in found:
        assert client.get(f"/saved/{one.id}").status_code == 200


def test_a_file_that_is_none_and_one_too_long_are_refused(client: TestClient) -> None:
    kind = {"content-type": "multipart/form-data"}
    assert client.post("/saved/import", content=b"x", headers=kind).status_code == 400
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/saved/import", content=b"--x\r\nbroken", headers=kind).status_code == 403
    assert client.post("/saved/import", content=b"x" * (33 * 1024 * 1024), headers=kind).status_code == 413
