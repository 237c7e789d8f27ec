"""Unresolved date values → ISO 8601, against a day of reference.

Values: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``YYYY-MM-DDTHH:MM`` (with ``Z`` where a zone of fixed offset is named, since the
time is then brought to UTC), intervals as ``A/B`` with both ends included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from tawatur.arabic.months import hijri_day, hijri_month, hijri_years_around, month_length
from tawatur.arabic.spans_of_days import (
    divmod_month,
    interval,
    make_date,
    monday_of,
    nearest_weekday,
    nth_week,
    nth_weekday,
    span_of,
    years,
)
from tawatur.arabic.timex import (
    Between,
    Clock,
    Day,
    Days,
    Exact,
    Hijri,
    Month,
    Nearest,
    Now,
    Nth,
    Part,
    Season,
    Shift,
    Timed,
    Total,
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


#: The same for a day that falls on another weekday than the text says: the nearest year fits in 335 of 347 news articles, and the
#: weekdays of the others are slips.
_WEEKDAY_PENALTY = 200
#: The penalty of the tense where every date is asked for: in notes and speech the tense is meant.
_STRICT_PENALTY = 400


@dataclass(frozen=True, slots=True)
class Reference:
    """What relative expressions are relative to: the day of writing, the day told last, and the tense of the sentence.

    ``wide`` reads as notes and speech are meant and news is not: a bare weekday of the future is never today, "قبل شهر" is the
    very day, "الساعة 3" is the next one after ``clock``, and what is told of another day may be counted from today.
    """

    today: date
    told: date | None = None
    tense: Tense = ""
    wide: bool = False
    clock: time | None = None


def resolve_wide(value: Value, *, at: datetime, tense: Tense = "", told: date | None = None) -> str | None:
    """``resolve`` for a note or speech of a moment, of which every date and time is asked for."""
    return _resolve(value, Reference(at.date(), told or at.date(), tense, wide=True, clock=at.time()))


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
        case Hijri() | Nth():
            return span_of(_hijri(value, now) if isinstance(value, Hijri) else _nth(value, now))
        case Nearest():
            return min(value.days, key=lambda day: abs(day - now.today)).isoformat()
        case Total():
            return _total(value, now)
        case Now():
            return at_clock(now.today, Clock((now.clock or time()).hour, (now.clock or time()).minute))
        case Between():
            return _between(value, now)
        case Days():
            return interval(value.first, value.last)
        case Years():
            return f"{value.first:04}/{value.last:04}"
        case Season():
            return _season(value, now)
        case Part():
            return _part(value, now)


def weekday_day(value: Weekday, now: Reference) -> date:
    """Return the day of a weekday: past the last one up to and including today, future the next one."""
    if value.week is not None:
        monday = monday_of(now.today) + timedelta(weeks=value.week.count)
        return monday + timedelta(days=value.weekday)
    if value.near is not None:
        return nearest_weekday(now.today + timedelta(days=value.near), value.weekday)
    back = (now.today.weekday() - value.weekday) % 7
    if value.side == -1:
        return now.today - timedelta(days=back or 7)
    if value.side == 1:
        return now.today + timedelta(days=7 - back)
    ahead = now.tense == "future" or (value.coming and now.tense != "past")
    if value.side is None and ahead and (back or (now.wide and not value.coming)):
        return now.today + timedelta(days=7 - back)
    return now.today - timedelta(days=back)


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
    wrong = {day: _WEEKDAY_PENALTY for day in days if value.weekday is not None and day.weekday() != value.weekday}
    return min(days, key=lambda day: _distance(day, now) + wrong.get(day, 0), default=None)


def _on_side(day: date, side: int | None, today: date) -> bool:
    if side == -1:
        return day < today
    if side == 1:
        return day > today
    return side is None or day.year == today.year


def _distance(day: date, now: Reference) -> int:
    if now.wide and (day.year, day.month) == (now.today.year, now.today.month):
        return 0  # "أول شباط", said in February, is of this year
    return _cost((day - now.today).days, now)


def _cost(days: int, now: Reference) -> int:
    """How unlikely a date so many days ahead (behind, if negative) is."""
    if (days > 0 and now.tense == "past") or (days < 0 and now.tense == "future"):
        return abs(days) + (_STRICT_PENALTY if now.wide else _TENSE_PENALTY)
    return abs(days) + (_FUTURE_PENALTY if days > 0 and not now.tense else 0)


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
    return divmod_month(min(months, key=lambda month: _cost((month - today) * 30, now)))


def _month_shift(count: int, base: date) -> tuple[int, int]:
    return divmod_month(base.year * 12 + base.month - 1 + count)


def _base(shift: Shift, now: Reference) -> date | None:
    return now.told if shift.told else now.today


def _shifted(value: Shift, now: Reference) -> str | None:
    base = _base(value, now)
    if base is None or (not now.wide and (value.about or (value.ahead and now.tense != "future"))):
        return None
    if now.wide and value.counted:
        return _moved(base, (value,), 1).isoformat()
    match value.unit:
        case "day":
            return (base + timedelta(days=value.count)).isoformat()
        case "week":
            monday = monday_of(base) + timedelta(weeks=value.count)
            return interval(monday, monday + timedelta(days=6))
        case "month":
            return "{:04}-{:02}".format(*_month_shift(value.count, base))
        case "year":
            return f"{base.year + value.count:04}"
        case "decade":
            return years(base.year // 10 * 10 + value.count * 10, 10)
        case "century":
            return years(base.year // 100 * 100 + value.count * 100, 100)


def _moved(day: date, parts: tuple[Shift, ...], way: int) -> date:
    """Return the day so many units off; a day that its month lacks becomes the month's last one."""
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}
    count = way * sum(part.count * months.get(part.unit, 0) for part in parts)
    days = way * sum(part.count * {"day": 1, "week": 7}.get(part.unit, 0) for part in parts)
    year, month = _month_shift(count, day)
    year = min(max(year, date.min.year + 1), date.max.year - 1)
    return date(year, month, min(day.day, month_length(year, month))) + timedelta(days=days)


