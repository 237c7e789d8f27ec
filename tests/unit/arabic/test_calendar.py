"""Date expressions, clock times and their values, on the examples of ``data/``. The day of writing is Tuesday, 10 March 2026."""

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic import calendar, clock
from tawatur.arabic.fold import fold
from tawatur.arabic.folded import folded
from tawatur.arabic.months import hijri_day, hijri_month, hijri_year, month_names
from tawatur.arabic.resolve import at_clock
from tawatur.arabic.timex import Clock, Day, Month, Shift, Weekday

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 3, 10)


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case["text"])
def test_dates_are_found_and_resolved(case: Any) -> None:
    told = date.fromisoformat(case["told"]) if "told" in case else None
    found = calendar.find(case["text"])
    values = [calendar.resolve(one.value, reference=TODAY, tense=case.get("tense", ""), told=told) for one in found]
    assert [[one.text, value] for one, value in zip(found, values, strict=True) if value] == case["dates"]
    assert all(case["text"][one.span.start : one.span.end] == one.text for one in found)


@pytest.mark.parametrize("case", cases("clocks"), ids=lambda case: case["text"])
def test_clock_times_are_read(case: Any) -> None:
    found = clock.find(fold(case["text"]))
    assert [[value.hour, value.minute, value.offset] for _, _, value in found] == (
        [case["clock"]] if case["clock"] else []
    )


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_within_a_week_on_the_side_of_its_tense(today: date, weekday: int) -> None:
    past = date.fromisoformat(str(calendar.resolve(Weekday(weekday), reference=today, tense="past")))
    future = date.fromisoformat(str(calendar.resolve(Weekday(weekday), reference=today, tense="future")))
    last = date.fromisoformat(str(calendar.resolve(Weekday(weekday, side=-1), reference=today)))
    coming = date.fromisoformat(str(calendar.resolve(Weekday(weekday, side=1), reference=today)))
    assert past.weekday() == future.weekday() == last.weekday() == coming.weekday() == weekday
    assert 0 <= (today - past).days < 7
    assert 0 <= (future - today).days < 7
    assert 0 < (today - last).days <= 7
    assert 0 < (coming - today).days <= 7


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 28), st.integers(1, 12))
def test_a_day_without_a_year_is_the_nearest_one(today: date, day: int, month: int) -> None:
    found = date.fromisoformat(str(calendar.resolve(Day(day, Month(month)), reference=today)))
    assert (found.day, found.month) == (day, month)
    assert abs((found - today).days) <= 183 + 30


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-40, 40))
def test_months_are_counted_across_years(today: date, count: int) -> None:
    year, month = map(int, str(calendar.resolve(Shift("month", count), reference=today)).split("-"))
    assert year * 12 + month - (today.year * 12 + today.month) == count


@given(st.text(alphabet="الساعة 0123456789:/-،.من يناير كانون الأول السبت عام قبل ـً", max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    found = calendar.find(text)
    assert all(text[one.span.start : one.span.end] == one.text for one in found)
    assert all(first.span.end <= second.span.start for first, second in itertools.pairwise(found))
    for one in found:
        calendar.resolve(one.value, reference=TODAY, told=TODAY)


@given(st.text(max_size=60))
def test_folded_text_leads_back_to_its_source(text: str) -> None:
    source = folded(text)
    for start in range(len(source.text)):
        span = source.span(start, start + 1)
        assert source.text[start] in fold(text[span.start : span.end]) or text[span.start : span.end] == ""


def test_a_clock_time_of_a_known_zone_is_brought_to_utc() -> None:
    assert at_clock(TODAY, Clock(1, 30, 180)) == "2026-03-09T22:30Z"
    assert at_clock(TODAY, Clock(1, 30)) == "2026-03-10T01:30"


def test_the_hijri_calendar_ends_where_its_table_ends() -> None:
    assert hijri_day(1439, 3, 14) == date(2017, 12, 2)
    assert hijri_month(1439, 3) == (date(2017, 11, 19), date(2017, 12, 18))
    assert hijri_year(1600) is None
    assert hijri_day(1439, 13, 1) is None


def test_every_month_has_its_names() -> None:
    assert {name.number for name in month_names("g").values()} == set(range(1, 13))
    assert {name.number for name in month_names("h").values()} == set(range(1, 13))
