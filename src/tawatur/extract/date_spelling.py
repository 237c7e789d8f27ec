"""Spellings that only date lines have ("Nov 10, 2026", "10 / 11 / 26", "10-نوفمبر-2026"), brought to those that the calendar knows.

Numbers alone leave open which is the day and which the month. Arabic pages put the day first; a month behind 12, a weekday on the
line, a day that is still to come, or a day known from elsewhere say where that is not so.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.calendar_words import weekdays
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.months import month_pattern
from tawatur.arabic.patterns import words_pattern
from tawatur.extract.halves import halves

_SPACED = re.compile(r"(?<!\d)(\d{1,4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{2,4})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/:]|[.-]\d)")
_YEAR_FIRST = re.compile(r"(?<![\d/.:-])(20\d\d)([/.-])(\d{1,2})\2(\d{1,2})(?![\d/:]|[.-]\d)")
_ISO = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})t(\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?(z|[+-]\d{2}:?\d{2})?")
_GLUED = re.compile(r"(?<=[^\W\d])([,،:])(?=\d)")
_CLOCK_DOT = re.compile(r"(?<=\d[/.-])((?:19|20)\d\d)[ |-]+(\d{1,2})\.(\d{2})(?![\d.])")
# The halves of the day in short, behind a clock time.
_HALF = re.compile(r"(?<=:\d\d) ?(\w)(?!\w)")


def spelled(text: str, *, latest: date, hint: date | None = None) -> str:
    """Return a folded line with its dates as the calendar reads them: ``latest`` the last possible day, ``hint`` a likely one."""
    text = _HALF.sub(_half, _ISO.sub(_iso, text))
    text = _english().sub(lambda found: _months()[found["month"]], text)
    text = _CLOCK_DOT.sub(r"\1 \2:\3", _clock_signs().sub(r"\1:\2", _GLUED.sub(r"\1 ", text)))
    text = _in_a_place().sub(rf" {_zone_lead()} \1", text)
    text = _year_before().sub(r"\3 \2 \1", text)
    text = _month_first().sub(r"\2 \1 \3", text)
    text = _joined().sub(r"\1 \2 \3", text)
    text = _SPACED.sub(r"\1\2\3\2\4", text)
    weekday = weekday_of(text)
    text = _NUMERIC.sub(lambda found: _day_first(found, weekday, latest, hint), text)
    return _YEAR_FIRST.sub(lambda found: _year_first(found, weekday), text)


def _iso(found: re.Match[str]) -> str:
    zone = "" if not found[3] else " gmt" if found[3] == "z" else f" gmt{found[3]}"
    return f"{found[1]} {found[2]}{zone}"


def _half(found: re.Match[str]) -> str:
    """A half of the day in full; anything else stays."""
    return f" {halves().get(found[1], found[1])}"


def _words(kind: str) -> list[str]:
    return [row[1] for row in rows("tawatur.extract", "date_words.tsv") if row[0] == kind]


@cache
def _clock_signs() -> re.Pattern[str]:
    """ "14h05", "14 و 05 دقيقة" """
    short, joined, minute = (words_pattern(_words(kind)) for kind in ("sign", "sign_and", "minute"))
    between = rf" ?(?:{short}|{joined}(?= ?\d\d ?{minute})) ?"
    return re.compile(rf"(?<![\d:/.-])(\d{{1,2}}){between}(\d{{2}})(?!\d)(?: ?{minute}(?!\w))?")


@cache
def _in_a_place() -> re.Pattern[str]:
    """ "14:05 (مكة المكرمة)": the place whose clock it is, without "بتوقيت"."""
    places = words_pattern(zone for zone, offset in clock.zones().items() if offset != 0)
    return re.compile(rf"(?<=:\d\d) ?[(|]? ?({places})(?!\w)[ )]*")


def _zone_lead() -> str:
    return fold(_words("zone_lead")[0])


@cache
def _year_before() -> re.Pattern[str]:
    """ "2026 نوفمبر 10" """
    return re.compile(rf"(?<!\d)((?:19|20)\d\d) ?[,،]? ({month_pattern('g')}) (\d{{1,2}})(?![\d:])")


@cache
def _months() -> dict[str, str]:
    return {fold(row[1]): fold(row[2]) for row in rows("tawatur.extract", "date_words.tsv") if row[0] == "month"}


@cache
def _english() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d])(?P<month>{words_pattern(_months())})(?!\w)\.?")


@cache
def _month_first() -> re.Pattern[str]:
    """ "نوفمبر 10, 2026" """
    return re.compile(rf"(?<!\w)(?<!\d )({month_pattern('g')}) (\d{{1,2}}) ?[,،]? (\d{{4}})(?!\d)")


@cache
def _joined() -> re.Pattern[str]:
    """ "10-نوفمبر-2026" """
    return re.compile(rf"(?<!\d)(\d{{1,2}})[-/]({month_pattern('g')})[-/](\d{{4}})(?!\d)")


def weekday_of(text: str) -> int | None:
    """Return the first weekday that a folded line names (Monday is 0), or None."""
    found = _weekday().search(text)
    return weekdays()[found[1]] if found else None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)ال({words_pattern(weekdays())})(?!\w)")


def _day_first(found: re.Match[str], weekday: int | None, latest: date, hint: date | None) -> str:
    """The date with the day first and a year of four digits."""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000
        if year > latest.year:
            return found.group()
    if 1300 <= year < 1500:
        return found.group()
    usual, other = _date(year, two, one), _date(year, one, two)
    swapped = other is not None and (
        usual is None
        or (hint == other and hint != usual)
        or (weekday is not None and usual.weekday() != weekday == other.weekday())
        or (usual > latest >= other and usual.weekday() != weekday)
    )
    day, month = (two, one) if swapped else (one, two)
    return f"{day}/{month}/{year}"


def _year_first(found: re.Match[str], weekday: int | None) -> str:
    year, one, two = int(found[1]), int(found[3]), int(found[4])
    usual, other = _date(year, one, two), _date(year, two, one)
    swapped = other is not None and (
        usual is None or (weekday is not None and usual.weekday() != weekday == other.weekday())
    )
    return f"{year}-{two}-{one}" if swapped else found.group()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
