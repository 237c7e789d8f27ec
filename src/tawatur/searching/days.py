"""Days as people type them in a query: "2018", "2018-03", "2018-03-09", "9/3/2018", in Arabic digits too."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tawatur.arabic.fold import fold

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")


class Period(NamedTuple):
    """The first and the last day of what was typed."""

    first: date
    last: date


def period(text: str) -> Period | None:
    """Return the day, month or year that a text names; None where it names none."""
    typed = fold(text)
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(typed):
        day, month, year = found.groups()
    else:
        return None
    try:
        return _period(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def _period(year: int, month: int | None, day: int | None) -> Period:
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))
