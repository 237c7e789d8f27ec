"""How long whoever failed has to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.accounts.limits import DEVICE, NETWORK, PAIR, REMEMBERED, network_of, wait
from tawatur.store.readers import Failures

NOW = datetime(2026, 3, 9, tzinfo=UTC)


def after(count: int, **ago: float) -> timedelta | None:
    return wait(Failures(count, NOW - timedelta(**ago)), PAIR, NOW)


def test_the_first_failures_cost_nothing() -> None:
    assert wait(None, PAIR, NOW) is None
    assert after(PAIR.free - 1) is None


def test_each_failure_behind_them_doubles_the_wait_up_to_the_longest() -> None:
    assert [after(PAIR.free + more) for more in range(3)] == [PAIR.first, PAIR.first * 2, PAIR.first * 4]
    assert after(10_000) == PAIR.longest


def test_the_wait_runs_out_and_is_forgotten() -> None:
    assert after(PAIR.free, seconds=10) == PAIR.first - timedelta(seconds=10)
    assert after(PAIR.free, seconds=15) is None
    assert wait(Failures(10_000, NOW - REMEMBERED), PAIR, NOW) is None


def test_a_guesser_from_one_network_gets_few_tries_a_day() -> None:
    at, count, tries = NOW, 0, 0
    while at < NOW + timedelta(days=1):
        left = wait(Failures(count, at), PAIR, at) if count else None
        at += left or timedelta(seconds=0.2)
        count, tries = count + 1, tries + 1
    assert tries < 110


def test_the_owner_in_his_own_browser_waits_less_than_anybody() -> None:
    assert DEVICE.free > PAIR.free
    assert DEVICE.longest <= NETWORK.longest <= PAIR.longest


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_addresses_are_counted_by_their_network(address: str, network: str) -> None:
    assert network_of(address) == network
