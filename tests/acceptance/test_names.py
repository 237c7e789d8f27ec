"""The pages of names of the sample edition in a real Chromium: a reader walks from a story to a person and on, on a phone."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from tests.acceptance.test_browser import CHECKS, FLAGS, PHONE, WIDE, opened, pytestmark

from tawatur.app import open_app
from tawatur.config import load
from tawatur.desk import Nobody
from tawatur.stories.naming import NameKind
from tawatur.web import create
from tawatur.web.view.ways import path_of

__all__ = ["pytestmark"]

#: Bounding boxes of the words of every picture that is shown, which the browser measures.
OVERLAPS = """() => {
  const shown = [...document.querySelectorAll('.chart svg')].filter(one => one.getBoundingClientRect().width);
  return shown.flatMap(one => {
    const sheet = one.getBoundingClientRect();
    const boxes = [...one.querySelectorAll('text')].map(text => ({ said: text.textContent, ...place(text) }));
    const out = boxes.filter(box => box.left < sheet.left - 1 || box.right > sheet.right + 1);
    const on = boxes.filter((a, at) => boxes.slice(at + 1).some(b =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4));
    return [...out, ...on].map(box => box.said);
  });
  function place(text) {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { left, right, top, bottom };
  }
}"""


class Quiet(Nobody):
    """Nobody looks on while the sample is read."""

    def taken(self, kept: object) -> None:
        """A document has been read."""

    def grouping(self, articles: int) -> None:
        """Articles are to be grouped."""

    def composing(self, stories: int) -> None:
        """Stories are to be made anew."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the sample edition; give the address, and a page of each kind of name."""
    home: Path = tmp_path_factory.mktemp("names")
    with open_app(load({"TAWATUR_HOME": str(home)})) as app:
        app.put_sample(watch=Quiet())
        pages = {}
        for kind in NameKind:
            heads = app.store.listed(kind, limit=200)
            best = max(heads, key=lambda one: (one.stories, len(app.store.said_by(one.number, limit=9)), one.key))
            pages[kind.value] = path_of(kind, best.key)
        server = uvicorn.Server(uvicorn.Config(create(app), port=0, log_level="error"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
        thread.start()
        until = monotonic() + 20
        while not server.started and monotonic() < until:
            sleep(0.05)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        yield f"http://{host}:{port}", pages
        server.should_exit = True
        thread.join(timeout=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright
    from tests.acceptance.test_browser import CHROMIUM

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def paths(pages: dict[str, str]) -> list[str]:
    indexes = ["/people", "/places", "/organizations", "/topics", "/outlets", "/charts"]
    return [*indexes, *pages.values(), f"{pages['person']}/said"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_pages_of_names_fit_and_no_words_of_a_picture_overlap(
    browser: Any, served: tuple[str, dict[str, str]], size: dict[str, int], scheme: str
) -> None:
    address, pages = served
    page = opened(browser, viewport=size, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    pictures = 0
    for path in [prefix + path for prefix in ("", "/en") for path in paths(pages)]:
        assert page.goto(address + path).status == 200, path
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate(OVERLAPS) == [], path
        pictures += page.locator(".chart svg:visible").count()
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for name in ("overflow", "contrast", "headings", "typography", "targets"):
            assert page.evaluate(f"({CHECKS}).{name}()") == [], f"{path}: {name}"
    assert pictures >= 12
    assert said == []
    page.context.close()


def test_a_reader_walks_from_a_story_to_a_person_to_a_story_to_an_outlet(
    browser: Any, served: tuple[str, dict[str, str]]
) -> None:
    address, pages = served
    page = opened(browser, viewport=PHONE, java_script_enabled=False)
    page.goto(address + pages["person"])
    name = page.locator("h1").inner_text()
    page.locator(".told .headline a").first.click()
    assert "/story/" in page.url
    title = page.locator("h1").inner_text()
    page.locator(f".people b a >> text={name}").first.click()
    assert page.locator("h1").inner_text() == name
    assert title in page.locator(".told .headline").all_inner_texts()
    page.locator(".told .headline a").last.click()
    assert "/story/" in page.url
    outlet = page.locator(".report .kicker b a").first
    shown = outlet.inner_text()
    outlet.click()
    assert "/outlet/" in page.url
    assert page.locator("h1").inner_text() == shown
    assert page.locator(".facts dd b").first.inner_text().isdigit()
    page.locator(".tools .language a").click()
    assert "/en/outlet/" in page.url
    page.context.close()


def test_a_picture_is_told_to_whoever_does_not_see_it(browser: Any, served: tuple[str, dict[str, str]]) -> None:
    address, _ = served
    page = opened(browser, viewport=PHONE, java_script_enabled=False)
    page.goto(address + "/charts")
    flow = page.locator(".chart.flow")
    assert flow.locator("svg.narrow").is_visible()
    assert not flow.locator("svg.wide").is_visible()
    assert not flow.locator("table").is_visible()
    flow.locator("summary").click()
    assert flow.locator("table").is_visible()
    assert flow.locator("tbody tr").count() >= 1
    ids = flow.locator("svg.narrow").get_attribute("aria-labelledby").split()
    assert all(page.locator(f"#{one}").count() == 1 for one in ids)
    page.context.close()
