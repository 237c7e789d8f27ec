"""The keys for those who read with the keyboard: by place, whatever letters stand on them, and silent while somebody types."""

from typing import Any

from tests.acceptance.test_accessibility import faults
from tests.acceptance.test_browser import WIDE, address, browser, opened, pytestmark

__all__ = ["address", "browser", "pytestmark"]

FOCUSED = "document.activeElement.getAttribute('href')"


def test_stories_are_walked_and_opened(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/")
    seen = []
    for key in ("KeyJ", "KeyJ", "KeyK"):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUSED))
    assert seen[0] == seen[2] != seen[1]
    assert all(href.startswith("/story/") for href in seen)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{seen[0]}")
    page.keyboard.press("KeyH")
    page.wait_for_url(address + "/")
    page.context.close()


def test_keys_do_nothing_while_somebody_types_or_has_switched_them_off(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/about")
    page.keyboard.press("Slash")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("KeyH")
    assert page.url == address + "/about"
    page.locator("#shortcuts-open").click()
    page.locator("#shortcuts input").uncheck()
    page.locator("#shortcuts button").click()
    page.reload()
    page.keyboard.press("KeyH")
    page.wait_for_timeout(300)
    assert page.url == address + "/about"
    page.context.close()


def test_the_list_of_keys_can_be_read(browser: Any, address: str) -> None:
    for scheme in ("light", "dark"):
        page = opened(browser, viewport=WIDE, color_scheme=scheme)
        page.goto(address + "/")
        page.keyboard.press("Shift+Slash")
        assert page.locator("#shortcuts").is_visible()
        assert faults(page) == []
        page.context.close()
