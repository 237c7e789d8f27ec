"""When a source is asked, how failures are met, and what counts as silence."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tawatur.fetch.rhythm import learn, quiet, rates, reach, slices
from tawatur.fetch.schedule import (
    RETURNS_AFTER,
    Answer,
    Failure,
    Pace,
    alarm,
    answered,
    begin,
    failed,
    is_silent,
    outlet_answered,
    spread,
)
from tawatur.model import OutletKey
from tawatur.source import OutletState, Rhythm, Source, SourceState

MONDAY = datetime(2031, 3, 3, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace()
SOURCE = Source(url="https://one.example/feed", outlet=OutletKey("one"))
EVEN = 0.5  # the luck that varies nothing


def daily(hours: range, each: int = 2, days: int = 21) -> Iterator[datetime]:
    """Items at even distances in some hours of every day."""
    for day in range(days):
        for hour in hours:
            for item in range(each):
                yield MONDAY + day * DAY + hour * HOUR + item * HOUR / each


def taught(times: Iterator[datetime], *, step: timedelta = 30 * MINUTE, days: int = 21) -> Rhythm:
    """The rhythm that is learned from items by looking every half an hour."""
    left = sorted(times)
    rhythm, now = Rhythm(), MONDAY
    while now <= MONDAY + days * DAY:
        come = [time for time in left if time <= now]
        left = left[len(come) :]
        rhythm = learn(rhythm, come, now)
        now += step
    return rhythm


WORKING_DAY = taught(daily(range(6, 18)))
END = MONDAY + 21 * DAY


def state(rhythm: Rhythm = WORKING_DAY) -> SourceState:
    return replace(begin(SOURCE, END), rhythm=replace(rhythm, last=END))


def wait(rhythm: Rhythm, now: datetime, luck: float = EVEN) -> timedelta:
    known = replace(begin(SOURCE, now), rhythm=replace(rhythm, at=now, last=now))
    return answered(known, Answer(), now=now, pace=PACE, luck=luck).next_at - now


# -- the rhythm --------------------------------------------------------------------------------------------------------


def test_slices_follow_the_clock_and_add_up() -> None:
    found = list(slices(MONDAY + 50 * MINUTE, MONDAY + 130 * MINUTE))
    assert [round(length * 60) for _, length in found] == [10, 60, 10]


def test_reach_goes_through_hours_of_different_weight() -> None:
    at = reach(MONDAY + 30 * MINUTE, 2.0, lambda moment: 1.0 if moment.hour == 0 else 3.0, most=DAY)
    assert at == MONDAY + 90 * MINUTE
    assert reach(MONDAY, 99.0, lambda _: 1.0, most=DAY) == MONDAY + DAY


def test_the_rate_and_its_day_are_learned() -> None:
    known = rates(WORKING_DAY)
    assert known.a_day == pytest.approx(24, rel=0.1)
    assert known.at(END + 12 * HOUR) == pytest.approx(2, rel=0.25)
    assert known.at(END + 2 * HOUR) < 0.15


def test_a_free_day_of_the_week_is_learned() -> None:
    friday_off = taught(time for time in daily(range(24)) if time.weekday() != 4)
    known = rates(friday_off)
    assert known.days[4] < 0.45
    assert min(known.days[:4]) > 0.95


def test_a_first_answer_shows_the_rate_by_its_own_dates() -> None:
    first = learn(Rhythm(), [MONDAY - HOUR * ago / 4 for ago in range(1, 31)], MONDAY)
    assert rates(first).a_day == pytest.approx(96, rel=0.3)
    machine = learn(Rhythm(), [MONDAY - timedelta(seconds=ago) for ago in range(30)], MONDAY)
    assert rates(machine).a_day == pytest.approx(12, rel=0.01), "dates that were made with the answer tell nothing"


def test_dates_that_lie_ahead_count_as_now() -> None:
    rhythm = learn(replace(WORKING_DAY, at=END, last=END - HOUR), [END + 90 * DAY], END + HOUR)
    assert rhythm.last == END + HOUR


def test_habits_of_long_ago_fade() -> None:
    less = WORKING_DAY
    for step in range(1, 57 * 4):
        less = learn(less, [END + step * 6 * HOUR], END + step * 6 * HOUR)
    assert rates(less).a_day == pytest.approx(5, abs=1.2)


def test_a_pause_of_our_own_teaches_nothing() -> None:
    back = learn(WORKING_DAY, [END + 9 * DAY], END + 9 * DAY)
    assert rates(back).a_day == pytest.approx(rates(WORKING_DAY).a_day, rel=0.1)
    assert back.longest <= WORKING_DAY.longest


# -- asking ------------------------------------------------------------------------------------------------------------


def test_four_times_the_news_is_asked_for_twice_as_often() -> None:
    noon = END + 12 * HOUR
    few, many = (taught(daily(range(24), each=each)) for each in (2, 8))
    assert wait(few, noon) / wait(many, noon) == pytest.approx(2, rel=0.1)


def test_nights_are_long_and_the_morning_is_met() -> None:
    night, noon = wait(WORKING_DAY, END + 20 * HOUR), wait(WORKING_DAY, END + 10 * HOUR)
    assert night > 3 * noon
    assert wait(WORKING_DAY, END + 5 * HOUR) < wait(WORKING_DAY, END + HOUR)


def test_the_bounds_hold_and_luck_varies() -> None:
    busy = taught(daily(range(24), each=60, days=3), days=3)
    assert wait(busy, MONDAY + 3 * DAY) == PACE.least
    assert wait(taught(iter([MONDAY + HOUR])), END, luck=0.999) <= PACE.most
    assert wait(WORKING_DAY, END + 10 * HOUR, luck=0.0) < wait(WORKING_DAY, END + 10 * HOUR, luck=0.999)


def test_an_answer_is_remembered_and_its_reason_told() -> None:
    found = answered(state(), Answer(new=(END,), etag='"1"', seconds=2.0), now=END, pace=PACE, luck=EVEN)
    assert (found.etag, found.seconds, found.answered, found.reason.key) == ('"1"', 2.0, END, "rhythm")
    assert found.reason.values["a_day"] == pytest.approx(24, rel=0.1)
    same = answered(found, Answer(unchanged=True), now=END + HOUR, pace=PACE, luck=EVEN)
    assert same.etag == '"1"'
    assert answered(same, Answer(), now=END + HOUR, pace=PACE, luck=EVEN).etag is None


def test_a_source_that_goes_quiet_is_asked_less_and_less() -> None:
    quiet_for = [
        answered(state(replace(WORKING_DAY, last=END)), Answer(), now=END + days * DAY, pace=PACE, luck=EVEN)
        for days in (0, 3, 9)
    ]
    waits = [one.next_at - (END + days * DAY) for one, days in zip(quiet_for, (0, 3, 9), strict=True)]
    assert waits == sorted(waits)
    assert waits[2] > 1.5 * waits[0]
    assert quiet_for[2].reason.key == "quiet"


def test_a_source_that_moved_for_good_is_asked_there_and_returns_where_that_fails() -> None:
    there = "https://new.example/feed"
    moved = answered(state(), Answer(moved=there), now=END, pace=PACE, luck=EVEN)
    assert (moved.address, moved.source.url, moved.reason.key) == (there, SOURCE.url, "moved")
    for _ in range(RETURNS_AFTER - 1):
        moved = failed(moved, Failure(reason="fetch.connect"), now=END, pace=PACE, luck=EVEN)
        assert moved.address == there
    back = failed(moved, Failure(reason="fetch.connect"), now=END, pace=PACE, luck=EVEN)
    assert (back.address, back.reason.key) == (SOURCE.url, "returned")


# -- failures ----------------------------------------------------------------------------------------------------------


def test_failures_are_tried_again_later_and_later_up_to_a_ceiling() -> None:
    one, now, waits = state(), END, []
    for _ in range(12):
        one = failed(one, Failure(reason="fetch.server", detail="500"), now=now, pace=PACE, luck=EVEN)
        waits.append(one.next_at - now)
        now = one.next_at
    assert waits[:4] == [PACE.retry * factor for factor in (1, 2, 4, 8)]
    assert waits[-1] == PACE.retry_most
    assert (one.error, one.detail, one.failures, one.slow) == ("fetch.server", "500", 12, True)
    well = answered(one, Answer(new=(now,)), now=now, pace=PACE, luck=EVEN)
    assert (well.failures, well.error, well.failing_since, well.slow) == (0, "", None, False)


def test_what_a_server_asks_for_is_kept_to() -> None:
    asks = Failure(reason="fetch.busy", retry_after=2 * HOUR)
    one = failed(state(), asks, now=END, pace=PACE, luck=EVEN)
    assert (one.next_at - END, one.reason.key) == (2 * HOUR, "retry_after")
    soon = failed(state(), replace(asks, retry_after=MINUTE), now=END, pace=PACE, luck=EVEN)
    assert soon.next_at - END == PACE.retry
    never = failed(state(), replace(asks, retry_after=999 * DAY), now=END, pace=PACE, luck=EVEN)
    assert never.next_at - END == PACE.dead_retry


def test_what_is_gone_or_dead_is_still_tried_rarely() -> None:
    gone = failed(state(), Failure(reason="fetch.gone", lasting=True), now=END, pace=PACE, luck=EVEN)
    assert (gone.next_at - END, gone.reason.key) == (PACE.dead_retry, "gone")
    long = replace(state(), failures=40, failing_since=END - 20 * DAY)
    dead = failed(long, Failure(reason="fetch.lookup"), now=END, pace=PACE, luck=EVEN)
    assert (dead.next_at - END, dead.reason.key, dead.reason.values) == (PACE.dead_retry, "dead", {"days": 20})


def test_after_a_stop_sources_are_asked_one_behind_the_other_the_busy_first() -> None:
    names = [replace(begin(replace(SOURCE, url=f"https://{n}.example"), END), next_at=END - DAY) for n in range(100)]
    busy = replace(names[50], rhythm=WORKING_DAY, source=replace(SOURCE, url="https://busy.example"))
    failing = replace(busy, failures=3, source=replace(SOURCE, url="https://failing.example"))
    later = replace(busy, next_at=END + HOUR)
    found = spread([*names, failing, busy, later], END, PACE)
    assert later not in found
    starts = [one.next_at for one in found]
    assert [b - a for a, b in pairwise(starts)] == [timedelta(seconds=1 / PACE.starts)] * 101
    assert found[0].source.url == "https://busy.example"
    assert found[-1].source.url == "https://failing.example"


# -- silence -----------------------------------------------------------------------------------------------------------


def test_a_night_is_no_silence_and_a_working_day_is() -> None:
    evening = replace(WORKING_DAY, last=END + 17.5 * HOUR, at=END + 17.5 * HOUR)
    morning = END + DAY + 6 * HOUR
    assert not is_silent(evening, morning)
    assert quiet(evening, morning) < alarm(evening)
    assert is_silent(evening, morning + 8 * HOUR)


def test_falling_silent_warns_and_coming_back_clears_it() -> None:
    outlet = OutletState(outlet=OutletKey("one"), rhythm=replace(WORKING_DAY, last=END - 6.5 * HOUR))
    now = END
    while not outlet.silent and now < END + 3 * DAY:
        now += HOUR
        outlet = outlet_answered(outlet, [], now)
    assert outlet.silent == END - 6.5 * HOUR
    assert timedelta(hours=9) < now - END < timedelta(hours=16)
    still = outlet_answered(outlet, [], now + 20 * HOUR)
    assert still.silent == outlet.silent
    assert rates(still.rhythm).a_day == pytest.approx(24, rel=0.1), "silence is no habit"
    back = outlet_answered(still, [now + 21 * HOUR], now + 21 * HOUR)
    assert back.silent is None
    assert back.rhythm.longest > 15
    assert alarm(back.rhythm) > 30, "the same quiet time will not warn again"


def test_an_outlet_that_comes_in_bursts_is_not_called_silent_every_time() -> None:
    luck = random.Random(5)
    outlet, now, warnings = OutletState(outlet=OutletKey("one")), MONDAY, 0
    for _ in range(90 * 24):
        now += HOUR
        before = outlet.silent
        outlet = outlet_answered(outlet, [now] * 8 if luck.random() < 1 / 14 else [], now)
        warnings += outlet.silent is not None and before is None
    assert warnings <= 6


def test_nothing_is_called_silent_before_it_was_ever_heard() -> None:
    assert outlet_answered(OutletState(outlet=OutletKey("new")), [], MONDAY).silent is None
