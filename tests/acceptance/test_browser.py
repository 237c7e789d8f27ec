"""The pages in a real Chromium: on a phone and on a wide screen, by day and by night, without a script, by keyboard."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from playwright._impl._driver import compute_driver_executable
from tests.unit.web.shelf import Deployed, filled

from tawatur.web import create

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def driver_runs() -> bool:
    """Say whether Playwright's driver starts; on a bare Debian it lacks libatomic1."""
    node, _ = compute_driver_executable()
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None or not driver_runs(),
        reason="Chromium or libatomic1 is not installed: the pages are not looked at in a browser",
    ),
]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHECKS = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
PATHS = (
    "/",
    "/story/story-bridge",
    "/story/story-hostile",
    "/article/a-sarw",
    "/article/a-sarw-before",
    "/article/a-sarw/changes",
    "/article/a-ghadir",
    "/article/a-hostile",
    "/about",
    "/search",
    "/search?q=%D8%AC%D8%B3%D8%B1",
    "/nothing",
)
EVERY_PATH = (*PATHS, *("/en" + path for path in PATHS))
PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the invented edition on a free port."""
    server = uvicorn.Server(uvicorn.Config(create(Deployed(filled())), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + 20
    while not server.started and monotonic() < until:
        sleep(0.05)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join(timeout=60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Any, **options: Any) -> Any:
    """Return a page in which every request that leaves the machine, and every word on the console, is a failure."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def check(page: Any, name: str, *arguments: str) -> Any:
    return page.evaluate(f"({CHECKS}).{name}({', '.join(map(repr, arguments))})")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_pages_fit_and_can_be_read(browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
    page = opened(browser, viewport=size, color_scheme=scheme)
    for path in EVERY_PATH:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for name in ("overflow", "contrast", "headings", "typography", "targets"):
            assert check(page, name) == [], f"{path}: {name}"
    page.context.close()


def test_a_lack_of_contrast_would_be_found_in_arabic_too(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/")
    page.evaluate("document.querySelector('.standfirst').style.color = '#bbb'")
    assert len(check(page, "contrast")) == 1
    page.context.close()


def test_our_own_typefaces_are_loaded_and_used(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/story/story-bridge")
    page.evaluate("document.fonts.ready.then(() => true)")
    for font in (
        "700 24px Amiri",
        "400 24px Amiri",
        '400 16px "IBM Plex Sans Arabic"',
        '600 16px "IBM Plex Sans Arabic"',
    ):
        assert page.evaluate("font => document.fonts.check(font, '\\u0642')", font), font
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {name.strip('"') for name in loaded} == {"Amiri", "IBM Plex Sans Arabic"}
    assert "Amiri" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    page.context.close()


def test_pages_ask_nobody_else_for_anything_and_break_no_rule_of_their_own(browser: Any, address: str) -> None:
    page = opened(browser, viewport=PHONE)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in PATHS[:-1]:
        page.goto(address + path)
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []
    page.context.close()


def test_everything_opens_and_leads_on_without_javascript(browser: Any, address: str) -> None:
    page = opened(browser, viewport=PHONE, java_script_enabled=False)
    page.goto(address + "/")
    page.locator(".lead .headline a").click()
    assert page.url.endswith("/story/story-bridge")
    reasons = page.locator(".independence li").first
    assert not reasons.is_visible()
    page.locator(".independence summary").click()
    assert reasons.is_visible()
    page.locator(".report .headline a").first.click()
    assert "/article/" in page.url
    page.locator(".tools .language a").click()
    assert "/en/article/" in page.url
    page.context.close()


def test_the_first_key_skips_to_the_content_and_focus_is_always_seen(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/story/story-bridge")
    page.keyboard.press("Tab")
    assert check(page, "focus") | {"name": ""} == {"name": "", "shown": True, "inside": True}
    assert page.evaluate("document.activeElement.hash") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = check(page, "focus")
        if not focus["name"]:
            break  # the window's own controls come behind the last link
        assert focus["shown"], focus
        assert focus["inside"], focus
    page.context.close()


def test_lines_of_an_article_are_of_a_readable_length(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    for path, texts in (("/about", ".text > p"), ("/story/story-bridge", ".timeline li > p:first-of-type")):
        page.goto(address + path)
        lines = check(page, "measure", texts)
        assert lines
        assert max(lines) <= 75, path
    page.context.close()


def test_the_news_runs_from_right_to_left_in_both_interfaces(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    for path in ("/story/story-bridge", "/en/story/story-bridge"):
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
        column, side = (page.locator(name).bounding_box() for name in (".column", ".side"))
        assert column["x"] > side["x"], path
    page.context.close()


def test_on_paper_the_address_of_an_original_is_written_out(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/article/a-sarw")
    page.emulate_media(media="print")
    written = page.evaluate("getComputedStyle(document.querySelector('a.original'), '::after').content")
    assert "https://www.sarw.example" in written
    assert not page.locator("nav.sections").is_visible()
    page.context.close()


def test_on_paper_dots_are_filled_what_is_counted_is_explained_and_nothing_asks_for_a_hand(
    browser: Any, address: str
) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/story/story-bridge")
    reason = page.locator(".independence li").first
    assert not reason.is_visible()
    page.emulate_media(media="print")
    assert reason.is_visible()
    filled = page.locator(".independence .dots .full").first
    assert filled.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    assert filled.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(0, 0, 0)"
    assert [one.inner_text() for one in page.locator("main button").all() if one.is_visible()] == []
    assert not page.locator("main form").first.is_visible()
    page.context.close()


SEARCHED = "\u062c\u0633\u0631 -\u0643\u0631\u0629"


def test_search_is_narrowed_without_javascript(browser: Any, address: str) -> None:
    page = opened(browser, viewport=PHONE, java_script_enabled=False)
    page.goto(address + "/search")
    page.locator("#asked").fill(SEARCHED)
    page.locator(".typed button").click()
    found = page.locator(".found > li").count()
    assert found
    assert page.locator(".found mark").count()
    page.locator(".narrow summary").click()
    page.locator("#by-outlet").fill("sarw")
    page.locator("#by-order").select_option("newest")
    page.locator(".last button").click()
    assert page.locator("#asked").input_value() == SEARCHED
    assert page.locator("#by-outlet").input_value() == "sarw"
    assert page.locator(".found > li").count() <= found
    page.locator(".chips a").first.click()
    assert page.locator("#by-outlet").input_value() == ""
    assert page.locator("#by-order").input_value() == "newest"
    assert page.locator(".found > li").count() == found
    page.context.close()


@pytest.mark.parametrize("box", ["#asked", "#finding"])
def test_suggestions_are_chosen_by_keyboard(browser: Any, address: str, box: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + ("/search" if box == "#asked" else "/"))
    page.locator(box).focus()
    page.keyboard.type(SEARCHED[:2])
    offers = page.locator(f"{box}-offers [role=option]")
    offers.first.wait_for()
    assert page.locator(box).get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator(box).get_attribute("aria-activedescendant") == offers.first.get_attribute("id")
    wanted = offers.first.get_attribute("data-query")
    page.keyboard.press("Escape")
    assert not offers.first.is_visible()
    page.keyboard.type(SEARCHED[2])
    offers.first.wait_for()
    page.keyboard.press("ArrowDown")
    wanted = offers.first.get_attribute("data-query")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert wanted
    assert page.locator(".chips li, .found li").count()


def test_what_a_text_holds_is_set_off_and_left_alone_again_without_a_script(browser: Any, address: str) -> None:
    page = opened(browser, viewport=PHONE, java_script_enabled=False)
    page.goto(address + "/article/a-sarw")
    for kind, style in (
        ("person", "text-decoration-thickness"),
        ("statement", "background-color"),
        ("date", "border-block-end-style"),
    ):
        marked = page.locator(f".text .is-{kind}").first
        box = page.locator(f"#set-off-{kind}")
        before = marked.evaluate(f"one => getComputedStyle(one).getPropertyValue('{style}')")
        box.check()
        assert marked.evaluate(f"one => getComputedStyle(one).getPropertyValue('{style}')") != before, kind
        box.uncheck()
        assert marked.evaluate(f"one => getComputedStyle(one).getPropertyValue('{style}')") == before, kind
    page.context.close()
