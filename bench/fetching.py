"""Measure fetching: pages a second, CPU a page beside the bare client, and memory over bombs and endless bodies.

    python -m bench.fetching [FETCHES]

A server in a process of its own serves, on loopback: a page of 100 kB (plain and in gzip), a gzip bomb of 1 GB, a bomb in a
bomb, and a body without end. First pages, 32 hosts side by side, by the guarded way (with robots.txt, checks, limits; the pause
between two requests set to 0) and by aiohttp alone; then FETCHES (2,000) of what is hostile, with the memory of the process after
each tenth, and its peak.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import cycle, islice

import aiohttp

from tawatur.fetch.http import Fetched, Fetcher, Policy

PAGES, HOSTS, FETCHES = 3000, 32, 2000
PAGE = b"".join(
    b"<p>%d: words of a page that nobody wrote, %d times over</p>\n" % (n, n * 7919 % 1000) for n in range(1600)
)
HOSTILE = ("/bomb", "/nested", "/endless")


async def serve() -> None:
    """Serve until the standard input is closed; the port is the first line of the output."""
    bomb = gzip.compress(bytes(1 << 30), 9)
    packed = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    answers = {
        "/page": b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE,
        "/gzip": packed % len(gzip.compress(PAGE)) + gzip.compress(PAGE),
        "/bomb": packed % len(bomb) + bomb,
        "/nested": b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(bomb),
        "/endless": b"\r\n",
    }

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
                found = answers.get(path)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + found if found else _MISSING)
                await writer.drain()
                while path == "/endless":
                    writer.write(bytes(1 << 16))
                    await writer.drain()
                if path == "/nested":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for host in range(2, HOSTS + 1):
        await asyncio.start_server(answer, f"127.0.0.{host}", port)
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def memory() -> float:
    """Return the memory that this process holds now, in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu() -> float:
    """Return the seconds of CPU that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def addresses(port: int, paths: tuple[str, ...], count: int) -> list[str]:
    """Return so many addresses, host after host."""
    hosts = cycle(f"127.0.0.{number}" for number in range(1, HOSTS + 1))
    return [f"http://{host}:{port}{path}" for host, path in islice(zip(hosts, cycle(paths)), count)]


async def guarded(port: int, path: str) -> dict[str, float]:
    """Fetch pages by the guarded way."""
    async with Fetcher(Policy(allow_private=("127.0.0.0/8",), delay=0.0)) as fetcher:

        async def get(url: str) -> bool:
            found = await fetcher.get(url)
            return isinstance(found, Fetched) and found.content == PAGE

        return await measured(get, addresses(port, (path,), PAGES))


async def measured(get: Callable[[str], Awaitable[bool]], urls: list[str]) -> dict[str, float]:
    """Return how long it takes to get some pages side by side."""
    begun, used = time.perf_counter(), cpu()
    assert all(await asyncio.gather(*map(get, urls)))
    spent, used = time.perf_counter() - begun, cpu() - used
    return {"pages_per_second": round(len(urls) / spent), "cpu_ms_per_page": round(used / len(urls) * 1000, 3)}


async def bare(port: int, path: str) -> dict[str, float]:
    """Fetch the same pages by the client alone: no check, no limit, no robots.txt."""
    gate = asyncio.Semaphore(HOSTS)

    async with aiohttp.ClientSession() as session:

        async def get(url: str) -> bool:
            async with gate, session.get(url) as response:
                return await response.read() == PAGE

        return await measured(get, addresses(port, (path,), PAGES))


async def hostile(port: int, fetches: int) -> tuple[list[float], Counter[str]]:
    """Fetch what is hostile; return the memory after each tenth, and what came of it."""
    policy = Policy(allow_private=("127.0.0.0/8",), delay=0.0, troubles=10**9)
    reasons: Counter[str] = Counter()
    held = []
    async with Fetcher(policy) as fetcher:
        urls = addresses(port, HOSTILE, fetches)
        for start in range(0, fetches, fetches // 10):
            for one in await asyncio.gather(*(fetcher.get(url) for url in urls[start : start + fetches // 10])):
                reasons["fetched" if isinstance(one, Fetched) else one.reason.value] += 1
            held.append(round(memory(), 1))
            print(f"{start + fetches // 10:6} fetches: {held[-1]:7.1f} MB", flush=True)
    return held, reasons


async def measure(port: int, fetches: int) -> dict[str, object]:
    """Run all measurements."""
    rates: dict[str, object] = {}
    for name, run in (("guarded", guarded), ("aiohttp", bare)):
        for path in ("/page", "/gzip"):
            rates[f"{name}{path}"] = found = await run(port, path)
            print(f"{name:8} {path}: {found['pages_per_second']} pages/s, {found['cpu_ms_per_page']} ms of CPU a page")
    held, reasons = await hostile(port, fetches)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return rates | {"fetches": fetches, "memory_mb": held, "peak_mb": round(peak, 1), "reasons": dict(reasons)}


def main() -> None:
    """Run the bench, with its server beside it."""
    if sys.argv[1:] == ["--serve"]:
        asyncio.run(serve())
        return
    fetches = int(sys.argv[1]) if sys.argv[1:] else FETCHES
    command = [sys.executable, "-m", "bench.fetching", "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        figures = asyncio.run(measure(int(server.stdout.readline()), fetches))
        server.stdin.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
