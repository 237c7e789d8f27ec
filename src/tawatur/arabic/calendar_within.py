"""Shapes of date expressions that count days, weeks and weekdays within a month or year: "أول جمعة من يوليو"."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from tawatur.arabic.calendar_shared import THE, Rule, month_number, month_words, second_month, year_behind, year_of
from tawatur.arabic.calendar_words import ordinals, sides, single_units, weekdays
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Day, Month, Nth, Shift, Value, Year


def within_rules() -> tuple[Rule, ...]:
    """Return the rules for what is counted within a month or year; they are tried before the days of the month."""
    return (Rule("nth", re.compile(_pattern()), _read),)


def _pattern() -> str:
    """The nth before or behind what is counted, then the month or year in which it is counted."""
    few = [word for word, number in ordinals().items() if number <= 6]
    first = rf"(?P<first>{words_pattern([*few, 'ثان', 'اخر'])}){BLANK}(?:يوم{BLANK})?(?P<what>{_counted()})"
    behind = words_pattern([*("ال" + word for word in ordinals()), "الاخير", "الاخيره"])
    second = rf"(?:يوم{BLANK})?{THE}(?P<what2>{_counted()}){BLANK}(?P<second>{behind})"
    link = rf"(?:{BLANK}(?:(?:من|في|ل){BLANK}|ب)?)"
    return rf"(?:{first}|{second})(?!\w){link}{_container()}"


def _counted() -> str:
    return words_pattern([*weekdays(), "يوم", "اسبوع"])


def _container() -> str:
    lead = rf"(?:(?:(?:من|في){BLANK}|[لب])?(?:ال)?(?:عام|سنه)(?:{BLANK}|(?=\d)))"
    year = year_behind(lead=lead)
    unit = words_pattern(word for word, unit in single_units().items() if unit in ("month", "year"))
    shift = (
        rf"(?:(?:هذا|هذه){BLANK}ال(?P<this>{unit})|ال(?P<unit>{unit}){BLANK}(?P<side>{words_pattern(sides())}))(?!\w)"
    )
    alone = rf"{lead}(?P<whole>\d{{4}})(?!\d)"
    return rf"(?:{shift}|{month_words(numbered=True)}(?:{MAYBE}[،,]?{MAYBE}{year})?|{alone})"


def _read(match: re.Match[str]) -> Value | None:
    word = squeezed(match["first"] or match["second"]).removeprefix("ال")
    nth = {"اخر": -1, "اخير": -1, "اخيره": -1, "ثان": 2}.get(word) or ordinals()[word]
    what, within = match["what"] or match["what2"], _within(match)
    if within is None:
        return None
    unit: Literal["day", "week", "weekday"] = "day" if what == "يوم" else "week" if what == "اسبوع" else "weekday"
    weekday = weekdays().get(what, 0)
    if unit == "weekday" and match["second"] and nth > 0 and not isinstance(within, Year):
        day = _day_by_number(nth, weekday, within)
        if day is not None:
            return day
    if nth > (5 if unit != "day" else 31) and not (unit == "week" and isinstance(within, Year)):
        return None
    return Nth(nth, unit, within, weekday)


def _day_by_number(nth: int, weekday: int, month: Month | Shift) -> Day | None:
    """Take "السبت الثاني من ديسمبر" for the second of the month, unless the year named says that it is no Saturday."""
    if isinstance(month, Shift):
        return Day(nth, month, weekday) if month.unit == "month" else None
    if not isinstance(month.year, int):
        return Day(nth, month, weekday)
    try:
        fits = date(month.year, month.month, nth).weekday() == weekday
    except ValueError:
        return None
    return Day(nth, month, weekday) if fits or nth > 5 else None


def _within(match: re.Match[str]) -> Month | Year | Shift | None:
    if match["this"]:
        return Shift(single_units()[match["this"]], 0)
    if match["unit"]:
        side = sides()[match["side"]]
        return Shift(single_units()[match["unit"]], side.side, side.told)
    if match["whole"]:
        return Year(int(match["whole"]))
    number = month_number(match)
    return Month(number, year_of(match)) if 1 <= number <= 12 and not second_month(match) else None
