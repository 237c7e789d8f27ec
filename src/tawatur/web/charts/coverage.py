"""Coverage over time: a bar for each day, week or month, its solid part the independent sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tawatur.web.charts.shapes import Bar, Curve, Drawing, Side, Text, width_of

#: How many bars a picture has at most, and up to how many days each step serves.
STEPS = ((45, 1), (320, 7), (10**6, 30))
#: The height of the bars, and of what stands above and below them.
HEIGHT, ABOVE, BELOW = 120.0, 20.0, 26.0
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month: ``reports`` in all, of ``sources`` independent ones; in words, and short for the axis."""

    start: date
    reports: int
    sources: int
    label: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """What was told in some days."""

    start: date
    end: date
    reports: int
    sources: int


def periods(days: Mapping[date, tuple[int, int]], *, since: date, until: date) -> tuple[Amount, ...]:
    """Return what was told from ``since`` to ``until``, day by day, or added up where these are many: weeks, then months.

    ``days`` holds reports and independent sources. Empty periods are among them, so that time runs evenly.
    """
    step = next(step for most, step in STEPS if (until - since).days < most)
    found = []
    start = since
    while start <= until:
        end = min(_end(start, step), until)
        told = [days[day] for day in _days(start, end) if day in days]
        found.append(Amount(start, end, sum(one[0] for one in told), sum(one[1] for one in told)))
        start = end + _DAY
    return tuple(found)


def _end(start: date, step: int) -> date:
    """Return the last day of a period; months are those of the calendar."""
    if step < 30:
        return start + (step - 1) * _DAY
    return (start.replace(day=1) + 32 * _DAY).replace(day=1) - _DAY


def _days(start: date, end: date) -> list[date]:
    return [start + at * _DAY for at in range((end - start).days + 1)]


def coverage(shown: Sequence[Period], *, width: float, rtl: bool, most: str) -> Drawing:
    """Return the bars of some periods, oldest where reading begins. ``most`` names the highest one at the top of the scale."""
    side = Side(width, rtl)
    top = max((one.reports for one in shown), default=0) or 1
    step = width / max(len(shown), 1)
    thick = max(min(0.72 * step, 26.0), 1.0)
    bars = []
    for at, one in enumerate(shown):
        left = side.left(at * step + (step - thick) / 2, thick)
        for kind, value in (("bar", one.reports), ("bar full", min(one.sources, one.reports))):
            if value:
                tall = max(HEIGHT * value / top, 1.5)
                bars.append(Bar(left, ABOVE + HEIGHT - tall, thick, tall, kind, one.told))
    lines = (
        Curve(0, ABOVE, width, ABOVE, kind="grid"),
        Curve(0, ABOVE + HEIGHT, width, ABOVE + HEIGHT, kind="axis"),
    )
    scale = Text(side.at(0), ABOVE - 6, most, side.start, "scale", 12.0)
    return Drawing(
        width=width,
        height=ABOVE + HEIGHT + BELOW,
        bars=tuple(bars),
        curves=lines,
        texts=(scale, *_ticks(shown, side, step)),
    )


def _ticks(shown: Sequence[Period], side: Side, step: float) -> list[Text]:
    """Return labels under the axis: the first, the last, and as many between as have room."""
    made: list[Text] = []
    widest = max((width_of(one.label, 12.0) for one in shown), default=0) + 14
    fit = max(int(side.width // widest), 1)
    every = max(-(-len(shown) // fit), 1)
    y = ABOVE + HEIGHT + 17
    for at in range(0, len(shown), every):
        wide = width_of(shown[at].label, 12.0)
        middle = min(max((at + 0.5) * step, wide / 2), side.width - wide / 2)
        text = Text(side.at(middle), y, shown[at].label, "middle", "tick", 12.0)
        if not made or _apart(made[-1], text):
            made.append(text)
    return made


def _apart(one: Text, other: Text) -> bool:
    return other.box[2] <= one.box[0] - 4 or one.box[2] + 4 <= other.box[0]
