"""Queries as they are typed: what is read, what is left out and said, and the one text by which a query is kept."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.searching.days import period
from tawatur.searching.parse import first_day, narrowed, parse
from tawatur.searching.query import MOST_TERMS, About, Filter, Order, Query, Term

CASES = tomllib.loads((Path(__file__).parent / "data" / "queries.toml").read_text(encoding="utf-8"))


def shown(query: Query) -> dict[str, Any]:
    """Return a query as the cases write it."""
    found: dict[str, Any] = {
        "wanted": [[term.text for term in terms] for terms in query.wanted],
        "exact": [term.text for terms in query.wanted for term in terms if term.exact],
        "unwanted": [term.text for term in query.unwanted],
        "filters": [f"{'-' * one.excluded}{one.about.value}={one.value}" for one in query.filters],
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
        "days": query.days or 0,
        "sources": query.sources,
        "order": query.order.value if query.order is not Order.RELEVANCE else "",
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["typed"])
def test_what_is_typed_is_read(case: dict[str, Any]) -> None:
    parsed = parse(case["typed"])
    assert shown(parsed.query) == case["read"]
    assert [f"{one.key.removeprefix('search.bad.')}={one.value}" for one in parsed.complaints] == case.get("said", [])


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["typed"])
def test_the_text_of_a_query_is_read_as_the_same_query(case: dict[str, Any]) -> None:
    query = parse(case["typed"]).query
    assert parse(str(query)).query == query
    assert str(parse(str(query)).query) == str(query)


@given(st.text(alphabet=st.sampled_from('اوب ي"«»:-|أن1/.\n:منفذ شخص'), max_size=60))
def test_whatever_is_typed_has_a_text_that_says_the_same(typed: str) -> None:
    query = parse(typed).query
    assert parse(str(query)).query == query


@given(st.text(max_size=200))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert isinstance(parse(typed).query, Query)


def test_too_many_words_are_left_out_and_that_is_said() -> None:
    parsed = parse(" ".join(f"w{number}" for number in range(MOST_TERMS + 5)))
    assert len(parsed.query.wanted) == MOST_TERMS
    assert [one.key for one in parsed.complaints] == ["search.bad.long"]


def test_a_query_is_narrowed_by_another() -> None:
    one = Query(wanted=((Term("a"),),), sources=2, since=date(2026, 1, 1))
    other = Query(wanted=((Term("b"),),), filters=(Filter(About.OUTLET, "x"),), sources=3, order=Order.NEWEST)
    found = narrowed(one, other)
    assert found.wanted == ((Term("a"),), (Term("b"),))
    assert (found.sources, found.since, found.order) == (3, date(2026, 1, 1), Order.NEWEST)
    assert narrowed(one, one) == one


def test_days_are_counted_back_from_the_day_of_asking() -> None:
    today = date(2026, 3, 9)
    assert first_day(Query(days=1), today) == today
    assert first_day(Query(days=9, since=date(2026, 3, 2)), today) == date(2026, 3, 2)
    assert first_day(Query(days=3, since=date(2026, 3, 2)), today) == date(2026, 3, 7)
    assert first_day(Query(), today) is None


@pytest.mark.parametrize(("typed", "days"), list(CASES["days"].items()))
def test_days_are_read_as_people_write_them(typed: str, days: str) -> None:
    found = period(typed)
    assert (f"{found.first}/{found.last}" if found else "") == days
