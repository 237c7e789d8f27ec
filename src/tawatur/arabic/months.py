"""Month names of all Arabic calendars in use, and the Hijri calendar."""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache
from typing import NamedTuple

from hijridate import Hijri

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.patterns import words_pattern

#: The first day of the Hijri era (16 July 622, Julian) as an ordinal, and the mean length of its year in days.
_HIJRI_EPOCH, _HIJRI_YEAR = 227015, 354.367


class MonthName(NamedTuple):
    """What a name stands for. ``sure`` is "sure", "after", "beside" or "day", as the data file explains."""

    number: int
    sure: str


@cache
def month_names(era: str) -> dict[str, MonthName]:
    """Return the months of an era ("g" Gregorian, "h" Hijri) by folded name."""
    return {
        fold(name): MonthName(int(number), sure)
        for number, of, sure, name in rows("tawatur.arabic", "months.tsv")
        if of == era
    }


@cache
def month_pattern(era: str) -> str:
    """Return a pattern, without groups, for the month names of an era in folded text."""
    return words_pattern(month_names(era))


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri one (Umm al-Qura calendar, 1343 to 1500), or None where it has none."""
    try:
        return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and the last Gregorian day of a Hijri month, or None outside the calendar's table."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    return first, date.fromordinal(first.toordinal() + Hijri(year, month, 1).month_length() - 1)


def hijri_years_around(day: date) -> tuple[int, ...]:
    """Return the Hijri year of a day with the ones before and behind it, as far as the calendar's table reaches."""
    near = round((day.toordinal() - _HIJRI_EPOCH) / _HIJRI_YEAR) + 1
    return tuple(year for year in range(near - 2, near + 3) if hijri_day(year, 1, 1))


def hijri_year(year: int) -> tuple[date, date] | None:
    """Return the first and the last Gregorian day of a Hijri year, or None outside the calendar's table."""
    first, last = hijri_day(year, 1, 1), hijri_month(year, 12)
    return (first, last[1]) if first and last else None


def month_length(year: int, month: int) -> int:
    """Return the number of days of a Gregorian month."""
    return calendar.monthrange(year, month)[1]
