"""When a source is asked next, and whether an outlet has fallen silent: decisions with their reasons, pure.

**Asking.** With a number of requests to spend, the news waits least in sum when a source is asked as often as the *square root* of
its rate: four times the news deserves twice the questions, since one question fetches all that has gathered. The same holds
within a day. So the next question stands where the integral of √rate from now on reaches ``Pace.effort``; nights grow long by
themselves and a morning is met by a question. ``bench/schedule.py`` measures it beside fixed intervals. (The rule is known from
the monitoring of feeds: K. C. Sia, J. Cho, H.-K. Cho, "Efficient Monitoring Algorithm for Fast News Alerts", 2007.)

**Silence.** Quiet time is measured in items that the learned rate expected meanwhile: a night weighs little, a weekday's noon much.
Under a Poisson law nothing at all comes with probability e^-expected. News comes in bursts, so the longest quiet time that has
ended before counts too: an outlet is silent where more was expected than in twice that, and never before 1 in 10,000.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tawatur.fetch.rhythm import learn, quiet, rates, reach
from tawatur.source import OutletState, Reason, Rhythm, Source, SourceState

#: A quiet time as improbable as 1 in 10,000 under the learned rate, in expected items; twice the longest that ended; but never
#: less than this long, since feeds themselves come late.
IMPROBABLE = -math.log(1e-4)
UNHEARD_OF = 2.0
SHORTEST_SILENCE = timedelta(hours=2)
#: So many failures at the place where a source moved to send it back to its own address.
RETURNS_AFTER = 5
#: How much the last answer counts in the smoothed time of answering.
_SMOOTH = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How eagerly sources are asked.

    ``effort`` is in √hours: a source with two items an hour is asked every 15 minutes at 0.354. ``least`` and ``most`` bound the
    time between two questions; ``jitter`` is how far that is varied, so that sources do not come to march in step. Failures
    are tried again after ``retry``, twice as long each time up to ``retry_most``; one that has failed for ``dead_after``, or is
    said to be gone, is tried every ``dead_retry``. No more than ``starts`` a second are asked after a restart.
    """

    effort: float = 0.354
    least: timedelta = timedelta(minutes=3)
    most: timedelta = timedelta(hours=6)
    jitter: float = 0.1
    retry: timedelta = timedelta(minutes=5)
    retry_most: timedelta = timedelta(hours=12)
    dead_after: timedelta = timedelta(days=14)
    dead_retry: timedelta = timedelta(days=7)
    starts: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A source has answered. ``new`` holds when each new item was published; ``moved`` is where it has moved for good."""

    new: tuple[datetime, ...] = ()
    unchanged: bool = False  # 304: what is remembered of the answer still holds
    moved: str | None = None
    etag: str | None = None
    modified: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source has not answered, or with what is no answer. ``lasting``: asking again soon makes no sense."""

    reason: str
    detail: str = ""
    retry_after: timedelta | None = None
    lasting: bool = False
    seconds: float = 0.0


def begin(source: Source, now: datetime) -> SourceState:
    """Return the state of a source that was never asked: it is asked at once."""
    return SourceState(source=source, address=source.url, next_at=now)


def answered(state: SourceState, answer: Answer, *, now: datetime, pace: Pace, luck: float) -> SourceState:
    """Return the state behind an answer. ``luck`` in [0, 1) is what the jitter is drawn from."""
    known = state.rhythm
    rhythm = learn(known, answer.new, now, silent=is_silent(known, now))
    next_at, reason = _next(rhythm, now, pace, luck)
    if answer.moved and answer.moved != state.address:
        reason = Reason("moved", {"address": answer.moved})
    return replace(
        state,
        address=answer.moved or state.address,
        next_at=next_at,
        reason=reason,
        etag=state.etag if answer.unchanged else answer.etag,
        modified=state.modified if answer.unchanged else answer.modified,
        asked=now,
        answered=now,
        failures=0,
        failing_since=None,
        error="",
        detail="",
        seconds=_smoothed(state.seconds, answer.seconds),
        rhythm=rhythm,
    )


