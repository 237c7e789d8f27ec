"""Shapes of date expressions that name spans, and days counted from now: years, decades, seasons, "قبل عامين", "الأسبوع الماضي"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tawatur.arabic.calendar_shared import (
    THE,
    YEAR,
    YEAR_WORD,
    Rule,
    side_of,
    side_pattern,
    word_before,
    year_behind,
    year_of,
)
from tawatur.arabic.calendar_words import (
    decades,
    dual_units,
    edges,
    ordinals,
    relative_days,
    seasons,
    sides,
    single_units,
    units,
    year_words,
)
from tawatur.arabic.numbers import evaluate, number_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Part, Season, Shift, Unit, Value, Year, Years


def span_rules() -> tuple[Rule, ...]:
    """Return the rules for spans and days counted from now in the order in which they are tried."""
    return (
        Rule("part", re.compile(_part_pattern()), _read_part),
        Rule("decade", re.compile(_decade_pattern()), _read_decade),
        Rule("century", re.compile(_century_pattern()), _read_century),
        Rule("season", re.compile(_season_pattern()), _read_season),
        Rule("ago", re.compile(_ago_pattern()), _read_ago),
        Rule("told", re.compile(_told_pattern()), _read_told),
        Rule("unit", re.compile(_unit_pattern()), _read_unit),
        Rule("today", re.compile(rf"(?P<words>{words_pattern(relative_days())})"), _read_today),
        Rule("years", re.compile(_years_pattern()), _read_years),
        Rule("year", re.compile(_year_pattern()), _read_year),
        Rule("whole", re.compile(_whole_pattern()), _read_whole),
    )


# Parts of years, seasons, decades, centuries


def _part_pattern() -> str:
    nth = words_pattern("ال" + word for word, number in ordinals().items() if number <= 4)
    return rf"(?P<size>النصف|الربع|الثلث|الفصل){BLANK}(?P<nth>{nth}|الاخير){BLANK}(?:من{BLANK})?{year_behind()}"


_PARTS = {"النصف": 2, "الثلث": 3, "الربع": 4, "الفصل": 4}


def _read_part(match: re.Match[str]) -> Value | None:
    parts, year = _PARTS[match["size"]], year_of(match)
    nth = ordinals().get(match["nth"].removeprefix("ال"), parts)
    return Part(nth, parts, year) if year is not None and nth <= parts else None


def _season_pattern() -> str:
    name = words_pattern(seasons())
    sided = rf"{THE}(?P<season>{name}){BLANK}{side_pattern()}"
    dated = rf"(?:ال)?(?P<season2>{name})(?:{BLANK}|(?=\d)){year_behind()}"
    return rf"(?:{sided}|{dated}|هذا{BLANK}ال(?P<season3>{name})(?!\w))"


def _read_season(match: re.Match[str]) -> Value | None:
    month = seasons()[match["season"] or match["season2"] or match["season3"]]
    return Season(month, year_of(match), 0 if match["season3"] else side_of(match))


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
    this = rf"هذ[اه]?{BLANK}ال(?P<this>{unit})(?!\w)"
    return rf"(?:{this}|{THE}(?P<unit>{unit}){BLANK}(?:الميلاديه?{BLANK})?{side_pattern()})"


def _read_unit(match: re.Match[str]) -> Value | None:
    if match["this"]:
        return Shift(single_units()[match["this"]], 0)
    side = sides()[match["side"]]
    return Shift(single_units()[match["unit"]], side.side, side.told)


def _whole_pattern() -> str:
    """A span behind "بداية", "نهاية" and the like, without a word that says which: it is the present one."""
    unit = words_pattern(word for word, unit in single_units().items() if unit in ("week", "month", "year"))
    return rf"{THE}(?P<whole>{unit})(?!\w)"


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
    about = rf"(?P<about>(?:نحو|حوالي|قرابه|زهاء){BLANK})?"
    several = rf"(?P<count>{number_pattern()}){BLANK}(?P<many>{words_pattern(units())})"
    one = (
        rf"(?P<dual>{words_pattern(dual_units())})|(?P<one>{words_pattern(single_units())})(?:{BLANK}واحد(?:ه)?(?!\w))?"
    )
    now = rf"(?:{BLANK}من{BLANK}(?:الان|اليوم)(?!\w))"
    other = rf"(?!{BLANK}(?:من|علي|واحد|و|امس)(?!\w))"  # "قبل يوم من المباراة" is counted from the match
    return rf"(?P<way>قبل|بعد){BLANK}{about}(?:{several}|{one})(?!\w)(?:{now}|{other})"


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
    found = _counted(unit, int(count) * (-1 if match["way"] == "قبل" else 1))
    return replace(found, about=bool(match.groupdict().get("about")))


def _counted(unit: Unit, count: int) -> Shift:
    """A week ago is a day: seven days back."""
    unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
    return Shift(unit, count, ahead=count > 0, counted=True)


def _told_pattern() -> str:
    several = rf"(?P<count>{number_pattern()}){BLANK}(?P<many>{words_pattern(units())})"
    by = rf"ب(?:(?P<dual>{words_pattern(dual_units())})|(?P<one>{words_pattern(single_units())})|{several})"
    return rf"(?P<way>قبل|بعد)(?:ها|ه|{BLANK}ذلك){BLANK}{by}(?!\w)"


def _read_told(match: re.Match[str]) -> Value | None:
    value = _read_ago(match)
    return Shift(value.unit, value.count, told=True) if isinstance(value, Shift) else None


def _read_today(match: re.Match[str]) -> Value | None:
    return Shift("day", relative_days()[squeezed(match["words"])])


def _years_pattern() -> str:
    return rf"{YEAR_WORD.replace(rf'من{BLANK}|', '')}?(?P<first>{YEAR}){MAYBE}[-–/]{MAYBE}(?P<last>{YEAR}|\d\d)(?!\d)"


def _read_years(match: re.Match[str]) -> Value | None:
    first = int(match["first"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    return Years(first, last) if first < last <= first + 100 else None


def _year_pattern() -> str:
    era = rf"(?:{MAYBE}(?:م|ميلادي|ميلاديه)(?!\w))?"
    lead = YEAR_WORD.replace(rf"من{BLANK}|", "")  # the preposition belongs to no expression that stands alone
    words = rf"{lead}(?P<yearwords>{year_words()})"
    return rf"(?:(?P<word>{lead})?(?P<year>(?(word)\d{{3,4}}|{YEAR})){era}|{words})"


def _read_year(match: re.Match[str]) -> Value | None:
    year = int(match["year"] or evaluate(match["yearwords"]))
    return Year(year) if 100 <= year < 2200 else None
