"""Unresolved date values → ISO 8601, against a day of reference.

Values: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``YYYY-MM-DDTHH:MM`` (with ``Z`` where a zone of fixed offset is named, since the
time is then brought to UTC), intervals as ``A/B`` with both ends included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from tawatur.arabic.months import month_length
from tawatur.arabic.timex import (
    Between,
    Clock,
    Day,
    Days,
    Exact,
    Month,
    Part,
    Season,
    Shift,
    Timed,
    Value,
    Weekday,
    Year,
    Years,
)  # fmt: skip

Tense: TypeAlias = Literal["past", "future", ""]

#: How many days farther off a date in the direction that the tense denies is taken to be.
_TENSE_PENALTY = 90
#: The same for the future where no tense is known: news looks back more often than ahead.
_FUTURE_PENALTY = 30


@dataclass(frozen=True, slots=True)
class Reference:
    """What relative expressions are relative to: the day of writing, the day told last, and the tense of the sentence."""

    today: date
    told: date | None = None
    tense: Tense = ""


def resolve(value: Value, *, reference: date, tense: Tense = "", told: date | None = None) -> str | None:
    """Return the ISO value of an expression, or None where it names nothing on the calendar (30 February) or no day was told.

    ``reference`` is the day of writing. ``tense`` is the tense of the sentence: it decides where the expression leaves the
    direction open. ``told`` is the day that the text told last, for "وفي اليوم التالي".
    """
    return _resolve(value, Reference(reference, told, tense))


def _resolve(value: Value, now: Reference) -> str | None:
    match value:
        case Exact():
            return value.day.isoformat()
        case Weekday():
            return weekday_day(value, now).isoformat()
        case Day():
            day = day_of(value, now)
            return day.isoformat() if day else None
        case Month():
            return "{:04}-{:02}".format(*month_of(value, now))
        case Year():
            year = year_of(value.year, now)
            return f"{year:04}" if year else None
        case Shift():
            return _shifted(value, now)
        case Timed():
            return _timed(value, now)
        case Between():
            return _between(value, now)
        case Days():
            return _interval(value.first, value.last)
        case Years():
            return f"{value.first:04}/{value.last:04}"
        case Season():
            return _season(value, now)
        case Part():
            return _part(value, now)


def _interval(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday_day(value: Weekday, now: Reference) -> date:
    """Return the day of a weekday: past the last one up to and including today, future the next one."""
    if value.week is not None:
        monday = _monday(now.today) + timedelta(weeks=value.week.count)
        return monday + timedelta(days=value.weekday)
    if value.near is not None:
        return _nearest_weekday(now.today + timedelta(days=value.near), value.weekday)
    back = (now.today.weekday() - value.weekday) % 7
    if value.side == -1:
        return now.today - timedelta(days=back or 7)
    if value.side == 1:
        return now.today + timedelta(days=7 - back)
    if value.side is None and now.tense == "future" and back:
        return now.today + timedelta(days=7 - back)
    return now.today - timedelta(days=back)


def _nearest_weekday(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def day_of(value: Day, now: Reference) -> date | None:
    """Return the day of a day of the month. A weekday beside it chooses the year where none is named."""
    if isinstance(value.month, Shift):
        year, month = _month_shift(value.month.count, _base(value.month, now) or now.today)
        return make_date(year, month, value.day)
    if value.month.year is not None:
        year_ = year_of(value.month.year, now)
        return make_date(year_, value.month.month, value.day) if year_ else None
    return _without_year(value, value.month, now)


def _without_year(value: Day, month: Month, now: Reference) -> date | None:
    around = [make_date(now.today.year + off, month.month, value.day) for off in range(-8, 9)]
    days = [day for day in around if day is not None and _on_side(day, month.side, now.today)]
    if value.weekday is not None:
        days = [day for day in days if day.weekday() == value.weekday] or days
    return min(days, key=lambda day: _distance(day, now), default=None)


def _on_side(day: date, side: int | None, today: date) -> bool:
    if side == -1:
        return day < today
    if side == 1:
        return day > today
    return side is None or day.year == today.year


def _distance(day: date, now: Reference) -> int:
    return _cost((day - now.today).days, now.tense)


def _cost(days: int, tense: Tense) -> int:
    """How unlikely a date so many days ahead (behind, if negative) is."""
    if (days > 0 and tense == "past") or (days < 0 and tense == "future"):
        return abs(days) + _TENSE_PENALTY
    return abs(days) + (_FUTURE_PENALTY if days > 0 and not tense else 0)


def year_of(year: int | Shift, now: Reference) -> int | None:
    """Return the number of a year that may be a shift."""
    if isinstance(year, int):
        return year
    base = _base(year, now)
    return base.year + year.count if base else None


def month_of(value: Month, now: Reference) -> tuple[int, int]:
    """Return year and month; without a year the nearest that fits side and tense."""
    if value.year is not None:
        return year_of(value.year, now) or now.today.year, value.month
    today = now.today.year * 12 + now.today.month - 1
    months = [(now.today.year + off) * 12 + value.month - 1 for off in (-1, 0, 1)]
    if value.side == -1:
        months = [month for month in months if month < today]
        return divmod_month(max(months))
    if value.side == 1:
        return divmod_month(min(month for month in months if month > today))
    if value.side == 0:
        return now.today.year, value.month
    return divmod_month(min(months, key=lambda month: _cost((month - today) * 30, now.tense)))


def divmod_month(months: int) -> tuple[int, int]:
    """Return year and month of a number of months since the year 0."""
    return months // 12, months % 12 + 1


def _month_shift(count: int, base: date) -> tuple[int, int]:
    return divmod_month(base.year * 12 + base.month - 1 + count)


def _base(shift: Shift, now: Reference) -> date | None:
    return now.told if shift.told else now.today


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _shifted(value: Shift, now: Reference) -> str | None:
    base = _base(value, now)
    if base is None or (value.ahead and now.tense != "future"):
        return None
    match value.unit:
        case "day":
            return (base + timedelta(days=value.count)).isoformat()
        case "week":
            monday = _monday(base) + timedelta(weeks=value.count)
            return _interval(monday, monday + timedelta(days=6))
        case "month":
            return "{:04}-{:02}".format(*_month_shift(value.count, base))
        case "year":
            return f"{base.year + value.count:04}"
        case "decade":
            return _years(base.year // 10 * 10 + value.count * 10, 10)
        case "century":
            return _years(base.year // 100 * 100 + value.count * 100, 100)


def _years(first: int, length: int) -> str:
    return f"{first:04}/{first + length - 1:04}"


def _season(value: Season, now: Reference) -> str | None:
    year = year_of(value.year, now) if value.year is not None else _season_year(value, now)
    if year is None:
        return None
    last_year, last_month = divmod_month(year * 12 + value.month - 1 + 2)
    return _interval(date(year, value.month, 1), date(last_year, last_month, month_length(last_year, last_month)))


def _season_year(value: Season, now: Reference) -> int:
    """The last season that has ended, the next that begins after today, or the one that is nearest."""
    year = now.today.year
    begins = [date(year + off, value.month, 1) for off in (-2, -1, 0, 1)]
    if value.side == -1:
        return max(day for day in begins if day + timedelta(days=89) < now.today).year
    if value.side == 1:
        return min(day for day in begins if day > now.today).year
    return min(begins, key=lambda day: _distance(day + timedelta(days=45), now)).year


def _part(value: Part, now: Reference) -> str | None:
    year = year_of(value.year, now)
    if year is None or value.nth > value.parts:
        return None
    length = 12 // value.parts
    last = value.nth * length
    return _interval(date(year, last - length + 1, 1), date(year, last, month_length(year, last)))


def _between(value: Between, now: Reference) -> str | None:
    if isinstance(value.first, Weekday) and isinstance(value.last, Weekday):
        last_day = weekday_day(value.last, now)
        first_day = last_day - timedelta(days=(last_day.weekday() - value.first.weekday) % 7)
        return _interval(first_day, last_day)
    first, last = _resolve(value.first, now), _resolve(value.last, now)
    return f"{first}/{last}" if first and last else None


def _timed(value: Timed, now: Reference) -> str | None:
    day = _resolve(value.day, now) if value.day else (now.told or now.today).isoformat()
    if day is None or len(day) != len("YYYY-MM-DD"):
        return None
    return at_clock(date.fromisoformat(day), value.clock)


def at_clock(day: date, clock: Clock) -> str:
    """Return day and clock time as ISO: in UTC with "Z" where the offset is known, else local without a zone."""
    at = datetime(day.year, day.month, day.day, clock.hour, clock.minute)
    if clock.offset is None:
        return at.strftime("%Y-%m-%dT%H:%M")
    return (at - timedelta(minutes=clock.offset)).strftime("%Y-%m-%dT%H:%MZ")
