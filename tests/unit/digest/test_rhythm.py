"""When letters are due, over a whole year of clocks that are put forward and back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.digest.rhythm import day, due, latest, moment, rearranged, zone_of
from tawatur.newsletter import EVERY_DAY, Rhythm

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
#: Zones that change their clocks twice a year: at two in the night, at midnight, forward at midnight and back to the day before.
ZONES = ("Europe/Berlin", "Africa/Cairo", "America/New_York", "Asia/Beirut")
TIMES = (
    time(0, 0),
    time(0, 30),
    time(1, 30),
    time(2, 0),
    time(2, 30),
    time(3, 0),
    time(7, 15),
    time(23, 0),
    time(23, 59),
)
STRANGE = (*ZONES, "Asia/Kathmandu", "Australia/Lord_Howe", "America/Nuuk", "Africa/Casablanca", "Pacific/Apia", "UTC")

moments = st.datetimes(datetime(2009, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
rhythms = st.builds(
    Rhythm,
    days=st.frozensets(st.integers(1, 7), min_size=1),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    zone=st.sampled_from(STRANGE),
)


@lru_cache(maxsize=1)
def first_showings(zone: str) -> dict[date, dict[time, datetime]]:
    """Return when, minute after minute, the clocks of a zone are first at a time of a day, or beyond it."""
    found: dict[date, dict[time, datetime]] = {}
    place, at = ZoneInfo(zone), BEGIN
    while at < END:
        shown = at.astimezone(place)
        of_day = found.setdefault(shown.date(), {})
        for one in TIMES:
            if shown.time() >= one and one not in of_day:
                of_day[one] = at
        at += MINUTE
    return found


def slots(rhythm: Rhythm, begin: datetime, end: datetime) -> Iterator[datetime]:
    at = due(rhythm, after=begin)
    while at and at < end:
        yield at
        at = due(rhythm, after=at)


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_of_a_year_has_one_letter_when_its_clocks_are_first_there(zone: str) -> None:
    place = ZoneInfo(zone)
    changes = {(BEGIN + n * HOUR).astimezone(place).utcoffset() for n in range(366 * 24)}
    assert len(changes) == 2
    shown = first_showings(zone)
    whole = sorted(shown)[1:-1]  # the year by UTC begins and ends within a day
    for at in TIMES:
        expected = [shown[one][at] for one in whole]
        found = list(slots(Rhythm(at=at, zone=zone), BEGIN - DAY, END + DAY))
        assert [one for one in found if expected[0] <= one <= expected[-1]] == expected, at


@pytest.mark.parametrize(
    ("zone", "on", "at", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 0)),  # jumped over
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30)),  # shown twice
        ("America/New_York", date(2026, 3, 8), time(2, 0), datetime(2026, 3, 8, 7, 0)),
        ("America/New_York", date(2026, 11, 1), time(1, 59), datetime(2026, 11, 1, 5, 59)),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), datetime(2026, 4, 23, 22, 0)),
        ("Africa/Cairo", date(2026, 10, 29), time(23, 30), datetime(2026, 10, 29, 20, 30)),
        ("Asia/Beirut", date(2026, 3, 29), time(0, 0), datetime(2026, 3, 28, 22, 0)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30)),  # by half an hour
        ("America/Nuuk", date(2026, 3, 28), time(23, 30), datetime(2026, 3, 29, 1, 0)),  # into the next day
    ],
)
def test_the_hours_that_are_missing_and_those_that_come_twice(zone: str, on: date, at: time, utc: datetime) -> None:
    assert moment(on, at, zone) == utc.replace(tzinfo=UTC)
    assert day(Rhythm(at=at, zone=zone), utc.replace(tzinfo=UTC)) == on


def test_a_day_that_a_zone_leaves_out_has_no_letter() -> None:
    rhythm = Rhythm(at=time(9), zone="Pacific/Apia")
    days = [
        day(rhythm, one)
        for one in slots(rhythm, datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 1, 12, tzinfo=UTC))
    ]
    assert days == [date(2011, 12, 28), date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)]
    assert moment(date(2011, 12, 30), time(9), "Pacific/Apia") is None


@given(rhythms, moments)
def test_what_is_due_lies_ahead_and_nothing_lies_between(rhythm: Rhythm, now: datetime) -> None:
    ahead, behind = due(rhythm, after=now), latest(rhythm, now=now)
    assert ahead
    assert behind
    assert behind <= now < ahead
    assert due(rhythm, after=behind) == ahead
    assert latest(rhythm, now=ahead) == ahead
    assert latest(rhythm, now=ahead - timedelta(microseconds=1)) == behind
    assert day(rhythm, ahead).isoweekday() in rhythm.days


@given(rhythms, moments)
def test_no_day_has_two_letters(rhythm: Rhythm, now: datetime) -> None:
    days = [day(rhythm, one) for one in slots(rhythm, now, now + 20 * DAY)]
    assert all(one < other for one, other in pairwise(days))


@given(rhythms, moments, st.lists(st.timedeltas(MINUTE, 30 * DAY), min_size=1, max_size=12))
def test_a_service_that_rests_at_any_time_sends_the_latest_letter_alone(
    rhythm: Rhythm, begin: datetime, rests: list[timedelta]
) -> None:
    waiting, now, sent = due(rhythm, after=begin), begin, []
    for rest in rests:
        now += rest
        if waiting and waiting <= now:
            sent.append(latest(rhythm, now=now))
            waiting = due(rhythm, after=now)
    assert len(set(sent)) == len(sent)
    found = [one for one in slots(rhythm, begin, now + MINUTE) if one <= now]
    assert set(sent) <= set(found)
    assert not found or sent[-1] == found[-1]


@given(rhythms, rhythms, moments, st.timedeltas(timedelta(), 3 * DAY))
def test_changing_a_letter_sends_no_second_one_on_the_same_day(
    old: Rhythm, new: Rhythm, begin: datetime, later: timedelta
) -> None:
    last = latest(old, now=begin)
    assert last
    now = last + later
    found = rearranged(new, now=now, last=last, before=old)
    assert found
    assert found > now
    assert found - now < 17 * DAY
    assert day(new, found) > day(old, last)
    assert found.astimezone(zone_of(new.zone)).date() > last.astimezone(zone_of(new.zone)).date()


def test_a_letter_whose_time_is_put_later_on_the_same_day_comes_tomorrow() -> None:
    early, late = Rhythm(at=time(7), zone="Africa/Cairo"), Rhythm(at=time(20), zone="Africa/Cairo")
    last = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
    now = last + HOUR
    assert rearranged(late, now=now, last=last, before=early) == datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    assert rearranged(late, now=now, last=None) == datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
    assert rearranged(late, now=now, last=last - DAY, before=early) == datetime(2026, 3, 9, 18, 0, tzinfo=UTC)


def test_without_days_nothing_is_due_and_an_unknown_zone_is_utc() -> None:
    assert due(Rhythm(days=frozenset()), after=BEGIN) is None
    assert latest(Rhythm(days=frozenset()), now=BEGIN) is None
    assert rearranged(Rhythm(days=frozenset()), now=BEGIN, last=BEGIN) is None
    assert due(Rhythm(at=time(5), zone="Nowhere/Land"), after=BEGIN) == BEGIN + 5 * HOUR
    assert zone_of("../etc/passwd").key == "UTC"


def test_every_day_is_every_day() -> None:
    assert {one.isoweekday() for one in (date(2026, 1, 1) + n * DAY for n in range(7))} == EVERY_DAY
