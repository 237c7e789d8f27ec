"""Fifty invented outlets on this machine, a third of them slow, broken or hostile: every good report arrives exactly once."""

import asyncio
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.network.internet import NETWORK, Internet, Report, Site, sites

from tawatur.crawl.loop import Crawl
from tawatur.crawl.rules import Rules
from tawatur.fetch.http import Fetcher, Policy
from tawatur.fetch.schedule import Pace
from tawatur.model import Outlets
from tawatur.store import Store, open_store

#: For how long the outlets publish, and how long the last report may take to be fetched and kept, in seconds: the longest wait
#: between two questions, a page, and what the machine needs while others use it.
PUBLISHING, LATE = 8.0, 90.0
SECOND = timedelta(seconds=1)
#: An hour of the real schedule goes by in some seconds.
PACE = Pace(effort=0.012, least=SECOND, most=4 * SECOND, retry=2 * SECOND, retry_most=20 * SECOND, starts=50)
RULES = Rules(pace=PACE, revisits=(2 * SECOND, 4 * SECOND), retry=3 * SECOND)
POLICY = Policy(allow_private=(NETWORK,), delay=0.05, connect_time=3, answer_time=4, total_time=8, pace_time=2)


def arrived(where: Path) -> Counter[tuple[str, str]]:
    with closing(sqlite3.connect(where)) as connection:
        return Counter(connection.execute("SELECT outlet, title FROM articles").fetchall())


def due(internet: Internet) -> set[tuple[str, str]]:
    return {(site.key, one.title) for site, one in internet.due()}


async def crawled(internet: Internet, store: Store, where: Path) -> None:
    """Crawl until all that is due has arrived, or it is too late, and a little longer: nothing must arrive twice."""
    stop = asyncio.Event()
    async with Fetcher(POLICY) as fetcher:
        outlets = Outlets(internet.outlets())
        crawl = Crawl(store=store, outlets=outlets, fetcher=fetcher, rules=RULES, where=where)
        task = asyncio.create_task(crawl.run(stop))
        wanted, end = due(internet), internet.began + PUBLISHING + LATE
        while time.time() < end and not wanted <= set(arrived(where)):
            await asyncio.sleep(0.5)
        await asyncio.sleep(2)
        stop.set()
        await task


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Internet, Path, Store, dict[str, list[str]]]:
    where = tmp_path_factory.mktemp("crawl") / "store.sqlite3"
    store = open_store(where)
    with Internet(sites(good=34, hostile=16, each=5, seconds=PUBLISHING)) as internet:
        asyncio.run(crawled(internet, store, where))
        return internet, where, store, internet.asked()


pytestmark = pytest.mark.slow

Result = tuple[Internet, Path, Store, dict[str, list[str]]]


def test_every_good_report_arrives_exactly_once(result: Result) -> None:
    internet, where, _, _ = result
    found = arrived(where)
    missing = [
        (site.manner, site.form, site.charset, one.number)
        for site, one in internet.due()
        if _key(site, one) not in found
    ]
    assert missing == []
    assert [key for key, count in found.items() if count > 1] == []
    assert set(found) == due(internet), "nothing else came"


def _key(site: Site, one: Report) -> tuple[str, str]:
    return site.key, one.title


def test_every_report_is_in_a_story(result: Result) -> None:
    counts = result[2].counts()
    assert counts.pending == counts.stale == 0
    assert counts.stories > 10


def test_known_pages_are_not_fetched_again_but_for_revisions(result: Result) -> None:
    internet, _, _, asked = result
    for site in internet.sites:
        pages = Counter(path.split("?")[0] for path in asked[site.key] if path.startswith("/news/"))
        assert all(count <= 1 + len(RULES.revisits) for count in pages.values()), (site.manner, pages)


def test_what_the_outlet_forbids_is_not_asked(result: Result) -> None:
    internet, _, _, asked = result
    robots = [site for site in internet.sites if site.manner == "robots"]
    assert robots
    for site in robots:
        assert set(asked[site.key]) == {"/robots.txt"}


def test_failures_are_asked_again_later_and_told_with_their_reason(result: Result) -> None:
    internet, _, store, asked = result
    told = {(one.outlet, one.reason) for one in store.troubles(datetime(2000, 1, 1, tzinfo=UTC))}
    expected = {
        "drip": "fetch.slow_body",
        "error": "fetch.server",
        "inward": "fetch.private",
        "bomb": "fetch.bomb",
        "robots": "fetch.robots",
        "no_feed": "rejected.broken_feed",
        "busy": "fetch.busy",
        "gone": "fetch.gone",
    }
    for site in internet.sites:
        if site.manner in expected:
            assert (site.key, expected[site.manner]) in told, site.manner
        if site.manner in ("busy", "gone", "inward"):
            assert asked[site.key].count("/feed") == 1, "an hour, or for good"
        if site.manner == "error":
            assert 1 < asked[site.key].count("/feed") < 8


def test_a_moved_feed_is_asked_at_its_new_place(result: Result) -> None:
    internet, _, store, asked = result
    moved = [site for site in internet.sites if site.manner == "moved"]
    for site in moved:
        state = next(one for one in store.sources() if one.source.outlet == site.key)
        assert state.address == f"{site.root}/moved"
        assert asked[site.key].count("/feed") == 1


def test_what_did_not_change_costs_an_empty_answer(result: Result) -> None:
    internet, _, store, _ = result
    tagged = [site.key for site in internet.sites if site.manner == "unchanged"]
    assert all(one.etag for one in store.sources() if one.source.outlet in tagged)
