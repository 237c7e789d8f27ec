"""How often an outlet publishes, learned from what came: pure, ``now`` is an argument.

The rate at a moment is ``base × hour × weekday``, items an hour. Each factor is what came over what was watched, drawn to its
prior by the weight of some imagined items (the mean of a Gamma prior under Poisson counts), so that one day of watching already
gives a usable rate and no hour ever counts as impossible. What came and what was watched fade alike with ``HALF_LIFE``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from tawatur.source import HOURS, WEEKDAYS, Rhythm

#: Two weeks ago counts half: a weekday is seen twice before a change of habit is believed, a season is followed.
HALF_LIFE = timedelta(days=14)
#: What is imagined of an outlet before anything was seen: one item in two hours, soon outweighed.
PRIOR_ITEMS, PRIOR_HOURS = 1.0, 2.0
#: Imagined items that hold the factor of an hour and of a weekday at 1 while little was seen.
HOUR_WEIGHT, DAY_WEIGHT = 2.0, 12.0
#: How far back a first answer's own dates are believed, and what part of them tells how long they took to come.
BEFORE = timedelta(days=14)
#: Behind a longer pause of our own, what was missed is unknown: it teaches neither a rate nor a quiet time.
PAUSE = timedelta(days=1)
#: Entries of one answer that all state this narrow a span were dated by the machine, not by a newsroom.
SAME = timedelta(minutes=2)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rates:
    """The learned rate, ready to be asked: items an hour by hour of the day and weekday."""

    base: float
    hours: tuple[float, ...]
    days: tuple[float, ...]

    def at(self, moment: datetime) -> float:
        """Return the items expected in an hour around a moment."""
        return self.base * self.hours[moment.hour] * self.days[moment.weekday()]

    def expected(self, start: datetime, end: datetime) -> float:
        """Return the items expected between two moments."""
        return sum(self.at(moment) * length for moment, length in slices(start, end))

    @property
    def a_day(self) -> float:
        """Return the items expected in a day, over a week."""
        return self.base * sum(self.hours) * sum(self.days) / WEEKDAYS


@lru_cache(maxsize=1024)  # a source's rhythm is asked several times between two answers
def rates(rhythm: Rhythm) -> Rates:
    """Return the rate that a rhythm tells."""
    came, watched = sum(rhythm.came_hours), sum(rhythm.watched_hours)
    base = (came + PRIOR_ITEMS) / (watched + PRIOR_HOURS)
    hours = _factors(rhythm.came_hours, rhythm.watched_hours, base, HOUR_WEIGHT)
    days = _factors(rhythm.came_days, rhythm.watched_days, base, DAY_WEIGHT)
    return Rates(base, _smooth(hours), days)


def _factors(came: Sequence[float], watched: Sequence[float], base: float, weight: float) -> tuple[float, ...]:
    return tuple((got + weight) / (base * long + weight) for got, long in zip(came, watched, strict=True))


def _smooth(hours: Sequence[float]) -> tuple[float, ...]:
    """Neighbouring hours lend one another a quarter: newsrooms do not keep the clock to the minute."""
    return tuple((hours[at - 1] + 2 * hours[at] + hours[(at + 1) % HOURS]) / 4 for at in range(HOURS))


def quiet(rhythm: Rhythm, now: datetime) -> float:
    """Return how many items were expected since the last one came; 0 where none has ever come."""
    return rates(rhythm).expected(rhythm.last, now) if rhythm.last and rhythm.last < now else 0.0


def learn(rhythm: Rhythm, times: Iterable[datetime], now: datetime, *, silent: bool = False) -> Rhythm:
    """Return a rhythm that knows what came up to now.

    Args:
        times: when each new item was published; what lies ahead of now, or before the last look, is taken into between.
        silent: the time since the last look belongs to a silence, which is no habit: only how long it was is learned.
    """
    if rhythm.at is None:
        return _begin(sorted(times), now)
    paused = now - rhythm.at > PAUSE
    came = sorted(min(max(time, rhythm.at), now) for time in times)
    known = _fade(rhythm, now - rhythm.at)
    known = replace(known, at=now) if silent or paused else _add(_watch(known, rhythm.at, now), came, now)
    if not came:
        return known
    gap = 0.0 if paused else quiet(rhythm, came[0])
    return replace(known, last=max(came[-1], rhythm.last or came[-1]), longest=max(known.longest, gap))


def _begin(times: Sequence[datetime], now: datetime) -> Rhythm:
    """A first answer shows what came before it: from its oldest entry on, the outlet was as good as watched."""
    came = [min(time, now) for time in times if time > now - BEFORE]
    if len(came) < 2 or came[-1] - came[0] < SAME:
        return Rhythm(at=now, last=came[-1] if came else None)
    # The oldest entry opens the span and says nothing about how much came in it.
    seen = _add(_watch(Rhythm(at=now), came[0], now), came[1:], now)
    return replace(seen, last=came[-1])


def _fade(rhythm: Rhythm, passed: timedelta) -> Rhythm:
    kept = 0.5 ** (passed / HALF_LIFE)
    return replace(
        rhythm,
        came_hours=tuple(value * kept for value in rhythm.came_hours),
        watched_hours=tuple(value * kept for value in rhythm.watched_hours),
        came_days=tuple(value * kept for value in rhythm.came_days),
        watched_days=tuple(value * kept for value in rhythm.watched_days),
        longest=rhythm.longest * math.sqrt(math.sqrt(kept)),  # a rare event is remembered four times as long
    )


def _watch(rhythm: Rhythm, start: datetime, end: datetime) -> Rhythm:
    hours, days = list(rhythm.watched_hours), list(rhythm.watched_days)
    for moment, length in slices(max(start, end - BEFORE), end):
        hours[moment.hour] += length
        days[moment.weekday()] += length
    return replace(rhythm, watched_hours=tuple(hours), watched_days=tuple(days))


def _add(rhythm: Rhythm, came: Iterable[datetime], now: datetime) -> Rhythm:
    hours, days = list(rhythm.came_hours), list(rhythm.came_days)
    for time in came:
        moment = time.astimezone(UTC)
        weight = 0.5 ** ((now - moment) / HALF_LIFE)
        hours[moment.hour] += weight
        days[moment.weekday()] += weight
    return replace(rhythm, at=now, came_hours=tuple(hours), came_days=tuple(days))


def slices(start: datetime, end: datetime) -> Iterator[tuple[datetime, float]]:
    """Yield the pieces of a span that lie in one hour of the clock each, with their lengths in hours. Both ends are UTC."""
    moment = start
    while moment < end:
        edge = min(moment.replace(minute=0, second=0, microsecond=0) + _HOUR, end)
        yield moment, (edge - moment) / _HOUR
        moment = edge


def reach(start: datetime, amount: float, weight: Callable[[datetime], float], *, most: timedelta) -> datetime:
    """Return when the integral of a weight (an hour) over time from ``start`` reaches an amount; at the latest after ``most``."""
    left = amount
    for moment, length in slices(start, start + most):
        density = weight(moment)
        if density * length >= left:
            return moment + _HOUR * (left / density)
        left -= density * length
    return start + most
