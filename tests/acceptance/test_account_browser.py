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
from tests.acceptance.conftest import COMMAND
from tests.acceptance.edition import NEXT, PASSWORD, WRONG
from tests.acceptance.letterbox import Letterbox, free_port, link_in
from tests.acceptance.person import EMAIL, Person
from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_browser import PHONE, WIDE, browser

pytestmark = test_browser.pytestmark
__all__ = ["browser"]

MOVED = "salma@home.example"
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
    assert running.wait(timeout=60) in (0, -15)


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
    assert faults(page) == []
    # Another browser comes in with a recovery code, and is put out from here with all the others.
    other = Person(page.context.browser, person.address, person.letterbox, viewport=WIDE, locale="ar")
    other.sign_in(PASSWORD)
    assert faults(other.page) == []
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
    someone.open("/sign-in")
    someone.send("/sign-in", email="nobody@manara.example", password=WRONG)
    assert faults(someone.page) == []
    assert [line for line in someone.told if "422" not in line] == []
    someone.page.context.close()
