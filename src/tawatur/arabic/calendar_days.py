"""Shapes of date expressions that name days and months: numeric, by month name, Hijri, weekdays."""

from __future__ import annotations

import re
from datetime import date

from tawatur.arabic.calendar_shared import (
    THE,
    Rule,
    month_number,
    month_words,
    second_month,
    side_of,
    side_pattern,
    twin,
    word_before,
    year_behind,
    year_of,
)
from tawatur.arabic.calendar_words import (
    day_counts,
    doubtful_weekdays,
    leads,
    ordinals,
    sides,
    single_units,
    weekdays,
)
from tawatur.arabic.months import MonthName, hijri_day, hijri_month, hijri_year, month_names, month_pattern
from tawatur.arabic.numbers import evaluate
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Between, Day, Days, Exact, Hijri, Month, Shift, Value, Weekday


def day_rules(*, wide: bool = False) -> tuple[Rule, ...]:
    """Return the rules for days and months in the order in which they are tried: the longer shapes first.

    ``wide`` takes what only speech and notes use too: "خمسة عشر مايو", "مايو ألفين".
    """
    return (
        Rule("numeric", re.compile(_numeric_pattern()), _read_numeric),
        Rule("days", re.compile(_days_pattern(wide=wide)), _read_days),
        Rule("hijri", re.compile(_hijri_pattern()), _read_hijri),
        Rule("day", re.compile(_day_pattern(wide=wide)), _read_day),
        Rule("month", re.compile(_month_rule_pattern(wide=wide)), _read_month),
        Rule("night", re.compile(_night_pattern()), _read_night),
        Rule("weekday", re.compile(_weekday_pattern()), _read_weekday),
    )


# Numeric dates


def _numeric_pattern() -> str:
    return (
        r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)(?: ?(?:م|ه)(?!\w))?"
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


def _day_number(group: str, *, wide: bool = False) -> str:
    words = rf"(?:{THE}{words_pattern(ordinals())}|اول)"
    if wide:
        words = rf"{words}|{day_counts()}"
    return (
        rf"(?:(?P<{group}>\d{{1,2}})(?:{MAYBE}(?:من{BLANK}|[-–/]{MAYBE}|\.{BLANK})?)"
        rf"|(?P<{group}w>{words})(?:{BLANK}(?:من{BLANK})?))"
    )


def _number_of_day(match: re.Match[str], group: str) -> int:
    if match[group]:
        return int(match[group])
    words = squeezed(match[group + "w"])
    return ordinals().get(words.removeprefix("ال")) or int(evaluate(words))


def _after_month(*, wide: bool = False) -> str:
    return rf"(?:{MAYBE}[،,/.]?{MAYBE}{year_behind(wide=wide)}|{BLANK}{side_pattern()})?"


def _day_pattern(*, wide: bool) -> str:
    unit = words_pattern("ال" + word for word, unit in single_units().items() if unit == "month")
    this = rf"(?:في{BLANK})?(?P<thismonth>هذا{BLANK}{unit}|{unit}{BLANK}(?P<monthside>{words_pattern(sides())}))(?!\w)"
    month = month_words(numbered=wide)
    return rf"{_day_number('d', wide=wide)}(?:{month}{_after_month(wide=wide)}|{this})"


def _read_day(match: re.Match[str]) -> Value | None:
    day = _number_of_day(match, "d")
    if not 1 <= day <= 31:
        return None
    if match["thismonth"]:
        side = sides()[match["monthside"]] if match["monthside"] else None
        return Day(day, Shift("month", side.side if side else 0, side.told if side else False))
    month = month_number(match)
    if second_month(match) or not 1 <= month <= 12:
        return None
    return Day(day, Month(month, year_of(match), side_of(match)))


def _days_pattern(*, wide: bool) -> str:
    to = rf"{MAYBE}(?:[-–]|و?(?:الي|حتي)|و){MAYBE}"
    behind = rf"{MAYBE}\)?{MAYBE}(?:من{BLANK})?{month_words()}{_after_month(wide=wide)}"
    return rf"(?P<a>\d{{1,2}}){to}(?P<b>\d{{1,2}}){behind}"


def _read_days(match: re.Match[str]) -> Value | None:
    first, last = int(match["a"]), int(match["b"])
    if not 1 <= first < last <= 31 or second_month(match):
        return None
    month = Month(month_number(match), year_of(match), side_of(match))
    return Between(Day(first, month), Day(last, month))


def _month_rule_pattern(*, wide: bool) -> str:
    return rf"{month_words()}{_after_month(wide=wide)}"


