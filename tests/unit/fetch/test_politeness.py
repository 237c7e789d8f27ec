"""How long a host is left alone: the decisions, and what is remembered."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.fetch.policy import Policy
from tawatur.fetch.politeness import Lanes, rest, retry_after, spacing

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 09 Mar 2026 10:05:00 GMT", 300),
        ("Monday, 09-Mar-26 10:05:00 GMT", 300),
        ("Mon, 09 Mar 2026 09:00:00 GMT", 0),
        ("Mon, 09 Mar 2026 13:05:00 +0300", 300),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("\u0661\u0662", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str | None, seconds: int | None) -> None:
    assert retry_after(text, NOW) == (None if seconds is None else timedelta(seconds=seconds))


@given(
    st.one_of(
        st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d ?(GMT|[+-]\d{4,9})?")
    )
)
def test_retry_after_may_hold_anything(text: str) -> None:
    found = retry_after(text, NOW)
    assert found is None or found >= timedelta()


def test_rests_begin_late_double_and_end() -> None:
    policy = Policy(troubles=3, first_rest=30, longest_rest=3600)
    assert [rest(failures, policy) for failures in (0, 1, 2, 3, 4, 5, 9, 10, 99999)] == [
        0,
        0,
        0,
        30,
        60,
        120,
        1920,
        3600,
        3600,
    ]


@pytest.mark.parametrize(("asked", "seconds"), [(None, 1), (0.1, 1), (5, 5), (86400, 30)])
def test_a_crawl_delay_counts_within_bounds(asked: float | None, seconds: float) -> None:
    assert spacing(asked, Policy(delay=1, longest_delay=30)) == seconds


def test_what_is_remembered_of_hosts_is_bounded_and_rests_are_kept() -> None:
    async def journey() -> None:
        lanes = Lanes(Policy(memory=100))
        lanes.trouble("bad.example", timedelta(hours=1))
        for number in range(5000):
            async with lanes.turn(f"{number}.example", 0.0) as resting:
                assert resting is None
        assert len(lanes) <= 101
        async with lanes.turn("bad.example", 0.0) as resting:
            assert resting is not None

    asyncio.run(journey())


def test_who_gives_up_waiting_leaves_the_lane_to_the_others() -> None:
    async def journey() -> None:
        lanes, order = Lanes(Policy(connections=1)), []

        async def visit(name: str, stay: float) -> None:
            async with lanes.turn("one.example", 0.01):
                order.append(name)
                await asyncio.sleep(stay)

        tasks = [asyncio.create_task(visit(name, 0.05)) for name in "abc"]
        await asyncio.sleep(0.01)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert order == ["a", "c"]

    asyncio.run(journey())
