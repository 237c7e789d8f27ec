"""The shapes of date expressions: one rule a shape, a pattern over folded text and the reading of its match.

A rule's reader gets the match of the rule's own pattern and gives the unresolved value, or None where the words mean
something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from tawatur.arabic.calendar_words import (
    decades,
    doubtful_weekdays,
    dual_units,
    edges,
    leads,
    ordinals,
    relative_days,
    seasons,
    sides,
    single_units,
    units,
    weekdays,
)
from tawatur.arabic.months import hijri_day, hijri_month, hijri_year, month_names, month_pattern
from tawatur.arabic.numbers import evaluate, number_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import (
    Between,
    Day,
    Days,
    Exact,
    Month,
    Part,
    Season,
    Shift,
    Unit,
    Value,
    Weekday,
    Year,
    Years,
)

_THE = "(?:ال|(?<=لل))"  # the article, which "لل" swallows
_YEAR = r"(?:1[0-9]|20)\d\d"
_YEAR_WORD = rf"(?:(?:من{BLANK}|ل)?(?:ال)?(?:عام|سنه|عامي|اعوام|سنوات){BLANK})"


@dataclass(frozen=True)
class Rule:
    """One shape of date expressions."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Value | None]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried: the longer shapes first."""
    return tuple(
        Rule(name, re.compile(pattern), read)
        for name, pattern, read in (
            ("numeric", _numeric_pattern(), _read_numeric),
            ("days", _days_pattern(), _read_days),
            ("hijri", _hijri_pattern(), _read_hijri),
            ("day", _day_pattern(), _read_day),
            ("month", _month_rule_pattern(), _read_month),
            ("night", _night_pattern(), _read_night),
            ("weekday", _weekday_pattern(), _read_weekday),
            ("part", _part_pattern(), _read_part),
            ("decade", _decade_pattern(), _read_decade),
            ("century", _century_pattern(), _read_century),
            ("season", _season_pattern(), _read_season),
            ("ago", _ago_pattern(), _read_ago),
            ("told", _told_pattern(), _read_told),
            ("unit", _unit_pattern(), _read_unit),
            ("today", rf"(?P<words>{words_pattern(relative_days())})", _read_today),
            ("years", rf"{_YEAR_WORD}?(?P<first>{_YEAR}){MAYBE}[-–/]{MAYBE}(?P<last>{_YEAR}|\d\d)(?!\d)", _read_years),
            (
                "year",
                rf"(?P<word>{_YEAR_WORD})?(?P<year>(?(word)\d{{3,4}}|{_YEAR}))(?:{MAYBE}(?:م|ميلادي|ميلاديه)(?!\w))?",
                _read_year,
            ),
            ("whole", _whole_pattern(), _read_whole),
        )
    )


def _side(match: re.Match[str]) -> int | None:
    word = match["side"]
    return sides()[word].side if word else None


def _side_pattern() -> str:
    return rf"(?P<side>{words_pattern(sides())})(?!\w)"


def _of_year() -> str:
    """A year behind a month, season or part: a number, or "من العام المقبل"; groups ``year`` and ``yearside``."""
    this = rf"(?P<thisyear>هذا{BLANK}العام|هذه{BLANK}السنه)"
    shift = rf"(?:ال)?(?:عام|سنه){BLANK}(?P<yearside>{words_pattern(sides())})"
    number = rf"{_YEAR_WORD}?(?P<year>{_YEAR})(?![\d%]|[.,]\d)(?:{MAYBE}(?:م|ميلادي|ميلاديه)(?!\w))?"
    return rf"(?:(?:من{BLANK}|ل)?(?:{this}|{shift})(?!\w)|{number})"


def _year(match: re.Match[str]) -> int | Shift | None:
    if match["year"]:
        return int(match["year"])
    if match["thisyear"]:
        return Shift("year", 0)
    if match["yearside"]:
        side = sides()[match["yearside"]]
        return Shift("year", side.side, side.told)
    return None


# Numeric dates


def _numeric_pattern() -> str:
    return (
        r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)"
        r"|(?P<d2>\d{1,2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4})(?!\d)"
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
        rf"(?:{MAYBE}[/\\|]{MAYBE}(?P<twin>{name})(?!\w)|{MAYBE}\({MAYBE}(?P<twin2>{name}){MAYBE}\)|{MAYBE}[-–]{MAYBE}(?P<twin3>{name})(?!\w))?"
    )


def _day_number(group: str) -> str:
    words = words_pattern(["ال" + word for word in ordinals()] + ["اول"])
    return rf"(?:(?P<{group}>\d{{1,2}})(?:{MAYBE}(?:من{BLANK}|[-–]{MAYBE})?)|(?P<{group}w>{words})(?:{BLANK}(?:من{BLANK})?))"


