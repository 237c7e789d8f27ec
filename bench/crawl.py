"""Read a local internet by the real crawl: what it costs, and that memory stays flat; one line of JSON last.

    python -m bench.crawl [FETCHES]

First the good outlets of a local internet alone, then with hostile ones among them: how long news waits from its publication until
it stands in the store, with the same schedule. Then outlets that publish without end, until 10,000 feeds and pages are fetched:
resident memory of the crawl and of its workers on the way, fetches a second, and the processor's time for each.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from tests.network.internet import NETWORK, Internet, Site, endless, sites

from tawatur.crawl import Crawl, Rules
from tawatur.fetch.http import Fetcher, Policy
from tawatur.fetch.schedule import Pace
from tawatur.model import Outlets
from tawatur.store import open_store

FETCHES = 10_000
SECOND = timedelta(seconds=1)
#: An hour of the real schedule goes by in some seconds.
PACE = Pace(effort=0.012, least=SECOND, most=4 * SECOND, retry=2 * SECOND, retry_most=30 * SECOND, starts=50)
POLICY = Policy(allow_private=(NETWORK,), delay=0.05, connect_time=3, answer_time=4, total_time=8, pace_time=2)
PUBLISHING, LONGEST = 20.0, 120.0
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sample:
    """A look at the crawl: feeds and pages fetched, MiB of its own and of its workers, seconds of the processor in all."""

    pages: int
    own: float
    workers: float
    cpu: float
    seconds: float


def main(arguments: list[str]) -> None:
    """Measure and print."""
    fetches = int(arguments[0]) if arguments else FETCHES
    calm = waits(sites(good=34, hostile=0, seconds=PUBLISHING))
    rough = waits(sites(good=34, hostile=16, seconds=PUBLISHING))
    for name, found in (("good outlets alone", calm), ("with 16 hostile ones", rough)):
        print(f"{name:22} {len(found)} reports, mean wait {statistics.fmean(found):.2f} s, longest {max(found):.2f} s")
    print(f"{'fetches':>7} {'crawl MiB':>10} {'workers MiB':>12} {'each s':>8} {'ms CPU each':>12}")
    samples = asyncio.run(long_run(fetches))
    for before, after in pairwise(samples):
        pages = after.pages - before.pages
        print(
            f"{after.pages:>7} {after.own:>10.1f} {after.workers:>12.1f} {pages / (after.seconds - before.seconds):>8.1f} "
            f"{1000 * (after.cpu - before.cpu) / pages:>12.1f}"
        )
    first, last = samples[1], samples[-1]
    figures = {
        "wait_alone": round(statistics.fmean(calm), 2),
        "wait_with_hostile": round(statistics.fmean(rough), 2),
        "fetches": last.pages,
        "mib_first": round(first.own, 1),
        "mib_last": round(last.own, 1),
        "workers_mib_first": round(first.workers, 1),
        "workers_mib_last": round(last.workers, 1),
        "per_second": round(last.pages / last.seconds, 1),
        "cpu_ms": round(1000 * last.cpu / last.pages, 1),
    }
    print(json.dumps(figures))


def waits(found: Sequence[Site]) -> list[float]:
    """Return how long each good report waited, in seconds, from its publication until it was kept."""
    with Internet(found) as internet, tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "store.sqlite3"
        asyncio.run(until_all_is_there(internet, where))
        with closing(sqlite3.connect(where)) as connection:
            rows = connection.execute("SELECT outlet, title, collected FROM articles").fetchall()
        kept = {(outlet, title): datetime.fromisoformat(at).timestamp() for outlet, title, at in rows}
        due = [(kept.get((site.key, one.title)), internet.began + one.after) for site, one in internet.due()]
        if missing := sum(at is None for at, _ in due):
            print(f"{missing} reports have not arrived")
        return [at - published for at, published in due if at is not None]


async def until_all_is_there(internet: Internet, where: Path) -> None:
    """Crawl until every good report is kept."""
    store, stop = open_store(where), asyncio.Event()
    wanted = {(site.key, one.title) for site, one in internet.due()}
    async with Fetcher(POLICY) as fetcher:
        rules = Rules(pace=PACE, revisits=(), retry=3 * SECOND)
        outlets = Outlets(internet.outlets())
        crawl = Crawl(store=store, outlets=outlets, fetcher=fetcher, rules=rules, where=where)
        task = asyncio.create_task(crawl.run(stop))
        while time.time() < internet.began + LONGEST:
            await asyncio.sleep(1)
            with closing(sqlite3.connect(where)) as connection:
                if wanted <= set(connection.execute("SELECT outlet, title FROM articles").fetchall()):
                    break
        stop.set()
        await task
    store.close()


async def long_run(fetches: int) -> list[Sample]:
    """Crawl outlets that publish without end until so many pages are fetched, and look ten times on the way."""
    with Internet(endless(outlets=40)) as internet, tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "store.sqlite3"
        store, stop = open_store(where), asyncio.Event()
        async with Fetcher(Policy(allow_private=(NETWORK,), delay=0.0)) as fetcher:
            rules = Rules(pace=PACE, revisits=())
            outlets = Outlets(internet.outlets())
            crawl = Crawl(store=store, outlets=outlets, fetcher=fetcher, rules=rules, where=where)
            task = asyncio.create_task(crawl.run(stop))
            began, samples = time.monotonic(), [Sample(0, 0.0, 0.0, cpu(), 0.0)]
            while len(samples) <= 10 and not task.done():
                await asyncio.sleep(0.2)
                if (pages := crawl.done["asked"] + crawl.done["fetched"]) >= fetches * len(samples) // 10:
                    own, workers = memory()
                    samples.append(Sample(pages, own, workers, cpu(), time.monotonic() - began))
            stop.set()
            await task
        store.close()
    base = samples[0].cpu
    return [Sample(one.pages, one.own, one.workers, one.cpu - base, one.seconds) for one in samples]


def memory() -> tuple[float, float]:
    """Return the resident memory, in MiB, of this process and of all of its workers together."""
    return resident(os.getpid()), sum(resident(child) for child in workers())


def workers() -> list[int]:
    """Return the processes that take pages apart: all that this one began, but for the first, which serves the internet."""
    return sorted(child for child in children(os.getpid()) if b"resource_tracker" not in command(child))[1:]


def children(process: int) -> list[int]:
    """Return the processes that any thread of a process has begun."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / (1 << 20)
    except OSError:
        return 0.0


def cpu() -> float:
    """Return the seconds of the processor that this process and its workers, ended ones included, have taken."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + sum(map(spent, workers()))


def spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


if __name__ == "__main__":
    main(sys.argv[1:])
