"""The words of date expressions, read from the data files once: patterns over folded text and what they stand for."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines, rows
from tawatur.arabic.patterns import BLANK, MAYBE, words_pattern
from tawatur.arabic.timex import Unit

_PACKAGE = "tawatur.arabic"


class Side(NamedTuple):
    """Before, at or after; ``told`` counts from the day told last."""

    side: int
    told: bool


@cache
def sides() -> dict[str, Side]:
    """Return "الماضي" and its like by folded form."""
    return {
        fold(form): Side(int(side), base == "told")
        for side, base, *forms in rows(_PACKAGE, "sides.tsv")
        for form in forms
    }


@cache
def weekdays() -> dict[str, int]:
    """Return the weekdays by folded name without the article."""
    return {fold(name): int(number) for number, name, _ in rows(_PACKAGE, "weekdays.tsv")}


@cache
def doubtful_weekdays() -> frozenset[str]:
    """Return the folded names that are weekdays only with "المقبل" and the like."""
    return frozenset(fold(name) for _, name, sure in rows(_PACKAGE, "weekdays.tsv") if sure == "beside")


@cache
def relative_days() -> dict[str, int]:
    """Return days from today by folded words."""
    return {fold(words): int(days) for days, words, *_ in rows(_PACKAGE, "relative_days.tsv")}


@cache
def units() -> dict[str, Unit]:
    """Return all forms of the units, folded."""
    return {
        fold(form): cast(Unit, unit)
        for unit, *cells in rows(_PACKAGE, "units.tsv")
        for cell in cells
        for form in cell.split("|")
    }


@cache
def single_units() -> dict[str, Unit]:
    """Return the singular of each unit, folded."""
    return {fold(singular): cast(Unit, unit) for unit, singular, *_ in rows(_PACKAGE, "units.tsv")}


@cache
def dual_units() -> dict[str, Unit]:
    """Return the duals of the units, folded."""
    return {fold(form): cast(Unit, row[0]) for row in rows(_PACKAGE, "units.tsv") for form in row[2].split("|")}


@cache
def ordinals() -> dict[str, int]:
    """Return ordinals up to 31 by folded form without the article."""
    return {fold(form): int(number) for number, forms in rows(_PACKAGE, "ordinals.tsv") for form in forms.split("|")}


@cache
def decades() -> dict[str, int]:
    """Return the tens of a decade by its folded name."""
    return {fold(name): int(tens) for tens, name in rows(_PACKAGE, "decades.tsv")}


@cache
def seasons() -> dict[str, int]:
    """Return the first month of a season by its folded name."""
    return {fold(name): int(month) for month, name in rows(_PACKAGE, "seasons.tsv")}


@cache
def edges() -> str:
    """Return the pattern of "مطلع", "نهاية" and their like."""
    return words_pattern(edge_words())


@cache
def edge_words() -> tuple[str, ...]:
    """Return "مطلع", "نهاية" and their like, folded."""
    return tuple(fold(word) for _, word in rows(_PACKAGE, "edges.tsv"))


@cache
def day_parts() -> str:
    """Return the pattern of the parts of the day that stand before a day."""
    return words_pattern(part_words())


@cache
def part_words() -> tuple[str, ...]:
    """Return the words for parts of the day that stand before a day, folded."""
    return tuple(fold(before) for _, before, *_ in rows(_PACKAGE, "day_parts.tsv") if before)


@cache
def leads(name: str) -> frozenset[str]:
    """Return the folded words of ``year_leads.txt`` or ``month_leads.txt``."""
    return frozenset(fold(word) for word in lines(_PACKAGE, name))


@cache
def not_dates(side: str, kind: str) -> frozenset[str]:
    """Return the folded words that, before or behind an expression of a kind, show it to be part of a name."""
    return frozenset(
        fold(word) for where, what, word in rows(_PACKAGE, "not_dates.tsv") if (where, what) == (side, kind)
    )


@cache
def counting_words() -> str:
    """Return the pattern of number words below a hundred, without scales: "ثلاثة", "خمسة عشر", "واحد وعشرين"."""
    return words_pattern(_numbers(below=100))


@cache
def day_counts() -> str:
    """Return the pattern of a number up to 99 in words."""
    return rf"{counting_words()}(?:{BLANK}و?{MAYBE}{counting_words()})?"


@cache
def year_words() -> str:
    """Return the pattern of a year in words: "ألفين وثمانية عشر", "ألف وتسعمئة وثمانية وأربعين"."""
    more = rf"{BLANK}و?{MAYBE}{words_pattern(_numbers(below=1000))}(?!\w)"
    return rf"(?:الفين|الفان|الفي|الف)(?!\w)(?:{more}){{0,6}}"


def _numbers(*, below: int) -> list[str]:
    entries = rows(_PACKAGE, "number_words.tsv")
    return [
        form
        for value, role, forms in entries
        if role in ("small", "ten", "only") and float(value) < below
        for form in forms.split("|")
    ]


class Feast(NamedTuple):
    """A feast with a fixed date: calendar ("g" or "h"), month and day."""

    era: str
    month: int
    day: int


@cache
def holidays() -> dict[str, Feast]:
    """Return the feasts by folded name."""
    return {
        fold(name): Feast(era, int(month), int(day))
        for era, month, day, names in rows(_PACKAGE, "holidays.tsv")
        for name in names.split("|")
    }


@cache
def moments() -> tuple[str, ...]:
    """Return "الآن" and its like, folded."""
    return tuple(fold(words) for words in lines(_PACKAGE, "moments.txt"))


class Remembered(NamedTuple):
    """A day that everybody knows: the words before it, day (None for a whole month), month and year."""

    words: frozenset[str]
    day: int | None
    month: int
    year: int


@cache
def remembered_days() -> tuple[Remembered, ...]:
    """Return the days that are known by day and month alone."""
    return tuple(
        Remembered(frozenset(map(fold, words.split("|"))), int(day) if day else None, int(month), int(year))
        for words, day, month, year in rows(_PACKAGE, "remembered_days.tsv")
    )
