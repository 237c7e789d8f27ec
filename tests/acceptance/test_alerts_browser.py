"""Alerts in a real Chromium: the page without a script, the permission that a press asks for, and messages that are pushed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.acceptance.edition import SALMA, Edition, published
from tests.acceptance.test_browser import PHONE, WIDE, browser, opened, pytestmark
from tests.network.test_alert_push import issue, story

from tawatur.alerting.push import payload
from tawatur.alerting.vapid import Vapid
from tawatur.alerting.words import Words
from tawatur.messages import catalogue

__all__ = ["browser", "pytestmark"]

PATH = "/you/alerts"
REGISTER = (
    "navigator.serviceWorker.register('/push.js').then(() => navigator.serviceWorker.ready).then(one => one.scope)"
)
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications();
  return shown.map(one => ({ title: one.title, body: one.body, lang: one.lang, dir: one.dir, tag: one.tag, url: one.data.url }));
}"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    with published(tmp_path_factory.mktemp("alerts")) as made:
        yield made


def at_home(browser: Any, edition: Edition, **options: Any) -> Any:
    page = opened(browser, **options)
    edition.sign_in(page)
    return page


def test_all_is_done_without_a_script(browser: Any, edition: Edition) -> None:
    page = at_home(browser, edition, viewport=PHONE, java_script_enabled=False)
    page.goto(edition.address + PATH)
    before = page.locator("li.watch").count()
    form = page.locator("form.making").filter(has=page.locator("[name=kind][value=search]"))
    form.locator("[name=about]").fill(catalogue("ar").text("alerts.title"))
    form.locator("button").click()
    page.wait_for_url("**done=watched**")
    assert page.locator("li.watch").count() == before + 1
    assert page.locator("[data-said=none]").is_visible()
    page.context.close()


def test_nothing_is_asked_before_the_button_is_pressed(browser: Any, edition: Edition) -> None:
    page = at_home(browser, edition, viewport=WIDE)
    page.add_init_script(
        "const ask = Notification.requestPermission.bind(Notification);"
        "window.asked = 0; Notification.requestPermission = () => { window.asked += 1; return ask(); };"
    )
    page.goto(edition.address + PATH)
    page.locator("[data-said=ask], [data-said=refused]").locator("visible=true").wait_for()
    assert page.evaluate("window.asked") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.context.close()


def test_whoever_presses_is_registered_or_told_why_not(browser: Any, edition: Edition) -> None:
    """A browser that reaches its push service is registered; here it mostly cannot, and says so."""
    page = at_home(browser, edition, viewport=WIDE)
    page.context.grant_permissions(["notifications"], origin=edition.address)
    page.goto(edition.address + PATH)
    before = page.locator(".browsers li").count()
    page.locator("[data-said=ask] button").click()
    page.wait_for_function(
        "before => document.querySelectorAll('.browsers li').length > before"
        " || !document.querySelector('[data-said=failed]').hidden || !document.querySelector('[data-said=refused]').hidden",
        arg=before,
        timeout=60_000,
    )
    page.context.close()


def test_a_browser_subscribes_with_the_key_of_the_deployment(browser: Any, edition: Edition) -> None:
    """The push service is stood in for, since none can be reached: what the page asks of the browser, and sends us, is real."""
    page = at_home(browser, edition, viewport=WIDE)
    page.context.grant_permissions(["notifications"], origin=edition.address)
    page.goto(edition.address + PATH)
    made = page.evaluate(
        """async () => {
          const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
          const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
          const text = bytes => btoa(String.fromCharCode(...bytes)).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
          const keys = { p256dh: text(raw), auth: text(crypto.getRandomValues(new Uint8Array(16))) };
          window.options = null;
          PushManager.prototype.subscribe = async given => {
            window.name = text(given.applicationServerKey);
            return { endpoint: "https://push.example/real", toJSON: () => ({ endpoint: "https://push.example/real", keys }) };
          };
          return keys;
        }"""
    )
    page.locator("[data-said=ask] button").click()
    page.wait_for_function("() => document.querySelectorAll('.browsers li').length === 3")
    assert page.evaluate("window.name") == Vapid(edition.app.store, "").public
    known = {one.endpoint: one for one in edition.app.store.browsers(SALMA.id)}
    assert known["https://push.example/real"].p256dh == made["p256dh"]
    page.context.close()


def pushed(page: Any, address: str, data: str) -> Any:
    """Push a message to the service worker of a page, as the browser does when its push service brings one."""
    session = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until = 50
    while not found and until:
        page.wait_for_timeout(100)
        until -= 1
    registration = next(one["registrationId"] for one in found if one["scopeURL"] == f"{address}/")
    message = {"origin": address, "registrationId": registration, "data": data}
    session.send("ServiceWorker.deliverPushMessage", message)
    page.wait_for_timeout(300)
    return page.evaluate(SHOWN)


@pytest.fixture
def working(browser: Any, edition: Edition) -> Iterator[Any]:
    page = at_home(browser, edition, viewport=PHONE)
    page.context.grant_permissions(["notifications"], origin=edition.address)
    page.goto(edition.address + PATH)
    assert page.evaluate(REGISTER) == f"{edition.address}/"
    yield page
    page.context.close()


def test_a_message_is_shown_in_its_language_and_opens_its_story(working: Any, edition: Edition) -> None:
    headline = catalogue("ar").text("product.motto")
    told = payload(issue(story(title=headline)), Words("ar", edition.address)).decode()
    (shown,) = pushed(working, edition.address, told)
    assert (shown["title"], shown["lang"], shown["dir"]) == (headline, "ar", "rtl")
    assert shown["body"] == catalogue("ar").text("alerts.told.sources", n=3)
    assert shown["url"] == f"{edition.address}/story/s1"
    again = pushed(working, edition.address, told)
    assert len(again) == 1


def test_a_message_that_leads_elsewhere_leads_home(working: Any, edition: Edition) -> None:
    (shown,) = pushed(working, edition.address, json.dumps({"title": "x", "url": "https://evil.example/"}))
    assert shown["url"] == f"{edition.address}/"


@pytest.mark.parametrize("data", ["", "no json", "{}", '{"title": 7}'])
def test_what_is_no_message_of_ours_is_not_shown(working: Any, edition: Edition, data: str) -> None:
    assert pushed(working, edition.address, data) == []


def test_touching_a_notification_opens_its_page(working: Any, edition: Edition) -> None:
    pushed(working, edition.address, json.dumps({"title": "x", "url": "/about", "tag": "t"}))
    (worker,) = [one for one in working.context.service_workers if one.url.endswith("/push.js")]
    opened_at = worker.evaluate(
        """async () => {
          const asked = [];
          self.clients.openWindow = async url => { asked.push(url); };
          const [one] = await self.registration.getNotifications();
          const event = new NotificationEvent("notificationclick", { notification: one });
          self.dispatchEvent(event);
          await new Promise(done => setTimeout(done, 200));
          return [...asked, (await self.registration.getNotifications()).length];
        }"""
    )
    assert opened_at == [f"{edition.address}/about", 0]
