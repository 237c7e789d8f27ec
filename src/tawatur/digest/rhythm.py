"""When a letter is due: at a time of the day by the clocks of a zone, over all that is done to those clocks.

A day that has the letter's time once is easy. Where the clocks go over it (02:30 on the night on which they jump from two to
three) the letter comes at the moment of the jump; where they show it twice it comes at the first. So each day of the rhythm
that exists has one letter, and none has two. ``day`` is the day that a letter stands for, which it is called by, even where the
jump has brought it into the next one.

All is worked out of the rhythm and the times that are given: nothing is counted from the last letter, so that a pause of the
service leaves nothing behind but the latest letter that it has missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tawatur.newsletter import Rhythm

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
#: No rhythm with a day in it rests longer than this: a week, and the day that a zone may leave out (Samoa's 30 December 2011).
_LOOKED_AT = 16
#: A moment's local day is at most so far from its day in UTC, and a letter's moment from its day.
_AROUND = 2


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """Return a zone; UTC where there is none with this name any more: a letter must come all the same."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return ZoneInfo("UTC")


def due(rhythm: Rhythm, *, after: datetime) -> datetime | None:
    """Return when a letter is due first behind a time; None where no day is chosen."""
    return next((slot for _, slot in _slots(rhythm, _local(rhythm, after) - _AROUND * _DAY, +1) if slot > after), None)


def latest(rhythm: Rhythm, *, now: datetime) -> datetime | None:
    """Return when a letter was due last, ``now`` included; None where no day is chosen."""
    return next((slot for _, slot in _slots(rhythm, _local(rhythm, now) + _AROUND * _DAY, -1) if slot <= now), None)


def rearranged(
    rhythm: Rhythm, *, now: datetime, last: datetime | None, before: Rhythm | None = None
) -> datetime | None:
    """Return when a letter is due whose time, days or zone were changed: on a day that has had none.

    ``last`` is the due time that was settled last, and ``before`` the rhythm that it was due by. Its day counts as it was called
    then, and as it is by the clocks of the new zone.
    """
    if last is None:
        return due(rhythm, after=now)
    had = max(_local(rhythm, last), day(before or rhythm, last))
    start = _local(rhythm, now) - _AROUND * _DAY
    return next((slot for one, slot in _slots(rhythm, start, +1) if slot > now and one > had), None)


def day(rhythm: Rhythm, slot: datetime) -> date:
    """Return the day that a due time stands for."""
    local = _local(rhythm, slot)
    return next((one for one in (local, local - _DAY) if moment(one, rhythm.at, rhythm.zone) == slot), local)


def moment(on: date, at: time, zone: str) -> datetime | None:
    """Return when the clocks of a zone show a time on a day, the first time, or jump over it; None of a day that they leave out."""
    place = zone_of(zone)
    if not _exists(datetime.combine(on, time(12), place)):
        return None
    local = datetime.combine(on, at.replace(tzinfo=None), place)
    return local.astimezone(UTC) if _exists(local) else _jump(local)


def _slots(rhythm: Rhythm, start: date, step: int) -> Iterator[tuple[date, datetime]]:
    """Yield the days of a rhythm from a day on, one way or the other, each with its moment."""
    for number in range(_LOOKED_AT):
        on = start + step * number * _DAY
        if on.isoweekday() in rhythm.days and (found := moment(on, rhythm.at, rhythm.zone)):
            yield on, found


def _local(rhythm: Rhythm, at: datetime) -> date:
    return at.astimezone(zone_of(rhythm.zone)).date()


def _exists(local: datetime) -> bool:
    """Say whether the clocks show a local time: what they jump over comes back as another one."""
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return back.replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def _jump(local: datetime) -> datetime:
    """Return the moment at which the clocks jump over a local time, to the second."""
    # By the offset before the jump the time is behind it, by the one after the jump it is before it (PEP 495).
    late, early = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    after = late.astimezone(local.tzinfo).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        if middle.astimezone(local.tzinfo).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)
