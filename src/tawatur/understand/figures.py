"""Figures of an article: counted or measured quantities with their unit. Dates and scores are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from tawatur.arabic import calendar, numbers
from tawatur.arabic.fold import fold
from tawatur.arabic.folded import Folded, folded
from tawatur.arabic.lexicon import lines, rows
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern
from tawatur.model import Article, Figure, Span

_PACKAGE = "tawatur.understand"


def find(article: Article) -> tuple[Figure, ...]:
    """Return the figures of an article's text in order."""
    return figures(article.text)


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order: a number with a unit that the data knows, or a dual that holds its number."""
    source = folded(text)
    dates = [one.span for one in calendar.find_folded(source)]
    found = (_figure(source, match) for match in _finder().finditer(source.text))
    return tuple(one for one in found if one is not None and not _overlaps(one.span, dates))


def _overlaps(span: Span, dates: Sequence[Span]) -> bool:
    nth = bisect_right(dates, span.end, key=lambda date: date.start)
    return nth > 0 and dates[nth - 1].end > span.start and dates[nth - 1].start < span.end


@cache
def _units(column: int) -> dict[str, str]:
    """Units by folded form: column 2 holds singulars and plurals, column 3 duals."""
    cells = ((row[0], row[column]) for row in rows(_PACKAGE, "figure_units.tsv") if len(row) > column)
    return {fold(form): unit for unit, forms in cells for form in forms.split("|") if form}


@cache
def _money() -> frozenset[str]:
    return frozenset(unit for unit, kind, *_ in rows(_PACKAGE, "figure_units.tsv") if kind == "money")


@cache
def _owners() -> dict[str, str]:
    """Whose money: the adjective as it is shown, by folded forms ("سعوديا"). A dollar is American unless another is named."""
    return {
        fold(adjective) + ending: "" if fold(adjective) in ("اميركي", "امريكي") else f" {adjective}"
        for adjective in lines(_PACKAGE, "money_adjectives.txt")
        for ending in ("", "ا", "ه")
    }


@cache
def _finder() -> re.Pattern[str]:
    """A number with its unit, a dual, or "شخص واحد"; money takes the adjective of its country ("ريال سعودي")."""
    units, owner = words_pattern(_units(2)), rf"(?:{BLANK}(?P<owner>{words_pattern(_owners())})(?!\w))?"
    people = rf"(?!{words_pattern(lines(_PACKAGE, 'people_not.txt'))}(?!\w))\w{{3,}}(?:يا|يين|يون)"
    counted = rf"(?:(?:من{BLANK})?(?:ال)?(?P<unit>{units})|(?P<people>{people}))(?!\w){owner}"
    number = rf"(?:(?P<symbol>[$€£]){MAYBE})?{numbers.range_pattern()}(?:{MAYBE}{counted})?"
    alone = rf"(?P<dual>{words_pattern(_units(3))})|(?P<one>{units}){BLANK}(?:واحد|واحده)"
    tail = rf"(?:{BLANK}(?:{words_pattern(lines(_PACKAGE, 'figure_tails.txt'))})(?!\w))?"
    after = rf"(?:{BLANK}(?P<after>{numbers.bound_pattern('behind')})(?!\w))?"
    return re.compile(rf"(?<![\w.,/:\\-])(?:[وفبكل]{{1,2}})??(?:{number}|{alone})(?!\w){tail}{after}")


def _figure(source: Folded, match: re.Match[str]) -> Figure | None:
    number = _number(match)
    if number is None:
        return None
    span = source.span(number.start, match.end())
    text = source.source[span.start : span.end]
    bound = number.bound or numbers.bound_of(match["after"])
    return Figure(text=text, value=number.value, unit=_unit(match), span=span, upper=number.upper, bound=bound)


def _number(match: re.Match[str]) -> numbers.Number | None:
    for group, value in (("dual", 2.0), ("one", 1.0)):
        if match[group]:
            return numbers.Number(value, match.start(group), match.end())
    if match["unit"] is None and match["people"] is None and match["symbol"] is None:
        return None
    number = numbers.number_of(match)
    return number._replace(start=match.start("symbol")) if match["symbol"] else number


def _unit(match: re.Match[str]) -> str:
    if match["dual"]:
        return _units(3)[squeezed(match["dual"])]
    if match["people"]:
        return _PERSON
    unit = _units(2)[squeezed(match["unit"] or match["one"] or match["symbol"])]
    return unit + _owners()[match["owner"]] if unit in _money() and match["owner"] else unit


#: The unit of figures that count people by nationality ("12 فلسطينيا").
_PERSON = "شخص"
