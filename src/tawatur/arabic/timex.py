"""What a date expression says before anybody knows when it was said: the unresolved values.

Named after the time expressions (TIMEX) of the field. ``arabic.resolve`` turns them into ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["day", "week", "month", "year", "decade", "century"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit counted from now ("العام الماضي" is -1 year), or from the day told last where ``told`` ("اليوم التالي")."""

    unit: Unit
    count: int
    told: bool = False
    ahead: bool = False  # only where the sentence looks ahead: "بعد عامين" of the past is counted from another event
    about: bool = False  # "قبل نحو عشرين عاما": too vague for the dates of news
    counted: bool = False  # "قبل شهر", which may mean the very day, unlike "الشهر الماضي"


@dataclass(frozen=True, slots=True)
class Year:
    """A year: a number, or a shift ("من العام المقبل")."""

    year: int | Shift


@dataclass(frozen=True, slots=True)
class Month:
    """A month; ``side`` is -1, 0 or 1 for "الماضي", "الجاري", "المقبل"."""

    month: int
    year: int | Shift | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, of which the month may be a shift ("الثالث من الشهر الجاري"); the weekday where it is named too."""

    day: int
    month: Month | Shift
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A day that is written out whole: a numeric or a Hijri date."""

    day: date


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0). ``near`` says that "اليوم" or "أمس" stands with it."""

    weekday: int
    side: int | None = None
    near: int | None = None
    week: Shift | None = None
    coming: bool = False  # "هذا الجمعة": the coming one unless the sentence looks back


@dataclass(frozen=True, slots=True)
class Hijri:
    """A day of a Hijri month whose year is not named, or the whole month ("1 ذو القعدة", "شهر رمضان")."""

    month: int
    day: int | None = None
    weekday: int | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """Days of which the one nearest to the day of writing is meant: "16/04/21" read both ways."""

    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth day, week or weekday within a month or year, the last where ``nth`` is -1 ("أول جمعة من يوليو")."""

    nth: int
    unit: Literal["day", "week", "weekday"]
    within: Month | Year | Shift
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """Units counted together from now: "منذ شهر و21 يوما". Without ``way`` (-1 or 1) the tense of the sentence decides."""

    parts: tuple[Shift, ...]
    way: int = 0


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of writing: "الآن"."""


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month."""

    month: int
    year: int | Shift | None = None
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of ``parts`` equal parts of a year: halves (2), thirds (3), quarters (4)."""

    nth: int
    parts: int
    year: int | Shift


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years, both ends included: decades, centuries, "2019-2021"."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days that is known without a reference: a Hijri month or year."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Between:
    """From one day to another: "15 إلى 17 حزيران", "ليلة الاثنين والثلاثاء"."""

    first: Day | Weekday | Month
    last: Day | Weekday | Month


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. ``offset`` is its zone in minutes ahead of UTC, None where none is named or its offset is not fixed."""

    hour: int
    minute: int
    offset: int | None = None
    zone: str = ""  # as published
    half: bool = False  # an hour up to twelve without a part of the day: morning or evening


@dataclass(frozen=True, slots=True)
class Timed:
    """A clock time on a day; without one, on the day told last, else on the day of writing."""

    clock: Clock
    day: Value | None = None


Value: TypeAlias = (
    Shift
    | Year
    | Month
    | Day
    | Exact
    | Weekday
    | Hijri
    | Nearest
    | Nth
    | Total
    | Now
    | Season
    | Part
    | Years
    | Days
    | Between
    | Timed
)
