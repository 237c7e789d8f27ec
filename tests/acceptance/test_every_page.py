"""Every kind of page in a real Chromium: axe finds nothing, nothing stands beyond the edges, nobody else is asked for anything.

Each page is seen in Arabic, and every second one in English too; on a phone or a wide screen, by day or by night: which of these go
together changes from page to page, so that each kind of thing on pages is met in every way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.edition import Edition, published, served
from tests.acceptance.every_page import COMING_IN, FORMS, OWN, PAGES, looked_at, routes
from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_browser import PHONE, WIDE, browser, check, opened, pytestmark

from tawatur.app import open_app
from tawatur.config import load
from tawatur.web import create

__all__ = ["browser", "pytestmark"]

#: Language, size and scheme of a look at a page, and of a second one that has of each what the first has not.
LOOKS = (
    (("", PHONE, "light"), ("/en", WIDE, "dark")),
    (("", WIDE, "dark"), ("/en", PHONE, "light")),
    (("", PHONE, "dark"), ("/en", WIDE, "light")),
    (("", WIDE, "light"), ("/en", PHONE, "dark")),
)
EMPTY = ("/", "/section/sport", "/people", "/topics", "/outlets", "/charts", "/operations", "/about", "/search?q=zzzz")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    with published(tmp_path_factory.mktemp("edition")) as made:
        yield made


@dataclass
class Eyes:
    """Looks at pages in a browser, and keeps what was wrong."""

    browser: Any
    address: str
    edition: Edition | None = None  # whose reader is signed in, None for a stranger
    found: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[tuple[int, str], Any] = field(default_factory=dict)

    def page(self, size: dict[str, int], scheme: str) -> Any:
        """Return a page of this size and scheme, and let it tell what should not be."""
        key = (size["width"], scheme)
        if key not in self.pages:
            page = self.pages[key] = opened(self.browser, viewport=size, color_scheme=scheme)
            if self.edition:
                self.edition.sign_in(page)
            page.on("console", lambda message: self.tell(page.url, f"console: {message.text}"))
            page.on(
                "request", lambda asked: self.tell(page.url, f"asks {asked.url}") if self.foreign(asked.url) else None
            )
        return self.pages[key]

    def foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:"))

    def tell(self, where: str, what: str) -> None:
        if "Failed to load resource" not in what:  # how Chromium says that a page is a 404, as some here are to be
            self.found.setdefault(where, []).append(what)

    def look(self, page: Any) -> None:
        """Note what is wrong with what a page shows."""
        where = f"{page.url.removeprefix(self.address)} {page.viewport_size['width']}"
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for name in ("overflow", "contrast", "headings", "typography", "targets", "pictures"):
            for one in check(page, name):
                self.tell(where, f"{name}: {one}")
        for one in faults(page):
            self.tell(where, f"axe: {one}")

    def each(self, paths: list[str]) -> None:
        """Look at each of some pages, at every second one in a second way too."""
        for at, path in enumerate(paths):
            for prefix, size, scheme in LOOKS[at % len(LOOKS)][: 1 + at % 2]:
                page = self.page(size, scheme)
                page.goto(f"{self.address}{prefix}{path}")
                self.look(page)

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def addresses(edition: Edition, *cases: dict[str, tuple[str, ...]]) -> list[str]:
    return [path.format(**edition.named) for case in cases for paths in case.values() for path in paths]


def test_every_route_is_looked_at(edition: Edition) -> None:
    """Whoever adds a route adds its case to ``every_page``."""
    there: dict[str, set[str]] = {"GET": set(), "POST": set()}
    for method, path in routes(edition.web):
        there[method].add(path)
    assert there == looked_at()


def test_pages_that_anybody_sees_and_the_ways_in(browser: Any, edition: Edition) -> None:
    eyes = Eyes(browser, edition.address)
    eyes.each(addresses(edition, PAGES, COMING_IN))
    eyes.close()
    assert eyes.found == {}


def test_pages_of_a_reader_who_is_an_editor(browser: Any, edition: Edition) -> None:
    eyes = Eyes(browser, edition.address, edition)
    own = addresses(edition, OWN)
    eyes.each(
        [
            *own,
            "/",
            *(
                path.format(**edition.named)
                for path in ("/story/{story}", "/article/{article}", "/person/{person}", "/outlet/{outlet}", "/feeds")
            ),
        ]
    )
    eyes.close()
    assert eyes.found == {}


def test_pages_that_answer_a_form(browser: Any, edition: Edition) -> None:
    stranger, reader = Eyes(browser, edition.address), Eyes(browser, edition.address, edition)
    for at, (path, form) in enumerate(FORMS.items()):
        eyes = reader if form.own else stranger
        prefix, size, scheme = LOOKS[at % len(LOOKS)][at // len(LOOKS) % 2]
        page = eyes.page(size, scheme)
        page.goto(f"{edition.address}{prefix}{form.at.format(**edition.named)}")
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        action = path.split("{")[0]
        found = page.locator(f"main form[method=post][action^='{prefix}{action}']")
        if form.having:
            found = found.filter(has=page.locator(form.having))
        elif "{" in path:
            found = found.filter(has=page.locator(f"[name='{next(iter(form.fields))}']"))
        for name, value in form.fields.items():
            found.first.locator(f"[name='{name}']").fill(value)
        found.first.locator("button").last.click()
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1, path
        eyes.look(page)
    stranger.close()
    reader.close()
    assert {**stranger.found, **reader.found} == {}


def test_pages_of_a_store_that_is_empty(browser: Any, tmp_path: Path) -> None:
    with open_app(load({"TAWATUR_HOME": str(tmp_path)})) as app, served(create(app)) as address:
        eyes = Eyes(browser, address)
        eyes.each(list(EMPTY))
        eyes.close()
    assert eyes.found == {}
