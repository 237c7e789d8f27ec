"""A reader's whole life in a real Chromium, before a real server with a real mail server behind it.

He signs up, the letter arrives, he confirms and signs in, sets a second step up, signs out everywhere, and deletes the account.
"""

import os
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pyotp
import pytest
from tests.acceptance import test_browser
from tests.acceptance.conftest import COMMAND, DATA
from tests.acceptance.letterbox import Letterbox, free_port, link_in
from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_browser import PHONE, WIDE, browser, check, opened

pytestmark = test_browser.pytestmark
__all__ = ["browser"]

EMAIL, MOVED = "salma@manara.example", "salma@home.example"
#: Three sentences that nobody guesses: passwords, in Arabic as a reader types them.
PASSWORD, NEXT, WRONG = (DATA / "passphrases.txt").read_text(encoding="utf-8").splitlines()[-3:]
WAIT = 30.0


@pytest.fixture(scope="module")
def letterbox() -> Iterator[Letterbox]:
    with Letterbox() as box:
        yield box


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, letterbox: Letterbox) -> Iterator[str]:
    """Serve with accounts that are open to everybody, in a process of its own."""
    port = free_port()
    variables = os.environ | {
        "TAWATUR_HOME": str(tmp_path_factory.mktemp("served") / "home"),
        "TAWATUR_ACCOUNTS": "on",
        "TAWATUR_REGISTRATION": "open",
        "TAWATUR_SMTP_URL": letterbox.address,
        "TAWATUR_MAIL_FROM": "news@tawatur.example",
        "TAWATUR_PORT": str(port),
    }
    running = subprocess.Popen([COMMAND, "serve"], env=variables, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert str(port) in running.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    assert running.wait(timeout=30) in (0, -15)


class Person:
    """Somebody before a browser: what is shown is looked at, and every word on the console is a failure."""

    def __init__(self, browser: Any, address: str, letterbox: Letterbox, **options: Any) -> None:
        self.page = opened(browser, **options)
        self.page.set_default_timeout(60_000)
        self.address, self.letterbox = address, letterbox
        self.told: list[str] = []
        self.page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        self.page.on("request", lambda request: self.told.append(request.url) if self.foreign(request.url) else None)

    def foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:"))

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.look()

    def look(self) -> None:
        """Nothing stands beyond the edges, all can be read, and this by day and by night."""
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            for name in ("overflow", "contrast", "headings", "typography", "targets"):
                assert check(self.page, name) == [], f"{self.page.url}: {name}"

    def clean(self, path: str) -> None:
        """Axe finds nothing on a page; what it changes of the page is gone with it."""
        self.page.goto(self.address + path)
        assert faults(self.page) == [], path

    def send(self, form: str, **fields: str) -> None:
        """Fill a form and send it by its button."""
        found = self.page.locator(f"main form[action$='{form}']")
        for name, value in fields.items():
            found.locator(f"[name='{name}']").fill(value)
        found.locator("button").click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, count: int) -> None:
        """Open the link of a letter, once so many have come."""
        self.open(link_in(self.letterbox.wait(count)))

    def sign_in(self, password: str) -> None:
        self.open("/sign-in")
        self.send("/sign-in", email=EMAIL, password=password)


@pytest.fixture
def person(browser: Any, address: str, letterbox: Letterbox) -> Iterator[Person]:
    letterbox.letters.clear()
    someone = Person(browser, address, letterbox, viewport=PHONE, locale="ar")
    yield someone
    assert [line for line in someone.told if "422" not in line] == []
    someone.page.context.close()


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name || ''"))


