"""Somebody before a browser, who looks at every page that he comes to: what does not fit, and what cannot be read, is a failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.acceptance.letterbox import Letterbox, link_in
from tests.acceptance.test_browser import check, opened

EMAIL = "salma@manara.example"
#: Where pictures of what was seen are kept; git ignores the folder.
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"


class Person:
    """Somebody before a browser: what is shown is looked at, and every word on the console is a failure."""

    def __init__(self, browser: Any, address: str, letterbox: Letterbox, **options: Any) -> None:
        self.page = opened(browser, **options)
        self.page.set_default_timeout(60_000)
        self.address, self.letterbox = address, letterbox
        self.told: list[str] = []
        self.page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        self.page.on("request", lambda request: self.told.append(request.url) if self.foreign(request.url) else None)

    def foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:"))

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.look()

    def look(self) -> None:
        """Nothing stands beyond the edges, all can be read, and this by day and by night."""
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            for name in ("overflow", "contrast", "headings", "typography", "targets"):
                assert check(self.page, name) == [], f"{self.page.url}: {name}"

    def send(self, form: str, **fields: str) -> None:
        """Fill a form and send it by its button."""
        found = self.page.locator(f"main form[action$='{form}']")
        for name, value in fields.items():
            found.locator(f"[name='{name}']").fill(value)
        found.locator("button").click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, count: int) -> None:
        """Open the link of a letter, once so many have come."""
        self.open(link_in(self.letterbox.wait(count)))

    def sign_in(self, password: str, email: str = EMAIL) -> None:
        """Come in with an address and a password."""
        self.open("/sign-in")
        self.send("/sign-in", email=email, password=password)

    def said(self) -> list[str]:
        """Return what should not have been said or asked; a form that is wrong is told by its status, which Chromium notes."""
        return [line for line in self.told if "422" not in line]

    def keep(self, name: str) -> None:
        """Keep what the window shows as a picture, in the folder of what builds leave behind."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        width = self.page.viewport_size["width"]
        self.page.screenshot(path=SHOTS / f"{width}-{name}.png", full_page=True)
