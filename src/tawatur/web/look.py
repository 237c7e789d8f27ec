"""How a reader wants pages to look: digits, month names, the Hijri day beside the other one, light or dark.

A stranger's choice is kept in a cookie. Nothing else is: no number that would tell one stranger from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from tawatur import reader
from tawatur.reader import Preferences
from tawatur.web.session import reader_of

COOKIE = "look"
KEPT = 365 * 24 * 3600  # seconds
#: What can be chosen, the default first.
THEMES, DIGITS, MONTHS = reader.THEMES, reader.DIGITS, reader.MONTHS


@dataclass(frozen=True, slots=True)
class Look:
    """A reader's choice; the default is what a stranger gets."""

    digits: str = "latn"
    months: str = "egypt"
    hijri: bool = False
    theme: str = "auto"

    @property
    def wording(self) -> Look:
        """Return the part of the choice that changes what a page says: all but light and dark."""
        return replace(self, theme="auto")

    def text(self) -> str:
        """Return the choice as a cookie holds it."""
        return ".".join((self.theme, self.digits, self.months, "hijri" if self.hijri else "no"))


DEFAULT = Look()


def read(text: str) -> Look:
    """Return the choice of a cookie; the default for each part that is none."""
    theme, digits, months, hijri = (text.split(".") + [""] * 4)[:4]
    return chosen({"theme": theme, "digits": digits, "months": months, "hijri": hijri == "hijri"})


def chosen(values: Mapping[str, object]) -> Look:
    """Return the choice that a form or a reader's preferences make; the default for each part that is none."""
    return Look(
        digits=_one_of(DIGITS, values.get("digits")),
        months=_one_of(MONTHS, values.get("months")),
        hijri=bool(values.get("hijri")),
        theme=_one_of(THEMES, values.get("theme")),
    )


def preferred(look: Look, now: Preferences) -> Preferences:
    """Return preferences with another look."""
    digits = next(one for one in reader.DIGITS if one == look.digits)
    months = next(one for one in reader.MONTHS if one == look.months)
    theme = next(one for one in reader.THEMES if one == look.theme)
    return replace(now, digits=digits, months=months, theme=theme, hijri=look.hijri)


def look_of(request: Request) -> Look:
    """Return how whoever asks wants pages to look: a reader's preferences, or the cookie of a stranger."""
    asks = reader_of(request)
    if asks is not None:
        return chosen(asdict(asks.preferences))
    return read(request.cookies.get(COOKIE, ""))


def keep(look: Look, response: Response, *, secure: bool) -> None:
    """Let the browser keep a stranger's choice."""
    response.set_cookie(COOKIE, look.text(), max_age=KEPT, httponly=True, samesite="lax", secure=secure)


def _one_of(values: tuple[str, ...], value: object) -> str:
    return str(value) if value in values else values[0]
