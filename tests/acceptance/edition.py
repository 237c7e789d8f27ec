"""An edition to look at in a browser: the sample, a page that was changed, a crawl, a reader who has everything."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import uvicorn
from fastapi import FastAPI
from tests.acceptance.alerted import alerted
from tests.acceptance.conftest import DATA
from tests.unit.web.arriving import Nobody

from tawatur.accounts import Accounts
from tawatur.accounts.entering import Place
from tawatur.accounts.keyring import Keyring
from tawatur.accounts.passwords import hashed
from tawatur.app import App, open_app
from tawatur.config import load
from tawatur.digest.interests import Act, Stance, Subject, SubjectKind
from tawatur.fetch.schedule import Failure, Pace, begin, failed
from tawatur.letters.addresses import page_path
from tawatur.letters.links import Links, Recipient
from tawatur.mail import Mail
from tawatur.model import OutletKey, Span
from tawatur.newsletter import IssueId, Newsletter, NewsletterId, NewsletterKind, Pause
from tawatur.personal import Personal
from tawatur.reader import Preferences, Reader, ReaderId, Role
from tawatur.saved import SavedKind
from tawatur.saving import Saving
from tawatur.source import Reason, Source, Tally
from tawatur.store.keys import Scope
from tawatur.store.readers import Credentials, Purpose
from tawatur.stories.naming import NameKind
from tawatur.subscriptions.choices import Choices
from tawatur.subscriptions.people import KIND, People
from tawatur.subscriptions.wishes import usual
from tawatur.web import create
from tawatur.web.keeping import Keeping
from tawatur.web.reading import Reading
from tawatur.web.view.ways import path_of

#: Three sentences that nobody guesses, in Arabic as a reader types them; the first is our reader's password.
PASSWORD, NEXT, WRONG = (DATA / "passphrases.txt").read_text(encoding="utf-8").splitlines()[-3:]
SALMA = Reader(
    id=ReaderId("salma"),
    email="salma@manara.example",
    name="Salma",
    role=Role.ADMIN,
    preferences=Preferences(learn=True),
    made=datetime(2026, 3, 9, tzinfo=UTC),
)
HOUR = timedelta(hours=1)
#: The page that is changed between two readings.
SOUQ = "manara.example/news/2026/3/9/souq"


@dataclass
class Edition:
    """What is served: ``named`` is what addresses have in place of their parameters, ``token`` the session of its reader."""

    app: App
    accounts: Accounts
    web: FastAPI
    address: str = ""
    named: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def sign_in(self, page: Any) -> None:
        """Let the browser of a page be the reader's."""
        page.context.add_cookies([{"name": "tawatur", "value": self.token, "url": self.address}])


@contextmanager
def published(home: Path) -> Iterator[Edition]:
    """Make the edition in a folder and serve it on a free port."""
    settings = {"TAWATUR_HOME": str(home), "TAWATUR_ACCOUNTS": "on", "TAWATUR_REGISTRATION": "open"}
    settings |= {"TAWATUR_SMTP_URL": "smtp://127.0.0.1:9", "TAWATUR_MAIL_FROM": "news@tawatur.example"}
    with open_app(load(settings)) as app:
        accounts = app.accounts(host="127.0.0.1", base="http://127.0.0.1")
        made = Edition(app, accounts, create(app, editing=app, accounts=accounts))
        print_news(made, home)
        open_account(made)
        choose_letters(made)
        with served(made.web) as made.address:
            yield made


