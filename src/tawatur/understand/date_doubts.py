"""How the value of a date was worked out, and what in it was not told but taken."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

from tawatur.arabic.calendar import Tense, is_relative
from tawatur.arabic.timex import Between, Day, Hijri, Month, Nth, Season, Shift, Timed, Value, Weekday
from tawatur.model import DateBasis, DateDoubt


def basis(value: Value, *, told: bool) -> DateBasis:
    """Return what a value was worked out from; ``told`` says that a date of the text was there to count from."""
    if told and counts_from_told(value):
        return DateBasis.TOLD
    return DateBasis.PUBLICATION if is_relative(value) else DateBasis.ABSOLUTE


def counts_from_told(value: object) -> bool:
    """Say whether a value counts from the date told last: "اليوم التالي", "العام نفسه", a clock time without its day."""
    match value:
        case Shift(told=told):
            return told
        case Timed(day=None):
            return True
    return is_dataclass(value) and any(counts_from_told(getattr(value, field.name)) for field in fields(value))


def doubts(value: Value, iso: str, *, today: date, tense: Tense) -> tuple[DateDoubt, ...]:
    """Return what speaks against an ISO value of an expression, given the day of writing and the tense of its sentence."""
    day = value.day if isinstance(value, Timed) else value
    found = {
        DateDoubt.YEAR: day is not None and _lacks_year(day),
        DateDoubt.TENSE: isinstance(day, Weekday) and _open(day, today) and not tense,
        DateDoubt.WEEKDAY: isinstance(day, Day | Hijri) and _contradicts(day.weekday, iso),
        DateDoubt.HALF: isinstance(value, Timed) and value.clock.half,
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _lacks_year(value: Value) -> bool:
    match value:
        case Day(month=Month() as month):
            return month.year is None and month.side is None
        case Month() | Season():
            return value.year is None and value.side is None
        case Nth(within=within):
            return _lacks_year(within)
        case Hijri(side=None):
            return True
        case Between(first=first):
            return _lacks_year(first)
    return False


def _open(value: Weekday, today: date) -> bool:
    """A bare weekday may lie on either side, unless it is the day of writing itself."""
    return value.side is None and value.near is None and value.week is None and value.weekday != today.weekday()


def _contradicts(weekday: int | None, iso: str) -> bool:
    return weekday is not None and "/" not in iso and date.fromisoformat(iso[:10]).weekday() != weekday
