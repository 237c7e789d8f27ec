"""Compare the schedule with fixed intervals: how long news waits to be fetched, for how many requests; one line of JSON last.

    python -m bench.schedule [ARTICLES.jsonl.gz ...]

A month of outlets of several invented rhythms is asked by the schedule and every 5, 15 and 60 minutes; the schedule is then
given the effort at which it spends as many requests as each fixed interval, all outlets together. Where ``../shared`` is present,
the same with the real publication times of its articles. All outlets begin unknown; the first three days teach and do not count.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import statistics
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tawatur.fetch.schedule import Answer, Pace, answered, begin
from tawatur.model import OutletKey
from tawatur.source import Source

ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "articles"
START = datetime(2031, 3, 1, tzinfo=UTC)
DAYS, LEARNING = 31, timedelta(days=3)
FIXED = (5, 15, 60)
#: The schedule's own bounds are wide here, so that the rule itself is measured.
PACE = Pace(least=timedelta(minutes=1), most=timedelta(hours=12))
Times = Sequence[datetime]


@dataclass(frozen=True)
class Spent:
    """What one way of asking cost and gained: requests, and the minutes that each item waited."""

    requests: int
    waits: tuple[float, ...]

    @property
    def mean(self) -> float:
        return statistics.fmean(self.waits)

    @property
    def late(self) -> float:
        """Return what one item in twenty waited longer than."""
        return sorted(self.waits)[int(len(self.waits) * 0.95)]


def main(arguments: list[str]) -> None:
    """Measure and print."""
    figures = {"invented": compare("invented rhythms", invented())}
    real = [Path(given) for given in arguments] or sorted(ARTICLES.glob("ant-*.jsonl.gz"))
    if real:
        figures["real"] = compare("real times of publication", published(real))
    else:
        print("skipped: the times of ../shared, which is not there")
    print(json.dumps(figures))


def compare(title: str, outlets: dict[str, Times]) -> dict[str, dict[str, float]]:
    """Print and return the mean wait at the number of requests of each fixed interval."""
    items = sum(map(len, outlets.values()))
    print(f"{title}: {len(outlets)} outlets, {items} items, from {min(map(len, outlets.values()))} to ", end="")
    print(f"{max(map(len, outlets.values()))} each")
    print(
        f"{'fixed':>6} {'requests':>9} {'wait':>8} {'95%':>7}   schedule {'requests':>9} {'wait':>8} {'95%':>7} {'ratio':>6}"
    )
    found = {}
    for minutes in FIXED:
        fixed = total(outlets, lambda times, step=minutes: every(times, timedelta(minutes=step)))
        effort = equal_effort(outlets, fixed.requests)
        ours = total(outlets, lambda times, given=effort: scheduled(times, replace(PACE, effort=given)))
        print(
            f"{minutes:>6} {fixed.requests:>9} {fixed.mean:>8.2f} {fixed.late:>7.1f}   {effort:>8.3f} "
            f"{ours.requests:>9} {ours.mean:>8.2f} {ours.late:>7.1f} {ours.mean / fixed.mean:>6.2f}"
        )
        found[str(minutes)] = {
            "requests": fixed.requests,
            "wait": round(fixed.mean, 2),
            "schedule_requests": ours.requests,
            "schedule_wait": round(ours.mean, 2),
        }
    own = total(outlets, lambda times: scheduled(times, Pace()))
    print(f"as it is set: {own.requests} requests, mean wait {own.mean:.2f} minutes, 95% {own.late:.1f}")
    return found


def equal_effort(outlets: dict[str, Times], requests: int) -> float:
    """Return the effort at which the schedule spends so many requests, within a hundredth: they go as one over the effort."""
    effort = 0.354
    for _ in range(4):
        spent = total(outlets, lambda times, given=effort: scheduled(times, replace(PACE, effort=given))).requests
        if abs(spent / requests - 1) < 0.01:
            break
        effort *= spent / requests
    return effort


def total(outlets: dict[str, Times], ask: Callable[[Times], Spent]) -> Spent:
    """Return what a way of asking costs and gains over all outlets."""
    spent = [ask(times) for times in outlets.values()]
    return Spent(sum(one.requests for one in spent), tuple(wait for one in spent for wait in one.waits))


def every(times: Times, step: timedelta) -> Spent:
    """Ask in fixed intervals."""
    moments, moment = [], START
    while moment < START + timedelta(days=DAYS):
        moments.append(moment)
        moment += step
    return judged(times, moments)


def scheduled(times: Times, pace: Pace) -> Spent:
    """Ask as the schedule says; an answer shows the last 30 items."""
    luck = random.Random(7)
    state, moment, seen = begin(Source(url="https://x.example/feed", outlet=OutletKey("x")), START), START, 0
    moments = []
    while moment < START + timedelta(days=DAYS):
        moments.append(moment)
        there = bisect_right(times, moment)
        new = tuple(times[max(seen, there - 30) : there])
        state = answered(state, Answer(new=new), now=moment, pace=pace, luck=luck.random())
        seen, moment = there, state.next_at
    return judged(times, moments)


def judged(times: Times, moments: Times) -> Spent:
    """Return what some questions cost and gained behind the days of learning."""
    asked = [moment for moment in moments if moment >= START + LEARNING]
    waits = []
    for time in times:
        if time >= START + LEARNING and (at := bisect_left(asked, time)) < len(asked):
            waits.append((asked[at] - time) / timedelta(minutes=1))
    return Spent(len(asked), tuple(waits))


def invented() -> dict[str, Times]:
    """Return a month of twelve outlets: agencies that never sleep, papers with an evening, weeklies, bursts."""
    luck = random.Random(11)
    day = [
        0.15,
        0.1,
        0.1,
        0.1,
        0.2,
        0.4,
        0.8,
        1.2,
        1.5,
        1.7,
        1.8,
        1.8,
        1.7,
        1.6,
        1.5,
        1.4,
        1.4,
        1.5,
        1.4,
        1.2,
        0.9,
        0.6,
        0.4,
        0.25,
    ]
    evening = [0.1] * 17 + [2, 4, 6, 4, 2, 1, 0.3]
    flat = [1.0] * 24
    week, friday_off = [1.0] * 7, [1, 1, 1, 1, 0.15, 0.6, 1]
    shapes = [
        (260, day, week, 1), (180, flat, week, 1), (120, day, week, 1), (90, day, friday_off, 1),
        (60, evening, week, 1), (40, day, friday_off, 3), (25, day, week, 1), (15, evening, friday_off, 1),
        (8, day, week, 4), (4, day, week, 1), (1.5, flat, week, 1), (0.4, day, friday_off, 1),
    ]  # fmt: skip
    return {str(at): drawn(luck, *shape) for at, shape in enumerate(shapes)}


def drawn(luck: random.Random, a_day: float, hours: Sequence[float], week: Sequence[float], burst: int) -> Times:
    """Draw the times of a month, hour by hour; ``burst`` items come within some minutes of one another."""
    found = []
    scale = a_day / (sum(hours) / 24 * sum(week) / 7) / 24 / burst
    for hour in range(24 * DAYS):
        begins = START + timedelta(hours=hour)
        expected = scale * hours[begins.hour] * week[begins.weekday()]
        for _ in range(poisson(luck, expected)):
            first = begins + timedelta(minutes=luck.uniform(0, 60))
            found += [first + timedelta(minutes=luck.uniform(0, 10)) for _ in range(burst)]
    return sorted(found)


def poisson(luck: random.Random, expected: float) -> int:
    """Draw a Poisson number by Knuth's product of uniforms."""
    limit, product, count = math.exp(-expected), luck.random(), 0
    while product > limit:
        product *= luck.random()
        count += 1
    return count


def published(paths: Iterable[Path]) -> dict[str, Times]:
    """Return the times of the busiest month of each outlet, moved onto the month of this bench day by day of the month."""
    months: dict[tuple[str, str], set[datetime]] = defaultdict(set)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                if "T" in (stated := article.get("published") or ""):
                    at = datetime.fromisoformat(stated).astimezone(UTC)
                    months[article["source"], f"{at:%Y-%m}"].add(at)
    best: dict[str, set[datetime]] = {}
    for (outlet, _), times in months.items():
        if len(times) > len(best.get(outlet, ())):
            best[outlet] = times
    return {outlet: moved(times) for outlet, times in best.items() if len(times) > 30}


def moved(times: set[datetime]) -> Times:
    """Move times by whole weeks, so that weekdays stay, to begin with the month of this bench."""
    weeks = math.ceil((START - min(times)) / timedelta(weeks=1))
    found = sorted(time + timedelta(weeks=weeks) for time in times)
    return [time for time in found if time < START + timedelta(days=DAYS)]


if __name__ == "__main__":
    main(sys.argv[1:])