@contextmanager
def served(web: FastAPI) -> Iterator[str]:
    """Serve pages in a thread, on a free port, and give their address."""
    server = uvicorn.Server(uvicorn.Config(web, port=0, log_level="error"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    until = monotonic() + 20
    while not server.started and monotonic() < until:
        sleep(0.05)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join(timeout=60)


def print_news(edition: Edition, home: Path) -> None:
    """Put the sample in, a page that was changed since it was read, and outlets in several states."""
    app = edition.app
    app.put_sample(watch=Nobody())
    page = home / "page.html"
    page.write_bytes((DATA / "page_before.html").read_bytes())
    app.read([str(page)], published=None, watch=Nobody())
    large = max(app.store.headlines(limit=99), key=lambda one: len(one.head.outlets)).head.id
    reports = sorted(app.store.reports(large), key=lambda one: len(one.article.blocks))
    edition.named |= {"story": large, "article": reports[-1].article.id}
    for kind in NameKind:
        heads = app.store.listed(kind, limit=200)
        best = max(heads, key=lambda one: (one.stories, len(app.store.said_by(one.number, limit=9)), one.key))
        edition.named[kind.value] = path_of(kind, best.key).rpartition("/")[2]
    crawl(edition)


def crawl(edition: Edition) -> None:
    """Let one outlet have answered, and another one not."""
    store, now = edition.app.store, datetime.now(UTC)
    well, down = (
        replace(
            begin(Source(url=f"https://{key}.example/feed", outlet=OutletKey(key)), now - 9 * HOUR),
            asked=now - HOUR,
            answered=now - HOUR,
            reason=Reason("rhythm", {"a_day": 9}),
            next_at=now + HOUR,
        )
        for key in ("waz", "nabd")
    )
    for ago in (5, 4, 3):
        down = failed(down, Failure(reason="fetch.server", detail="503"), now=now - ago * HOUR, pace=Pace(), luck=0.5)
    store.put_sources([well, down])
    store.tally(OutletKey("waz"), now - 3 * HOUR, Tally(asked=2, pages=5, articles=4))
    store.tally(OutletKey("nabd"), now - 3 * HOUR, Tally(asked=1, failed=1))
    store.trouble(OutletKey("nabd"), now - 3 * HOUR, reason="fetch.server", detail="503")


def open_account(edition: Edition) -> None:
    """Let a reader follow and mute, save and annotate, have keys, and read what has changed since."""
    store, now, named = edition.app.store, datetime.now(UTC), edition.named
    store.add_reader(SALMA, Credentials(password=hashed(PASSWORD)))
    edition.token = edition.accounts.sessions.begin(SALMA, now=now, agent="Mozilla/5.0 (X11; Linux) Firefox/150.0")
    personal = Personal(store)
    for kind, stance in (
        (NameKind.PERSON, Stance.FOLLOW),
        (NameKind.TOPIC, Stance.FOLLOW),
        (NameKind.PLACE, Stance.MUTE),
    ):
        head = store.listed(kind, limit=1)[0]
        personal.choose(SALMA, Subject(SubjectKind(kind.value), head.key), head.name, stance, now=now)
    for head in store.front(limit=3):
        personal.teach(SALMA, head.id, Act.OPENED, now=now)
    reading = Reading(edition.app)
    keeping = Keeping(Saving(store), reading, personal)
    saved = keeping.save(SALMA, SavedKind.STORY, named["story"], keeping.found(SavedKind.STORY, named["story"]))
    saved = keeping.saving.annotate(saved, note="To be asked about.", tags=("floods", "to read"))
    saved = keeping.saving.highlight(saved, [Span(0, 60)], note="Who says so?", now=now)
    keeping.saving.mark(saved, read=True)
    changing(edition, keeping)
    Keyring(store).make(SALMA.id, Scope.READ, "Reader on the phone", now=now)
    named["saved"] = saved.id
    subscribe(edition, now)
    alerted(store, SALMA, named["story"])
    make = edition.accounts.links.make
    make(Purpose.JOIN, "omar@manara.example", fields={"role": "editor"}, now=now)
    for purpose, email, reader in (
        (Purpose.JOIN, "new@manara.example", None),
        (Purpose.RESET, SALMA.email, SALMA.id),
        (Purpose.ADDRESS, "moved@manara.example", SALMA.id),
    ):
        named[purpose.value] = make(purpose, email, reader=reader, now=now).rpartition("/")[2]


def choose_letters(edition: Edition) -> None:
    """Let the reader have letters in several states, and let there be public newsletters with people."""
    store, now, named = edition.app.store, datetime.now(UTC), edition.named
    own, public = Choices(store, SALMA.id), Choices(store, None)
    named["letter"] = own.make(usual(NewsletterKind.MORNING, zone="Africa/Cairo"), now=now).id
    named["unsubscribe"] = Links(store).token(Recipient(NewsletterId(named["letter"]), reader=SALMA.id))
    for kind in (NewsletterKind.BREAKING, NewsletterKind.WEEKLY):
        made = own.make(usual(kind, zone="Asia/Beirut"), now=now)
        paused = Pause.BOUNCED if kind is NewsletterKind.BREAKING else Pause.ASKED
        store.put_newsletter(replace(made, paused=paused), due=None)
        named["letter_paused"] = made.id
    words = "Before *breakfast*:\n\n- what happened\n- [who says so](https://manara.example/)"
    wish = replace(
        usual(NewsletterKind.MORNING, zone="Asia/Riyadh"), title="Tawatur at seven", slug="seven", description=words
    )
    paper = public.make(wish, now=now)
    public.pause(public.make(replace(wish, title="Fridays", slug="fridays"), now=now).id, now=now)
    people = People(store, edition.accounts.signer)
    for email in ("omar@nabd.example", "hind@waz.example"):
        people.ask(paper.id, email, "ar", Place(address="192.0.2.1"), now=now)
    asked = [one.letter for one in store.waiting_letters() if one.letter.kind == KIND]
    named["confirm"], token = (_link(people.write(one, now)) for one in asked)
    holder = people.confirm(token, now=now)
    assert holder
    named |= {"paper": paper.id, "yours": people.token(holder)}


def _link(mail: Mail | None) -> str:
    assert mail
    return mail.link.rpartition("/")[2]


def subscribe(edition: Edition, now: datetime) -> None:
    """Let the reader have newsletters with an issue each: of a week, and of what she saved."""
    store, letters = edition.app.store, edition.app.letters()
    for key, kind in (("issue", NewsletterKind.WEEKLY), ("issue_saved", NewsletterKind.SAVED)):
        newsletter = Newsletter(id=NewsletterId(key), owner=SALMA.id, kind=kind, made=now)
        store.put_newsletter(newsletter, due=None)
        sent = letters.send(newsletter.id, now)
        assert sent
        edition.named[key] = sent.id
    edition.named["newsletter"] = "issue"
    edition.named["proof"] = page_path(store, IssueId(edition.named["issue"])).rpartition("/")[2]


def changing(edition: Edition, keeping: Keeping) -> None:
    """Let a page be saved that is changed then."""
    app, page = edition.app, edition.app.settings.home / "page.html"
    (first,) = [
        report.article.id
        for one in app.store.headlines(limit=99)
        for report in app.store.reports(one.head.id)
        if SOUQ in (report.article.url or "")
    ]
    saved = keeping.save(SALMA, SavedKind.ARTICLE, first, keeping.found(SavedKind.ARTICLE, first))
    page.write_bytes((DATA / "page_after.html").read_bytes())
    app.read([str(page)], published=None, watch=Nobody())
    newest = app.store.revisions(first)[-1].article
    edition.named |= {"saved_changed": saved.id, "revised": first, "revision": newest}
