"""Measure the whole analysis: articles a second on one core, milliseconds of each layer, memory, and quality beside the speed.

    python -m bench.understanding [--articles N] [--grades fast fine ...]

Articles: a fixed sample of ``../shared/data/articles`` (ANT, 2018). Quality: the development set. Time is processor time of this
process after a warm-up of other articles, best of three rounds, so that other programs count for little; ``machine`` is the
milliseconds of a fixed loop, for comparing machines and days. Each grade is measured in a process of its own, whose peak of memory
is its.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from bench.analysis import SHARED, article_of, scores
from tawatur.analyzers import chosen
from tawatur.config import load
from tawatur.model import Article
from tawatur.understand import Analyzer, analyze, dates, figures, organizations, people, places, statements
from tawatur.understand.reading import read
from tawatur.understand.spans import Stretches

_WARM, _ROUNDS = 60, 3
#: Articles a second on one core that each grade is to reach.
GOALS = {"fast": 100, "fine": 6}


def sample(count: int) -> list[Article]:
    """Return every n-th article of the corpus's months, so many in all."""
    months = sorted((SHARED / "data/articles").glob("ant-*.jsonl.gz"))
    share = count // len(months) + 1
    found: list[Article] = []
    for month in months:
        with gzip.open(month, "rt", encoding="utf-8") as lines:
            found += [article_of(line) for line in islice(lines, 0, share * 40, 40)]
    return found[:count]


def machine() -> float:
    """Return the milliseconds of processor time of a fixed loop over words, the best of five."""
    words = [f"word{number % 977}" for number in range(100_000)]

    def once() -> float:
        start = time.process_time()
        counts: dict[str, int] = {}
        for word in words:
            counts[word[:5]] = counts.get(word[:5], 0) + len(word)
        return time.process_time() - start

    return round(1000 * min(once() for _ in range(5)), 1)


def seconds(analyzer: Analyzer, articles: list[Article]) -> float:
    """Return the processor seconds that an analyser takes for some articles, the best of three rounds."""

    def once() -> float:
        start = time.process_time()
        for article in articles:
            analyzer(article)
        return time.process_time() - start

    return min(once() for _ in range(_ROUNDS))


def layers(articles: list[Article]) -> dict[str, float]:
    """Return the milliseconds an article that each layer of the fast grade takes, each given what it builds on."""
    spent = dict.fromkeys(("read", "people", "organizations", "places", "statements", "dates", "figures"), 0.0)
    for article in articles:
        clock = _Clock(spent)
        reading = clock("read", read, article.text)
        drafts = clock("people", people.drafts, reading)
        named = Stretches.of(mention.span for draft in drafts for mention in draft.mentions)
        organized = clock("organizations", organizations.find, reading, named)
        clock("places", places.find, reading, named)
        clock("statements", statements.find, reading, drafts, organized)
        clock("dates", dates.find, article)
        clock("figures", figures.find, article)
    return {name: round(1000 * total / len(articles), 2) for name, total in spent.items()}


class _Clock:
    """Adds what a step takes to its layer."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent

    def __call__(self, layer: str, step: Callable[..., Any], *given: object) -> Any:
        start = time.process_time()
        made = step(*given)
        self._spent[layer] += time.process_time() - start
        return made


def measure(grade: str, count: int) -> dict[str, Any]:
    """Return the figures of one analyser, measured in this process."""
    analyzer = chosen(load(), grade)
    articles = sample(count + _WARM)
    warm, measured = articles[:_WARM], articles[_WARM:]
    seconds(analyzer, warm)
    rate = len(measured) / seconds(analyzer, measured)
    found: dict[str, Any] = {
        "articles": len(measured),
        "words": sum(len(article.text.split()) for article in measured) // len(measured),
        "version": analyzer(measured[0]).version,
        "per_second": round(rate, 1),
        "ms": round(1000 / rate, 2),
        "machine": machine(),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if analyzer is analyze:
        found["layers"] = layers(measured)
    dev = SHARED / "data/analysis"
    lines = (dev / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return found | {"quality": scores([article_of(line) for line in lines], dev / "dev.gold.jsonl", analyzer)[1]}


def apart(grade: str, count: int) -> dict[str, Any]:
    """Return the figures of one analyser, measured in a process of its own."""
    command = [sys.executable, "-m", "bench.understanding", "--one", grade, "--articles", str(count)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


def show(grade: str, found: dict[str, Any]) -> None:
    """Print the figures of one analyser for people."""
    goal = f", goal {GOALS[grade]}" if grade in GOALS else ""
    print(
        f"{grade} ({found['version']}): {found['per_second']} articles a second on a core{goal}; {found['ms']} ms an article"
    )
    print(
        f"  {found['articles']} articles of {found['words']} words; {found['peak_mib']} MiB; machine {found['machine']} ms"
    )
    for name, spent in found.get("layers", {}).items():
        print(f"  {name:14}{spent:7.2f} ms")
    print("  " + " ".join(f"{name} {f1:.3f}" for name, f1 in found["quality"].items()))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--grades", nargs="+", default=["fast", "fine"])
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    if not (SHARED / "data/articles").is_dir():
        sys.exit(f"skipped: {SHARED / 'data/articles'} is not here")
    if given.one:
        print(json.dumps(measure(given.one, given.articles)))
        return
    found = {grade: apart(grade, given.articles) for grade in given.grades}
    for grade, figures_of in found.items():
        show(grade, figures_of)
    print(json.dumps({"bench": "understanding", **found}))


if __name__ == "__main__":
    main(sys.argv[1:])
