"""How a reader wants pages to look, by whoever asks: a reader's preferences, or what a stranger's browser keeps.

A stranger's choice is kept in a cookie. Nothing else is: no number that would tell one stranger from another.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from tawatur import reader
from tawatur.reader import Preferences
from tawatur.web.session import reader_of
from tawatur.wording.look import DEFAULT as DEFAULT
from tawatur.wording.look import Look as Look
from tawatur.wording.look import chosen as chosen
from tawatur.wording.look import look_for
from tawatur.wording.look import read as read

COOKIE = "look"
KEPT = 365 * 24 * 3600  # seconds
#: What can be chosen, the default first.
THEMES, DIGITS, MONTHS = reader.THEMES, reader.DIGITS, reader.MONTHS


def preferred(look: Look, now: Preferences) -> Preferences:
    """Return preferences with another look."""
    digits = next(one for one in reader.DIGITS if one == look.digits)
    months = next(one for one in reader.MONTHS if one == look.months)
    theme = next(one for one in reader.THEMES if one == look.theme)
    return replace(now, digits=digits, months=months, theme=theme, hijri=look.hijri, plain=look.plain)


def look_of(request: Request) -> Look:
    """Return how whoever asks wants pages to look: a reader's preferences, or the cookie of a stranger."""
    asks = reader_of(request)
    return look_for(asks.preferences) if asks is not None else read(request.cookies.get(COOKIE, ""))


def keep(look: Look, response: Response, *, secure: bool) -> None:
    """Let the browser keep a stranger's choice."""
    response.set_cookie(COOKIE, look.text(), max_age=KEPT, httponly=True, samesite="lax", secure=secure)