def _number_of_day(match: re.Match[str], group: str) -> int:
    if match[group]:
        return int(match[group])
    return ordinals()[squeezed(match[group + "w"]).removeprefix("ال")]


def _after_month() -> str:
    return rf"(?:{MAYBE}[،,]?{MAYBE}{_of_year()}|{BLANK}{_side_pattern()})?"


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
    return Day(day, Month(month_names("g")[squeezed(match["month"])].number, _year(match), _side(match)))


def _second_month(match: re.Match[str]) -> int | None:
    """The number of the second name where it is not the same month ("يونيو/يوليو"), else None."""
    names, twin = month_names("g"), match["twin"] or match["twin2"] or match["twin3"]
    number = names[squeezed(twin)].number if twin else None
    return number if number != names[squeezed(match["month"])].number else None


def _days_pattern() -> str:
    to = rf"{MAYBE}(?:[-–]|الي|حتي|و){MAYBE}"
    return rf"(?P<a>\d{{1,2}}){to}(?P<b>\d{{1,2}}){MAYBE}(?:من{BLANK})?{_month_words()}{_after_month()}"


def _read_days(match: re.Match[str]) -> Value | None:
    first, last = int(match["a"]), int(match["b"])
    if not 1 <= first < last <= 31 or _second_month(match):
        return None
    month = Month(month_names("g")[squeezed(match["month"])].number, _year(match), _side(match))
    return Between(Day(first, month), Day(last, month))


def _month_rule_pattern() -> str:
    return rf"{_month_words()}{_after_month()}"


def _read_month(match: re.Match[str]) -> Value | None:
    name, year, side = month_names("g")[squeezed(match["month"])], _year(match), _side(match)
    other = _second_month(match)
    if other:
        return Between(Month(name.number, year, side), Month(other, year, side))
    beside = match["shahr"] or match["twin"] or match["twin2"] or match["twin3"] or year is not None or side is not None
    if beside or name.sure == "sure":
        return Month(name.number, year, side)
    return Month(name.number) if name.sure == "after" and word_before(match) in leads("month_leads.txt") else None


def word_before(match: re.Match[str]) -> str:
    """Return the folded word that stands before a match in the same line, without leading "و"."""
    before = match.string[max(0, match.start() - 20) : match.start()].rpartition("\n")[2].split()
    word = before[-1].strip("«\"'([") if before else ""
    return word if word in leads("month_leads.txt") else word.removeprefix("و")


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
    return rf"{_THE}(?P<{group}>{words_pattern(weekdays())})(?!\w)"


def _weekday_pattern() -> str:
    week = rf"{BLANK}من{BLANK}(?:هذا{BLANK}الاسبوع|الاسبوع{BLANK}(?P<weekside>{words_pattern(sides())}))"
    return (
        rf"(?P<this>هذا{BLANK}|هذه{BLANK})?{_weekday_words('wd')}(?:(?P<week>{week})(?!\w)|{BLANK}{_side_pattern()})?"
    )


def _read_weekday(match: re.Match[str]) -> Value | None:
    weekday, side = weekdays()[match["wd"]], _side(match)
    if match["wd"] in doubtful_weekdays() and side is None:
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


# Parts of years, seasons, decades, centuries


def _part_pattern() -> str:
    nth = words_pattern("ال" + word for word, number in ordinals().items() if number <= 4)
    return rf"(?P<size>النصف|الربع|الثلث|الفصل){BLANK}(?P<nth>{nth}|الاخير){BLANK}(?:من{BLANK})?{_of_year()}"


_PARTS = {"النصف": 2, "الثلث": 3, "الربع": 4, "الفصل": 4}


def _read_part(match: re.Match[str]) -> Value | None:
    parts, year = _PARTS[match["size"]], _year(match)
    nth = ordinals().get(match["nth"].removeprefix("ال"), parts)
    return Part(nth, parts, year) if year is not None and nth <= parts else None


def _season_pattern() -> str:
    name = words_pattern(seasons())
    sided = rf"{_THE}(?P<season>{name}){BLANK}{_side_pattern()}"
    dated = rf"(?:ال)?(?P<season2>{name}){BLANK}{_of_year()}"
    return rf"(?:{sided}|{dated}|هذا{BLANK}ال(?P<season3>{name})(?!\w))"


def _read_season(match: re.Match[str]) -> Value | None:
    month = seasons()[match["season"] or match["season2"] or match["season3"]]
    return Season(month, _year(match), 0 if match["season3"] else _side(match))


def _decade_pattern() -> str:
    century = rf"{words_pattern(sides())}|العشرين|الحادي{BLANK}والعشرين|التاسع{BLANK}عشر"
    return (
        rf"(?:ال)?(?P<decade>{words_pattern(decades())})(?!\w)(?:{BLANK}(?:من{BLANK})?القرن{BLANK}(?P<side>{century}))?"
    )


