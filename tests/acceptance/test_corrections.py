"""Stories corrected by people: with the real command, through the form of a page, and through the interface."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.acceptance.conftest import Done, Tawatur

import tawatur as package
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.messages import catalogue
from tawatur.model import StoryId
from tawatur.web import create

ITEMS = Path(package.__file__).parent / "sample" / "items"
HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
Stories = dict[str, list[str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, tawatur_in: Callable[..., Done]) -> Path:
    """A data folder with a few stories, one of several reports among them."""
    folder = tmp_path_factory.mktemp("prepared")
    for name in ("manara", "nabd", "barid"):
        shutil.copytree(ITEMS / name, folder / "news" / name)
    assert tawatur_in(folder, "read", "news").returncode == 0
    return folder / "home"


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    shutil.copytree(prepared, tmp_path / "home")
    return tmp_path / "home"


def held(app: App) -> list[tuple[StoryId, list[str]]]:
    """Return the stories with their reports, the largest first."""
    heads = app.store.front(limit=100)
    found = [(head.id, [one.article for one in app.store.standing(head.id)]) for head in heads]
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


def stories(home: Path) -> Stories:
    """Return the reports of every story, those with most reports first."""
    with open_app(Settings(home=home)) as app:
        return {str(story): reports for story, reports in held(app)}


def said(key: str, subject: str) -> str:
    return catalogue("ar").text(key, subject=subject)


def fails(done: Done) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


# -- the command -------------------------------------------------------------------------------------------------------


def test_stories_are_merged_split_and_brought_back_by_the_command(home: Path, tawatur: Tawatur) -> None:
    before = stories(home)
    large, other = list(before)[:2]
    done = tawatur("stories", "merge", f"http://127.0.0.1:8000/story/{other}", large, "--by", "Salma", "--note", "one")
    assert (done.returncode, "Correction 1" in done.stdout, large in done.stdout) == (0, True, True)
    merged = stories(home)
    assert sorted(merged[large]) == sorted(before[large] + before[other])
    assert other not in merged
    told = tawatur("stories", "history", other).stdout
    assert large in told
    assert "correction 1, by Salma: one" in told
    assert json.loads(tawatur("stories", "show", other, "--json").stdout)["id"] == large
    assert tawatur("stories", "undo", "1").returncode == 0
    assert stories(home) == before
    assert [
        event["undoing"] for event in json.loads(tawatur("stories", "history", large, "--json").stdout)["events"]
    ] == [
        False,
        True,
    ]


def test_a_report_is_moved_and_taken_out_by_the_command(home: Path, tawatur: Tawatur) -> None:
    before = stories(home)
    large, other = list(before)[:2]
    going = before[large][-1]
    assert tawatur("stories", "move", going, other).returncode == 0
    assert going in stories(home)[other]
    assert tawatur("stories", "split", other, going).returncode == 0
    after = stories(home)
    assert [going] in after.values()
    assert (after[large], after[other]) == (before[large][:-1], before[other])


def test_what_cannot_be_corrected_is_said_in_one_line(home: Path, tawatur: Tawatur) -> None:
    before = stories(home)
    large, other = list(before)[:2]
    assert "unknown" in fails(tawatur("stories", "merge", "unknown", large))
    assert "unknown" in fails(tawatur("stories", "move", "unknown", large))
    assert "Not all reports can leave" in fails(tawatur("stories", "split", large, *before[large]))
    assert "not one of this story" in fails(tawatur("stories", "split", large, before[other][0]))
    assert "Nothing changes" in fails(tawatur("stories", "merge", large, large))
    assert "No correction has this number: 9" in fails(tawatur("stories", "undo", "9"))
    tawatur("stories", "split", large, before[large][-1], "--by", "Salma")
    apart = next(story for story, reports in stories(home).items() if reports == before[large][-1:])
    assert "Correction 1 keeps these reports apart; undo it first (Salma)" in fails(
        tawatur("stories", "merge", apart, large)
    )
    tawatur("stories", "merge", other, large)
    assert "undo the later one first (2)" in fails(tawatur("stories", "undo", "1"))
    assert said("error.kept_apart", "1") in fails(tawatur("stories", "merge", apart, large, TAWATUR_LANG="ar"))


def test_reading_the_same_again_leaves_corrections_as_they_are(home: Path, tawatur: Tawatur, tmp_path: Path) -> None:
    large = next(iter(stories(home)))
    tawatur("stories", "split", large, stories(home)[large][-1])
    corrected = stories(home)
    shutil.copytree(ITEMS / "manara", tmp_path / "again")
    assert tawatur("read", "again").returncode == 0
    found = stories(home)
    assert all(set(reports) <= set(found[story]) for story, reports in corrected.items())


# -- the pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def app(home: Path) -> Iterator[App]:
    with open_app(Settings(home=home)) as app:
        yield app


@pytest.fixture
def client(app: App) -> Iterator[TestClient]:
    with TestClient(create(app, editing=app), follow_redirects=False, **HERE) as client:  # type: ignore[arg-type]
        yield client


def send(client: TestClient, path: str, **fields: object):
    return client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"})


def test_the_form_of_a_page_merges_and_the_old_address_leads_to_the_new_with_a_note(
    app: App, client: TestClient
) -> None:
    (large, _), (other, gone) = held(app)[:2]
    title = app.store.story_head(other).title
    done = send(client, f"/story/{other}/correct", do="merge", into=f"http://127.0.0.1:8000/story/{large}", who="Salma")
    assert (done.status_code, done.headers["location"]) == (303, f"/story/{large}#history")
    for prefix in ("", "/en", "/api"):
        old = client.get(f"{prefix}/{'stories' if prefix == '/api' else 'story'}/{other}")
        assert (old.status_code, old.headers["cache-control"]) == (308, "no-cache")
        assert client.get(old.headers["location"]).status_code == 200
    page = html.fromstring(client.get(f"/story/{large}").text)
    assert title in page.xpath("//header//p[@role='note']")[0].text_content()
    assert "Salma" in page.xpath("//section[@class='history']")[0].text_content()
    assert all(page.xpath(f"//section//a[contains(@href, '{article}')]") for article in gone)
    assert other not in client.get("/").text
    assert client.get(f"/?before={other}").status_code == 200


def test_the_button_of_the_history_undoes_a_correction(app: App, client: TestClient) -> None:
    before = held(app)
    (large, reports) = before[0]
    send(client, f"/story/{large}/correct", do="split", article=reports[-1])
    assert held(app) != before
    page = html.fromstring(client.get(f"/en/story/{large}").text)
    (form,) = page.xpath("//section[@class='history']//form")
    story = form.xpath("input[@name='story']/@value")[0]
    assert send(client, form.get("action"), story=story).headers["location"] == f"/en/story/{large}#history"
    assert held(app) == before
    assert not html.fromstring(client.get(f"/story/{large}").text).xpath("//section[@class='history']//form")


def test_a_story_whose_reports_went_apart_says_where_they_are(app: App, client: TestClient) -> None:
    stories = held(app)
    (gone, reports), others = next(one for one in stories if len(one[1]) == 2), [stories[-1][0], stories[-2][0]]
    for article, into in zip(reports, others, strict=True):
        assert send(client, f"/story/{gone}/correct", do="move", article=article, into=into).status_code == 303
    page = client.get(f"/story/{gone}")
    assert page.status_code == 410
    links = html.fromstring(page.text).xpath("//ul[@class='named']//a/@href")
    assert sorted(links) == sorted(f"/story/{story}" for story in others)
    said = client.get(f"/api/stories/{gone}")
    assert (said.status_code, sorted(said.json()["stories"])) == (410, sorted(others))


def test_what_cannot_be_corrected_is_said_on_a_page_and_nothing_changes(app: App, client: TestClient) -> None:
    (large, reports) = held(app)[0]
    before = app.store.placed()
    refused = send(client, f"/story/{large}/correct", do="split", article=reports)
    assert refused.status_code == 409
    assert said("error.nothing_stays", large) in html.fromstring(refused.text).text_content()
    assert send(client, f"/story/{large}/correct", do="move", into=held(app)[1][0]).status_code == 409
    unknown = send(client, f"/story/{large}/correct", do="merge", into="unknown")
    assert (unknown.status_code, said("error.story_not_found", "unknown") in unknown.text) == (404, True)
    assert send(client, f"/story/{large}/correct", do="burn").status_code == 400
    assert send(client, f"/story/{large}/correct", note="x" * 70_000).status_code == 413
    assert send(client, "/correction/9/undo").status_code == 409
    assert app.store.placed() == before


def test_several_reports_move_together_or_not_at_all(app: App, client: TestClient) -> None:
    (large, reports), (other, there) = held(app)[:2]
    assert (
        send(client, f"/story/{large}/correct", do="move", article=[reports[0], "unknown"], into=other).status_code
        == 404
    )
    assert held(app)[0] == (large, reports)
    assert send(client, f"/story/{large}/correct", do="move", article=reports[:2], into=other).status_code == 303
    assert {one.article for one in app.store.standing(other)} == {*there, *reports[:2]}


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client_at", "host", "headers"),
    [
        ("192.0.2.7", "127.0.0.1", {}),
        ("127.0.0.1", "news.example", {}),
        ("127.0.0.1", "127.0.0.1", {"Origin": "http://elsewhere.example"}),
        ("127.0.0.1", "127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", "127.0.0.1", {"Sec-Fetch-Site": "cross-site"}),
        ("127.0.0.1", "127.0.0.1", {"Sec-Fetch-Site": "same-site"}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
    ],
)
def test_nobody_from_elsewhere_and_no_page_of_another_site_writes(
    app: App, client_at: str, host: str, headers: dict[str, str]
) -> None:
    (large, reports), (other, _) = held(app)[:2]
    with TestClient(create(app, editing=app), base_url=f"http://{host}:8000", client=(client_at, 1)) as client:
        form = client.post(f"/story/{large}/correct", data={"do": "merge", "into": other}, headers=headers)
        interface = client.post(f"/api/stories/{large}/merge", json={"into": other}, headers=headers)
        assert (form.status_code, interface.status_code) == (403, 403)
        foreign = client_at != "127.0.0.1" or host != "127.0.0.1"
        assert (f"/story/{large}/correct" in client.get(f"/story/{large}").text) is not foreign
    assert held(app)[0] == (large, reports)


def test_without_editing_there_is_no_form_and_nothing_to_send_it_to(app: App) -> None:
    (large, _) = held(app)[0]
    with TestClient(create(app), **HERE) as client:  # type: ignore[arg-type]
        assert f"/story/{large}/correct" not in client.get(f"/story/{large}").text
        assert client.post(f"/story/{large}/correct").status_code == 404


# -- the interface -----------------------------------------------------------------------------------------------------


def test_the_interface_corrects_and_tells_the_history(app: App, client: TestClient) -> None:
    before = held(app)
    (large, reports), (other, _) = before[:2]
    done = client.post(f"/api/stories/{large}/split", json={"articles": reports[-1:], "by": "Salma", "note": "why"})
    assert (done.status_code, done.json()["correction"]) == (200, 1)
    (new,) = set(done.json()["stories"]) - {large}
    told = client.get(f"/api/stories/{new}/history").json()
    assert (told["now"], told["events"][0]["other"]) == ([new], large)
    assert told["events"][0]["correction"] | {"at": ""} == {
        "number": 1,
        "who": "Salma",
        "note": "why",
        "at": "",
        "undone": None,
    }
    assert client.post(f"/api/stories/{new}/merge", json={"into": large}).json()["error"] == "kept_apart"
    assert client.post(f"/api/articles/{reports[-1]}/move", json={"into": other}).status_code == 200
    assert client.post("/api/corrections/1/undo", json={}).json()["error"] == "correction_built_on"
    assert [client.post(f"/api/corrections/{number}/undo", json={}).status_code for number in (2, 1)] == [200, 200]
    assert held(app) == before
    assert client.get("/api/stories/unknown/history").status_code == 404
