"""Timed updates of live pages: "تحديث (17:42 ت.غ)" and what follows it, mostly newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from tawatur.extract.lines import Line, Role, is_paragraph
from tawatur.extract.update_clock import update_clock
from tawatur.model import Block, BlockKind, Published


def mark_all(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with the headings of timed updates marked: nothing but "update" and a clock time, text behind it.

    ``value`` is the clock as "HH:MM".
    """
    return tuple(_mark(line, lines[at + 1 :]) if not line.role else line for at, line in enumerate(lines))


def _mark(line: Line, behind: Sequence[Line]) -> Line:
    found = None if line.outer else update_clock(line.text)
    if found is None or not any(is_paragraph(other) for other in behind if not other.role and not other.outer):
        return line
    return line.is_(Role.UPDATE, value=found.clock)


def dated(blocks: Sequence[Block], day: Published) -> tuple[Block, ...]:
    """Return the blocks with the absolute time of each update, where the page's day is known.

    The page's day is that of its newest update; going back in time, a clock that jumps up has crossed midnight. A heading
    without a zone is read in the zone of the publication time.
    """
    at = [index for index, block in enumerate(blocks) if block.kind is BlockKind.UPDATE and block.clock]
    if day.at is None or not at:
        return tuple(blocks)
    found = list(blocks)
    newest_first = at if _descends([blocks[index].clock or "" for index in at]) else at[::-1]
    before: datetime | None = None
    for index in newest_first:
        before = _moment(blocks[index], day.at, before)
        found[index] = replace(blocks[index], at=before.astimezone(UTC))
    return tuple(found)


def _moment(block: Block, day: datetime, before: datetime | None) -> datetime:
    hour, minute = (int(part) for part in (block.clock or "0:0").split(":"))
    zone = UTC if _names_zone(block.text) else day.tzinfo
    newest = before or day
    moment = datetime.combine(newest.astimezone(zone).date(), time(hour, minute), zone)
    return moment - timedelta(days=1) if before and moment > before else moment


def _names_zone(text: str) -> bool:
    found = update_clock(text)
    return bool(found and found.zone_known)


def _descends(clocks: Sequence[str]) -> bool:
    """Say whether a live page goes from new to old: most of its clock times go down."""
    downs = sum(second < first for first, second in pairwise(clocks))
    return downs * 2 >= len(clocks) - 1
