"""When alerts are told."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tawatur.digest.holding import ALONE, Found, Hold, Tell, decide, quiet_until
from tawatur.newsletter import QuietHours

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NIGHT = QuietHours(begin=time(22), end=time(7), zone="Africa/Cairo")
CAIRO = ZoneInfo("Africa/Cairo")


def told(*numbers: int, held: bool = False, before: int = 0, ceiling: int = 6) -> Tell | Hold:
    found = [Found(number, held) for number in numbers]
    times = [NOW - (number + 1) * MINUTE for number in range(before)]
    return decide(found, quiet=None, told=times, ceiling=ceiling, now=NOW)


def test_few_are_told_each_alone_and_a_flood_in_one() -> None:
    assert told(1) == Tell(((1,),))
    assert told(1, 2) == Tell(((1,), (2,)))
    assert ALONE == 2
    assert told(*range(20)) == Tell((tuple(range(20)),))


def test_what_waited_is_told_together() -> None:
    assert told(1, 2, held=True) == Tell(((1, 2),))


def test_a_reader_is_told_so_many_an_hour_and_no_more() -> None:
    assert told(1, before=5) == Tell(((1,),))
    assert told(1, 2, before=5) == Tell(((1, 2),))
    assert told(1, before=6) == Hold(NOW + 54 * MINUTE)
    assert told(1, before=8) == Hold(NOW + 54 * MINUTE)
    assert told(1, before=1, ceiling=1) == Hold(NOW + 59 * MINUTE)


def test_times_that_are_an_hour_old_count_no_more() -> None:
    old = [NOW - HOUR - number * MINUTE for number in range(9)]
    assert decide([Found(1)], quiet=None, told=old, ceiling=1, now=NOW) == Tell(((1,),))


def test_in_quiet_hours_everything_waits_for_their_end() -> None:
    now = datetime(2026, 3, 9, 23, 30, tzinfo=CAIRO).astimezone(UTC)
    until = datetime(2026, 3, 10, 7, 0, tzinfo=CAIRO)
    assert decide([Found(1)], quiet=NIGHT, told=(), ceiling=6, now=now) == Hold(until)


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        ((9, 21, 59), None),
        ((9, 22, 0), (10, 7, 0)),
        ((10, 6, 59), (10, 7, 0)),
        ((10, 7, 0), None),
    ],
)
def test_quiet_hours_go_over_midnight(clock: tuple[int, int, int], until: tuple[int, int, int] | None) -> None:
    found = quiet_until(NIGHT, datetime(2026, 3, *clock, tzinfo=CAIRO).astimezone(UTC))
    assert found == (datetime(2026, 3, *until, tzinfo=CAIRO) if until else None)


def test_quiet_hours_of_a_day() -> None:
    noon = QuietHours(begin=time(12), end=time(14), zone="UTC")
    assert quiet_until(noon, NOW) == NOW + 2 * HOUR
    assert quiet_until(noon, NOW - MINUTE) is None
    assert quiet_until(QuietHours(begin=time(12), end=time(12)), NOW) is None


def test_nights_in_which_clocks_are_changed_end_by_the_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    night = QuietHours(begin=time(23), end=time(2, 30), zone="Europe/Berlin")
    for day in (29, 25):  # clocks go forward on 29 March over 02:30, and back on 25 October through it
        month = 3 if day == 29 else 10
        now = datetime(2026, month, day, 0, 30, tzinfo=berlin).astimezone(UTC)
        until = quiet_until(night, now)
        assert until is not None
        assert now < until <= now + 3.5 * HOUR
        assert quiet_until(night, until) is None or until < now + 3 * HOUR
