"""Times counted from the reading of a page: "منذ ساعتين", "قبل 5 دقائق", "الآن", "2 hours ago"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.numbers import evaluate, number_pattern
from tawatur.arabic.patterns import BLANK, MAYBE, squeezed, words_pattern

_DAY = 24 * 60


def ago(text: str, read: datetime) -> tuple[datetime, bool] | None:
    """Return the moment that a folded text names, and whether only its day is known; None where it is anything else.

    The text must be nothing but the span, with or without a label before it. ``read`` is when the page was read.
    """
    found = _pattern().fullmatch(text)
    if not found:
        return None
    if found["now"]:
        return read, False
    unit = squeezed(found["unit"] or found["english"] or "")
    if not unit:
        return (read - timedelta(days=1), True) if found["yesterday"] else None
    count = evaluate(found["count"]) if found["count"] else float(found["digits"] or 1)
    minutes = count * _units()[unit] + (
        float(found["more"]) * _units()[squeezed(found["smaller"])] if found["more"] else 0
    )
    return None if minutes > 100 * _DAY else (read - timedelta(minutes=minutes), minutes >= _DAY)


@cache
def _units() -> dict[str, float]:
    return {fold(row[1]): float(row[2]) for row in _rows() if row[2] != "now"}


def _rows() -> list[tuple[str, ...]]:
    return [row for row in rows("tawatur.extract", "date_words.tsv") if row[0] == "unit"]


@cache
def _pattern() -> re.Pattern[str]:
    labels = words_pattern(
        row[1] for row in rows("tawatur.extract", "date_words.tsv") if row[0] in ("publish", "update")
    )
    now = words_pattern(row[1] for row in _rows() if row[2] == "now")
    units = words_pattern(_units())
    more = rf"(?:{MAYBE}و{MAYBE}(?P<more>\d+){BLANK}(?P<smaller>{units}))?"
    about, one = rf"(?:حوالي{BLANK}|نحو{BLANK})?", rf"(?:{BLANK}واحد(?:ه)?)?"
    arabic = rf"(?:منذ|قبل|من){BLANK}{about}(?:(?P<count>{number_pattern()}){BLANK})?(?P<unit>{units}){one}{more}"
    english = rf"(?P<digits>\d+|an?){BLANK}(?P<english>{units}){BLANK}ago"
    tail = rf"(?:{MAYBE}[.|،-])?"
    return re.compile(
        rf"\W*(?:{labels}{MAYBE}[:،-]?{MAYBE})?(?:(?P<now>{now})|{arabic}|{english}|(?P<yesterday>امس)){tail}\W*"
    )
