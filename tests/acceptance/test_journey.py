"""The whole way of a new reader in a real Chromium, in Arabic, on a phone and a wide screen, with a real server and real mail.

She signs up, follows a person, sees him explained on the front page, reads, saves, annotates, searches, finds, takes her things
with her, is told what is new, and deletes the account. What she saw is kept as pictures in ``build/screenshots``.
"""

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.acceptance.conftest import COMMAND, DATA
from tests.acceptance.edition import PASSWORD
from tests.acceptance.letterbox import Letterbox, free_port, link_in
from tests.acceptance.person import Person
from tests.acceptance.test_browser import PHONE, WIDE, browser, pytestmark
from tests.unit.web.arriving import TOLD, Nobody, document

from tawatur.app import open_app
from tawatur.config import load
from tawatur.messages import catalogue

__all__ = ["browser", "pytestmark"]

SAID = json.loads((DATA / "journey.json").read_text(encoding="utf-8"))
T = catalogue("ar").text
EMAIL = "reader@manara.example"
EARLY, LATER = ("factory_first", "factory_second"), ("factory_third",)
NOW = datetime.now(UTC)
XHTML = "{http://www.w3.org/1999/xhtml}"


def today(name: str) -> datetime:
    """Return when a report appears: in the order of the invented day, in the last twelve hours."""
    return NOW - timedelta(hours=12 - TOLD[name]["hour"])


