"""When an entry appeared, as the feed states it: RFC 822 and ISO 8601, and what Arab outlets write in their place.

"Wed, 15 Apr 2026 00:30:00 AST", "الأربعاء، ١٥ نيسان ٢٠٢٦ ١٢:٣٠ ص بتوقيت مكة", "15 رمضان 1447 هـ", "2026-04-15T00:30". The zone in
which a time is stated is kept, since the day of a report is its outlet's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from tawatur.arabic import clock
from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import rows
from tawatur.arabic.months import hijri_day, month_names, month_pattern
from tawatur.arabic.patterns import words_pattern
from tawatur.extract import published
from tawatur.extract.halves import half_pattern, hour_of
from tawatur.model import Certainty, Published

_BASIS = "feed"
#: A date is longer than this only if it is none.
_LONGEST = 120
_CLOCK = re.compile(rf"(?<![\d:])(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?(?:[.,]\d+)?(?![\d:])\s*({half_pattern()})?")
_OFFSET = re.compile(r"^\W*?(?:gmt|utc|ut|z)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_NAME = re.compile(r"^[\s(\[,،]*([a-z]+(?:/[a-z_]+)?)\b")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Time:
    hour: int
    minute: int
    second: int
    zone: timezone


def moment(value: str, *, arabic: bool = True) -> Published | None:
    """Return the time that a feed states, or None where it states none.

    A time without a zone is taken as UTC, a date without a time is ``day_only``.

    Args:
        value: the text of pubDate, published, dc:date, date_published and the like.
        arabic: the feed is in Arabic; then "AST" is Riyadh's time and not Halifax's.
    """
    text = " ".join(fold(value[: 2 * _LONGEST]).split())
    if not text or len(text) > _LONGEST or not re.search(r"\d", text):
        return _in_words(value) if text and len(text) <= _LONGEST else None
    spelled = _iso_spaced(text)
    day = _day(spelled)
    if day is None:
        return _otherwise(value, text)
    at = _time(spelled, arabic)
    if at is None:
        return published.on_day(day, Certainty.STATED, _BASIS)
    try:
        found = datetime(day.year, day.month, day.day, at.hour, at.minute, min(at.second, 59), tzinfo=at.zone)
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Published(at=found, certainty=Certainty.STATED, basis=_BASIS)


def _iso_spaced(text: str) -> str:
    """ISO 8601 with a blank in place of its "T", so that one grammar reads all."""
    return re.sub(r"(?<=\d)t(?=\d)", " ", text)


def _otherwise(value: str, text: str) -> Published | None:
    """Seconds since 1970, a packed date, a date in words."""
    if re.fullmatch(r"1\d{9}|1\d{12}|\d{8}", text):
        return published.from_iso(text, basis=_BASIS)
    if re.fullmatch(r"\d{4}(?:-\d{2})?", text):
        return published.from_iso(f"{text}-01-01"[:10], basis=_BASIS)
    return _in_words(value)


def _in_words(value: str) -> Published | None:
    """A date in words that is stated whole; what is counted from the reading is not known here."""
    found = published.stated(value, latest=date.max)
    return found if found and found.certainty is Certainty.STATED else None


# The day


@cache
def _months() -> dict[str, int]:
    """The number of each Gregorian month by its folded name, in Arabic and the other languages."""
    other = {
        fold(name): int(number)
        for number, names in rows("tawatur.extract", "feed_months.tsv")
        for name in names.split("|")
    }
    return other | {name: month.number for name, month in month_names("g").items()}


@cache
def _worded() -> re.Pattern[str]:
    names = words_pattern(_months())
    month = rf"(?P<month>{names})(?:\s*/\s*(?:{names}))?\.?"
    return re.compile(
        rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?[\s,،/.-]*(?:من\s|de\s)?\s*(?<!\w){month}(?!\w)[\s,،/.-]*(?:de\s)?(?P<year>\d{{4}}|\d\d(?![\d:]))"
        rf"|(?<!\w)(?P<month2>{names})\.?(?!\w)[\s,،]*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])[\s,،]+(?:.*\s)?(?P<year2>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<year3>\d{{4}})[\s./-]+(?P<month3>{names})[\s./-]+(?P<day3>\d{{1,2}})(?!\d)"
    )


@cache
def _hijri() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(\d{{1,2}})[\s,،/-]*(?:من\s)?({month_pattern('h')})(?!\w)[\s,،/-]*(1[34]\d\d)(?!\d)")


def _day(text: str) -> date | None:
    if found := _YEAR_FIRST.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _worded().search(text):
        month = _months()[" ".join((found["month"] or found["month2"] or found["month3"]).split())]
        return _date(
            _year(found["year"] or found["year2"] or found["year3"]),
            month,
            int(found["day"] or found["day2"] or found["day3"]),
        )
    if found := _DAY_FIRST.search(text):
        day, month = int(found[1]), int(found[2])
        return _date(int(found[3]), month, day) or _date(int(found[3]), day, month)
    if found := _hijri().search(text):
        return hijri_day(int(found[3]), month_names("h")[" ".join(found[2].split())].number, int(found[1]))
    return None


def _year(value: str) -> int:
    """Two digits are of this century up to 89 (as feedparser takes them)."""
    return int(value) if len(value) == 4 else int(value) + (2000 if int(value) < 90 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    if 1300 <= year <= 1500:
        return hijri_day(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


# The time


def _time(text: str, arabic: bool) -> _Time | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour = hour_of(int(found[1]), found[4] or "")
    hour, minute = (0, 0) if (hour, int(found[2])) == (24, 0) else (hour, int(found[2]))
    return _Time(hour, minute, int(found[3] or 0), _zone(text[found.end() :], arabic))


def _zone(rest: str, arabic: bool) -> timezone:
    """The zone that is named behind a clock time: an offset counts before a name, a name before words."""
    if found := _OFFSET.match(rest):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return _ahead(-minutes if found[1] == "-" else minutes)
    found = _NAME.match(rest)
    if found and found[1] in _zones(arabic):
        return _ahead(_zones(arabic)[found[1]])
    words = re.search(clock.zone_pattern(), rest) if re.search(r"[\u0621-\u064a]", rest) else None
    return _ahead(clock.zones().get(" ".join((words["zone"] or words["place"]).split())) or 0) if words else UTC


def _ahead(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes)) if minutes and abs(minutes) < 1440 else UTC


@cache
def _zones(arabic: bool) -> dict[str, int]:
    entries = rows("tawatur.extract", "feed_zones.tsv")
    found = {name: int(minutes) for minutes, where, name in entries if where == "any"}
    return found | ({name: int(minutes) for minutes, where, name in entries if where == "arabic"} if arabic else {})
