"""What the shapes of date expressions have in common: years and sides behind a date, and the word before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tawatur.arabic.calendar_words import day_counts, leads, ordinals, sides, year_words
from tawatur.arabic.months import month_names, month_pattern
from tawatur.arabic.numbers import evaluate
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.arabic.timex import Shift, Value

THE = "(?:ال|(?<=لل))"  # the article, which "لل" swallows
YEAR = r"(?:1[0-9]|20)\d\d"
_KIND = rf"(?:{BLANK}(?:المالي|الميلادي)ه?(?!\w))?"
YEAR_WORD = rf"(?:(?:من{BLANK}|ل)?(?:ال)?(?:عام|سنه|عامي|عامين|اعوام|سنوات){_KIND}(?:{BLANK}|(?=\d)))"


@dataclass(frozen=True)
class Rule:
    """One shape of date expressions: its pattern over folded text, and the reading of that pattern's match.

    The reader gives the unresolved value, or None where the words mean something else.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Value | None]


def side_of(match: re.Match[str]) -> int | None:
    """Return -1, 0 or 1 for the group ``side`` of a match, None where nothing stands there."""
    word = match["side"]
    return sides()[word].side if word else None


def side_pattern() -> str:
    """Return a pattern for "الماضي", "المقبل" and their like, group ``side``."""
    return rf"(?P<side>{words_pattern(sides())})(?!\w)"


def year_behind(*, wide: bool = False, lead: str = YEAR_WORD) -> str:
    """Return a pattern for a year behind a month, season or part: a number, or "من العام المقبل".

    Its groups are what ``year_of`` reads: ``year``, ``yearwords``, ``thisyear``, ``yearside``. ``lead`` is what may stand before
    the number; where it is there, the number may stand in words ("عام ألفين وعشرة"), ``wide`` without it too.
    """
    this = rf"(?P<thisyear>هذا{BLANK}العام|هذه{BLANK}السنه)"
    shift = rf"(?:ال)?(?:عام|سنه){BLANK}(?P<yearside>{words_pattern(sides())})"
    digits = rf"(?P<year>{YEAR})(?![\d%]|[.,]\d)(?:{MAYBE}(?:م|ميلادي|ميلاديه)(?!\w))?"
    words = rf"{lead}{'?' if wide else ''}(?P<yearwords>{year_words()})"
    return rf"(?:(?:من{BLANK}|ل)?(?:{this}|{shift})(?!\w)|{lead}?{digits}|{words})"


def year_of(match: re.Match[str]) -> int | Shift | None:
    """Return the year of a match of ``year_behind``, None where nothing stands there."""
    if match["year"]:
        return int(match["year"])
    if match["yearwords"]:
        return int(evaluate(match["yearwords"]))
    if match["thisyear"]:
        return Shift("year", 0)
    if match["yearside"]:
        side = sides()[match["yearside"]]
        return Shift("year", side.side, side.told)
    return None


def month_words(*, numbered: bool = False) -> str:
    """Return a pattern for a month's name, or two names of it: "كانون الأول/ديسمبر", "ديسمبر (كانون الأول)".

    Its groups are what ``month_number`` reads. ``numbered`` takes "شهر 3", "شهر ثلاثة" and "الشهر الثالث" for March too.
    """
    name = month_pattern("g")
    named = (
        rf"(?P<shahr>شهر{BLANK})?(?P<month>{name})(?!\w)"
        rf"(?:{MAYBE}[/\\|]{MAYBE}(?P<twin>{name})(?!\w)|{MAYBE}\({MAYBE}(?P<twin2>{name}){MAYBE}\)"
        rf"|{MAYBE}[-–]{MAYBE}(?P<twin3>{name})(?!\w)|{BLANK}(?P<twin4>{name})(?!\w))?"
    )
    return rf"(?:{named}|{numbered_month()})" if numbered else named


def numbered_month() -> str:
    """Return a pattern for a month by its number ("شهر 3", "شهر ثلاثة", "الشهر الثالث"), for ``month_number``."""
    nth = words_pattern("ال" + word for word, number in ordinals().items() if number <= 12)
    count = rf"شهر{BLANK}(?:(?P<monthno>\d{{1,2}})(?![\d/.:])|(?P<monthcount>{day_counts()})(?!\w))"
    return rf"(?:{count}|الشهر{BLANK}(?P<monthnth>{nth})(?!\w))"


def month_number(match: re.Match[str]) -> int:
    """Return the number of the month of a match of ``month_words``; it may be none of the calendar ("شهر 40")."""
    groups = match.groupdict()
    if name := groups.get("month"):
        return month_names("g")[squeezed(name)].number
    if nth := groups.get("monthnth"):
        return ordinals()[squeezed(nth).removeprefix("ال")]
    return int(groups.get("monthno") or evaluate(groups.get("monthcount") or ""))


def twin(match: re.Match[str]) -> str | None:
    """Return the second name of a month, None where there is none."""
    return match["twin"] or match["twin2"] or match["twin3"] or match["twin4"]


def second_month(match: re.Match[str]) -> int | None:
    """Return the number of the second name where it is not the same month ("يونيو/يوليو"), else None."""
    names, other = month_names("g"), twin(match)
    number = names[squeezed(other)].number if other else None
    return number if number != month_number(match) else None


def word_before(match: re.Match[str]) -> str:
    """Return the folded word that stands before a match in the same line, without leading "و"."""
    before = match.string[max(0, match.start() - 20) : match.start()].rpartition("\n")[2].split()
    word = re.split(r"[«»“”\"'(\[)\]،.]", before[-1].rstrip("«“\"'(["))[-1] if before else ""
    return word if word in leads("month_leads.txt") else word.removeprefix("و")
