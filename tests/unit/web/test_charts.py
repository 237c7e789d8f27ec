"""Pictures: what is drawn, that it is valid, that no words overlap or leave the sheet, and that the same is said in a table."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree

from tawatur.web.charts.coverage import Period, coverage, periods
from tawatur.web.charts.flow import MOST, Tie, chosen, flow, order
from tawatur.web.charts.matrix import Mark, Named, matrix
from tawatur.web.charts.shapes import NARROW, WIDE, Chart, Drawing, Table, Text, in_lines, shortened, width_of
from tawatur.web.charts.spread import Point, spread
from tawatur.web.render import TEMPLATES

START = date(2026, 3, 1)
DAY = timedelta(days=1)
LONG = "An Outlet With A Very Long Name Indeed"
NAMES = [LONG, "Daily", "The Morning Paper of the North", "X"] + [f"Outlet {at}" for at in range(8)]
SHEETS = pytest.mark.parametrize("width", [NARROW, WIDE])
SIDES = pytest.mark.parametrize("rtl", [True, False])


def shown(count: int, step: int = 1) -> list[Period]:
    return [Period(START + at * step * DAY, at % 7, at % 3, f"{at + 1} March", f"told {at}") for at in range(count)]


def drawings(width: float, rtl: bool) -> dict[str, Drawing]:
    rows = [Named(name, "/outlet/x") for name in NAMES]
    marks = [Mark(row, column, "full") for row in range(12) for column in range(12) if (row + column) % 3]
    points = [Point(at % 12, at / 20, "hollow") for at in range(21)]
    ties = [Tie(f"a{one}", f"b{other}", 1 + one * other) for one in range(12) for other in range(12)]
    names = {f"{side}{at}": Named(NAMES[at]) for side in "ab" for at in range(12)}
    return {
        "coverage": coverage(shown(30), width=width, rtl=rtl, most="6 reports"),
        "short": coverage(shown(2), width=width, rtl=rtl, most="1 report"),
        "matrix": matrix(rows, [str(at + 1) for at in range(12)], marks, width=width, rtl=rtl),
        "spread": spread(rows, points, width=width, rtl=rtl, ends=("1 March, 08:00", "9 March, 12:30")),
        "flow": flow(ties, names, width=width, rtl=rtl),
    }


def overlapping(texts: Sequence[Text]) -> list[tuple[str, str]]:
    def apart(one: Text, other: Text) -> bool:
        left, top, right, bottom = one.box
        other_left, other_top, other_right, other_bottom = other.box
        return right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top

    return [(one.text, other.text) for one, other in combinations(texts, 2) if not apart(one, other)]


@SHEETS
@SIDES
def test_no_words_overlap_and_none_leave_the_sheet(width: float, rtl: bool) -> None:
    for name, drawing in drawings(width, rtl).items():
        assert overlapping(drawing.texts) == [], name
        for text in drawing.texts:
            assert text.box[0] >= -0.5, (name, text.text)
            assert text.box[2] <= width + 0.5, (name, text.text)
            assert text.box[3] <= drawing.height + 0.5, (name, text.text)


@SHEETS
@SIDES
def test_every_shape_stands_on_the_sheet(width: float, rtl: bool) -> None:
    for name, drawing in drawings(width, rtl).items():
        for bar in drawing.bars:
            assert bar.x + 0.1 >= 0, name
            assert bar.x + bar.width <= width + 0.1, name
        for dot in drawing.dots:
            assert dot.radius <= dot.x + 4, name
            assert dot.x <= width - dot.radius + 4, name


def chart(drawing: Drawing, title: str = "A <title> & more") -> Chart:
    table = Table(columns=("when", "much"), rows=(("March", "3"),))
    return Chart(key="k", title=title, description="d", drawings=(drawing, drawing), table=table)


def written(one: Chart) -> etree._Element:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(t=lambda key: key, prefix="")
    environment.filters["own"] = lambda _: ""
    text = environment.get_template("chart.html").module.chart(one)  # type: ignore[attr-defined]
    return etree.fromstring(f"<x>{text}</x>")


def test_pictures_are_well_formed_named_and_told_in_a_table() -> None:
    for name, drawing in drawings(NARROW, True).items():
        made = written(chart(drawing))
        pictures = made.findall(".//svg")
        assert [one.get("class") for one in pictures] == ["narrow", "wide"], name
        ids = [one.get("id") for one in made.iter() if one.get("id")]
        assert len(ids) == len(set(ids)) == 4
        for picture in pictures:
            assert set(picture.get("aria-labelledby", "").split()) <= set(ids)
            assert picture[0].text == "A <title> & more"
            assert picture.get("role") == ("group" if drawing.linked else "img")
        assert len(pictures[0].findall(".//text")) == len(drawing.texts)
        assert len(pictures[0].findall(".//path")) == len(drawing.curves)
        assert not [one for one in made.iter() if one.get("style") or one.get("onclick")]
        assert [cell.text for cell in made.findall(".//td")] == ["3"]


def test_time_runs_as_the_page_reads() -> None:
    days = [Period(START, 1, 1, "a"), Period(START + DAY, 2, 1, "b")]
    forward, back = (coverage(days, width=WIDE, rtl=rtl, most="2") for rtl in (False, True))
    assert forward.bars[0].x < forward.bars[2].x
    assert back.bars[0].x > back.bars[2].x
    assert [bar.height for bar in forward.bars] == [60, 60, 120, 60]


def test_coverage_is_added_up_by_day_week_or_month_and_nothing_is_lost() -> None:
    told = {START + at * DAY: (2, 1) for at in range(0, 400, 3)}
    for length, grain in ((10, 1), (100, 7), (400, 31)):
        found = periods(told, since=START, until=START + (length - 1) * DAY)
        assert sum(one.reports for one in found) == 2 * -(-length // 3)
        assert (found[0].end - found[0].start).days == grain - 1
        assert all(later.start - one.end == DAY for one, later in pairwise(found))
        assert (found[0].start, found[-1].end) == (START, START + (length - 1) * DAY)
    assert [one.reports for one in periods({}, since=START, until=START + DAY)] == [0, 0]


def test_names_of_a_flow_stand_where_few_bands_cross_and_always_the_same() -> None:
    ties = [Tie("a1", "b2", 3), Tie("a2", "b1", 3), Tie("a1", "b3", 1)]
    assert order(ties) == order(list(reversed(ties)))
    ones, others = order(ties)
    assert (ones.index("a1") < ones.index("a2")) == (others.index("b2") < others.index("b1"))


def test_a_flow_shows_the_names_with_most_reports() -> None:
    many = [Tie(f"a{at}", "b", at + 1) for at in range(40)]
    kept = chosen(many)
    assert len(kept) == MOST
    assert kept[0] == many[-1]
    assert chosen(()) == ()


def test_long_names_are_cut_at_words_or_stand_on_two_lines() -> None:
    assert shortened("ab cd ef", 1000) == "ab cd ef"
    assert shortened("ab cd ef", width_of("ab cd…")) == "ab cd…"
    assert shortened("abcdefgh", width_of("abc…")) == "abc…"
    assert in_lines("short", 100, 12) == ["short"]
    lines = in_lines(LONG, 110, 12)
    assert len(lines) == 2
    assert all(width_of(line, 12) <= 110 for line in lines)
