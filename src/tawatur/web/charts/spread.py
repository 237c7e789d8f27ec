"""How a story spread: a row for each outlet, time along the sheet, a mark for each report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.web.charts.matrix import NAMES, NARROWEST, ROW, WIDEST, Named
from tawatur.web.charts.shapes import Curve, Dot, Drawing, Side, Text, shortened, width_of

_BELOW, _EDGE = 24.0, 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """A report of the outlet of a row, at a place in time, 0..1: "full", or "hollow" where it leans on another."""

    row: int
    place: float
    kind: str
    told: str = ""


def spread(
    rows: Sequence[Named], points: Sequence[Point], *, width: float, rtl: bool, ends: tuple[str, str]
) -> Drawing:
    """Return the reports of a story on lines of time, the earliest where reading begins. ``ends`` name its first and last time."""
    side = Side(width, rtl)
    room = min(max(NAMES * width, NARROWEST), WIDEST)
    begin, length = room + _EDGE, width - room - 2 * _EDGE
    names = [
        Text(
            side.at(0), (at + 0.5) * ROW + 4.5, shortened(one.name, room - 8), side.start, href=one.href, told=one.name
        )
        for at, one in enumerate(rows)
    ]
    lines = [
        Curve(side.at(begin), (at + 0.5) * ROW, side.at(begin + length), (at + 0.5) * ROW, kind="grid")
        for at in range(len(rows))
    ]
    dots = [Dot(side.at(begin + one.place * length), (one.row + 0.5) * ROW, 6, one.kind, one.told) for one in points]
    bottom = len(rows) * ROW + 16
    marks = [Text(side.at(room), bottom, ends[0], side.start, "tick", 12.0)]
    if width_of(ends[0], 12.0) + width_of(ends[1], 12.0) + 12 < width - room and ends[1] != ends[0]:
        marks.append(Text(side.at(width), bottom, ends[1], side.end, "tick", 12.0))
    return Drawing(
        width=width,
        height=len(rows) * ROW + _BELOW,
        curves=tuple(lines),
        dots=tuple(dots),
        texts=(*names, *marks),
    )
