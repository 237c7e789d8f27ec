"""Parts of a span that "بداية", "منتصف", "أواخر" and their like name, and the first and last day of an ISO value."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple, TypeAlias, cast

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.patterns import words_pattern

Edge: TypeAlias = Literal["early", "mid", "late", ""]
Grain: TypeAlias = Literal["minute", "day", "week", "month", "year", "span"]

#: Which days of a month count as its middle.
_MIDDLE_OF_MONTH = (10, 20)


class Extent(NamedTuple):
    """What a value covers: first and last day (or minute, of a clock time), both included, and how fine it is told."""

    first: str
    last: str
    grain: Grain


@cache
def _edges() -> dict[str, Edge]:
    return {fold(word): cast(Edge, part) for part, word in rows("tawatur.arabic", "edges.tsv")}


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_pattern(_edges())}(?!\w)")


def edge_of(before: str) -> Edge:
    """Return the part that the folded words before a date name, the first of them counting."""
    found = _word().search(before)
    return _edges()[found[0]] if found else ""


def extent(value: str, edge: Edge = "") -> Extent:
    """Return first and last day of an ISO value, narrowed to the part that an edge names; days and times have no parts."""
    first, _, last = value.partition("/")
    if "T" in first:
        return Extent(first, last or first, "minute")
    start, end = _first_day(first), _last_day(last or first)
    grain = _grain(first, last, start, end)
    if edge and grain in ("week", "month", "year"):
        start, end = _part(start, end, edge, grain)
    return Extent(start.isoformat(), end.isoformat(), grain)


def _grain(first: str, last: str, start: date, end: date) -> Grain:
    if last:
        return "week" if start.weekday() == 0 and (end - start).days == 6 else "span"
    return {4: "year", 7: "month"}.get(len(first), "day")  # type: ignore[return-value]


def _first_day(value: str) -> date:
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :])


def _last_day(value: str) -> date:
    day = _first_day(value)
    if len(value) == len("YYYY"):
        return day.replace(month=12, day=31)
    return day if len(value) > len("YYYY-MM") else (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _part(start: date, end: date, edge: Edge, grain: Grain) -> tuple[date, date]:
    """Halve a span; the middle of a week is Tuesday to Friday, of a month its second ten days, of a year April to September."""
    if edge == "mid":
        if grain == "month":
            return start.replace(day=_MIDDLE_OF_MONTH[0]), start.replace(day=_MIDDLE_OF_MONTH[1])
        quarter = (end - start).days / 4
        return (
            (start + timedelta(days=1), start + timedelta(days=4))
            if grain == "week"
            else (start + timedelta(days=round(quarter)), end - timedelta(days=round(quarter)))
        )
    half = {"week": 3, "month": 15}.get(grain, 181)
    middle = start.replace(month=7) if grain == "year" else start + timedelta(days=half)
    return (start, middle - timedelta(days=1)) if edge == "early" else (middle, end)
