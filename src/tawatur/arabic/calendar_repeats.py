"""Dates that come back every year, week or day, and so are none: "9 يونيو من كل عام", "يوميا من الساعة التاسعة"."""

from __future__ import annotations

import re
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.patterns import BLANK, MAYBE, words_pattern
from tawatur.arabic.timex import Between, Day, Hijri, Month, Timed, Value, Weekday

#: How many letters before a clock time are looked at for "يوميا".
_FAR = 100


def repeated(text: str, places: list[tuple[int, int, Value]]) -> frozenset[int]:
    """Return which of the expressions of a folded text come back again and again, by their number in ``places``.

    A place is start, end and value. What is joined to a repeated one before it is repeated with it ("بين مارس ومايو من كل سنة").
    """
    found: set[int] = set()
    if not any(words in text for words in _all_words()):
        return frozenset()
    for nth in range(len(places) - 1, -1, -1):
        start, end, value = places[nth]
        joined = nth + 1 in found and _joint().fullmatch(text[end : places[nth + 1][0]])
        if _may_repeat(value) and (joined or _shows(text, start, end, value)):
            found.add(nth)
    return frozenset(found)


def _may_repeat(value: Value | None) -> bool:
    """Say whether a value leaves its year open: what names it, or counts from now, happens once."""
    match value:
        case Timed(day=day):
            return day is None or _may_repeat(day)
        case Between(first=first, last=last):
            return _may_repeat(first) and _may_repeat(last)
        case Month(year=None, side=None) | Day(month=Month(year=None, side=None)) | Hijri(side=None):
            return True
        case Weekday(side=None, near=None, week=None):
            return True
    return False


def _shows(text: str, start: int, end: int, value: Value) -> bool:
    if _behind("behind").match(text, end):
        return True
    if not isinstance(value, Timed):
        return False
    return bool(_behind("clock behind").match(text, end) or _daily().search(text[max(0, start - _FAR) : start]))


@cache
def _all_words() -> tuple[str, ...]:
    """Return the entries, folded, without those that hold another: most texts have none of them and need no closer look."""
    words = {fold(words) for _, words in rows("tawatur.arabic", "repeats.tsv")}
    return tuple(word for word in words if not any(other in word for other in words - {word}))


def _words(kind: str) -> str:
    return words_pattern(fold(words) for where, words in rows("tawatur.arabic", "repeats.tsv") if where == kind)


@cache
def _behind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"{MAYBE}[،,]?{MAYBE}{_words(kind)}(?!\w)")


@cache
def _daily() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)و?{_words('clock')}(?!\w)(?:[^.!?؟\n]|\.(?=\d))*$")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"{MAYBE}(?:[-–،,]{MAYBE})?(?:و|الي{BLANK}|حتي{BLANK})?{MAYBE}")