def test_a_readers_whole_life(person: Person, tmp_path: Path) -> None:
    page, letters = person.page, person.letterbox.letters
    # He asks for an account; a mistake is shown beside its field, which has the focus.
    person.open("/sign-up")
    person.send("/sign-up", email="salma@", name="Salma")
    assert focused(page) == "email"
    assert page.locator("[name='name']").input_value() == "Salma"
    person.send("/sign-up", email=EMAIL)
    # The letter runs from right to left, and its link leads to where the password is chosen.
    letter = person.letterbox.wait(1)
    assert 'dir="rtl"' in letter.get_body(("html",)).get_content()
    person.follow(1)
    person.send(page.locator("main form").get_attribute("action"), password="password123")
    assert focused(page) == "password"
    person.send(page.locator("main form").get_attribute("action"), password=PASSWORD)
    assert page.url.startswith(f"{person.address}/settings")
    assert page.locator(".who").inner_text() == EMAIL
    # Out, and in again.
    page.locator(".areas form button").click()
    page.wait_for_url("**/sign-in*")
    person.sign_in(WRONG)
    assert focused(page) == "password"
    person.sign_in(PASSWORD)
    # The second step: the picture holds the secret, a code proves that it was scanned.
    person.open("/settings/second")
    secret = page.locator("[name='secret']").input_value()
    assert page.locator(".qr svg").bounding_box()["width"] >= 200
    person.send("/settings/second", code=pyotp.TOTP(secret).now(), current=PASSWORD)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 8
    # Another browser comes in with a recovery code, and is put out from here with all the others.
    other = Person(page.context.browser, person.address, person.letterbox, viewport=WIDE, locale="ar")
    other.sign_in(PASSWORD)
    other.send("/sign-in/code", code=codes[0])
    other.open("/settings")
    assert other.page.locator(".sessions li").count() == 2
    person.open("/settings")
    person.send("/settings/sessions/end-all")
    other.page.goto(f"{person.address}/settings")
    assert "/sign-in" in other.page.url
    assert other.told == []
    other.page.context.close()
    # A copy of everything, and the end.
    person.sign_in(PASSWORD)
    person.send("/sign-in/code", code=codes[1])
    person.open("/settings")
    with page.expect_download() as download:
        page.locator("main form[action$='/settings/export'] button").click()
    download.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        assert EMAIL in packed.read("tawatur/account.json").decode()
    page.locator("details:has(form[action$='/settings/delete']) summary").click()
    person.send("/settings/delete", current=PASSWORD)
    person.sign_in(PASSWORD)
    assert page.locator("[role='alert']").is_visible()
    subjects = [str(one["Subject"]) for one in letters]
    until = monotonic() + WAIT
    while len(letters) < 3 and monotonic() < until:
        sleep(0.1)
    assert len(letters) == 3, subjects  # to join, of the second step, of the deletion


def test_a_forgotten_password_and_another_address(person: Person) -> None:
    page = person.page
    person.open("/sign-up")
    person.send("/sign-up", email=EMAIL)
    person.follow(1)
    person.send(page.locator("main form").get_attribute("action"), password=PASSWORD)
    page.context.clear_cookies()
    person.open("/forgot")
    person.send("/forgot", email=EMAIL)
    person.follow(2)
    person.send(page.locator("main form").get_attribute("action"), password=NEXT)
    person.sign_in(NEXT)
    person.clean("/settings/second")
    person.clean("/settings")
    person.open("/settings")
    person.send("/settings/address", email=MOVED, current=NEXT)
    person.letterbox.wait(4)  # that of the changed password is among them
    (asked,) = [one for one in person.letterbox.letters if one["To"] == MOVED]
    person.open(link_in(asked))
    person.send(page.locator("main form").get_attribute("action"))
    assert page.locator(".who").inner_text() == MOVED
    assert person.letterbox.wait(5)["To"] == EMAIL
    page.locator("details:has(form[action$='/settings/delete']) summary").click()
    person.send("/settings/delete", current=NEXT)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_ways_in_fit_in_both_languages(
    browser: Any, address: str, letterbox: Letterbox, size: dict[str, int]
) -> None:
    someone = Person(browser, address, letterbox, viewport=size)
    for path in ("/sign-in", "/sign-up", "/forgot", "/en/sign-in", "/en/sign-up", "/en/forgot"):
        someone.open(path)
        someone.clean(path)
    someone.open("/sign-in")
    someone.send("/sign-in", email="nobody@manara.example", password=WRONG)
    assert faults(someone.page) == []
    assert [line for line in someone.told if "422" not in line] == []
    someone.page.context.close()