def failed(state: SourceState, failure: Failure, *, now: datetime, pace: Pace, luck: float) -> SourceState:
    """Return the state behind a failure: tried again later and later, never given up."""
    failures, since = state.failures + 1, state.failing_since or now
    wait, reason = _wait(failure, failures, now - since, pace)
    returns = failures % RETURNS_AFTER == 0 and state.address != state.source.url
    if returns:
        reason = Reason("returned", {"address": state.source.url})
    return replace(
        state,
        address=state.source.url if returns else state.address,
        etag=None if returns else state.etag,
        modified=None if returns else state.modified,
        next_at=now + wait * _varied(pace, luck),
        reason=reason,
        asked=now,
        failures=failures,
        failing_since=since,
        error=failure.reason,
        detail=failure.detail,
        seconds=_smoothed(state.seconds, failure.seconds),
    )


def _wait(failure: Failure, failures: int, lasted: timedelta, pace: Pace) -> tuple[timedelta, Reason]:
    if lasted > pace.dead_after:
        return pace.dead_retry, Reason("dead", {"days": lasted.days})
    if failure.lasting:
        return pace.dead_retry, Reason("gone")
    backoff = min(pace.retry * 2 ** min(failures - 1, 20), pace.retry_most)
    if failure.retry_after and failure.retry_after > backoff:
        return min(failure.retry_after, pace.dead_retry), Reason("retry_after")
    return backoff, Reason("backoff", {"n": failures})


def _next(rhythm: Rhythm, now: datetime, pace: Pace, luck: float) -> tuple[datetime, Reason]:
    """The next question by the square-root rule, and what it rests on."""
    known = rates(rhythm)
    waited, most = quiet(rhythm, now), alarm(rhythm)
    alive = min(1.0, most / waited) if waited else 1.0  # a source that has gone quiet is asked less and less
    found = reach(now, pace.effort, lambda moment: math.sqrt(known.at(moment) * alive), most=pace.most)
    wait = max(pace.least, found - now) * _varied(pace, luck)
    reason = Reason("rhythm", {"a_day": round(known.a_day, 1)}) if alive == 1.0 else Reason("quiet")
    return now + min(wait, pace.most), reason


def _varied(pace: Pace, luck: float) -> float:
    return 1 + pace.jitter * (2 * luck - 1)


def _smoothed(before: float, seconds: float) -> float:
    return seconds if not before else (1 - _SMOOTH) * before + _SMOOTH * seconds


def spread(states: Iterable[SourceState], now: datetime, pace: Pace) -> tuple[SourceState, ...]:
    """Return the sources that are due, one behind the other: after a stop, the ones that publish most are asked first."""
    due = sorted((one for one in states if one.next_at <= now), key=_eagerness)
    step = timedelta(seconds=1 / pace.starts)
    return tuple(replace(one, next_at=now + at * step) for at, one in enumerate(due))


def _eagerness(state: SourceState) -> tuple[bool, float, str]:
    return state.slow, -rates(state.rhythm).a_day, state.source.url


def alarm(rhythm: Rhythm) -> float:
    """Return the quiet time, in expected items, from which an outlet counts as silent."""
    return max(IMPROBABLE, UNHEARD_OF * rhythm.longest)


def is_silent(rhythm: Rhythm, now: datetime) -> bool:
    """Say whether an outlet has been quiet for longer than its rhythm lets expect."""
    if rhythm.last is None or now - rhythm.last < SHORTEST_SILENCE:
        return False
    return quiet(rhythm, now) > alarm(rhythm)


def outlet_answered(state: OutletState, new: Sequence[datetime], now: datetime) -> OutletState:
    """Return an outlet's state behind an answer of one of its sources: falling silent is noted, coming back clears it."""
    known = state.rhythm
    rhythm = learn(known, new, now, silent=state.silent is not None)
    silent = rhythm.last if is_silent(rhythm, now) else None
    return OutletState(outlet=state.outlet, rhythm=rhythm, silent=silent)
