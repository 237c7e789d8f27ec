"""When an article appeared: as metadata gives it, as a date line states it, or as the text betrays it.

``from_iso`` reads metadata, ``stated`` a line that is nothing but a date, ``infer`` the running text, and ``near`` lends an
article the day of another one on the same page. None of them reads a clock: ``latest`` is the day of reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from tawatur.arabic import calendar, clock
from tawatur.arabic.calendar import Expression, Tense
from tawatur.arabic.fold import fold
from tawatur.arabic.sentences import sentences
from tawatur.arabic.tense import tense
from tawatur.arabic.timex import Day, Exact, Month, Shift, Timed, Value, Weekday, Year, Years
from tawatur.extract.date_line import stated as stated
from tawatur.extract.update_clock import UpdateClock as UpdateClock
from tawatur.extract.update_clock import update_clock as update_clock
from tawatur.model import Certainty, Published, Span

_MAX_ALTERNATIVES = 5
# How far back a day is looked for where the text names no year at all.
_YEARS_BACK = 12
# Metadata and the page tell one time if they are no farther apart.
_SAME_TIME = timedelta(minutes=2)
# No page is older than this: an earlier day is of what the text tells.
_FIRST_DAY = date(1990, 1, 1)
_UNKNOWN = Published()
#: Hours ahead of UTC, from Morocco and Tunisia in winter to the Emirates.
ARAB_OFFSETS = (1, 2, 3, 4)


def on_day(day: date, certainty: Certainty, basis: str, alternatives: Iterable[date] = ()) -> Published:
    """Return a publication day without a clock time."""
    at = datetime.combine(day, time(), UTC)
    return Published(at=at, certainty=certainty, day_only=True, basis=basis, alternatives=tuple(alternatives))


# Metadata


def from_iso(value: str, *, basis: str = "metadata") -> Published | None:
    """Return the time that a metadata value states (ISO 8601, RFC 822, UNIX seconds, odd zone forms), or None where it is none.

    A time without a zone is taken as UTC; a bare date is ``day_only``. ``basis`` is the key of where the value stood.
    """
    text = " ".join(fold(value).split()).upper()
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}", text):
        day = _iso_day(text)
        return on_day(day, Certainty.STATED, basis) if day else None
    at = _unix(text) or _iso_time(text) or _mail_time(text)
    return Published(at=at, certainty=Certainty.STATED, basis=basis) if at else None


def _iso_day(text: str) -> date | None:
    parts = [int(part) for part in (text.split("-") if "-" in text else (text[:4], text[4:6], text[6:]))]
    try:
        return date(parts[0], parts[1], parts[2])
    except ValueError:
        return None


def _unix(text: str) -> datetime | None:
    if not re.fullmatch(r"1\d{9}|1\d{12}", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(Z|UTC|GMT|UTC\+0|[+-]\d{1,2}(?::?\d{2})?)?"
)


def _iso_time(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    try:
        local = datetime(*(int(part or 0) for part in found.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]
        return local - _offset(found[7] or "")
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", zone)
    if not found:
        return timedelta()
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return ahead if found[1] == "+" else -ahead


def _mail_time(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(re.sub(r"(?<=[+-]\d\d):(?=\d\d$)", "", text))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def agreed(told: Published, visible: Published | None, zone: str) -> Published:
    """Return the time of metadata, checked against the time that the page shows, in the zone of its outlet.

    Some systems write the clock time of their place and call it "Z". It is so where it is the very time that the page shows, and
    the place is not on UTC. Otherwise the day is the place's: a report of one in the morning is not of the day before, as UTC has
    it. Where the place is not known, the day that the page shows tells it. ``zone`` is an IANA name or "".
    """
    if told.at is None or told.day_only or told.at.utcoffset() != timedelta():
        return told
    place = _place(zone)
    if place is None:
        return _as_shown(told, visible)
    unzoned = visible.at if visible is not None and not visible.day_only else None
    if unzoned is not None and unzoned.tzinfo is UTC and abs(told.at - unzoned) <= _SAME_TIME:
        return replace(told, at=told.at.replace(tzinfo=place))
    local = told.at.astimezone(place)
    return replace(told, at=local) if visible is None or visible.day == local.date() else told


def _as_shown(told: Published, visible: Published | None) -> Published:
    """Return a time in UTC in the nearest zone of the Arab countries in which it is of the day that the page shows."""
    if told.at is None or visible is None or visible.certainty is not Certainty.STATED or visible.day == told.day:
        return told
    local = (told.at.astimezone(timezone(timedelta(hours=hours))) for hours in ARAB_OFFSETS)
    return next((replace(told, at=at) for at in local if at.date() == visible.day), told)


def placed(visible: Published, zone: str) -> Published:
    """Return a time that the page shows without naming a zone, in the zone of its outlet; ``zone`` is an IANA name or ""."""
    place = _place(zone)
    if place is None or visible.at is None or visible.day_only or visible.at.tzinfo is not UTC:
        return visible
    return visible if clock.names_utc(fold(visible.basis)) else replace(visible, at=visible.at.replace(tzinfo=place))


@cache
def _place(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (ValueError, OSError, KeyError):
        return None


# Running text


def infer(text: str, *, latest: date, context: str = "") -> Published:
    """Return the publication day that a text betrays; UNKNOWN where it holds no evidence.

    News names the weekday of what it reports ("السبت"), seldom the date. Two kinds of dates tell the day of writing: one that
    stands with its weekday ("السبت 2 ديسمبر"), and, on a page of timed updates, one that an older update looks ahead to
    ("وسيبدأ محادثاته في الثاني من كانون الأول"): what it announces the newest update reports. Other dates tell nothing: taken
    in, they were wrong in nine of ten articles of which the day is known.

    The day is then that date in a year in which it falls on the weekday, not before the latest year that the page names, and
    not after ``latest``. The earliest such year is chosen, the others are ``alternatives``; where no year is named, the latest.

    Args:
        text: the article's running text.
        latest: the latest possible day: the day of reading.
        context: the whole page's text; the years that it names and its headings of updates count too.
    """
    found = calendar.find(text)
    tenses = _tenses(text, found)
    weekday = _reported(found, tenses) if _is_live(text) or _is_live(context) else None
    years = [*_years(found, latest), *_years(calendar.find(context), latest)]
    for one in found:
        value = _day_value(one.value)
        if isinstance(value, Day) and isinstance(value.month, Month) and value.month.side in (None, 0):
            day = _telling(one, value, weekday, tenses[one.span])
            inferred = _in_fitting_year(day, years=years, latest=latest) if day else _UNKNOWN
            if inferred.at is not None:  # a date that falls on no such weekday is of something else
                return inferred
    return _UNKNOWN


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A day of a month with the weekday on which it falls, and the words that say so."""

    day: int
    month: int
    weekday: int
    year: int | None
    words: str


