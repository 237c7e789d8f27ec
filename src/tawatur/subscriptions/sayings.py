"""What letters are called and when they come, in words: times of the day, days of the week, and by whose clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from babel import Locale
from babel.lists import format_list

from tawatur.digest.rhythm import zone_of
from tawatur.newsletter import EVERY_DAY, Newsletter, Rhythm
from tawatur.subscriptions.zones import UTC, city_of
from tawatur.wording.words import Words

#: The days of the week in the order in which they are shown, by ISO number: in Arabic it begins with Saturday.
WEEK = {"ar": (6, 7, 1, 2, 3, 4, 5), "en": (1, 2, 3, 4, 5, 6, 7)}
#: Hours from which on a part of the day lasts.
_PARTS = ((18, "evening"), (15, "afternoon"), (12, "noon"), (6, "morning"), (3, "dawn"), (0, "midnight"))
#: A run of so many days is told by its first and its last.
_RUN = 3


def clock(at: time, words: Words) -> str:
    """Return a time of the day as people say it: "7:00 صباحا"."""
    part = next(name for hour, name in _PARTS if at.hour >= hour)
    return words.text(f"letters.clock.{part}", time=words.number(f"{at.hour % 12 or 12}:{at.minute:02}"))


def by_clocks(zone: str, words: Words) -> str:
    """Return by whose clocks a time is: "بتوقيت القاهرة"."""
    if zone == UTC:
        return words.text("letters.zone_utc")
    return words.text("letters.zone_of", city=city_of(zone, words.language).name)


def weekday(number: int, words: Words) -> str:
    """Return the name of a day of the week by its ISO number."""
    return str(Locale.parse(words.language).days["format"]["wide"][number - 1])


def week(words: Words) -> tuple[tuple[int, str], ...]:
    """Return the days of the week in the order of the language, by number and name."""
    return tuple((number, weekday(number, words)) for number in WEEK[words.language])


def days_in_words(days: Iterable[int], words: Words) -> str:
    """Return days of the week in words: "من الأحد إلى الخميس", "السبت والثلاثاء"."""
    chosen = [number for number in WEEK[words.language] if number in set(days)]
    names = [weekday(number, words) for number in chosen]
    at = [WEEK[words.language].index(number) for number in chosen]
    if len(chosen) >= _RUN and at[-1] - at[0] == len(at) - 1:
        return words.text("letters.rhythm.span", first=names[0], last=names[-1])
    return str(format_list(names, locale=words.language))


def rhythm_in_words(rhythm: Rhythm, words: Words) -> str:
    """Return a rhythm in words: "كل يوم، 7:00 صباحا بتوقيت القاهرة"."""
    given = {"time": clock(rhythm.at, words), "zone": by_clocks(rhythm.zone, words)}
    if rhythm.days >= EVERY_DAY:
        return words.text("letters.rhythm.daily", **given)
    named = days_in_words(rhythm.days, words)
    if len(rhythm.days) == 1:
        return words.text("letters.rhythm.weekly", day=named, **given)
    return words.text("letters.rhythm.days", days=named, **given)


def comes(newsletter: Newsletter, words: Words) -> str:
    """Return when a newsletter comes, in words: by its rhythm, or as soon as enough sources tell something."""
    if newsletter.rhythm:
        return rhythm_in_words(newsletter.rhythm, words)
    if newsletter.threshold:
        within = span_in_words(newsletter.threshold.within, words)
        return words.text("letters.breaking_rule", n=newsletter.threshold.sources, within=within)
    return words.text("letters.at_once")


def span_in_words(span: timedelta, words: Words) -> str:
    """Return a length of time in words: hours where it is whole ones, else minutes."""
    minutes = round(span / timedelta(minutes=1))
    whole = minutes >= 60 and minutes % 60 == 0
    return words.text("letters.hours", n=minutes // 60) if whole else words.text("letters.minutes", n=minutes)


def next_in_words(due: datetime, zone: str, words: Words, *, now: datetime) -> str:
    """Return when something is due, in words: "غدا، 7:00 صباحا بتوقيت القاهرة"; with its date where that is a week off."""
    local = due.astimezone(zone_of(zone))
    today = now.astimezone(zone_of(zone)).date()
    given = {"time": clock(local.time(), words), "zone": by_clocks(zone, words)}
    return words.text("letters.next_at", day=_day(local.date(), today, words), **given)


def _day(day: date, today: date, words: Words) -> str:
    off = (day - today).days
    if off in (0, 1):
        return words.text(f"letters.{'tomorrow' if off else 'today'}")
    return weekday(day.isoweekday(), words) if off < 7 else words.day(day)
