"""Who leans on whom: outlets on the side where reading begins, the media they lean on at the other, a band for each pair.

The order on either side is worked out so that few bands cross: each name goes to the middle of those it is tied to, again and again
(barycentres; Sugiyama, Tagawa and Toda 1981). The same data give the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tawatur.web.charts.matrix import Named
from tawatur.web.charts.shapes import SIZE, Bar, Curve, Drawing, Side, Text, in_lines

#: How many names stand on each side, how high a name's place is, and how thick the thickest band.
MOST, PLACE, THICK, ROUNDS = 12, 34.0, 16.0, 6
#: The share of the sheet that the names of each side have, and the block beside a name.
NAMES, BLOCK = 0.33, 5.0
#: The size of letters where a name stands on two lines, and how far these are apart.
LINE, LEADING = 12.0, 16.5


@dataclass(frozen=True, slots=True)
class Tie:
    """So many reports of ``one`` lean on ``other``."""

    one: str
    other: str
    reports: int
    kind: str = "band"
    told: str = ""


def chosen(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """Return the ties between the names with most reports, at most ``MOST`` on each side, the thickest first."""
    sides = []
    for end in ("one", "other"):
        total: dict[str, int] = defaultdict(int)
        for tie in ties:
            total[getattr(tie, end)] += tie.reports
        sides.append(set(sorted(total, key=lambda name: (-total[name], name))[:MOST]))
    kept = [tie for tie in ties if tie.one in sides[0] and tie.other in sides[1]]
    return tuple(sorted(kept, key=lambda tie: (-tie.reports, tie.one, tie.other)))


def order(ties: Sequence[Tie]) -> tuple[list[str], list[str]]:
    """Return the names of each side so that few bands cross."""
    ones, others = _by_weight(ties, "one"), _by_weight(ties, "other")
    for _ in range(ROUNDS):
        others = _between(others, ones, [(tie.other, tie.one, tie.reports) for tie in ties])
        ones = _between(ones, others, [(tie.one, tie.other, tie.reports) for tie in ties])
    return ones, others


def _by_weight(ties: Sequence[Tie], end: str) -> list[str]:
    total: dict[str, int] = defaultdict(int)
    for tie in ties:
        total[getattr(tie, end)] += tie.reports
    return sorted(total, key=lambda name: (-total[name], name))


def _between(names: Sequence[str], fixed: Sequence[str], pairs: Sequence[tuple[str, str, int]]) -> list[str]:
    place = {name: at / max(len(fixed) - 1, 1) for at, name in enumerate(fixed)}
    pull: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for name, other, weight in pairs:
        pull[name].append((place[other], weight))

    def middle(name: str) -> float:
        return sum(at * weight for at, weight in pull[name]) / sum(weight for _, weight in pull[name])

    return sorted(names, key=lambda name: (middle(name), name))


def flow(ties: Sequence[Tie], names: Mapping[str, Named], *, width: float, rtl: bool) -> Drawing:
    """Return the bands between the names of ``chosen`` ties."""
    side = Side(width, rtl)
    ones, others = order(ties)
    rows = max(len(ones), len(others), 1)
    room = NAMES * width
    begin, end = room + BLOCK + 2, width - room - BLOCK - 2
    top = max((tie.reports for tie in ties), default=1)
    places = {("one", name): _place(at, len(ones), rows) for at, name in enumerate(ones)}
    places |= {("other", name): _place(at, len(others), rows) for at, name in enumerate(others)}
    curves = [
        Curve(
            side.at(begin),
            places["one", tie.one],
            side.at(end),
            places["other", tie.other],
            max(THICK * tie.reports / top, 1.5),
            bent=True,
            kind=tie.kind,
            told=tie.told,
        )
        for tie in ties
    ]
    blocks = [Bar(side.left(begin - BLOCK, BLOCK), places["one", name] - 9, BLOCK, 18, "block") for name in ones]
    blocks += [Bar(side.left(end, BLOCK), places["other", name] - 9, BLOCK, 18, "block") for name in others]
    texts = [
        *(line for name in ones for line in _name(names[name], side.at(room - 4), places["one", name], side.end, room)),
        *(
            line
            for name in others
            for line in _name(names[name], side.at(width - room + 4), places["other", name], side.start, room)
        ),
    ]
    return Drawing(width=width, height=rows * PLACE + 4, bars=tuple(blocks), curves=tuple(curves), texts=tuple(texts))


def _place(at: int, count: int, rows: int) -> float:
    """Return where a name stands, the shorter side spread over the longer one."""
    return (at + 0.5) * rows * PLACE / count + 2


def _name(one: Named, x: float, y: float, anchor: str, room: float) -> list[Text]:
    """Return a name, on two lines where it is long."""
    lines = in_lines(one.name, room - 8, LINE)
    first = y + 4.5 - (len(lines) - 1) * LEADING / 2
    told = one.name if lines[-1].endswith("…") else ""
    return [
        Text(x, first + at * LEADING, line, anchor, size=LINE if len(lines) > 1 else SIZE, href=one.href, told=told)
        for at, line in enumerate(lines)
    ]
