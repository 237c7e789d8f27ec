"""The absolute times of the updates of a live page.

A heading may say its day, or its distance from the reading; most say a clock time alone. These are put on the calendar along the
page: in the order in which it runs, every clock that jumps against it has crossed midnight. The newest is of the day that the page
has, or the oldest, where the page says the hour of its publication and that lies nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise

from tawatur.arabic.fold import fold
from tawatur.extract import date_line
from tawatur.extract.date_spelling import weekday_of
from tawatur.extract.update_clock import update_clock
from tawatur.model import Block, BlockKind, Published

#: The zone of a time that stands as the page's clock shows it, until the page's zone is known.
FLOATING = timezone(timedelta(), "floating")
_DAY = 24 * 60


def dated(blocks: Sequence[Block], day: Published, read: datetime) -> tuple[Block, ...]:
    """Return the blocks with the absolute time of each update, as far as it is known.

    Args:
        blocks: the blocks of an article in page order.
        day: the publication of the page; a clock time without a zone is read in its zone.
        read: when the page was read: "قبل ساعتين" is counted from it.
    """
    at = [index for index, block in enumerate(blocks) if block.kind is BlockKind.UPDATE]
    zone = (day.at.tzinfo if day.at else None) or UTC
    found = list(blocks)
    for index in at:
        found[index] = _of_its_weekday(_of_its_own(blocks[index], zone, read), day, read)
    if day.at is not None and at:
        _along(found, at, day, read)
    return tuple(found)


def _of_its_own(block: Block, zone: tzinfo, read: datetime) -> Block:
    """The update with its time, where its heading says it without the page's day."""
    if block.at is not None:
        return _at(block, block.at.replace(tzinfo=zone) if block.at.tzinfo is FLOATING else block.at)
    told = update_clock(block.text)
    if told is None:
        return block
    local = read.astimezone(zone)
    stated = date_line.stated(_bare(block.text), latest=local.date(), read=local)
    if stated is None or stated.at is None or stated.day_only:
        return block
    counted = told.counted or told.zone_known
    return _at(block, stated.at if counted else stated.at.replace(tzinfo=zone))


def _of_its_weekday(block: Block, day: Published, read: datetime) -> Block:
    """The update with its time where its heading names the weekday: the last such day, or the one behind the page's."""
    weekday = weekday_of(fold(block.text)) if block.at is None and block.clock else None
    told = update_clock(block.text)
    if weekday is None or told is None or day.at is None:
        return block
    back = (day.at.weekday() - weekday) % 7
    on = day.at.date() + timedelta(days=1 if back == 6 else -back)
    hour, minute = (int(part) for part in told.clock.split(":"))
    zone = UTC if told.zone_known else (day.at.tzinfo or UTC)
    moment = datetime.combine(on, time(hour, minute), zone) + timedelta(days=told.days)
    return _at(block, moment if moment <= read else moment - timedelta(days=7))


def _bare(text: str) -> str:
    """A heading without brackets, which a date line has none of."""
    return text.replace("(", " ").replace(")", " ")


def _at(block: Block, at: datetime) -> Block:
    moment = at.astimezone(UTC).replace(second=0, microsecond=0)
    return replace(block, at=moment, clock=block.clock or moment.strftime("%H:%M"))


def _along(found: list[Block], at: Sequence[int], day: Published, read: datetime) -> None:
    """Give the updates that have only a clock their moments, from the newest back, between those that are known."""
    if day.at is None:
        return
    order = list(at) if newest_first([found[index] for index in at], day.at.tzinfo or UTC) else list(reversed(at))
    moments = _moments([found[index] for index in order], day.at)
    if not day.day_only and not any(found[index].at for index in order):
        moments = _shifted(moments, day.at, read)
    for index, moment in zip(order, moments, strict=True):
        if moment is not None:
            found[index] = replace(found[index], at=moment.astimezone(UTC))


def _moments(updates: Sequence[Block], day: datetime) -> list[datetime | None]:
    """The moments of updates, the newest first, of which that one is of the given day."""
    moments: list[datetime | None] = []
    before: datetime | None = None
    for block in updates:
        moment = block.at or (_moment(block, day, before) if block.clock else None)
        before = moment or before
        moments.append(moment)
    return moments


def _moment(block: Block, day: datetime, before: datetime | None) -> datetime:
    hour, minute = (int(part) for part in (block.clock or "0:0").split(":"))
    told = update_clock(block.text)
    zone = UTC if told and told.zone_known else day.tzinfo
    newest = before or day
    moment = datetime.combine(newest.astimezone(zone).date(), time(hour, minute), zone)
    return moment - timedelta(days=1) if before and moment > before else moment


def _shifted(moments: list[datetime | None], day: datetime, read: datetime) -> list[datetime | None]:
    """The moments, moved on by days where the page was published when it began rather than when it ended."""
    known = [moment for moment in moments if moment]
    crossed = (known[0].date() - known[-1].date()).days if known else 0
    later = timedelta(days=crossed)
    if not crossed or known[0] + later > read or _apart(known, day) <= _apart([one + later for one in known], day):
        return moments
    return [moment + later if moment else None for moment in moments]


def _apart(moments: Sequence[datetime], day: datetime) -> timedelta:
    """How far the publication lies outside the span of the updates."""
    return max(moments[-1] - day, day - moments[0], timedelta())


def newest_first(updates: Sequence[Block], zone: tzinfo) -> bool:
    """Say whether a live page goes from new to old: so its clock takes the shorter way round. One update is the newest."""
    known = [block.at for block in updates if block.at]
    if len(known) > 1:
        return known[0] >= known[-1]
    clocks = [_minutes(block) for block in updates if block.clock]
    back = sum((first - second) % _DAY for first, second in pairwise(clocks))
    ahead = sum((second - first) % _DAY for first, second in pairwise(clocks))
    return back <= ahead


def _minutes(block: Block) -> int:
    hour, minute = (int(part) for part in (block.clock or "0:0").split(":"))
    return hour * 60 + minute
