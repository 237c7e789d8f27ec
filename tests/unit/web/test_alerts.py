"""The page of alerts over HTTP, without a script."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.network.test_alert_push import Receiver
from tests.unit.web.lending import Lending
from tests.unit.web.lending import browser as opened
from tests.unit.web.shelf import filled

from tawatur.alert import MOST_BROWSERS, MOST_WEBHOOKS, browser_id
from tawatur.alerting.vapid import Vapid
from tawatur.alerting.watching import MOST
from tawatur.messages import catalogue
from tawatur.newsletter import Channel, NewsletterKind
from tawatur.reader import LOCAL
from tawatur.store.alerts import AFFAIR

PATH = "/you/alerts"


@pytest.fixture
def store() -> Lending:
    return Lending(filled())


@pytest.fixture
def client(store: Lending) -> Iterator[TestClient]:
    with opened(store) as made:
        yield made


def page(client: TestClient, path: str = PATH) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def csrf(client: TestClient) -> str:
    return str(page(client).xpath("string(//input[@name='csrf']/@value)"))


def do(client: TestClient, **fields: object) -> int:
    return client.post(PATH, data={"csrf": csrf(client), **fields}, follow_redirects=False).status_code


def watch(client: TestClient, **fields: object) -> int:
    return do(client, do="watch", by=["push", "webhook"], **fields)


def test_breaking_news_is_watched_with_a_threshold_and_a_scope(client: TestClient, store: Lending) -> None:
    assert watch(client, kind="breaking", sources="4", minutes="180", about="followed") == 303
    (one,) = [each.newsletter for each in store.newsletters_of(LOCAL)]
    assert (one.kind, one.channels) == (NewsletterKind.BREAKING, frozenset({Channel.PUSH, Channel.WEBHOOK}))
    assert one.threshold is not None
    assert (one.threshold.sources, one.threshold.within.total_seconds()) == (4, 180 * 60)
    assert store.thresholds() == (one.threshold,)
    found = page(client)
    assert len(found.cssselect("li.watch")) == 1
    assert found.xpath("string(//li/h3)") == catalogue("ar").text("alerts.scope.followed")


def test_the_same_is_watched_once(client: TestClient, store: Lending) -> None:
    for _ in range(2):
        watch(client, kind="breaking", sources="3", minutes="120", about="")
    assert len(store.newsletters_of(LOCAL)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "breaking", "sources": "1", "minutes": "120"},
        {"kind": "breaking", "sources": "3", "minutes": "7"},
        {"kind": "breaking", "sources": "3", "minutes": "120", "about": "person/nobody"},
        {"kind": "breaking", "sources": "3", "minutes": "120", "about": "moon"},
        {"kind": "search", "about": " "},
        {"kind": "search", "about": "x" * 400, "minutes": "61"},
        {"kind": "affair", "about": "nothing"},
        {"kind": "other"},
    ],
)
def test_what_is_no_wish_is_not_taken(client: TestClient, store: Lending, fields: dict[str, str]) -> None:
    answer = client.post(PATH, data={"csrf": csrf(client), "do": "watch", **fields}, follow_redirects=False)
    assert "done=wrong" in answer.headers["location"]
    assert store.newsletters_of(LOCAL) == ()


def test_nobody_watches_too_many_things(client: TestClient, store: Lending) -> None:
    for number in range(MOST + 3):
        watch(client, kind="search", about=f"word{number}")
    assert len(store.newsletters_of(LOCAL)) == MOST


def test_a_search_and_an_affair_are_proposed_by_their_pages_and_watched_by_a_press(
    client: TestClient, store: Lending
) -> None:
    proposed = page(client, f"{PATH}?search=bridge")
    assert proposed.xpath("//input[@id='query']/@value") == ["bridge"]
    proposed = page(client, f"{PATH}?affair=story-bridge")
    assert len(proposed.cssselect(".proposed .headline")) == 1
    assert store.newsletters_of(LOCAL) == ()
    assert watch(client, kind="search", about="bridge", minutes="60") == 303
    assert watch(client, kind="affair", about="story-bridge") == 303
    search, affair = (each.newsletter for each in store.newsletters_of(LOCAL))
    assert search.subject is not None
    assert affair.subject is not None
    assert (search.subject.key, affair.subject.kind, affair.subject.key) == ("bridge", AFFAIR, "story-bridge")
    assert [one.id for one in store.watching_searches()] == [search.id]
    assert page(client, "/search?q=bridge").xpath("//a[contains(@href, '/you/alerts?search=bridge')]")


def test_what_is_watched_is_changed_paused_and_given_up(client: TestClient, store: Lending) -> None:
    watch(client, kind="search", about="bridge")
    id = store.newsletters_of(LOCAL)[0].newsletter.id
    assert do(client, do="by", id=id, by=["email"]) == 303
    assert store.newsletter(id).newsletter.channels == frozenset({Channel.EMAIL})
    do(client, do="pause", id=id)
    assert store.watching_searches() == ()
    assert len(page(client).cssselect("li.rests")) == 1
    do(client, do="resume", id=id)
    assert len(store.watching_searches()) == 1
    do(client, do="drop", id=id)
    assert store.newsletters_of(LOCAL) == ()
    assert do(client, do="drop", id=id) == 404


def test_what_is_watched_has_a_name_among_the_letters_too(client: TestClient, store: Lending) -> None:
    for about in ("", "followed", "topic/sport"):
        watch(client, kind="breaking", sources="3", minutes="120", about=about)
    watch(client, kind="search", about="bridge")
    watch(client, kind="affair", about="story-bridge")
    text = client.get("/you/letters").text
    assert "letters.titled" not in text
    for one in store.newsletters_of(LOCAL):
        assert client.get(f"/you/letters/{one.newsletter.id}").status_code == 200


def test_quiet_hours_and_how_often(client: TestClient, store: Lending) -> None:
    watch(client, kind="search", about="bridge")
    assert do(client, do="manner", quiet="1", begin="23:00", end="06:30", ceiling="2") == 303
    quiet = store.newsletters_of(LOCAL)[0].newsletter.quiet
    assert quiet is not None
    assert (quiet.begin.isoformat(), quiet.end.isoformat(), store.ceiling(LOCAL)) == ("23:00:00", "06:30:00", 2)
    watch(client, kind="search", about="port")
    assert store.newsletters_of(LOCAL)[1].newsletter.quiet == quiet
    do(client, do="manner", begin="23:00", end="06:30", ceiling="999")
    assert all(one.newsletter.quiet is None for one in store.newsletters_of(LOCAL))
    assert store.ceiling(LOCAL) == 2


# -- browsers ------------------------------------------------------------------------------------------------------------


def subscribe(client: TestClient, endpoint: str, **more: str) -> int:
    made = Receiver().subscribed(endpoint)
    sent = {"endpoint": endpoint, "p256dh": made.p256dh, "auth": made.auth, **more}
    headers = {"x-csrf-token": csrf(client), "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
    return client.post(f"{PATH}/browser", json=sent, headers=headers).status_code


def test_a_browser_is_registered_by_its_script_tried_and_dropped(client: TestClient, store: Lending) -> None:
    at = "https://push.example/1"
    assert subscribe(client, at) == 201
    (known,) = store.browsers(LOCAL)
    assert known.endpoint == at
    assert "Firefox" in page(client).xpath("string(//ul[@class='browsers'])")
    assert do(client, do="browser-test", id=known.id) == 303
    (test,) = store.dispatches(LOCAL, target=known.id, limit=9)
    assert (test.channel, test.issue) == (Channel.PUSH, "")
    do(client, do="browser-drop", id=known.id)
    assert store.browsers(LOCAL) == ()
    assert do(client, do="browser-drop", id=known.id) == 404


def test_what_is_no_subscription_is_not_taken(client: TestClient, store: Lending) -> None:
    assert subscribe(client, "ftp://push.example/1") == 400
    assert subscribe(client, "https://push.example/1", p256dh="AAAA") == 400
    assert subscribe(client, "https://user:word@push.example/1") == 400
    assert subscribe(client, "https://push.example/" + "x" * 3000) == 400
    answer = client.post(f"{PATH}/browser", json={"endpoint": "https://push.example/1"})
    assert answer.status_code == 403
    assert store.browsers(LOCAL) == ()


def test_the_oldest_browser_makes_room(client: TestClient, store: Lending) -> None:
    for number in range(MOST_BROWSERS + 2):
        subscribe(client, f"https://push.example/{number}")
    known = [one.endpoint for one in store.browsers(LOCAL)]
    assert len(known) == MOST_BROWSERS
    assert "https://push.example/0" not in known


def test_a_browser_tells_its_new_address_by_the_old_one(client: TestClient, store: Lending) -> None:
    old, new = "https://push.example/1", "https://push.example/2"
    subscribe(client, old)
    made = Receiver().subscribed(new)
    sent = {"old": old, "endpoint": new, "p256dh": made.p256dh, "auth": made.auth}
    assert client.post("/push/renew", json=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/push/renew", json=sent).status_code == 204
    assert [one.id for one in store.browsers(LOCAL)] == [browser_id(new)]
    assert client.post("/push/renew", json=sent).status_code == 404


def test_the_script_that_shows_messages_stands_at_the_root(client: TestClient, store: Lending) -> None:
    answer = client.get("/push.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["cache-control"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert page(client).xpath("//@data-key") == [Vapid(store, "").public]


# -- webhooks ------------------------------------------------------------------------------------------------------------


def test_a_webhook_s_secret_is_shown_once(client: TestClient, store: Lending) -> None:
    sent = {"csrf": csrf(client), "do": "hook", "url": "https://salma.example/hook?a=1&b=2"}
    answer = client.post(PATH, data=sent)
    (secret,) = html.fromstring(answer.text).cssselect(".secret code")
    assert secret.text.startswith("whsec_")
    assert answer.headers["cache-control"] == "no-store"
    assert page(client).cssselect(".secret") == []
    (hook,) = store.webhooks(LOCAL)
    assert hook.url == "https://salma.example/hook?a=1&b=2"
    renewed = client.post(PATH, data={"csrf": csrf(client), "do": "hook-secret", "id": hook.id})
    (other,) = html.fromstring(renewed.text).cssselect(".secret code")
    assert other.text != secret.text


def test_a_webhook_is_tried_and_its_log_shown(client: TestClient, store: Lending) -> None:
    client.post(PATH, data={"csrf": csrf(client), "do": "hook", "url": "https://salma.example/hook"})
    (hook,) = store.webhooks(LOCAL)
    do(client, do="hook-test", id=hook.id)
    assert len(page(client).cssselect(".log li.waiting")) == 1
    do(client, do="hook-drop", id=hook.id)
    assert store.webhooks(LOCAL) == ()


@pytest.mark.parametrize("reason", ["gone", "failing"])
def test_a_webhook_that_was_switched_off_says_why_and_is_switched_on(
    client: TestClient, store: Lending, reason: str
) -> None:
    client.post(PATH, data={"csrf": csrf(client), "do": "hook", "url": "https://salma.example/hook"})
    (hook,) = store.webhooks(LOCAL)
    store.put_webhook(replace(hook, failing=hook.made, disabled=hook.made, reason=reason))
    assert catalogue("ar").text(f"alerts.hook.off.{reason}") in page(client).xpath("string(//article)")
    do(client, do="hook-on", id=hook.id)
    (found,) = store.webhooks(LOCAL)
    assert (found.disabled, found.failing, found.reason) == (None, None, "")


def test_addresses_that_are_none_and_too_many_are_not_taken(client: TestClient, store: Lending) -> None:
    for url in ("javascript:alert(1)", "https://", "https://a:b@salma.example/", "https://x.example/" + "y" * 3000):
        assert do(client, do="hook", url=url) == 303
    assert store.webhooks(LOCAL) == ()
    for number in range(MOST_WEBHOOKS + 2):
        do(client, do="hook", url=f"https://salma.example/{number}")
    assert len(store.webhooks(LOCAL)) == MOST_WEBHOOKS


def test_nothing_is_done_without_the_proof_of_our_page(client: TestClient, store: Lending) -> None:
    answer = client.post(PATH, data={"do": "watch", "kind": "search", "about": "bridge"}, follow_redirects=False)
    assert answer.status_code == 403
    assert do(client, do="hook-test", id="nothing") == 404
    assert do(client, do="browser-test", id="nothing") == 404
    assert do(client, do="other", id="nothing") == 404
    assert json.dumps(store.export(LOCAL)["channels"]) == json.dumps({"browsers": [], "webhooks": []})


def test_both_languages_have_the_page(client: TestClient) -> None:
    assert catalogue("en").text("alerts.title") in client.get("/en/you/alerts").text
