"""What the shapes of date expressions have in common: years and sides behind a date, and the word before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tawatur.arabic.calendar_words import leads, sides
from tawatur.arabic.patterns import BLANK, MAYBE, words_pattern
from tawatur.arabic.timex import Shift, Value

THE = "(?:ال|(?<=لل))"  # the article, which "لل" swallows
YEAR = r"(?:1[0-9]|20)\d\d"
YEAR_WORD = rf"(?:(?:من{BLANK}|ل)?(?:ال)?(?:عام|سنه|عامي|اعوام|سنوات){BLANK})"


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


def year_behind() -> str:
    """Return a pattern for a year behind a month, season or part: a number, or "من العام المقبل".

    Its groups are what ``year_of`` reads: ``year``, ``thisyear``, ``yearside``.
    """
    this = rf"(?P<thisyear>هذا{BLANK}العام|هذه{BLANK}السنه)"
    shift = rf"(?:ال)?(?:عام|سنه){BLANK}(?P<yearside>{words_pattern(sides())})"
    number = rf"{YEAR_WORD}?(?P<year>{YEAR})(?![\d%]|[.,]\d)(?:{MAYBE}(?:م|ميلادي|ميلاديه)(?!\w))?"
    return rf"(?:(?:من{BLANK}|ل)?(?:{this}|{shift})(?!\w)|{number})"


def year_of(match: re.Match[str]) -> int | Shift | None:
    """Return the year of a match of ``year_behind``, None where nothing stands there."""
    if match["year"]:
        return int(match["year"])
    if match["thisyear"]:
        return Shift("year", 0)
    if match["yearside"]:
        side = sides()[match["yearside"]]
        return Shift("year", side.side, side.told)
    return None


def word_before(match: re.Match[str]) -> str:
    """Return the folded word that stands before a match in the same line, without leading "و"."""
    before = match.string[max(0, match.start() - 20) : match.start()].rpartition("\n")[2].split()
    word = before[-1].strip("«\"'([") if before else ""
    return word if word in leads("month_leads.txt") else word.removeprefix("و")
