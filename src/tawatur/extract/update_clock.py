"""The clock time in the heading of a timed update: "تحديث (17:42 ت.غ)", "14:05 بتوقيت مكة", "17:42", "قبل ساعتين", "أمس 23:40"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.calendar_words import weekdays
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.arabic.patterns import words_pattern
from tawatur.arabic.timex import Clock
from tawatur.extract.ago import ago
from tawatur.extract.date_line import stated
from tawatur.extract.date_spelling import spelled

#: A longer line is no heading.
LONGEST = 70
#: What "قبل ساعتين" is counted from where the reading does not matter.
_ANY = datetime(2000, 1, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class UpdateClock:
    """The time of an update as "HH:MM": in UTC where ``zone_known``, else as the page's clock shows it; "" where it is counted.

    ``days`` is -1 or 1 where bringing the time to UTC crossed midnight, else 0. ``zone`` is as published. ``sure`` says that the
    line calls itself an update or names its zone: one such line makes a page live, of the others it takes two.
    """

    clock: str
    zone_known: bool
    zone: str = ""
    days: int = 0
    sure: bool = False
    counted: bool = False  # "قبل ساعتين": from the reading
    dated: bool = False  # it says its day


def update_clock(line: str) -> UpdateClock | None:
    """Return the time of a line that is nothing but the heading of a timed update, else None.

    A bare time needs minutes ("17:42"); a score ("2-1", "3:2") or a sentence with a time in it is no heading, and "آخر تحديث"
    tells of the page, not of one update.
    """
    if len(line) > LONGEST:
        return None
    text = " ".join(fold(line).split())
    named = _sure().search(text) is not None
    bare = (_sure().sub(" ", text) if named else text).strip(" :-–")
    if not bare or _page_label().search(text):
        return None
    if ago(bare, _ANY):
        return UpdateClock("", zone_known=False, sure=named, counted=True)
    if not re.search(r"\d|الساعه", bare):
        return None
    return _of_clock(spelled(bare, latest=date.max), named=named) or _of_date(bare, named=named)


def _of_clock(text: str, *, named: bool) -> UpdateClock | None:
    found = _clocks().search(text)
    if not found or re.search(r"\w", _words().sub(" ", text[: found.start()] + " " + text[found.end() :])):
        return None
    told = clock.read(found) if found["lead"] or found["minute"] else None
    return _in_utc(told, named=named) if told else None


def _of_date(text: str, *, named: bool) -> UpdateClock | None:
    """A heading with its day: "الثلاثاء 10 نوفمبر 14:05", "أمس 23:40"."""
    told = stated(text, latest=date.max)
    if told is None or told.at is None or told.day_only:
        return None
    offset = told.at.utcoffset()
    known = bool(offset) or clock.names_utc(text)
    minutes = int(offset.total_seconds() // 60) if offset and known else None
    found = _in_utc(Clock(told.at.hour, told.at.minute, 0 if known and minutes is None else minutes), named=named)
    return replace(found, dated=True)


def _in_utc(told: Clock, *, named: bool) -> UpdateClock:
    minutes = told.hour * 60 + told.minute - (told.offset or 0)
    days, minutes = divmod(minutes, 24 * 60)
    known = told.offset is not None
    return UpdateClock(
        f"{minutes // 60:02}:{minutes % 60:02}", known, told.zone, days, sure=named or bool(told.zone or known)
    )


def clock_before(text: str) -> tuple[str, str] | None:
    """Return the clock time before a paragraph and the paragraph: "14:05 - قال الوزير …" is "14:05", "قال الوزير …"; else None."""
    for pattern in (_SIGNED, _BARE):
        found = pattern.match(text)
        if found and update_clock(found[1]) is not None:
            return found[1].strip(), found[2].strip()
    return None


# A clock time, perhaps in brackets and with its zone, then a sign, then a word; or nothing but the time before the text.
_SIGNED = re.compile(
    r"^[\W_]{0,3}((?:[^\W\d]+[ (:]{1,2})?[(\[]?\d{1,2}[:.]\d{2}(?!\d)[^-–—|•:؛،]{0,25}?[)\]]?)"
    r"\s*[-–—|•:؛]+\s*(?=\D)(\S.*)$",
    re.DOTALL,
)
_BARE = re.compile(r"^(\d{1,2}:\d{2})\s+([^\W\d]{2}.*)$", re.DOTALL)


@cache
def _clocks() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:./-]){clock.clock_pattern()}(?![\w:])")


@cache
def _words() -> re.Pattern[str]:
    days = (f"ال{weekday}" for weekday in weekdays())
    return re.compile(rf"(?<!\w){words_pattern((*lines('tawatur.extract', 'update_words.txt'), *days))}(?!\w)")


@cache
def _sure() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words_pattern(lines('tawatur.extract', 'update_marks.txt'))}(?!\w):?")


@cache
def _page_label() -> re.Pattern[str]:
    """Labels that tell when the page changed last."""
    return re.compile(rf"(?<!\w){words_pattern(lines('tawatur.extract', 'page_update_labels.txt'))}(?!\w)")
