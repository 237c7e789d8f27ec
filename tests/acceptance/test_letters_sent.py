"""An issue on its way: from the outbox to a mail server, signed, read strictly, and ended by the link that it carries."""

import asyncio
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dkim
import msgspec
import pytest
from starlette.testclient import TestClient
from tests.acceptance.letterbox import Letterbox

from tawatur import web
from tawatur.app import App
from tawatur.config import Settings
from tawatur.letters.leaving import Leaving
from tawatur.letters.recipients import letters
from tawatur.mail import Signer
from tawatur.mail.dkim import load_key, new_key
from tawatur.mail.returns import Returns
from tawatur.model import Outlets
from tawatur.newsletter import Issue, Newsletter, NewsletterId, NewsletterKind, Pause, QuietHours
from tawatur.postage import Postage, SigningKey
from tawatur.reader import Preferences, Reader, ReaderId
from tawatur.relay import Relay
from tawatur.store import MEMORY, Store, open_store
from tawatur.store.subscribers import Consent, Subscriber, SubscriberId

NOW = datetime.now(UTC)
#: The two ways to end a newsletter that stand in its head.
WAYS = (
    r"<https://news\.example/letters/unsubscribe/[\w-]+>, "
    r"<mailto:bounces\+\d+-\w+@news\.example\?subject=unsubscribe>"
)
BASE = "https://news.example"
SALMA = Reader(
    id=ReaderId("salma"),
    email="salma@manara.example",
    made=NOW,
    preferences=Preferences(digits="arab", months="levant"),
)
OWN = Newsletter(id=NewsletterId("own"), owner=SALMA.id, kind=NewsletterKind.MORNING, made=NOW)
PUBLIC = Newsletter(id=NewsletterId("public"), owner=None, kind=NewsletterKind.MORNING, made=NOW, slug="morning")
OMAR, HUDA = (
    Subscriber(
        id=SubscriberId(name), newsletter=PUBLIC.id, email=f"{name}@nabd.example", consent=Consent(how="link", at=NOW)
    )
    for name in ("omar", "huda")
)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    opened.add_reader(SALMA)
    data = (Path(__file__).parents[1] / "unit" / "mail" / "data" / "issue_ar.json").read_bytes()
    told = msgspec.json.decode(data, type=Issue)
    for newsletter in (OWN, PUBLIC):
        opened.put_newsletter(newsletter, due=None)
        for one in (OMAR, HUDA) if newsletter.public else ():
            opened.add_subscriber(one)
        issue = replace(told, newsletter=newsletter.id, number=1, made=NOW)
        assert opened.put_issue(issue, letters=list(letters(opened, newsletter, issue)))
    yield opened
    opened.close()


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with Letterbox() as opened:
        yield opened


@pytest.fixture
def app(store: Store, box: Letterbox, tmp_path: Path) -> App:
    path = tmp_path / "key.pem"
    path.write_bytes(new_key("rsa"))
    postage = Postage(
        keys=(SigningKey(domain="news.example", selector="march", path=path),),
        bounces="bounces@news.example",
        operator="Tawatur, PO Box 7",
    )
    port = int(box.address.rpartition(":")[2])
    settings = Settings(
        home=tmp_path,
        relay=Relay(host="127.0.0.1", port=port, security="off"),
        mail_from="Tawatur <news@news.example>",
        postage=postage,
        base_url=BASE,
    )
    return App(settings=settings, store=store, outlets=Outlets(known=()))


def sent(app: App, now: datetime = NOW) -> int:
    post = app.post(app.accounts())
    assert post
    return asyncio.run(post.send_due(now))


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def link_in(letter) -> str:
    found = re.search(r"<(https://[^>]+)>", letter["List-Unsubscribe"])
    assert found
    return found[1]


def test_each_recipient_gets_it_signed_whole_and_with_a_link_of_his_own(
    app: App, box: Letterbox, tmp_path: Path
) -> None:
    assert sent(app) == 3
    signer = Signer("news.example", "march", load_key(tmp_path / "key.pem"))
    assert sorted(str(one["To"]) for one in box.letters) == [
        "huda@nabd.example",
        "omar@nabd.example",
        "salma@manara.example",
    ]
    for letter, content in zip(box.letters, box.contents, strict=True):
        assert dkim.verify(content, dnsfunc=lambda name, timeout=5: signer.record().encode())
        strict = email.message_from_bytes(content, policy=email.policy.default.clone(raise_on_defect=True))
        assert strict.get_body(("plain",)).get_content().count(link_in(letter)) == 1
        assert re.search(
            r"h=[^;]*List-Unsubscribe:\s*List-Unsubscribe-Post", content.decode("ascii").replace("\r\n ", "")
        )
        assert re.fullmatch(WAYS, letter["List-Unsubscribe"])
    assert len({link_in(one) for one in box.letters}) == 3
    assert len({one["Message-ID"] for one in box.letters}) == 3
    assert all("Tawatur, PO Box 7" in one.get_body(("html",)).get_content() for one in box.letters)
    (own,) = (one for one in box.letters if one["To"] == SALMA.email)
    yours = {
        re.search(r"https://news\.example/newsletters/yours/\S+", text_of(one)) for one in box.letters if one is not own
    }
    assert len({found[0] for found in yours if found}) == 2
    assert f"{BASE}/you/letters" in text_of(own)
    assert "\u0622\u0630\u0627\u0631" in text_of(own), "the month as the Levant calls it"


def test_the_link_ends_it_and_what_still_waits_is_not_sent(app: App, box: Letterbox, store: Store) -> None:
    queued = store.waiting_letters()
    accounts = app.accounts()
    write = app.writer(accounts)
    links = {one.letter.email: link_in(dict(write(one.letter, NOW).headers)) for one in queued}
    client = TestClient(
        web.create(app, accounts=replace(accounts, single=False)), base_url=BASE, follow_redirects=False
    )
    for address in (SALMA.email, OMAR.email):
        assert client.post(links[address], data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert sent(app) == 3
    assert [str(one["To"]) for one in box.letters] == [HUDA.email]
    assert store.newsletter(OWN.id).newsletter.paused is Pause.UNSUBSCRIBED
    assert store.waiting_letters() == ()


def test_the_address_of_the_head_ends_it_as_well(app: App, box: Letterbox, store: Store) -> None:
    assert sent(app) == 3
    (own,) = (one for one in box.letters if one["To"] == SALMA.email)
    found = re.search(r"mailto:([^?]+)\?", own["List-Unsubscribe"])
    number = app.returns().number(found[1])
    assert Leaving(store).leave_by_letter(number, now=NOW)
    assert store.newsletter(OWN.id).newsletter.paused is Pause.UNSUBSCRIBED
    assert not Leaving(store).leave_by_letter(99, now=NOW)
    assert Returns(b"another").number(found[1]) is None


def test_nobody_is_woken_by_a_letter_that_was_late(app: App, box: Letterbox, store: Store) -> None:
    begin, end = ((NOW + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (-1, 2))
    store.put_newsletter(replace(OWN, quiet=QuietHours(begin=begin, end=end)), due=None)
    assert sent(app) == 3
    assert SALMA.email not in [str(one["To"]) for one in box.letters]
    assert sent(app, NOW + timedelta(hours=1)) == 0
    assert sent(app, NOW + timedelta(hours=3)) == 1
    assert str(box.letters[-1]["To"]) == SALMA.email


def test_nobody_gets_old_news(app: App, box: Letterbox, store: Store) -> None:
    assert sent(app, NOW + timedelta(days=3)) == 3
    assert box.letters == []
    assert store.waiting_letters() == ()
