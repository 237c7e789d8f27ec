"""The half of the day behind a clock time on pages and in feeds: "02:05 مساء", "11:30 ليلا", "02:05 م", "2:05 p.m."."""

from __future__ import annotations

from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.patterns import words_pattern

_LATIN = {"am": "صباحا", "a.m.": "صباحا", "pm": "مساء", "p.m.": "مساء"}


@cache
def halves() -> dict[str, str]:
    """Return short signs by what they are in full, both folded: "م" → "مساء"."""
    return {fold(row[1]): fold(row[2]) for row in rows("tawatur.extract", "date_words.tsv") if row[0] == "half"}


@cache
def half_pattern() -> str:
    """Return a pattern for the half of the day in a folded text, short or in full, for ``hour_of``."""
    return rf"{words_pattern([*_LATIN, *halves(), *clock.dial_words()])}(?!\w)"


def hour_of(hour: int, half: str) -> int:
    """Return the hour by twenty-four of an hour and what a match of ``half_pattern`` says of it, "" where nothing does."""
    return clock.on_dial(hour, _LATIN.get(half) or halves().get(half, half)) if half else hour
