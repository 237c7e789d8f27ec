"""Ask the pages of a large store by real processes, as strangers would; one line of JSON last.

    python -m bench.web STORE [STORE...]

STORE is a file that ``bench.million`` made; several are measured one after the other, and the JSON tells each beside the first.

``tawatur serve --workers 2`` answers; a client asks over connections, each sending its next request when the last is answered
and followed by a new one after ``READ`` of them, as readers come and go: front pages in both languages, sections, stories from
the top of the lists, stories drawn from all of the store alike ("anywhere": pages that nobody asked for before), and searches
for words of headlines. Times are milliseconds from sending to the last byte, while so many as ``CONNECTIONS`` ask at once; the
client's own work is among them, on the same cores. ``cpu_ms`` is what a request of each kind costs the processor, each kind
asked for alone: what holds on a machine on which others work too.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

from bench.million import as_of_today

#: How many ask at once; with fewer, more of the time is the answer's own and less is waiting for two cores.
WORKERS, CONNECTIONS = 2, (8, 4)
#: How many pages are asked for by one connection. (Which process takes it, and with it all of them, is chance.)
READ = 20
#: Seconds for which is asked: until processes and caches are warm, for all kinds together, and for each alone.
WARM, MEASURED, ALONE = 8.0, 15.0, 5.0
#: What is asked for, in shares.
MIX = {"front": 25, "section": 10, "story": 25, "anywhere": 15, "search": 25}
HOST = "news.example"  # strangers do not come by a name of this machine
_AT = "SELECT id FROM stories WHERE rowid = ? AND day IS NOT NULL"
_TITLE = "SELECT title FROM stories WHERE rowid = ? AND day IS NOT NULL"


class Load(TypedDict):
    """What so many who ask at once are given; times by kind of page, and of ``all``."""

    connections: int
    requests_a_second: int
    cpu_ms_a_request: float
    median_ms: dict[str, float]
    p95_ms: dict[str, float]


class Measured(TypedDict):
    """What was measured of a store; ``cpu_ms`` by kind of page."""

    articles: int
    stories: int
    workers: int
    loads: list[Load]
    cpu_ms: dict[str, float]


def main(paths: list[str]) -> None:
    """Measure each store and print."""
    found: list[Measured] = []
    for path in map(Path, paths):
        as_of_today(path)
        found.append(measured(path))
        print(json.dumps(found[-1]), file=sys.stderr)
    first = found[0]["loads"]
    ratios = [[_beside(*pair) for pair in zip(one["loads"], first, strict=True)] for one in found[1:]]
    print(json.dumps({"bench": "web", "stores": found, "p95_beside_first": ratios}))


def _beside(one: Load, first: Load) -> dict[str, float]:
    """Return how many times as long each kind takes."""
    return {kind: round(time / first["p95_ms"][kind], 2) for kind, time in one["p95_ms"].items()}


def measured(path: Path) -> Measured:
    """Return what asking a store's pages gave."""
    with closing(sqlite3.connect(path)) as db:
        articles, stories = (
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("articles", "headlines")
        )
        asked = addresses(db)
    with serving(path) as (port, pid):
        asyncio.run(asking(port, asked, WARM))
        loads = [_load(port, pid, asked, at_once) for at_once in CONNECTIONS]
        costs = {kind: _cost(port, pid, kind, own) for kind, own in asked.items()}
    return {"articles": articles, "stories": stories, "workers": WORKERS, "loads": loads, "cpu_ms": costs}


def _load(port: int, pid: int, asked: dict[str, list[str]], at_once: int) -> Load:
    """Return what so many who ask at once are given."""
    before = _cpu(pid)
    times = asyncio.run(asking(port, asked, MEASURED, at_once))
    cpu = _cpu(pid) - before
    every = [time for found in times.values() for time in found]
    return {
        "connections": at_once,
        "requests_a_second": round(len(every) / MEASURED),
        "cpu_ms_a_request": round(1000 * cpu / len(every), 2),
        "median_ms": {kind: round(statistics.median(found), 1) for kind, found in times.items()}
        | {"all": round(statistics.median(every), 1)},
        "p95_ms": {kind: _p95(found) for kind, found in times.items()} | {"all": _p95(every)},
    }


