"""Shapes of date expressions that name days and months: numeric, by month name, Hijri, weekdays."""

from __future__ import annotations

import re
from datetime import date

from tawatur.arabic.calendar_shared import THE, Rule, side_of, side_pattern, word_before, year_behind, year_of
from tawatur.arabic.calendar_words import doubtful_weekdays, leads, ordinals, sides, single_units, weekdays
from tawatur.arabic.months import hijri_day, hijri_month, hijri_year, month_names, month_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Between, Day, Days, Exact, Month, Shift, Value, Weekday


def day_rules() -> tuple[Rule, ...]:
    """Return the rules for days and months in the order in which they are tried: the longer shapes first."""
    return (
        Rule("numeric", re.compile(_numeric_pattern()), _read_numeric),
        Rule("days", re.compile(_days_pattern()), _read_days),
        Rule("hijri", re.compile(_hijri_pattern()), _read_hijri),
        Rule("day", re.compile(_day_pattern()), _read_day),
        Rule("month", re.compile(_month_rule_pattern()), _read_month),
        Rule("night", re.compile(_night_pattern()), _read_night),
        Rule("weekday", re.compile(_weekday_pattern()), _read_weekday),
    )


# Numeric dates


def _numeric_pattern() -> str:
    return (
        r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)"
        r"|(?P<d2>\d{1,2})(?P<s2>[-/.]) ?(?P<m2>\d{1,2})(?P=s2) ?(?P<y2>\d{4})(?!\d)(?: ?(?:م|ه)(?!\w))?"
    )


def _read_numeric(match: re.Match[str]) -> Value | None:
    year, month, day = (int(match[name + "1"] or match[name + "2"]) for name in "ymd")
    if 1300 <= year < 1500:
        found = hijri_day(year, month, day)
        return Exact(found) if found else None
    try:
        return Exact(date(year, month, day))
    except ValueError:
        return None


# Days and months


def _month_words(number: int = 1) -> str:
    """A month's name, or two names of it: "كانون الأول/ديسمبر", "ديسمبر (كانون الأول)"; groups ``month`` and ``twin``."""
    name = month_pattern("g")
    return (
        rf"(?P<shahr>شهر{BLANK})?(?P<month>{name})(?!\w)"
        rf"(?:{MAYBE}[/\\|]{MAYBE}(?P<twin>{name})(?!\w)|{MAYBE}\({MAYBE}(?P<twin2>{name}){MAYBE}\)|{MAYBE}[-–]{MAYBE}(?P<twin3>{name})(?!\w)|{BLANK}(?P<twin4>{name})(?!\w))?"
    )


def _day_number(group: str) -> str:
    words = rf"(?:{THE}{words_pattern(ordinals())}|اول)"
    return rf"(?:(?P<{group}>\d{{1,2}})(?:{MAYBE}(?:من{BLANK}|[-–/]{MAYBE})?)|(?P<{group}w>{words})(?:{BLANK}(?:من{BLANK})?))"


def _number_of_day(match: re.Match[str], group: str) -> int:
    if match[group]:
        return int(match[group])
    return ordinals()[squeezed(match[group + "w"]).removeprefix("ال")]


def _after_month() -> str:
    return rf"(?:{MAYBE}[،,/]?{MAYBE}{year_behind()}|{BLANK}{side_pattern()})?"


def _day_pattern() -> str:
    unit = words_pattern("ال" + word for word, unit in single_units().items() if unit == "month")
    this = rf"(?P<thismonth>هذا{BLANK}{unit}|{unit}{BLANK}(?P<monthside>{words_pattern(sides())}))(?!\w)"
    return rf"{_day_number('d')}(?:{_month_words()}{_after_month()}|{this})"


def _read_day(match: re.Match[str]) -> Value | None:
    day = _number_of_day(match, "d")
    if not 1 <= day <= 31:
        return None
    if match["thismonth"]:
        side = sides()[match["monthside"]] if match["monthside"] else None
        return Day(day, Shift("month", side.side if side else 0, side.told if side else False))
    if _second_month(match):
        return None
    return Day(day, Month(month_names("g")[squeezed(match["month"])].number, year_of(match), side_of(match)))


def _twin(match: re.Match[str]) -> str | None:
    return match["twin"] or match["twin2"] or match["twin3"] or match["twin4"]