@dataclass
class Running:
    """A server in a process of its own, with its data folder and its mail."""

    address: str
    variables: dict[str, str]
    letterbox: Letterbox

    def arrives(self, folder: Path, names: tuple[str, ...]) -> None:
        """Let news of this day come, by the real command beside the server."""
        lines = [json.loads(document(name, NOW).content) for name in names]
        told = [
            json.dumps(line | {"published": today(name).isoformat()}) for name, line in zip(names, lines, strict=True)
        ]
        (folder / "news.jsonl").write_text("\n".join(told), encoding="utf-8")
        command = [COMMAND, "read", str(folder / "news.jsonl")]
        subprocess.run(command, env=self.variables, check=True, capture_output=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the sample edition."""
    made = tmp_path_factory.mktemp("journey") / "home"
    with open_app(load({"TAWATUR_HOME": str(made)})) as app:
        app.put_sample(watch=Nobody())
    return made


@pytest.fixture
def running(home: Path, tmp_path: Path) -> Iterator[Running]:
    shutil.copytree(home, tmp_path / "home")
    with Letterbox() as letterbox:
        port = free_port()
        variables = os.environ | {
            "TAWATUR_HOME": str(tmp_path / "home"),
            "TAWATUR_ACCOUNTS": "on",
            "TAWATUR_REGISTRATION": "open",
            "TAWATUR_SMTP_URL": letterbox.address,
            "TAWATUR_MAIL_FROM": "news@tawatur.example",
            "TAWATUR_PORT": str(port),
        }
        there = Running(f"http://127.0.0.1:{port}", variables, letterbox)
        there.arrives(tmp_path, EARLY)
        server = subprocess.Popen([COMMAND, "serve"], env=variables, stdout=subprocess.PIPE, text=True)
        assert server.stdout
        assert str(port) in server.stdout.readline()
        yield there
        server.terminate()
        assert server.wait(timeout=60) in (0, -15)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_new_reader_from_signing_up_to_deleting_the_account(
    browser: Any, running: Running, size: dict[str, int], tmp_path: Path
) -> None:
    person = Person(browser, running.address, running.letterbox, viewport=size, locale="ar")
    signs_up(person)
    follows(person)
    story = reads(person)
    saves_and_annotates(person, story, by_selection=size is WIDE)
    searches(person)
    takes_along(person, tmp_path)
    running.arrives(tmp_path, LATER)
    is_told_what_is_new(person, story)
    deletes(person)
    assert person.said() == []
    person.page.context.close()


def signs_up(person: Person) -> None:
    page = person.page
    person.open("/")
    person.keep("01-front")
    page.locator(".tools").get_by_role("link", name=T("readers.sign_in.title")).click()
    page.get_by_role("link", name=T("readers.sign_in.join")).click()
    person.send("/sign-up", email=EMAIL, name=SAID["name"])
    person.keep("02-letter-sent")
    person.open(link_in(person.letterbox.wait(1)))
    person.send(page.locator("main form").get_attribute("action"), password=PASSWORD)
    person.keep("03-settings")


def follows(person: Person) -> None:
    """Follow the person who is most in the news; the front page says why she is shown his."""
    page = person.page
    page.locator(".sections").get_by_role("link", name=T("naming.ways")).click()
    page.locator(".most a").first.click()
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name=T("personal.follow_of", name=name), exact=True).click()
    assert page.locator(".following .chosen").first.inner_text() == T("personal.followed")
    person.look()
    person.keep("04-person")
    person.open("/")
    assert page.locator(".because", has_text=T("why.you_follow", terms=name)).first.is_visible()
    person.keep("05-for-you")


def reads(person: Person) -> str:
    """Read a story, which is marked as read then; return its path."""
    page = person.page
    open_story(person, TOLD["factory_second"]["title"])
    path = str(page.evaluate("location.pathname"))
    assert page.locator(".since").count() == 0
    person.keep("06-story")
    person.open("/")
    card = page.locator("article", has=page.locator(f"a[href='{path}']")).first
    assert card.locator(".state").inner_text() == T("personal.state.read")
    return path


def open_story(person: Person, title: str) -> None:
    """Find a story by its headline, as anybody would who does not see it on the page."""
    page = person.page
    page.locator(".masthead [name=q]").fill(title)
    page.locator(".masthead .finding button").click()
    page.locator(".found .headline a").first.click()
    page.wait_for_url("**/story/*")
    person.look()


def saves_and_annotates(person: Person, story: str, *, by_selection: bool) -> None:
    page = person.page
    person.open(story)
    page.locator(".keep button").click()
    page.locator(".keep .kept").click()
    page.wait_for_url("**/saved/*")
    form = page.locator(".annotating")
    form.locator("[name=note]").fill(SAID["note"])
    form.locator("[name=tags]").fill(SAID["tags"])
    form.locator("button").click()
    if by_selection:
        page.locator("#text [data-at]").first.click(click_count=3)
        page.locator(".picking [name=note]").fill(SAID["comment"])
        page.locator(".picking button").click()
    else:
        page.get_by_role("link", name=T("saved.mark_sentences")).click()
        page.locator(".choices input").first.check()
        page.locator(".mark-bar [name=note]").fill(SAID["comment"])
        page.locator(".mark-bar button").click()
    page.locator("#text mark").first.wait_for()
    assert page.locator(".marks .own-note").inner_text() == SAID["comment"]
    person.look()
    person.keep("07-annotated")


def searches(person: Person) -> None:
    """Find the story by a word in another form, and what was saved by its note, its text and its tag."""
    page = person.page
    person.open("/search")
    page.locator("#asked").fill(SAID["asked"])
    page.locator(".typed button").click()
    page.locator(".found mark").first.wait_for()
    person.look()
    person.keep("08-found")
    person.open("/saved")
    page.locator(".seeking [name=q]").fill(SAID["own"])
    page.locator(".seeking button").click()
    page.wait_for_url("**/saved?q=*")
    page.locator(".kept-card").first.wait_for()
    assert page.locator(".kept-card").count() == 1
    person.open("/saved")
    page.locator(".tags").get_by_role("link", name=SAID["tag"]).click()
    assert page.locator(".kept-card .own-note").inner_text() == SAID["note"]
    person.look()
    person.keep("09-saved")


def takes_along(person: Person, folder: Path) -> None:
    """Take what was saved along in all three forms, and open each."""
    person.open("/saved")
    taken = {form: download(person, form, folder) for form in ("json", "md", "epub")}
    (entry,) = json.loads(taken["json"].read_bytes())["saved"]
    assert (entry["note"], SAID["tag"] in entry["tags"]) == (SAID["note"], True)
    text = taken["md"].read_text(encoding="utf-8")
    assert all(said in text for said in (entry["title"], SAID["note"], SAID["comment"]))
    with zipfile.ZipFile(taken["epub"]) as book:
        assert book.testzip() is None
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, book.read(first)) == ("mimetype", 0, b"application/epub+zip")
        pages = [etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
        shown = ["".join(one.itertext()) for one in pages]
        assert all(one.get("dir") == "rtl" for one in pages)
        assert any(entry["title"] in one and SAID["comment"] in one for one in shown)
        package = etree.fromstring(book.read(next(name for name in book.namelist() if name.endswith(".opf"))))
        assert package.find(".//{*}spine").get("page-progression-direction") == "rtl"
        assert sum(len(list(one.iter(f"{XHTML}mark"))) for one in pages) == 1


def download(person: Person, form: str, folder: Path) -> Path:
    with person.page.expect_download() as taking:
        person.page.locator(f".takes a[href*='export.{form}']").click()
    kept = folder / f"saved.{form}"
    taking.value.save_as(kept)
    return kept


def is_told_what_is_new(person: Person, story: str) -> None:
    page = person.page
    person.open("/saved")
    flag = page.locator(".kept-card .flag")
    assert flag.inner_text() == T("saved.changed")
    flag.click()
    changed = page.locator("#changed")
    assert re.search(r"\b7\b", changed.inner_text())
    person.look()
    person.keep("10-saved-changed")
    person.open("/")
    card = page.locator("article", has=page.locator(f"a[href='{story}']")).first
    assert card.locator(".state").inner_text() == T("personal.state.changed")
    person.open(story)
    new = page.locator(".since")
    assert new.get_by_role("heading").inner_text() == T("since.title")
    assert new.locator("del", has_text="5").is_visible()
    person.keep("11-new-since")


def deletes(person: Person) -> None:
    """Delete the account: everything is gone, and nobody comes in any more."""
    page = person.page
    person.open("/settings")
    page.locator("details:has(form[action$='/settings/delete']) summary").click()
    person.send("/settings/delete", current=PASSWORD)
    person.keep("12-deleted")
    person.sign_in(PASSWORD, EMAIL)
    assert page.locator("[role='alert']").is_visible()
    page.goto(f"{person.address}/saved")
    assert "/sign-in" in page.url
