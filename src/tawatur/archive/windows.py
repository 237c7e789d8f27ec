"""The windows of a run: months of news, cut where there is much of it. They depend on what was read alone.

A window decides for its own days. It is grouped with the days before it, because what is a report of which story depends on
the reports before, and with a few behind it, because later reports still move earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

#: So many days before a window are grouped with it: more than twice the ``HOURS`` that reports are compared over, so that what
#: a window knows at its first hour is what a stream would know.
BEFORE = timedelta(days=7)
#: So many behind it: within them later reports can move its own.
BEHIND = timedelta(days=4)
#: A month is cut into no part shorter than this: else the days around weigh more than the window itself.
SHORTEST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some days of one month, [start, end)."""

    number: int
    month: str  # "2018-05"
    start: datetime
    end: datetime
    articles: int

    @property
    def first(self) -> datetime:
        """Return where its reading begins."""
        return self.start - BEFORE

    @property
    def last(self) -> datetime:
        """Return where its reading ends."""
        return self.end + BEHIND

    def has(self, at: datetime) -> bool:
        """Say whether a time is its own."""
        return self.start <= at < self.end


def windows(days: Mapping[str, int], most: int) -> tuple[Window, ...]:
    """Return the windows over counted days ("2018-05-14"), in the order of time. Months without articles have none.

    A month with more than ``most`` articles is cut into equal parts.
    """
    months: dict[str, int] = {}
    for day, count in sorted(days.items()):
        months[day[:7]] = months.get(day[:7], 0) + count
    found: list[Window] = []
    for month in months:
        for start, end in _parts(month, months[month], most):
            articles = sum(count for day, count in days.items() if start.date() <= date.fromisoformat(day) < end.date())
            if articles:
                found.append(Window(number=len(found), month=month, start=start, end=end, articles=articles))
    return tuple(found)


def _parts(month: str, articles: int, most: int) -> Iterator[tuple[datetime, datetime]]:
    first = date.fromisoformat(f"{month}-01")
    length = ((first + timedelta(days=31)).replace(day=1) - first).days
    parts = min(max(1, -(-articles // most)), length // SHORTEST)
    ends = [round(length * part / parts) for part in range(parts + 1)]
    for begin, end in pairwise(ends):
        yield _midnight(first + timedelta(days=begin)), _midnight(first + timedelta(days=end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