def _second_month(match: re.Match[str]) -> int | None:
    """The number of the second name where it is not the same month ("يونيو/يوليو"), else None."""
    names, twin = month_names("g"), _twin(match)
    number = names[squeezed(twin)].number if twin else None
    return number if number != names[squeezed(match["month"])].number else None


def _days_pattern() -> str:
    to = rf"{MAYBE}(?:[-–]|و?(?:الي|حتي)|و){MAYBE}"
    return rf"(?P<a>\d{{1,2}}){to}(?P<b>\d{{1,2}}){MAYBE}(?:من{BLANK})?{_month_words()}{_after_month()}"


def _read_days(match: re.Match[str]) -> Value | None:
    first, last = int(match["a"]), int(match["b"])
    if not 1 <= first < last <= 31 or _second_month(match):
        return None
    month = Month(month_names("g")[squeezed(match["month"])].number, year_of(match), side_of(match))
    return Between(Day(first, month), Day(last, month))


def _month_rule_pattern() -> str:
    return rf"{_month_words()}{_after_month()}"


def _read_month(match: re.Match[str]) -> Value | None:
    name, year, side = month_names("g")[squeezed(match["month"])], year_of(match), side_of(match)
    other = _second_month(match)
    if other:
        return Between(Month(name.number, year, side), Month(other, year, side))
    beside = match["shahr"] or _twin(match) or year is not None or side is not None
    if beside or name.sure == "sure":
        return Month(name.number, year, side)
    return Month(name.number) if name.sure == "after" and word_before(match) in leads("month_leads.txt") else None


def _hijri_pattern() -> str:
    lead = rf"(?:{BLANK}(?:من{BLANK})?(?:(?:ال)?(?:عام|سنه){BLANK})?|{MAYBE}[،,/]{MAYBE})"
    year = rf"{lead}(?P<hyear>1[34]\d\d)(?!\d)(?:{MAYBE}(?:هجريه|هجري|ه)(?!\w))?"
    day = rf"(?:{_day_number('hd')})?(?:شهر{BLANK})?(?P<hmonth>{month_pattern('h')})(?!\w){year}"
    return rf"(?:{day}|(?:عام{BLANK}|سنه{BLANK})?(?P<only>1[34]\d\d){MAYBE}(?:هجريه|هجري|ه)(?!\w))"


def _read_hijri(match: re.Match[str]) -> Value | None:
    if match["only"]:
        span = hijri_year(int(match["only"]))
    elif match["hd"] or match["hdw"]:
        day = hijri_day(
            int(match["hyear"]), month_names("h")[squeezed(match["hmonth"])].number, _number_of_day(match, "hd")
        )
        return Exact(day) if day else None
    else:
        span = hijri_month(int(match["hyear"]), month_names("h")[squeezed(match["hmonth"])].number)
    return Days(*span) if span else None


# Weekdays


def _weekday_words(group: str) -> str:
    return rf"{THE}(?P<{group}>{words_pattern(weekdays())})(?!\w)"


def _weekday_pattern() -> str:
    week = rf"{BLANK}من{BLANK}(?:هذا{BLANK}الاسبوع|الاسبوع{BLANK}(?P<weekside>{words_pattern(sides())}))"
    return rf"(?P<this>هذا{BLANK}|هذه{BLANK})?{_weekday_words('wd')}(?:(?P<week>{week})(?!\w)|{BLANK}{side_pattern()})?"


def _read_weekday(match: re.Match[str]) -> Value | None:
    weekday, side = weekdays()[match["wd"]], side_of(match)
    if match["wd"] in doubtful_weekdays() and (side is None or match["side"].endswith("ه")):  # "السنوات الخمس الماضية"
        return None
    if match["week"]:
        return Weekday(weekday, week=Shift("week", sides()[match["weekside"]].side if match["weekside"] else 0))
    return Weekday(weekday, side)


def _night_pattern() -> str:
    to = rf"{MAYBE}(?:[-–/]|{BLANK}الي{BLANK}|{BLANK}علي{BLANK}|و){MAYBE}"
    return rf"(?:(?<=ليله )|(?<=ليل )){_weekday_words('first')}{to}{_weekday_words('last')}"


def _read_night(match: re.Match[str]) -> Value | None:
    first, last = weekdays()[match["first"]], weekdays()[match["last"]]
    return Between(Weekday(first), Weekday(last)) if (last - first) % 7 == 1 else None