def _total(value: Total, now: Reference) -> str | None:
    if any(abs(part.count) > 1000 for part in value.parts):
        return None
    return _moved(now.today, value.parts, value.way or (1 if now.tense == "future" else -1)).isoformat()


# Hijri dates without a year, and what is counted within a month or year


def _hijri(value: Hijri, now: Reference) -> tuple[date, date] | None:
    """The month or day that is nearest; a weekday beside it moves it by a day, as the moon is not seen everywhere at once."""
    spans: list[tuple[date, date] | None] = []
    for year in hijri_years_around(now.today):
        day = hijri_day(year, value.month, value.day) if value.day else None
        spans += [(day, day)] if day else [] if value.day else [hijri_month(year, value.month)]
    found = [span for span in spans if span]
    if value.side:
        found = [span for span in found if (span[1] < now.today if value.side < 0 else span[0] > now.today)]
    best = min(found, key=lambda span: 0 if span[0] <= now.today <= span[1] else _distance(span[0], now), default=None)
    if best is None or value.weekday is None:
        return best
    day = nearest_weekday(best[0], value.weekday)
    return (day, day) if abs(day - best[0]).days <= 1 else best


def _nth(value: Nth, now: Reference) -> tuple[date, date] | None:
    bounds = _bounds(value.within, now)
    if bounds is None:
        return None
    first, last = bounds
    if value.unit == "day":
        day = last if value.nth < 0 else first + timedelta(days=value.nth - 1)
        return (day, day) if day <= last else None
    if value.unit == "weekday":
        found = nth_weekday(first, last, value.weekday, value.nth)
        return (found, found) if found else None
    start = nth_week(first, last, value.nth)
    return (start, start + timedelta(days=6)) if start else None


def _bounds(within: Month | Year | Shift, now: Reference) -> tuple[date, date] | None:
    """Return the first and the last day of a month or year."""
    iso = _resolve(within, now)
    if iso is None or len(iso) > len("YYYY-MM"):
        return None
    year, month = int(iso[:4]), int(iso[5:] or 0)
    if not 1 <= year <= 9998:
        return None
    return date(year, month or 1, 1), date(year, month or 12, month_length(year, month or 12))


def _season(value: Season, now: Reference) -> str | None:
    year = year_of(value.year, now) if value.year is not None else _season_year(value, now)
    if year is None:
        return None
    last_year, last_month = divmod_month(year * 12 + value.month - 1 + 2)
    return interval(date(year, value.month, 1), date(last_year, last_month, month_length(last_year, last_month)))


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
    return interval(date(year, last - length + 1, 1), date(year, last, month_length(year, last)))


def _between(value: Between, now: Reference) -> str | None:
    if isinstance(value.first, Weekday) and isinstance(value.last, Weekday):
        last_day = weekday_day(value.last, now)
        first_day = last_day - timedelta(days=(last_day.weekday() - value.first.weekday) % 7)
        return interval(first_day, last_day)
    first, last = _resolve(value.first, now), _resolve(value.last, now)
    return f"{first}/{last}" if first and last else None


def _timed(value: Timed, now: Reference) -> str | None:
    day = _resolve(value.day, now) if value.day else (now.told or now.today).isoformat()
    if day is None or len(day) != len("YYYY-MM-DD"):
        return None
    return at_clock(date.fromisoformat(day), _on_time(value, now))


def _on_time(value: Timed, now: Reference) -> Clock:
    """Return the clock time, of two halves of the day the next one where the sentence looks ahead from a known moment."""
    clock = value.clock
    late = now.clock is not None and (clock.hour, clock.minute) < (now.clock.hour, now.clock.minute)
    return (
        replace(clock, hour=clock.hour % 12 + 12)
        if late and clock.half and now.tense == "future" and not value.day
        else clock
    )


def at_clock(day: date, clock: Clock) -> str:
    """Return day and clock time as ISO: in UTC with "Z" where the offset is known, else local without a zone."""
    at = datetime(day.year, day.month, day.day, clock.hour, clock.minute)
    if clock.offset is None:
        return at.strftime("%Y-%m-%dT%H:%M")
    return (at - timedelta(minutes=clock.offset)).strftime("%Y-%m-%dT%H:%MZ")
