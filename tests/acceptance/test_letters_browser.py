"""Letters in a real Chromium, before a real server with a real mail server behind it, without a script.

A reader makes a morning letter by one press, looks at it in three ways, sends it, reads it where it arrives and on its page, and
pauses it. A stranger subscribes to a public newsletter, confirms, is sent it, and ends it by one click.
"""

import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from tests.acceptance import test_browser
from tests.acceptance.conftest import COMMAND
from tests.acceptance.edition import SALMA
from tests.acceptance.letterbox import Letterbox, free_port, link_in
from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_account_browser import Person
from tests.acceptance.test_browser import PHONE, WIDE, browser
from tests.unit.web.arriving import Nobody

from tawatur.accounts import Accounts
from tawatur.app import open_app
from tawatur.config import load
from tawatur.messages import catalogue

pytestmark = test_browser.pytestmark
__all__ = ["browser"]

T = catalogue("ar").text
OMAR = "omar@waz.example"


@dataclass
class Served:
    address: str
    token: str
    letterbox: Letterbox

    def person(self, browser: Any, *, known: bool, **options: Any) -> Person:
        someone = Person(browser, self.address, self.letterbox, locale="ar", **options)
        if known:
            someone.page.context.add_cookies([{"name": "tawatur", "value": self.token, "url": self.address}])
        return someone


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the sample edition in a process of its own, with a reader who runs the site too."""
    port, home = free_port(), tmp_path_factory.mktemp("served") / "home"
    with open_app(load({"TAWATUR_HOME": str(home), "TAWATUR_GRADE": "fast"})) as app:
        app.put_sample(watch=Nobody())
        app.store.add_reader(SALMA)
        token = Accounts(app.store, single=False).sessions.begin(SALMA, now=datetime.now(UTC))
    with Letterbox() as box:
        variables = os.environ | {
            "TAWATUR_HOME": str(home),
            "TAWATUR_ACCOUNTS": "on",
            "TAWATUR_SMTP_URL": box.address,
            "TAWATUR_MAIL_FROM": "news@tawatur.example",
            "TAWATUR_PORT": str(port),
        }
        running = subprocess.Popen([COMMAND, "serve"], env=variables, stdout=subprocess.PIPE, text=True)
        assert running.stdout
        assert str(port) in running.stdout.readline()
        yield Served(f"http://127.0.0.1:{port}", token, box)
        running.terminate()
        assert running.wait(timeout=60) in (0, -15)


def press(person: Person, within: str, name: str) -> None:
    person.page.locator(f"main {within}").get_by_role("button", name=name, exact=True).first.click()
    person.page.wait_for_load_state()
    person.look()


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body
    return str(body.get_content())


def to(letterbox: Letterbox, email: str, count: int) -> EmailMessage:
    """Return the letter that came to an address as soon as it has so many."""
    while len([one for one in letterbox.letters if one["To"] == email]) < count:
        letterbox.wait(len(letterbox.letters) + 1, 60)
    return [one for one in letterbox.letters if one["To"] == email][count - 1]


def test_a_reader_makes_looks_at_sends_reads_and_pauses_a_morning_letter(browser: Any, served: Served) -> None:
    person = served.person(browser, known=True, viewport=PHONE, java_script_enabled=True)
    page = person.page
    person.open("/you/letters")
    page.locator("input[name=zone]").fill("Cairo")
    press(person, "form.zoned", T("letters.zone_save"))
    press(person, "[aria-labelledby=kind-morning]", T("letters.make_of", name=T("letters.kind.morning")))
    assert page.locator("[role=status]").inner_text() == T("letters.done.made")
    here, comes = page.url.partition("?")[0], page.locator(".comes").inner_text()
    city = T("letters.zone_of", city=catalogue("ar").text("letters.city_utc"))
    assert "7:00" in comes
    assert city not in comes

    # In three ways: the page of an issue, the mail in a frame that can do nothing, and plain text.
    page.get_by_role("link", name=T("letters.preview"), exact=True).click()
    person.look()
    headline = page.locator("article.told h2").first.inner_text()
    assert served.letterbox.letters == []
    page.get_by_role("link", name=T("letters.preview.mail"), exact=True).click()
    frame = page.frame_locator("iframe.mail-frame")
    assert headline in frame.locator("body").inner_text()
    assert frame.locator("html").get_attribute("dir") == "rtl"
    assert "sandbox" in page.request.get(f"{here}/preview/mail").headers["content-security-policy"]
    page.get_by_role("link", name=T("letters.preview.text"), exact=True).click()
    assert headline in page.locator("pre.mail-text").inner_text()
    for form in ("page", "mail", "text"):
        page.goto(f"{here}/preview?form={form}")
        assert faults(page) == [], form

    # Sent at once, it arrives, and its page opens from the mail.
    person.open(here)
    press(person, ".acts", T("letters.send"))
    assert page.locator("[role=status]").inner_text() == T("letters.done.sent")
    letter = to(served.letterbox, SALMA.email, 1)
    assert headline in re.sub("[\u2066-\u2069]", "", str(letter["Subject"]))
    assert 'dir="rtl"' in html_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    person.open(link_in(letter))
    assert headline in page.locator("main").inner_text()
    person.open(here)
    assert page.locator(".issues li").count() == 1
    press(person, ".acts", T("letters.send"))
    assert page.locator("[role=status]").inner_text() == T("letters.done.nothing")

    press(person, ".acts", T("letters.pause"))
    assert page.locator(".state").inner_text() == T("letters.state.asked")
    page.goto(f"{served.address}/you/letters")
    assert faults(page) == []
    assert [line for line in person.told if "422" not in line] == []
    page.context.close()


def test_a_stranger_subscribes_confirms_is_sent_and_ends_a_newsletter(browser: Any, served: Served) -> None:
    # Who runs the site makes a newsletter.
    desk = served.person(browser, known=True, viewport=WIDE)
    desk.open("/desk/newsletters/new?kind=weekly")
    for name, value in (
        ("title", "Tawatur on Friday"),
        ("slug", "friday"),
        ("description", "*What* remains."),
        ("zone", "Cairo"),
    ):
        desk.page.locator(f"main [name={name}]").fill(value)
    press(desk, "form.sheet", T("newsletters.desk.make"))
    assert desk.page.locator("[role=status]").inner_text() == T("letters.done.made")

    # A stranger subscribes, without a script; nothing happens before he presses the button behind the link.
    context = browser.new_context(viewport=PHONE, locale="ar", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/newsletters/friday")
    page.locator("main [name=email]").fill(OMAR)
    page.locator("form.subscribe button").click()
    assert page.locator("h1").inner_text() == T("newsletters.sent.title")
    page.goto(link_in(to(served.letterbox, OMAR, 1)))
    assert T("newsletters.desk.subscribed", n=0) in numbers(desk)
    page.locator("main form button").click()
    assert page.locator("h1").inner_text() == T("newsletters.confirmed.title")
    assert T("newsletters.desk.subscribed", n=1) in numbers(desk)

    # It is sent, and ended by what mail programs make of its head: one POST, without a cookie, without being led anywhere.
    press(desk, ".ledger", f"{T('letters.send')}: Tawatur on Friday")
    letter = to(served.letterbox, OMAR, 2)
    (url,) = re.findall("<(https?://[^>]+)>", str(letter["List-Unsubscribe"]))[:1]
    page.goto(url)
    assert T("newsletters.desk.subscribed", n=1) in numbers(desk)
    asked = urllib.request.Request(url, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert (answer.status, answer.url) == (200, url)
    assert T("newsletters.desk.subscribed", n=0) in numbers(desk)
    assert T("newsletters.desk.left", n=1) in numbers(desk)
    context.close()
    assert desk.told == []
    desk.page.context.close()


def numbers(desk: Person) -> str:
    desk.open("/desk/newsletters")
    return str(desk.page.locator(".numbers").inner_text())


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_newsstand_is_clean(browser: Any, served: Served, size: dict[str, int]) -> None:
    someone = served.person(browser, known=False, viewport=size)
    for path in ("/newsletters", "/en/newsletters"):
        someone.open(path)
        assert faults(someone.page) == []
    assert someone.told == []
    someone.page.context.close()
