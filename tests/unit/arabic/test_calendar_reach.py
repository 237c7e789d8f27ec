"""The wide reach of the calendar, parts of spans, and the index of first words. The moment is Tuesday, 10 March 2026, 9:15."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.arabic import calendar, clock
from tawatur.arabic.calendar_starts import starts
from tawatur.arabic.edges import edge_of, extent
from tawatur.arabic.fold import fold
from tawatur.arabic.spans_of_days import nth_week, nth_weekday

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 3, 10, 9, 15)


def cases(name: str) -> list[Any]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("wide_dates"), ids=lambda case: case["text"])
def test_the_wide_reach_reads_notes_and_speech(case: Any) -> None:
    found = calendar.find(case["text"], wide=True)
    values = [calendar.resolve_wide(one.value, at=NOW, tense=case.get("tense", "future")) for one in found]
    assert values == case["values"]


def test_news_is_not_read_by_the_wide_shapes() -> None:
    wide_only = [case["text"] for case in cases("wide_dates")[:6]]
    assert [one.text for text in wide_only for one in calendar.find(text)] == []


@pytest.mark.parametrize("case", cases("extents"), ids=lambda case: f"{case['value']} {case['edge']}")
def test_a_part_narrows_what_a_value_covers(case: Any) -> None:
    assert list(extent(case["value"], case["edge"])) == case["extent"]


def test_an_edge_is_known_by_its_word() -> None:
    [found] = calendar.find(cases("dates")[0]["text"])
    assert found.edge == ""
    assert edge_of(fold(json.loads('"\\u0645\\u0646\\u062a\\u0635\\u0641 "'))) == "mid"


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case["text"])
def test_the_index_of_first_words_loses_nothing(case: Any) -> None:
    text = fold(case["text"])
    everywhere = [match.span() for match in calendar._scanner(wide=False).finditer(text)]
    assert [match.span() for match in calendar._matches(text, wide=False)] == everywhere


@given(st.text(alphabet="السبت الأول من يناير 0123456789 في عام منذ شهر ذو القعدة آخر يوم جمعة قبل", max_size=80))
def test_the_index_of_first_words_loses_nothing_of_any_text(text: str) -> None:
    source = fold(text)
    everywhere = [match.span() for match in calendar._scanner(wide=False).finditer(source)]
    assert [match.span() for match in calendar._matches(source, wide=False)] == everywhere
    assert list(starts(source)) == sorted(set(starts(source)))


@given(st.text(alphabet="الساعة 0123456789:/-،.من يناير شهر السبت عام قبل بعد و الآن", max_size=60))
def test_any_text_can_be_searched_wide(text: str) -> None:
    for one in calendar.find(text, wide=True):
        calendar.resolve_wide(one.value, at=NOW)
    clock.find(fold(text), wide=True)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_the_last_weekday_of_a_month_is_within_its_last_seven_days(day: date, weekday: int) -> None:
    first = day.replace(day=1)
    last = date.fromisoformat(extent(f"{day:%Y-%m}").last)
    found = nth_weekday(first, last, weekday, -1)
    assert found is not None
    assert found.weekday() == weekday
    assert 0 <= (last - found).days < 7
    week = nth_week(first, last, -1)
    assert week is not None
    assert week.weekday() == 0
    assert first <= week
    assert (last - week).days >= 6


def test_words_that_lead_to_no_date_cost_no_more_than_their_length() -> None:
    lead = cases("leads")[0]["text"]
    assert calendar.find(lead * 8000) == ()  # took minutes when every lead was followed to the end of the text