def _read_month(match: re.Match[str]) -> Value | None:
    name, year, side = month_names("g")[squeezed(match["month"])], year_of(match), side_of(match)
    other = second_month(match)
    if other:
        return Between(Month(name.number, year, side), Month(other, year, side))
    beside = match["shahr"] or twin(match) or year is not None or side is not None
    if beside or name.sure == "sure":
        return Month(name.number, year, side)
    return Month(name.number) if name.sure == "after" and word_before(match) in leads("month_leads.txt") else None


def _hijri_pattern() -> str:
    this = rf"(?:{BLANK}(?:ل|من{BLANK}|في{BLANK})?(?:هذا{BLANK}العام|العام{BLANK}(?:الحالي|الجاري)))?"
    lead = rf"(?:{BLANK}(?:من{BLANK}|ل)?(?:(?:ال)?(?:عام|سنه){BLANK})?|{MAYBE}[،,/(]{MAYBE})"
    year = rf"{this}{lead}(?P<hyear>1[34]\d\d)(?!\d)(?:{MAYBE}(?:هجريه|هجري|ه)(?!\w)\)?)?"
    month = (
        rf"(?P<hshahr>شهر{BLANK})?(?P<hmonth>{month_pattern('h')})(?!\w)(?:{BLANK}(?:المبارك|الفضيل|الحرام|المكرم))?"
    )
    first = rf"(?P<hfirst>غره){BLANK}"
    day = rf"(?:{_day_number('hd')}|{first})?{month}(?:{year}|{BLANK}{side_pattern()})?"
    return rf"(?:{day}|(?:عام{BLANK}|سنه{BLANK})?(?P<only>1[34]\d\d){MAYBE}(?:هجريه|هجري|ه)(?!\w))"


def _read_hijri(match: re.Match[str]) -> Value | None:
    if match["only"]:
        span = hijri_year(int(match["only"]))
        return Days(*span) if span else None
    name = month_names("h")[squeezed(match["hmonth"])]
    number = 1 if match["hfirst"] else _number_of_day(match, "hd") if match["hd"] or match["hdw"] else None
    if not match["hyear"]:
        return _hijri_without_year(match, name, number)
    if number is not None:
        day = hijri_day(int(match["hyear"]), name.number, number)
        return Exact(day) if day else None
    span = hijri_month(int(match["hyear"]), name.number)
    return Days(*span) if span else None


def _hijri_without_year(match: re.Match[str], name: MonthName, day: int | None) -> Value | None:
    """Without a year the name must be told from the same word in another sense: by its day or "شهر"."""
    if name.sure == "day" and day is not None and re.search(r"\s", match[0]):
        return Hijri(name.number, day, side=side_of(match)) if 1 <= day <= 30 else None
    if not match["hshahr"] or (day is not None and not 1 <= day <= 30):
        return None
    return Hijri(name.number, day, side=side_of(match))


# Weekdays


def _weekday_words(group: str) -> str:
    return rf"{THE}(?P<{group}>{words_pattern(weekdays())})(?!\w)"


def _weekday_pattern() -> str:
    week = rf"(?:هذا{BLANK}الاسبوع|الاسبوع{BLANK}(?P<weekside>{words_pattern(sides())}))(?!\w)"
    bare = rf"(?P<wd2>{words_pattern(weekdays())}){BLANK}(?=الاسبوع{BLANK})"
    named = rf"(?P<this>(?:هذا|هذه){BLANK}(?:يوم{BLANK})?)?{_weekday_words('wd')}"
    behind = rf"(?:{BLANK}من{BLANK}(?P<week>{week})|{BLANK}{side_pattern()})?"
    return rf"(?:{named}{behind}|{bare}(?P<week2>{week.replace('weekside', 'weekside2')}))"


def _read_weekday(match: re.Match[str]) -> Value | None:
    if match["wd2"]:
        return Weekday(weekdays()[match["wd2"]], week=Shift("week", sides()[match["weekside2"]].side))
    weekday, side = weekdays()[match["wd"]], side_of(match)
    if match["wd"] in doubtful_weekdays() and (side is None or match["side"].endswith("ه")):  # "السنوات الخمس الماضية"
        return None
    if match["week"]:
        return Weekday(weekday, week=Shift("week", sides()[match["weekside"]].side if match["weekside"] else 0))
    return Weekday(weekday, side, coming=bool(match["this"]) and side is None)


def _night_pattern() -> str:
    to = rf"(?:{MAYBE}(?:[-–/]|{BLANK}الي{BLANK}|{BLANK}علي{BLANK}|و){MAYBE}|{BLANK}(?:لل)?)"
    return rf"(?:(?<=ليله )|(?<=ليل )){_weekday_words('first')}{to}{_weekday_words('last')}"


def _read_night(match: re.Match[str]) -> Value | None:
    first, last = weekdays()[match["first"]], weekdays()[match["last"]]
    return Between(Weekday(first), Weekday(last)) if (last - first) % 7 == 1 else None
