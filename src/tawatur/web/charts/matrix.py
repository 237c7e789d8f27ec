"""Outlets and stories: a row for each outlet, a column for each story, a mark where an outlet reports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.web.charts.shapes import Curve, Dot, Drawing, Side, Text, shortened

#: The height of a row and of the head, and the share of the sheet that the names have, within limits.
ROW, HEAD = 26.0, 24.0
NAMES, NARROWEST, WIDEST = 0.32, 92.0, 190.0


@dataclass(frozen=True, slots=True)
class Mark:
    """That an outlet reports a story: "first", "full" (by itself) or "hollow" (all its reports lean on others)."""

    row: int
    column: int
    kind: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A row with where its name leads."""

    name: str
    href: str = ""


def matrix(rows: Sequence[Named], columns: Sequence[str], marks: Sequence[Mark], *, width: float, rtl: bool) -> Drawing:
    """Return marks in rows and columns; ``columns`` are short labels, such as numbers."""
    side = Side(width, rtl)
    room = min(max(NAMES * width, NARROWEST), WIDEST)
    step = (width - room) / max(len(columns), 1)
    radius = min(7.0, 0.36 * step)

    def middle(column: int) -> float:
        return side.at(room + (column + 0.5) * step)

    def line(row: int) -> float:
        return HEAD + (row + 0.5) * ROW

    names = [
        Text(
            side.at(0),
            line(at) + 4.5,
            shortened(one.name, room - 8),
            side.start,
            href=one.href,
            told=one.name if shortened(one.name, room - 8) != one.name else "",
        )
        for at, one in enumerate(rows)
    ]
    heads = [Text(middle(at), HEAD - 8, label, "middle", "tick", 12.0) for at, label in enumerate(columns)]
    lines = [Curve(0, HEAD + at * ROW, width, HEAD + at * ROW, kind="grid") for at in range(len(rows) + 1)]
    dots = [Dot(middle(one.column), line(one.row), radius, one.kind, one.told) for one in marks]
    rings = [Dot(middle(one.column), line(one.row), radius + 3, "ring") for one in marks if one.kind == "first"]
    return Drawing(
        width=width,
        height=HEAD + len(rows) * ROW + 2,
        curves=tuple(lines),
        dots=(*rings, *dots),
        texts=(*names, *heads),
    )