def _cost(port: int, pid: int, kind: str, addresses: list[str]) -> float:
    """Return the milliseconds of the processor that a request of one kind takes."""
    before = _cpu(pid)
    times = asyncio.run(asking(port, {kind: addresses}, ALONE))
    return round(1000 * (_cpu(pid) - before) / len(times[kind]), 2)


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1) if len(times) > 1 else round(times[0], 1)


def addresses(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the addresses that are asked for, by kind."""
    top = [row[0] for row in db.execute("SELECT story FROM headlines ORDER BY weight DESC LIMIT 100")]
    last = db.execute("SELECT max(rowid) FROM stories").fetchone()[0]
    chance = random.Random(1)
    numbers = [chance.randint(1, last) for _ in range(20_000)]
    anywhere = [row[0] for number in numbers for row in db.execute(_AT, (number,))]
    titles = [row[0] for number in numbers for row in db.execute(_TITLE, (number,))]
    words = [" ".join(chance.sample(title.split(), min(2, len(title.split())))) for title in titles if title]
    return {
        "front": ["/", "/", "/", "/en/"],
        "section": [f"/section/{section}" for section in ("politics", "sport", "economy", "culture")],
        "story": [f"/story/{quote(story)}" for story in top],
        "anywhere": [f"/story/{quote(story)}" for story in dict.fromkeys(anywhere)],
        "search": [f"/search?q={quote(one)}" for one in words],
    }


@contextmanager
def serving(path: Path) -> Iterator[tuple[int, int]]:
    """Serve a store; give the port and the process."""
    with tempfile.TemporaryDirectory() as home:
        Path(home, "tawatur.sqlite3").symlink_to(path.resolve())
        for behind in ("-wal", "-shm"):
            Path(home, f"tawatur.sqlite3{behind}").symlink_to(f"{path.resolve()}{behind}")
        command = [Path(sys.executable).with_name("tawatur"), "serve", "--port", "0", "--workers", str(WORKERS)]
        variables = os.environ | {"TAWATUR_HOME": home, "TAWATUR_LANG": "en", "TAWATUR_ACCOUNTS": "on"}
        process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            port = next(int(found[1]) for line in process.stdout if (found := re.search(r":(\d+)/", line)))
            time.sleep(5)  # until the other process answers too
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


async def asking(
    port: int, asked: dict[str, list[str]], seconds: float, at_once: int = CONNECTIONS[0]
) -> dict[str, list[float]]:
    """Ask over several connections for some seconds; return the milliseconds that each kind took."""
    times: dict[str, list[float]] = defaultdict(list)
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_connection(port, asked, end, times, seed) for seed in range(at_once)))
    return {kind: times[kind] for kind in MIX if times[kind]}


async def _connection(
    port: int, asked: dict[str, list[str]], end: float, times: dict[str, list[float]], seed: int
) -> None:
    chance = random.Random(f"{seed} {end}")
    while time.perf_counter() < end:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        for _ in range(READ):
            kind = chance.choices(list(asked), [MIX[one] for one in asked])[0]
            path = chance.choice(asked[kind])
            began = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            status = await _answer(reader)
            if status == 200:
                times[kind].append(1000 * (time.perf_counter() - began))
            elif kind != "search":
                raise SystemExit(f"{path} was answered with {status}")
            if time.perf_counter() > end:
                break
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if length := re.search(r"content-length: (\d+)", head):
        await reader.readexactly(int(length[1]))
    elif "chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(" ", 2)[1])


def _cpu(pid: int) -> float:
    """Return the seconds of the processor that a process and those that it started have used."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" (")
        except OSError:  # it has ended meanwhile
            continue
        fields = rest.rpartition(") ")[2].split()
        if pid in (int(number), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


if __name__ == "__main__":
    main(sys.argv[1:])
