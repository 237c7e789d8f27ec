"""When alerts are told: at once, or held until a better time and then told together.

What was found is due a little later (``GATHER``), so that what comes at once is told at once, in one alert. In quiet hours
everything waits for their end. A reader who has had as many alerts within an hour as he wants waits until one of them is an hour
old. What has waited is told in one summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tawatur.newsletter import QuietHours

#: How long an alert waits for others that come with it.
GATHER = timedelta(seconds=45)
#: So many stories that are due together are told each alone; more are one summary.
ALONE = 2
#: What a reader's alerts are counted over.
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Found:
    """An alert that is due: its number, and whether it has waited for longer than ``GATHER``."""

    number: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell these, each row of numbers in one alert."""

    alerts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """Tell nothing before a time."""

    until: datetime


def decide(
    found: Sequence[Found], *, quiet: QuietHours | None, told: Sequence[datetime], ceiling: int, now: datetime
) -> Tell | Hold:
    """Return what becomes of alerts of one newsletter that are due.

    ``told`` are the times at which its reader was told something within the last hour, ``ceiling`` how many of them he wants.
    """
    if until := quiet_until(quiet, now):
        return Hold(until)
    recent = sorted(at for at in told if now - at < HOUR)
    if len(recent) >= ceiling:
        return Hold(recent[-ceiling] + HOUR)
    numbers = tuple(one.number for one in found)
    together = len(found) > min(ALONE, ceiling - len(recent)) or any(one.held for one in found)
    return Tell((numbers,) if together else tuple((number,) for number in numbers))


def quiet_until(quiet: QuietHours | None, now: datetime) -> datetime | None:
    """Return the end of the quiet hours that are now, None where they are not.

    They go by the clocks of their zone: the night in which these are changed is an hour shorter or longer.
    """
    if quiet is None or quiet.begin == quiet.end:
        return None
    here = now.astimezone(ZoneInfo(quiet.zone))
    clock = here.time()
    overnight = quiet.begin > quiet.end
    inside = clock >= quiet.begin or clock < quiet.end if overnight else quiet.begin <= clock < quiet.end
    if not inside:
        return None
    day = here.date() + timedelta(days=1) if overnight and clock >= quiet.begin else here.date()
    end = datetime.combine(day, quiet.end, ZoneInfo(quiet.zone)).astimezone(now.tzinfo)
    return end if end > now else now + timedelta(minutes=1)
