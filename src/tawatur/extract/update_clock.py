"""The clock time in the heading of a timed update: "تحديث (17:42 ت.غ)", "14:05 بتوقيت مكة", "17:42"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.arabic.patterns import words_pattern
from tawatur.arabic.timex import Clock


@dataclass(frozen=True, slots=True)
class UpdateClock:
    """The time of an update as "HH:MM": in UTC where ``zone_known``, else as the page's clock shows it.

    ``days`` is -1 or 1 where bringing the time to UTC crossed midnight, else 0. ``zone`` is as published.
    """

    clock: str
    zone_known: bool
    zone: str = ""
    days: int = 0


def update_clock(line: str) -> UpdateClock | None:
    """Return the time of a line that is nothing but the heading of a timed update, else None.

    A bare time needs minutes ("17:42"); a score ("2-1", "3:2") or a sentence with a time in it is no heading.
    """
    text = fold(line).strip()
    if len(text) > 70 or not re.search(r"\d|الساعه", text):
        return None
    found = _clocks().search(text)
    if not found or re.search(r"\w", _words().sub(" ", text[: found.start()] + " " + text[found.end() :])):
        return None
    told = clock.read(found) if found["lead"] or found["minute"] else None
    return _in_utc(told) if told else None


def _in_utc(told: Clock) -> UpdateClock:
    minutes = told.hour * 60 + told.minute - (told.offset or 0)
    days, minutes = divmod(minutes, 24 * 60)
    return UpdateClock(f"{minutes // 60:02}:{minutes % 60:02}", told.offset is not None, told.zone, days)


@cache
def _clocks() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:./-]){clock.clock_pattern()}(?![\w:])")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_pattern(lines('tawatur.extract', 'update_words.txt'))}(?!\w)")
