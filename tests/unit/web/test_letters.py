"""A reader's letters and public newsletters over HTTP, with a real store: what forms do, what they keep, and who may what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.unit.web.arriving import Nobody

from tawatur.accounts import Accounts
from tawatur.accounts.entering import Place
from tawatur.app import App, open_app
from tawatur.config import Settings
from tawatur.messages import catalogue
from tawatur.newsletter import NewsletterKind, Pause
from tawatur.reader import Preferences, Reader, ReaderId, Role
from tawatur.store.deliveries import Suspension
from tawatur.store.newsletters import Scheduled
from tawatur.stories.naming import NameKind
from tawatur.subscriptions.choices import MOST_LETTERS, Choices
from tawatur.subscriptions.people import People
from tawatur.subscriptions.wishes import usual
from tawatur.web import create

HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
NOW = datetime.now(UTC)
SALMA = Reader(
    id=ReaderId("r1"),
    email="salma@manara.example",
    made=NOW,
    preferences=Preferences(zone="Africa/Cairo"),
    role=Role.EDITOR,
)
HIND = Reader(id=ReaderId("r2"), email="hind@nabd.example", made=NOW)
PAPER = {
    "kind": "morning",
    "title": "At seven",
    "slug": "seven",
    "description": "Before *breakfast*. <script>x</script>",
    "days": ["1", "2"],
    "at": "07:00",
    "zone": "Africa/Cairo",
}


def says(key: str, **arguments: object) -> str:
    return catalogue("ar").text(key, **arguments)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with open_app(Settings(home=tmp_path / "home")) as opened:
        for reader in (SALMA, HIND):
            opened.store.add_reader(reader)
        yield opened


def accounts(app: App, *, sends: bool = True) -> Accounts:
    return Accounts(app.store, single=False, base="http://127.0.0.1:8000", sends=sends)


def browser(app: App, reader: Reader | None = None, *, sends: bool = True) -> TestClient:
    known = accounts(app, sends=sends)
    client = TestClient(create(app, editing=app, accounts=known), raise_server_exceptions=False, **HERE)
    if reader:
        client.cookies.set("tawatur", known.sessions.begin(reader, now=datetime.now(UTC)))
    return client


def page(client: TestClient, path: str) -> html.HtmlElement:
    return html.fromstring(client.get(path).text)


def send(client: TestClient, shown: str, action: str, **fields: object):
    """Open a page and send a form of it, with the proof that it carries."""
    proof = page(client, shown).xpath(f"//form[@action='{action}']//input[@name='csrf']/@value")
    assert proof, f"{shown} has no form for {action}"
    return client.post(action, data={"csrf": proof[0], **fields})


def own(app: App, reader: Reader = SALMA) -> tuple[Scheduled, ...]:
    return app.store.newsletters_of(reader.id)


# -- a reader's own ----------------------------------------------------------------------------------------------------


def test_one_press_makes_a_letter_that_comes_at_seven_by_the_readers_clocks(app: App) -> None:
    client = browser(app, SALMA)
    made = send(client, "/you/letters", "/you/letters", kind="morning")
    (one,) = own(app)
    assert made.url.path == f"/you/letters/{one.newsletter.id}"
    assert (one.newsletter.rhythm.zone, one.newsletter.rhythm.at.hour) == ("Africa/Cairo", 7)
    assert one.due
    assert one.due > NOW
    shown = html.fromstring(made.text)
    assert shown.xpath("//h1/text()") == [says("letters.kind.morning")]
    assert says("letters.done.made") in made.text
    assert page(client, "/you/letters").xpath("//article//h2//a/@href") == [f"/you/letters/{one.newsletter.id}"]


def test_whoever_chose_no_city_yet_is_asked_for_it_and_it_is_kept(app: App) -> None:
    client = browser(app, HIND)
    asked = send(client, "/you/letters", "/you/letters", do="zone", zone="zzzz")
    assert (asked.status_code, says("letters.wrong.zone") in asked.text) == (422, True)
    assert html.fromstring(asked.text).xpath("//input[@name='zone']/@value") == ["zzzz"]
    send(client, "/you/letters", "/you/letters", do="zone", zone="Tunis")
    assert app.store.reader(HIND.id).preferences.zone == "Africa/Tunis"
    assert not page(client, "/you/letters").xpath("//input[@name='zone']")


def test_what_was_typed_stays_where_something_is_wrong(app: App) -> None:
    client = browser(app, SALMA)
    fields = {"kind": "morning", "title": "Mine", "at": "06:30", "zone": "Nowhere at all", "days": [], "most": "15"}
    wrong = send(client, "/you/letters/new", "/you/letters/new", **fields)
    assert wrong.status_code == 422
    shown = html.fromstring(wrong.text)
    assert shown.xpath("//input[@name='title']/@value") == ["Mine"]
    assert shown.xpath("//input[@name='zone']/@value") == ["Nowhere at all"]
    assert shown.xpath("//select[@name='at']/option[@selected]/@value") == ["06:30"]
    assert shown.xpath("//select[@name='most']/option[@selected]/@value") == ["15"]
    assert {says("letters.wrong.days"), says("letters.wrong.zone")} <= set(shown.xpath("//p[@class='error']/text()"))
    assert own(app) == ()


def test_a_letter_is_changed_paused_resumed_and_deleted(app: App) -> None:
    client = browser(app, SALMA)
    send(client, "/you/letters", "/you/letters", kind="weekly")
    here = f"/you/letters/{own(app)[0].newsletter.id}"
    fields = {
        "kind": "morning",
        "at": "09:00",
        "zone": "Beirut",
        "days": ["1", "2"],
        "length": "long",
        "language": "en",
    }
    send(client, f"{here}/change", f"{here}/change", **fields)
    (one,) = own(app)
    assert (one.newsletter.kind, one.newsletter.length, one.newsletter.language) == ("weekly", "long", "en")
    assert (one.newsletter.rhythm.zone, one.newsletter.rhythm.days) == ("Asia/Beirut", {1, 2})
    send(client, here, here, do="pause")
    assert (own(app)[0].newsletter.paused, own(app)[0].due) == (Pause.ASKED, None)
    send(client, here, here, do="resume")
    assert own(app)[0].newsletter.paused is None
    until = (datetime.now(UTC) + timedelta(days=40)).date()
    send(client, here, here, do="pause", until=until.isoformat())
    assert own(app)[0].newsletter.paused is None
    assert until - timedelta(days=1) <= own(app)[0].due.date() <= until + timedelta(days=7)
    send(client, f"{here}/delete", here, do="delete")
    assert own(app) == ()
    assert client.get(here).status_code == 404


def test_a_letter_whose_mail_came_back_says_why_and_is_resumed_by_its_reader(app: App) -> None:
    made = Choices(app.store, SALMA.id).make(usual(NewsletterKind.MORNING, zone="UTC"), now=NOW)
    app.store.put_newsletter(replace(made, paused=Pause.BOUNCED), due=None)
    app.store.suspend(Suspension(email=SALMA.email, since=NOW, hard=True, code="5.1.1", detail="no such mailbox"))
    client, here = browser(app, SALMA), f"/you/letters/{made.id}"
    shown = client.get(here).text
    assert says("letters.why.bounced", email=f"\u2068{SALMA.email}\u2069") in shown
    assert "5.1.1 no such mailbox" in shown
    send(client, here, here, do="resume")
    assert own(app)[0].newsletter.paused is None
    assert app.store.suspension(SALMA.email) is None


def test_nobody_sees_or_touches_another_readers_letters(app: App) -> None:
    made = Choices(app.store, SALMA.id).make(usual(NewsletterKind.MORNING), now=NOW)
    other, here = browser(app, HIND), f"/you/letters/{made.id}"
    assert [other.get(f"{here}{path}").status_code for path in ("", "/change", "/delete")] == [404, 404, 404]
    proof = page(other, "/you/letters").xpath("string(//input[@name='csrf']/@value)")
    assert other.post(here, data={"csrf": proof, "do": "delete"}).status_code == 404
    assert browser(app).get(here, follow_redirects=False).headers["location"] == f"/sign-in?next={here}"
    assert browser(app, SALMA).post(here, data={"do": "delete"}).status_code == 403
    assert len(own(app)) == 1


def test_a_reader_has_only_so_many_letters(app: App) -> None:
    for _ in range(MOST_LETTERS):
        Choices(app.store, SALMA.id).make(usual(NewsletterKind.MORNING), now=NOW)
    client = browser(app, SALMA)
    assert says("letters.full", n=MOST_LETTERS) in client.get("/you/letters").text
    send(client, "/you/letters/new", "/you/letters/new", kind="morning", days=["1"], at="07:00", zone="UTC")
    assert len(own(app)) == MOST_LETTERS


def test_nothing_new_sends_nothing_and_whoever_asks_again_and_again_has_to_wait(app: App) -> None:
    made = Choices(app.store, SALMA.id).make(usual(NewsletterKind.MORNING), now=NOW)
    client, here = browser(app, SALMA), f"/you/letters/{made.id}"
    said = [send(client, here, here, do="send").url.query.decode() for _ in range(4)]
    assert said == ["done=nothing"] * 3 + ["done=busy"]
    assert app.store.waiting_letters() == ()


def test_an_issue_is_sent_at_once_when_the_reader_asks(app: App) -> None:
    app.put_sample(watch=Nobody())
    made = Choices(app.store, SALMA.id).make(usual(NewsletterKind.WEEKLY), now=NOW)
    client, here = browser(app, SALMA), f"/you/letters/{made.id}"
    done = send(client, here, here, do="send").url.query.decode()
    waiting = [one.letter.email for one in app.store.waiting_letters()]
    assert (done, waiting) in (("done=sent", [SALMA.email]), ("done=nothing", []))  # the sample is of a week long ago


def test_pages_lead_to_a_letter_about_what_they_are_about(app: App) -> None:
    app.put_sample(watch=Nobody())
    client = browser(app, SALMA)
    person = app.store.listed(NameKind.PERSON, limit=1)[0]
    (way,) = page(client, f"/person/{person.key}").xpath("//p[contains(@class,'make-letter')]/a/@href")
    form = page(client, way).xpath("//main//form[@class='sheet']")[0]
    assert form.xpath(".//input[@name='name']/@value") == [person.name]
    (way,) = page(client, "/section/politics").xpath("//p[contains(@class,'make-letter')]/a/@href")
    assert page(client, way).xpath("//select[@name='section']/option[@selected]/@value") == ["politics"]
    onward = page(client, "/search?q=%D8%AC%D8%B3%D8%B1").xpath("//p[contains(@class,'onward')]/a/@href")
    (way,) = (one for one in onward if "/letters/" in one)
    assert page(client, way).xpath("//input[@name='query']/@value") == ["\u062c\u0633\u0631"]


def test_the_address_of_a_letters_feed_is_shown_once(app: App) -> None:
    made = Choices(app.store, SALMA.id).make(usual(NewsletterKind.MORNING), now=NOW)
    client, here = browser(app, SALMA), f"/you/letters/{made.id}"
    shown = send(client, here, here, do="feed")
    assert "/feeds/own/" in shown.text
    assert "/feeds/own/" not in client.get(here).text
    assert [one.name for one in app.store.keys(SALMA.id)] == [here]
    send(client, here, here, do="unfeed")
    assert app.store.keys(SALMA.id) == ()


# -- public ones -------------------------------------------------------------------------------------------------------


def paper(app: App) -> str:
    client = browser(app, SALMA)
    made = send(client, "/desk/newsletters/new", "/desk/newsletters/new", **PAPER)
    assert made.url.query == b"done=made"
    return app.store.public_newsletters()[0].newsletter.id


def link(app: App) -> str:
    """Return the path of the link in the letter that was asked for last."""
    mail = app.write(accounts(app), app.store.waiting_letters()[-1].letter, datetime.now(UTC))
    assert mail
    return mail.link.removeprefix("http://127.0.0.1:8000")


def test_editors_run_newsletters_and_nobody_else(app: App) -> None:
    id = paper(app)
    assert browser(app, HIND).get("/desk/newsletters").status_code == 403
    assert browser(app).get("/desk/newsletters", follow_redirects=False).status_code == 303
    client, here = browser(app, SALMA), f"/desk/newsletters/{id}"
    again = send(client, "/desk/newsletters/new", "/desk/newsletters/new", **PAPER)
    assert (again.status_code, says("letters.wrong.slug_taken") in again.text) == (422, True)
    send(client, f"{here}/change", f"{here}/change", **PAPER | {"title": "At six", "at": "06:00"})
    send(client, "/desk/newsletters", here, do="pause")
    (one,) = app.store.public_newsletters()
    assert (one.newsletter.title, one.newsletter.paused) == ("At six", Pause.ASKED)
    send(client, f"{here}/delete", here, do="delete")
    assert app.store.public_newsletters() == ()


def test_an_introduction_runs_nothing(app: App) -> None:
    paper(app)
    shown = page(browser(app), "/newsletters/seven")
    (intro,) = shown.xpath("//div[@class='introduction']")
    assert intro.xpath(".//em/text()") == ["breakfast"]
    assert not intro.xpath(".//script")


def test_a_stranger_subscribes_confirms_chooses_and_leaves(app: App) -> None:
    id = paper(app)
    client = browser(app)
    wrong = send(client, "/newsletters/seven", "/newsletters/seven", email="omar@")
    assert (wrong.status_code, html.fromstring(wrong.text).xpath("//main//input[@name='email']/@value")) == (
        422,
        ["omar@"],
    )
    said = send(client, "/newsletters", "/newsletters/seven", email="omar@waz.example")
    assert says("newsletters.sent.title") in said.text
    assert app.store.audiences() == {}
    confirm = link(app)
    assert app.store.audiences() == {}, "opening a link changes nothing"
    client.get(confirm)
    assert app.store.audiences() == {}
    done = send(client, confirm, confirm)
    assert app.store.audiences()[id].subscribed == 1
    assert client.get(confirm).status_code == 410
    (yours,) = html.fromstring(done.text).xpath("//main//a[contains(@href,'/yours/')]/@href")
    saved = send(client, yours, yours, newsletter=[id], language="en")
    assert says("newsletters.yours.saved") in saved.text
    assert app.store.subscriptions("omar@waz.example")[0].language == "en"
    left = send(client, yours, yours, do="leave")
    assert says("newsletters.left.title") in left.text
    assert app.store.subscriptions("omar@waz.example") == ()
    assert client.get(yours).status_code == 410


def test_a_page_says_the_same_of_an_address_that_is_known_and_its_owner_is_told(app: App) -> None:
    id = paper(app)
    client = browser(app)
    first = send(client, "/newsletters/seven", "/newsletters/seven", email="omar@waz.example").text
    People(app.store, accounts(app).signer).confirm(link(app).rpartition("/")[2], now=datetime.now(UTC))
    second = send(client, "/newsletters/seven", "/newsletters/seven", email="omar@waz.example").text
    assert html.fromstring(first).xpath("string(//main)") == html.fromstring(second).xpath("string(//main)")
    mail = app.write(accounts(app), app.store.waiting_letters()[-1].letter, datetime.now(UTC))
    assert mail
    assert "/newsletters/yours/" in mail.link
    assert app.store.audiences()[id].subscribed == 1


def test_letters_to_one_address_and_from_one_network_are_held_to_a_few(app: App) -> None:
    paper(app)
    client = browser(app)
    for _ in range(6):
        assert send(client, "/newsletters/seven", "/newsletters/seven", email="omar@waz.example").status_code == 200
    assert len(app.store.waiting_letters()) == 3
    answers = [
        send(client, "/newsletters/seven", "/newsletters/seven", email=f"p{at}@waz.example").status_code
        for at in range(20)
    ]
    assert answers[-1] == 429
    assert len(app.store.waiting_letters()) < 20


def test_where_no_mail_is_sent_nobody_can_subscribe_and_the_page_says_so(app: App) -> None:
    paper(app)
    shown = browser(app, sends=False).get("/newsletters/seven").text
    assert says("newsletters.unsent") in shown
    assert not html.fromstring(shown).xpath("//form[@class='subscribe']")


def test_a_subscriber_is_written_to_in_his_own_language(app: App) -> None:
    app.put_sample(watch=Nobody())
    id = paper(app)
    people = People(app.store, accounts(app).signer)
    for email, language in (("omar@waz.example", "en"), ("hind@waz.example", "ar")):
        people.ask(id, email, language, Place(), now=NOW)
        people.confirm(link(app).rpartition("/")[2], now=NOW)
    assert app.letters().send(id, datetime.now(UTC))
    write = app.writer(accounts(app))
    mails = [write(one.letter, datetime.now(UTC)) for one in app.store.waiting_letters() if one.letter.kind == "issue"]
    assert sorted((mail.to, mail.language, 'lang="en"' in mail.html) for mail in mails if mail) == [
        ("hind@waz.example", "ar", False),
        ("omar@waz.example", "en", True),
    ]
