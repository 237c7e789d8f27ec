"""Shapes of date expressions beyond news, for reading any note or speech: "في 15", "22/4", "شهر 3", "منذ شهر و21 يوما", "الآن".

News is never read by them: there "في 15" counts things, "4-2" is a score, and "الآن" is no date.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tawatur.arabic.calendar_shared import (
    THE,
    Rule,
    month_number,
    month_words,
    numbered_month,
    second_month,
    year_behind,
    year_of,
)
from tawatur.arabic.calendar_words import (
    day_counts,
    dual_units,
    holidays,
    moments,
    ordinals,
    single_units,
    units,
    weekdays,
)
from tawatur.arabic.numbers import evaluate, number_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Day, Hijri, Month, Nearest, Now, Nth, Shift, Total, Unit, Value

#: What stands behind a bare number of a day: an end, a mark, or a clock time.
_END = rf"(?={MAYBE}(?:[!؟?،,]|[.]?{MAYBE}(?:\n|$)|الساعه))"
#: What "a few" is counted as: the least that its grammar allows.
_FEW = 3


def wide_rules() -> tuple[Rule, ...]:
    """Return the rules that are tried before those of news, in their order."""
    return (
        Rule("short", re.compile(_short_pattern()), _read_short),
        Rule("monthday", re.compile(_month_day_pattern()), _read_month_day),
        Rule("numbered", re.compile(_numbered()), _read_numbered),
        Rule("weeknumber", re.compile(_week_number_pattern()), _read_week_number),
        Rule("total", re.compile(_total_pattern()), _read_total),
        Rule("few", re.compile(_few_pattern()), _read_few),
        Rule("dayonly", re.compile(_day_only_pattern()), _read_day_only),
        Rule("holiday", re.compile(_holiday_pattern()), _read_holiday),
        Rule("now", re.compile(rf"{words_pattern(moments())}"), lambda match: Now()),
    )


# Digits


def _short_pattern() -> str:
    sign = r"(?P<s>[-/.])"
    three = rf"(?P<x>\d{{1,2}}){sign}(?P<y>\d{{1,2}})(?P=s)(?P<z>\d{{2}})(?!\d)"
    year = r"(?P<m1>\d{1,2})[-/.](?P<y1>(?:19|20)\d\d)(?!\d)|(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})(?!\d|[-/.])"
    two = r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})(?!\d|[-/.]\d)"
    return rf"(?:{three}|{year}|{two})"


def _read_short(match: re.Match[str]) -> Value | None:
    if match["s"]:
        return _two_digit_year(int(match["x"]), int(match["y"]), int(match["z"]))
    if match["y1"] or match["y2"]:
        month = int(match["m1"] or match["m2"])
        return Month(month, int(match["y1"] or match["y2"])) if 1 <= month <= 12 else None
    return _day_and_month(int(match["d"]), int(match["m"]))


def _two_digit_year(first: int, month: int, last: int) -> Value | None:
    """The year stands behind, or before; whichever day is nearer to the day of writing is meant."""
    days = []
    for year, day in ((last, first), (first, last)):
        try:
            days.append(date(2000 + year, month, day))
        except ValueError:
            continue
    return Nearest(tuple(days)) if days else None


def _day_and_month(first: int, second: int) -> Value | None:
    """The day stands first, unless no month has the second number."""
    day, month = (first, second) if second <= 12 else (second, first)
    return Day(day, Month(month)) if 1 <= month <= 12 and 1 <= day <= 31 else None


# Months by number, and months before their day


def _numbered() -> str:
    return rf"{numbered_month()}(?:{MAYBE}[،,]?{MAYBE}{year_behind()})?"


def _read_numbered(match: re.Match[str]) -> Value | None:
    number = month_number(match)
    return Month(number, year_of(match)) if 1 <= number <= 12 else None


def _month_day_pattern() -> str:
    digits = rf"(?:{MAYBE}[-]?{MAYBE}|(?<=\w))(?P<day>\d{{1,2}})(?![\d:/.-])"
    words = rf"{BLANK}(?P<dayw>{THE}{words_pattern(ordinals())})(?!\w)"
    year = rf"{MAYBE}[،,]?{MAYBE}(?:من{BLANK})?{year_behind(wide=True)}"
    return rf"{_month_name()}(?:{digits}|{words})(?:{year})?"


def _month_name() -> str:
    return month_words().replace(r"(?!\w)", r"(?![^\W\d])")


def _read_month_day(match: re.Match[str]) -> Value | None:
    day = int(match["day"]) if match["day"] else ordinals()[squeezed(match["dayw"]).removeprefix("ال")]
    return Day(day, Month(month_number(match), year_of(match))) if 1 <= day <= 31 and not second_month(match) else None


# Days without a month


def _number(group: str) -> str:
    return rf"(?:(?P<{group}>\d{{1,2}})|(?P<{group}th>{THE}{words_pattern(ordinals())})|(?P<{group}count>{day_counts()}))(?!\w)"


def _number_of(match: re.Match[str], group: str) -> int:
    if match[group]:
        return int(match[group])
    if match[group + "th"]:
        return ordinals()[squeezed(match[group + "th"]).removeprefix("ال")]
    return int(evaluate(match[group + "count"]))


def _day_only_pattern() -> str:
    behind = r"(?:(?<=في )|(?<=الي )|(?<=يوم )|(?<=لل))"
    return rf"{behind}{_number('n')}{_END}"


def _read_day_only(match: re.Match[str]) -> Value | None:
    """A day without a month is one of the month of writing."""
    number = _number_of(match, "n")
    return Day(number, Shift("month", 0)) if 1 <= number <= 31 else None


def _week_number_pattern() -> str:
    return rf"{THE}(?P<wd>{words_pattern(weekdays())}){BLANK}(?:في{BLANK})?{_number('n')}{_END}"


def _read_week_number(match: re.Match[str]) -> Value | None:
    """ "الأحد الثاني" is the second one of the month, "السبت السادس عشر" and "الجمعة 15" are days of the month."""
    number, weekday = _number_of(match, "n"), weekdays()[match["wd"]]
    if match["nth"] and number <= 5:
        return Nth(number, "weekday", Shift("month", 0), weekday)
    return Day(number, Shift("month", 0), weekday) if 1 <= number <= 31 else None


# Units counted together


def _part(nth: str) -> str:
    several = rf"(?P<count{nth}>{number_pattern()}){BLANK}(?P<many{nth}>{words_pattern(units())})"
    dual, one = words_pattern(dual_units()), words_pattern(single_units())
    return rf"(?:{several}|(?P<dual{nth}>{dual})|(?P<one{nth}>{one})(?:{BLANK}واحد(?:ه)?)?)(?!\w)"


def _total_pattern() -> str:
    join = rf"(?:{MAYBE}[،,]{MAYBE}|{BLANK}و{MAYBE})"
    tail = rf"{BLANK}من{BLANK}الان(?!\w)"
    parts = rf"{_part('1')}{join}{_part('2')}(?:{join}{_part('3')})?(?:{tail})?"
    return rf"(?:(?P<way>قبل|بعد|منذ|من){BLANK})?(?:{parts})"


def _read_total(match: re.Match[str]) -> Value | None:
    parts = [part for nth in "123" if (part := _read_part(match, nth)) is not None]
    way = 0 if not match["way"] else 1 if match["way"] == "بعد" else -1
    return Total(tuple(parts), way)


def _read_part(match: re.Match[str], nth: str) -> Shift | None:
    many, dual, one = match["many" + nth], match["dual" + nth], match["one" + nth]
    if many:
        return Shift(units()[many], int(evaluate(match["count" + nth])))
    if dual or one:
        return Shift(dual_units()[dual] if dual else single_units()[one], 2 if dual else 1)
    return None


def _few_pattern() -> str:
    few = rf"(?:بضعه|بضع|عده){BLANK}(?P<few>{words_pattern(units())})"
    since = (
        rf"(?:من|منذ){BLANK}(?:(?P<dual>{words_pattern(dual_units())})|(?P<one>{words_pattern(single_units())})){_END}"
    )
    return rf"(?:(?P<way>قبل|بعد){BLANK}{few}(?!\w)|{since})"


def _read_few(match: re.Match[str]) -> Value | None:
    if match["few"]:
        return _shift(units()[match["few"]], _FEW if match["way"] == "بعد" else -_FEW)
    return _shift(dual_units()[match["dual"]], -2) if match["dual"] else _shift(single_units()[match["one"]], -1)


def _shift(unit: Unit, count: int) -> Shift:
    return Shift("day", 7 * count, counted=True) if unit == "week" else Shift(unit, count, counted=True)


# Feasts


@cache
def _holiday_pattern() -> str:
    return rf"(?P<holiday>{words_pattern(holidays())})(?!\w)(?:{BLANK}{year_behind()})?"


def _read_holiday(match: re.Match[str]) -> Value | None:
    feast, year = holidays()[squeezed(match["holiday"])], year_of(match)
    if feast.era == "h":
        return Hijri(feast.month, feast.day)
    return Day(feast.day, Month(feast.month, year))
