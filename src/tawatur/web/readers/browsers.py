"""The name of a browser and its system, as a reader knows them, from the line by which it introduces itself."""

from __future__ import annotations

from typing import NamedTuple

#: The first that is named; Chromium's kin call themselves Chrome and Safari as well.
_BROWSERS = (
    ("Firefox", ("firefox/", "fxios/")),
    ("Edge", ("edg/", "edga/", "edgios/")),
    ("Opera", ("opr/", "opera")),
    ("Samsung Internet", ("samsungbrowser/",)),
    ("Chrome", ("chrome/", "crios/", "chromium/")),
    ("Safari", ("safari/",)),
)
_SYSTEMS = (
    ("Android", ("android",)),
    ("iPhone", ("iphone",)),
    ("iPad", ("ipad",)),
    ("Windows", ("windows",)),
    ("macOS", ("mac os", "macintosh")),
    ("Linux", ("linux", "x11")),
)


class Browser(NamedTuple):
    """A browser by its name, and the system it runs on; "" where that is not known."""

    name: str
    system: str


def browser_of(agent: str) -> Browser:
    """Return what a browser is."""
    line = agent.casefold()
    return Browser(_first(line, _BROWSERS), _first(line, _SYSTEMS))


def _first(line: str, known: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return next((name for name, marks in known if any(mark in line for mark in marks)), "")
