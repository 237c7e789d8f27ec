"""robots.txt: whatever stands there, there are rules, and reading them costs little."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.fetch.answers import Refused
from tawatur.fetch.exchange import Answer
from tawatur.fetch.policy import ROBOT, Policy
from tawatur.fetch.robots import Robots, parse
from tawatur.fetch.target import Target

SIZE = Policy().robots_size
lines = st.tuples(st.sampled_from(["User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", "\0", ""]), st.text())


@given(st.one_of(st.binary(), st.lists(lines).map(lambda rows: "\n".join(f"{a}: {b}" for a, b in rows).encode())))
def test_any_bytes_are_rules(content: bytes) -> None:
    rules = parse(content)
    assert rules.can_fetch("http://one.example/a?b", ROBOT) in (True, False)
    assert (rules.crawl_delay(ROBOT) or 0) >= 0


@pytest.mark.parametrize(
    "line",
    [
        b"Disallow: /" + b"*a" * 200 + b"$\n",
        b"User-agent: a\n",
        b"Disallow: /a\n",
        b"Crawl-delay: 1e999\n",
        b"Allow: $$$$\n",
    ],
)
def test_hostile_rules_cost_no_time(line: bytes) -> None:
    content = b"User-agent: *\n" + line * (SIZE // len(line))
    begun = time.perf_counter()
    rules = parse(content)
    for _ in range(10):
        rules.can_fetch("http://one.example/" + "a" * 2000, ROBOT)
    assert time.perf_counter() - begun < 5
    assert (rules.crawl_delay(ROBOT) or 0) < 1e9


def test_the_text_that_is_remembered_is_bounded_and_what_was_asked_for_last_is_kept() -> None:
    asked: list[str] = []

    async def get(target: Target) -> Answer | Refused:
        asked.append(target.host)
        return Answer(status=200, headers={}, content=b"User-agent: *\nDisallow: /a\n" + b"#" * 10_000)

    async def journey() -> None:
        robots = Robots(Policy(robots_memory=100_000), get)
        for number in range(50):
            await robots.rules(Target("http", f"{number}.example", 80, "/"))
            await robots.rules(Target("http", "often.example", 80, "/"))
        assert asked.count("often.example") == 1
        await robots.rules(Target("http", "49.example", 80, "/"))
        await robots.rules(Target("http", "0.example", 80, "/"))
        assert (asked.count("49.example"), asked.count("0.example")) == (1, 2)

    asyncio.run(journey())
