"""What axe sees, also in Arabic; what it says of text from outside; and the order of the keyboard. Every page: test_every_page."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from tests.acceptance.test_browser import PHONE, WIDE, address, browser, opened, pytestmark

__all__ = ["address", "browser", "pytestmark"]

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
#: Axe takes the joined letters of Arabic for the ligatures of an icon font and then passes over contrast; a mark that joins nothing
#: behind each text keeps it from that.
UNJOINED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
  found.forEach(text => text.data += '\\u200c');
}"""
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] });
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`);
}"""

#: In which part of the page the keyboard's focus is.
WHERE = "['.skip', '.masthead', 'main', 'footer'].find(area => document.activeElement.closest(area)) || 'beyond'"


def faults(page: Any) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(UNJOINED)
    page.evaluate(AXE)
    return list(page.evaluate(RUN))


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (WIDE, "dark")], ids=["phone", "wide"])
def test_axe_finds_nothing_in_what_outlets_send(browser: Any, address: str, size: dict[str, int], scheme: str) -> None:
    page = opened(browser, viewport=size, color_scheme=scheme)
    for path in ("/story/story-hostile", "/en/article/a-hostile", "/article/a-ghadir"):
        page.goto(address + path)
        assert faults(page) == [], path
    page.context.close()


def test_axe_would_find_a_lack_of_contrast_in_arabic(browser: Any, address: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/")
    page.evaluate("document.querySelector('.standfirst').style.color = '#bbb'")
    assert [fault.partition(":")[0] for fault in faults(page)] == ["color-contrast"]
    page.context.close()


def test_each_choice_of_colours_holds_whatever_the_device_is_set_to(browser: Any, address: str) -> None:
    for choice, scheme in (("dark", "light"), ("light", "dark")):
        page = opened(browser, viewport=WIDE, color_scheme=scheme)
        page.goto(address + "/about")
        page.locator(".look summary").click()
        page.locator(f"input[name=theme][value={choice}]").check()
        page.locator(".look form button").click()
        page.wait_for_url("**/about")
        back = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/).map(Number)[0]")
        assert (back < 80) is (choice == "dark")
        assert faults(page) == []
        page.context.close()


def test_the_keyboard_goes_through_the_page_in_the_order_of_reading(browser: Any, address: str) -> None:
    """From the skip link through the masthead to the news and never back; in the masthead from right to left."""
    page = opened(browser, viewport=WIDE)
    page.goto(address + "/")
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(WHERE))
    areas = [area for at, area in enumerate(seen) if at == 0 or seen[at - 1] != area]
    assert areas[:3] == [".skip", ".masthead", "main"]
    assert ".masthead" not in areas[2 : areas.index("beyond") if "beyond" in areas else None]
    sections = page.evaluate(
        "[...document.querySelectorAll('.sections a')].map(one => one.getBoundingClientRect().right)"
    )
    assert sections == sorted(sections, reverse=True)
    page.context.close()
