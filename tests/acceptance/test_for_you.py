"""News for a reader in a real Chromium: follows a person, sees him explained on the front page, reads, and is shown what is new."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_browser import PHONE, WIDE, browser, check, opened, pytestmark
from tests.unit.web.arriving import Newsroom

from tawatur.accounts import Accounts
from tawatur.messages import catalogue
from tawatur.reader import Reader, ReaderId
from tawatur.store import open_store
from tawatur.web import create

__all__ = ["browser", "pytestmark"]

SALMA = Reader(id=ReaderId("r1"), email="salma@manara.example", made=datetime(2026, 3, 9, tzinfo=UTC))
T = catalogue("ar").text
EARLY = ("factory_first", "factory_second", "match_first", "match_second", "museum", "rates")


@dataclass
class Served:
    """A deployment that is served, with news that arrives when a test says so."""

    news: Newsroom
    address: str
    token: str

    def page(self, browser: Any, **options: Any) -> Any:
        """Return a page of the reader's browser."""
        page = opened(browser, **options)
        page.context.add_cookies([{"name": "tawatur", "value": self.token, "url": self.address}])
        return page


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    news = Newsroom(open_store(tmp_path / "store.sqlite3"))
    news.arrives(*EARLY)
    news.store.add_reader(SALMA)
    accounts = Accounts(news.store, single=False)
    server = uvicorn.Server(uvicorn.Config(create(news, accounts=accounts), port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + 20
    while not server.started and monotonic() < until:
        sleep(0.05)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield Served(news, f"http://{host}:{port}", accounts.sessions.begin(SALMA, now=datetime.now(UTC)))
    server.should_exit = True
    thread.join(timeout=60)
    news.store.close()


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_reader_follows_reads_and_is_shown_what_is_new_without_a_script(
    browser: Any, served: Served, size: dict[str, int]
) -> None:
    page = served.page(browser, viewport=size, java_script_enabled=False)
    museum = served.news.story("museum")
    (name,) = [one.head.name for one in served.news.store.names_in(museum) if one.head.kind == "person"]
    page.goto(f"{served.address}/story/{museum}")
    page.get_by_role("button", name=T("personal.follow_of", name=name), exact=True).click()
    assert page.url.endswith(f"/story/{museum}#own")
    page.goto(served.address + "/")
    assert page.locator(".because", has_text=T("why.you_follow", terms=name)).first.is_visible()

    story = served.news.story("factory_first")
    page.goto(f"{served.address}/story/{story}")
    assert page.locator(".since").count() == 0
    page.goto(served.address + "/")
    card = page.locator("article", has=page.locator(f'a[href="/story/{story}"]')).first
    assert card.locator(".state").inner_text() == T("personal.state.read")

    served.news.arrives("factory_third")
    page.goto(served.address + "/")
    assert card.locator(".state").inner_text() == T("personal.state.changed")
    card.locator(".headline a").click()
    new = page.locator(".since")
    assert new.get_by_role("heading").inner_text() == T("since.title")
    assert new.locator("b", has_text="7").is_visible()
    assert new.locator("del", has_text="5").is_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_readers_own_pages_fit_and_can_be_read_by_everybody(
    browser: Any, served: Served, size: dict[str, int], scheme: str
) -> None:
    page = served.page(browser, viewport=size, color_scheme=scheme)
    story = served.news.story("factory_first")
    page.goto(f"{served.address}/story/{story}")
    for label in (T("personal.follow"), T("personal.mute"), T("personal.more_like")):
        page.locator("main button", has_text=label).first.click()
    page.goto(served.address + "/you/interests")
    page.locator("button", has_text=T("interests.turn_on")).click()
    served.news.arrives("factory_third")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/you", "/you/unread", "/you/interests", f"/story/{story}", "/en/you/interests", "/en/you"):
        page.goto(served.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for name in ("overflow", "contrast", "headings", "typography", "targets"):
            assert check(page, name) == [], f"{path}: {name}"
        assert faults(page) == [], path
    assert said == []
    page.context.close()
