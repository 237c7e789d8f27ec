"""Memory stays flat, however many hostile bodies were fetched. ``make bench NAME=fetching`` does it 2,000 times."""

import asyncio
import gzip
import os

from tests.network.hostile import Server, answer, endless, head, policy

from tawatur.fetch.http import Fetched, Fetcher, Refused

MIB = 1 << 20
ROUNDS = 60


def held() -> int:
    """Return the memory that this process holds now, in bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_hostile_bodies_leave_nothing_behind() -> None:
    bomb = gzip.compress(bytes(64 * MIB))
    large = answer(os.urandom(4 * MIB))
    routes = {
        "/bomb": answer(bomb, Content_Encoding="gzip"),
        "/nested": answer(gzip.compress(bomb), Content_Encoding="gzip, gzip"),
        "/endless": endless(head(), bytes(65536)),
        "/large": large,
        "/headers": endless(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n" * 100),
    }

    async def journey() -> list[int]:
        sizes = []
        async with Server(routes) as server, Fetcher(policy(limit=8 * MIB, troubles=10**9, total_time=30.0)) as fetcher:
            for _ in range(ROUNDS):
                for path in routes:
                    found = await fetcher.get(server.url(path))
                    assert isinstance(found, Fetched if path == "/large" else Refused)
                del found
                sizes.append(held())
        return sizes

    sizes = asyncio.run(journey())
    assert max(sizes[ROUNDS // 2 :]) < max(sizes[: ROUNDS // 2]) + 16 * MIB