def _telling(found: Expression, value: Day, weekday: Expression | None, tense: Tense) -> _Evidence | None:
    """Return what a date tells of the day of writing, None where it tells nothing."""
    month = value.month
    if not isinstance(month, Month) or isinstance(month.year, Shift):
        return None
    if value.weekday is not None:
        return _Evidence(value.day, month.month, value.weekday, month.year, found.text)
    reported = _day_value(weekday.value) if weekday else None
    if weekday is None or not isinstance(reported, Weekday) or month.year is not None or tense != "future":
        return None
    if found.span.start < weekday.span.end:
        return None
    return _Evidence(value.day, month.month, reported.weekday, None, f"{weekday.text}، {found.text}")


def _reported(found: Iterable[Expression], tenses: dict[Span, Tense]) -> Expression | None:
    """The first bare weekday that is not ahead: the day that the newest update reports."""
    return next((one for one in found if _bare(_day_value(one.value)) and tenses[one.span] != "future"), None)


def _is_live(text: str) -> bool:
    return any(update_clock(line) for line in text.splitlines())


def _tenses(text: str, found: Iterable[Expression]) -> dict[Span, Tense]:
    spans = sentences(text)
    starts = [span.start for span in spans]
    return {
        one.span: tense(text, one.span, sentence=spans[max(0, bisect_right(starts, one.span.start) - 1)])
        for one in found
    }


def _bare(value: Value | None) -> bool:
    return isinstance(value, Weekday) and value.side is None and value.week is None


def _day_value(value: Value) -> Value | None:
    return value.day if isinstance(value, Timed) else value


def _years(found: Iterable[Expression], latest: date) -> Iterator[int]:
    for one in found:
        match _day_value(one.value):
            case (
                Year(year=int() as year)
                | Month(year=int() as year)
                | Years(last=year)
                | Day(month=Month(year=int() as year))
            ):
                named = year
            case Exact(day=day):
                named = day.year
            case _:
                continue
        if named <= latest.year:
            yield named


def _in_fitting_year(evidence: _Evidence, *, years: list[int], latest: date) -> Published:
    if evidence.year is not None:
        span, known = range(evidence.year, evidence.year + 1), ""
    else:
        span = range(max(years), latest.year + 1) if years else range(latest.year, latest.year - _YEARS_BACK, -1)
        known = f"، {max(years)}" if years else ""
    fitting = _fitting(evidence.day, evidence.month, evidence.weekday, span)
    days = [day for day in fitting if _FIRST_DAY <= day <= latest]
    if not days:
        return _UNKNOWN
    return on_day(days[0], Certainty.INFERRED, evidence.words + known, days[1 : _MAX_ALTERNATIVES + 1])


def _fitting(day: int, month: int, weekday: int, years: Iterable[int]) -> list[date]:
    return [found for found in _days(years, month, day) if found.weekday() == weekday]


def _days(years: Iterable[int], month: int, day: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def near(published: Published, text: str) -> Published:
    """Return the day of an article that has no date of its own, from another article's day on the same page.

    Two articles that were saved as one page appeared within days of each other. The first bare weekday of the text is then the
    last such day up to the other article's; the other's alternatives stay possible. Without a weekday it is the other's day.
    """
    if published.day is None:
        return _UNKNOWN
    weekday = next((one for one in calendar.find(text) if _bare(_day_value(one.value))), None)
    value = _day_value(weekday.value) if weekday else None
    if weekday is None or not isinstance(value, Weekday):
        return on_day(published.day, Certainty.INFERRED, published.basis, published.alternatives)
    days = [
        day - timedelta(days=(day.weekday() - value.weekday) % 7) for day in (published.day, *published.alternatives)
    ]
    return on_day(days[0], Certainty.INFERRED, f"{weekday.text}، {published.basis}", dict.fromkeys(days[1:]))
