"""Arithmetic of days: spans as ISO 8601, weeks, and the nth weekday or week between two days."""

from __future__ import annotations

from datetime import date, timedelta


def interval(first: date, last: date) -> str:
    """Return a span of days as ISO, both ends included."""
    return f"{first.isoformat()}/{last.isoformat()}"


def span_of(days: tuple[date, date] | None) -> str | None:
    """Return a day, or a span of days, as ISO."""
    if days is None:
        return None
    return days[0].isoformat() if days[0] == days[1] else interval(*days)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def nearest_weekday(day: date, weekday: int) -> date:
    """Return the day of a weekday that is nearest to a day, at most three days off."""
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def nth_weekday(first: date, last: date, weekday: int, nth: int) -> date | None:
    """Return the nth weekday from one day to another, the last where ``nth`` is negative, None where there are fewer."""
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    if nth < 0:
        return start + timedelta(weeks=(last - start).days // 7)
    day = start + timedelta(weeks=nth - 1)
    return day if day <= last else None


def nth_week(first: date, last: date, nth: int) -> date | None:
    """Return the Monday of a week: of a month the weeks that begin in it, the last one whole; of a year as ISO 8601 counts them."""
    if (last - first).days > 31:
        monday = monday_of(first.replace(day=4)) if nth > 0 else monday_of(last.replace(day=28))
        return monday + timedelta(weeks=max(nth - 1, 0))
    if nth < 0:
        return monday_of(last - timedelta(days=6))
    return nth_weekday(first, last, 0, nth)


def years(first: int, length: int) -> str:
    """Return a span of years as ISO."""
    return f"{first:04}/{first + length - 1:04}"


def divmod_month(months: int) -> tuple[int, int]:
    """Return year and month of a number of months since the year 0."""
    return months // 12, months % 12 + 1


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
