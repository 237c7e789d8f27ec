"""Processes that take documents apart: a job that hangs, or that takes its process down, costs itself alone."""

import asyncio
import os
import time

from tawatur.crawl.workers import Workers
from tawatur.model import Rejected


def begin() -> None:
    os.environ["TAWATUR_TEST_FURNISHED"] = "yes"


def furnished(word: str) -> str:
    return f"{word} {os.environ.get('TAWATUR_TEST_FURNISHED')}"


def hang() -> None:
    time.sleep(60)


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
