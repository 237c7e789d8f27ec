"""Processes that take documents apart: a job that hangs, or that takes its process down, costs itself alone."""

import asyncio
import os
import random
import time
from multiprocessing import active_children

from tawatur.crawl.workers import Workers
from tawatur.model import Rejected


def begin() -> None:
    os.environ["TAWATUR_TEST_FURNISHED"] = "yes"


def furnished(word: str) -> str:
    return f"{word} {os.environ.get('TAWATUR_TEST_FURNISHED')}"


def hang() -> None:
    time.sleep(60)


def take_long() -> float:
    time.sleep(4)
    return time.monotonic()


def die() -> None:
    os._exit(7)


def fail() -> None:
    raise ZeroDivisionError


def test_bad_jobs_cost_themselves_alone() -> None:
    async def work() -> list[object]:
        async with Workers(1, seconds=12.0, begin=begin) as workers:
            found: list[object] = [await workers.do("a", furnished, "well")]
            found += [await workers.do(name, job) for name, job in (("b", die), ("c", fail), ("d", hang))]
            return [*found, await workers.do("e", furnished, "again")]

    assert asyncio.run(work()) == [
        "well yes",
        Rejected(origin="b", reason="failed", detail="killed"),
        Rejected(origin="c", reason="failed", detail="ZeroDivisionError"),
        Rejected(origin="d", reason="too_slow", detail="12"),
        "again yes",
    ]


def echo(number: int) -> int:
    time.sleep(0.1)
    return number


def test_whoever_kills_processes_costs_no_job() -> None:
    """``TAWATUR_KILLS=20`` is what is run before a release."""
    seed, left = random.randrange(1 << 32), int(os.environ.get("TAWATUR_KILLS", "4"))

    async def work() -> list[object]:
        async with Workers(2, seconds=30.0, begin=begin) as workers:
            jobs = [asyncio.create_task(workers.do(f"job {number}", echo, number)) for number in range(30)]
            kill = asyncio.create_task(killing())
            done: list[object] = list(await asyncio.gather(*jobs))
            kill.cancel()
            return done

    async def killing() -> None:
        moments = random.Random(seed)
        for _ in range(left):
            await asyncio.sleep(moments.uniform(0.2, 1.0))
            while not (running := active_children()):
                await asyncio.sleep(0.05)
            moments.choice(running).kill()

    assert asyncio.run(work()) == list(range(30)), f"seed {seed}"


def test_the_end_waits_for_no_job() -> None:
    async def work() -> None:
        async with Workers(2, seconds=60.0, begin=begin) as workers:
            task = asyncio.create_task(workers.do("a", hang))
            await asyncio.sleep(1.5)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    began = time.monotonic()
    asyncio.run(work())
    assert time.monotonic() - began < 15


def test_a_slow_host_leaves_a_process_for_the_others() -> None:
    async def work() -> tuple[float, list[float]]:
        async with Workers(2, seconds=30.0, begin=begin) as workers:
            await asyncio.gather(
                workers.do("http://slow.example/", take_long), workers.do("http://b.example/", furnished, "x")
            )
            slow = [asyncio.create_task(workers.do("http://slow.example/", take_long)) for _ in range(2)]
            await asyncio.sleep(0.2)
            began = time.monotonic()
            assert await workers.do("http://quick.example/", furnished, "quick") == "quick yes"
            return time.monotonic() - began, [float(str(one)) for one in await asyncio.gather(*slow)]

    waited, ends = asyncio.run(work())
    assert waited < 2, "the others wait for no slow host"
    assert abs(ends[1] - ends[0]) > 3.5, "its documents go one behind the other"