def _read_decade(match: re.Match[str]) -> Value | None:
    tens, century = decades()[match["decade"]], squeezed(match["side"] or "")
    base = {"التاسع عشر": 1800, "الحادي والعشرين": 2000, "الحالي": 2000, "الجاري": 2000}.get(century, 1900)
    return Years(base + tens, base + tens + 9)


def _century_pattern() -> str:
    nth = words_pattern("ال" + word for word, number in ordinals().items() if number <= 22)
    which = rf"(?P<nth>{nth})|ال(?P<digits>\d{{1,2}})|(?P<side>{words_pattern(sides())})"
    return rf"القرن{BLANK}(?:{which})(?!\w)(?:{BLANK}الميلادي(?!\w))?"


def _read_century(match: re.Match[str]) -> Value | None:
    if match["side"]:
        return Shift("century", sides()[match["side"]].side, sides()[match["side"]].told)
    nth = int(match["digits"]) if match["digits"] else ordinals()[squeezed(match["nth"]).removeprefix("ال")]
    return Years((nth - 1) * 100, nth * 100 - 1) if 10 <= nth <= 22 else None


# Spans counted from now


def _unit_pattern() -> str:
    unit = words_pattern(single_units())
    this = rf"(?:هذا|هذه){BLANK}ال(?P<this>{unit})(?!\w)"
    return rf"(?:{this}|{_THE}(?P<unit>{unit}){BLANK}{_side_pattern()})"


def _read_unit(match: re.Match[str]) -> Value | None:
    if match["this"]:
        return Shift(single_units()[match["this"]], 0)
    side = sides()[match["side"]]
    return Shift(single_units()[match["unit"]], side.side, side.told)


def _whole_pattern() -> str:
    """A span behind "بداية", "نهاية" and the like, without a word that says which: it is the present one."""
    unit = words_pattern(word for word, unit in single_units().items() if unit in ("week", "month", "year"))
    return rf"{_THE}(?P<whole>{unit})(?!\w)"


def _read_whole(match: re.Match[str]) -> Value | None:
    return (
        Shift(single_units()[match["whole"]], 0)
        if _edge_before().search(match.string[max(0, match.start() - 20) : match.start()])
        else None
    )


@cache
def _edge_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[وبل]?{edges()}{BLANK}$")


def _ago_pattern() -> str:
    about = rf"(?:(?:نحو|حوالي|قرابه|زهاء){BLANK})?"
    several = rf"(?P<count>{number_pattern()}){BLANK}(?P<many>{words_pattern(units())})"
    one = (
        rf"(?P<dual>{words_pattern(dual_units())})|(?P<one>{words_pattern(single_units())})(?:{BLANK}واحد(?:ه)?(?!\w))?"
    )
    return rf"(?P<way>قبل|بعد){BLANK}{about}(?:{several}|{one})(?!\w)(?!{BLANK}(?:من|علي|واحد|و)(?!\w))"


def _read_ago(match: re.Match[str]) -> Value | None:
    if word_before(match) in units():  # "يوما بعد يوم"
        return None
    if match["many"]:
        unit, count = units()[match["many"]], evaluate(match["count"])
    elif match["dual"]:
        unit, count = dual_units()[match["dual"]], 2.0
    else:
        unit, count = single_units()[match["one"]], 1.0
    if count != int(count) or count > 200 or unit in ("century", "decade"):
        return None
    return _counted(unit, int(count) * (-1 if match["way"] == "قبل" else 1))


def _counted(unit: Unit, count: int) -> Shift:
    """A week ago is a day: seven days back."""
    return Shift("day", 7 * count) if unit == "week" else Shift(unit, count)


def _told_pattern() -> str:
    several = rf"(?P<count>{number_pattern()}){BLANK}(?P<many>{words_pattern(units())})"
    by = rf"ب(?:(?P<dual>{words_pattern(dual_units())})|(?P<one>{words_pattern(single_units())})|{several})"
    return rf"(?P<way>قبل|بعد)(?:ها|ه|{BLANK}ذلك){BLANK}{by}(?!\w)"


def _read_told(match: re.Match[str]) -> Value | None:
    value = _read_ago(match)
    return Shift(value.unit, value.count, told=True) if isinstance(value, Shift) else None


def _read_today(match: re.Match[str]) -> Value | None:
    return Shift("day", relative_days()[squeezed(match["words"])])


def _read_years(match: re.Match[str]) -> Value | None:
    first = int(match["first"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    return Years(first, last) if first < last <= first + 100 else None


def _read_year(match: re.Match[str]) -> Value | None:
    year = int(match["year"])
    return Year(year) if 100 <= year < 2200 else None
