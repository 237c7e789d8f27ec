"""Measure where the time of ``tawatur read`` goes: milliseconds an article of each step, one line of JSON last.

    python -m bench.reading [ARTICLES.jsonl[.gz] [COUNT]]

Without arguments: the first 2,000 articles, in the order of time, of one month of the corpus in ``../shared``. Each step runs over
all articles before the next begins, on one core, into a SQLite store in a temporary folder.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tawatur.app import known_outlets
from tawatur.extract import extract
from tawatur.fetch import files
from tawatur.model import Article, Outlets, RawDocument
from tawatur.store import Prepared, Store, open_store
from tawatur.stories.assign import Grouper
from tawatur.stories.compose import compose, head
from tawatur.stories.context import Context
from tawatur.stories.profile import profile
from tawatur.understand import analyze

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "articles" / "ant-2018-05.jsonl.gz"
COUNT = 2000


class Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time of a block to a step."""
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began


def main(arguments: list[str]) -> None:
    """Measure and print."""
    corpus = Path(arguments[0]) if arguments else CORPUS
    if not corpus.exists():
        print(f"skipped: {corpus} is not there")
        return
    count = int(arguments[1]) if len(arguments) > 1 else COUNT
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(first(corpus, count)), encoding="utf-8")
        store = open_store(Path(folder) / "store.sqlite3")
        measure(path, store, clock)
        report(clock, store)
        store.close()


def first(corpus: Path, count: int) -> list[str]:
    """Return the first lines of a corpus in the order of time."""
    with (
        gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else open(corpus, encoding="utf-8") as file
    ):
        return sorted(file, key=lambda line: json.loads(line).get("published") or "")[:count]


def measure(path: Path, store: Store, clock: Clock) -> None:
    """Take all articles through one step after another."""
    outlets = known_outlets()
    given = files.Given(collected=datetime.now(UTC), outlets=outlets)
    with clock.step("read"):
        documents = [one for one in files.read(path, given) if isinstance(one, RawDocument)]
    extracted: list[tuple[RawDocument, Article]] = []
    with clock.step("extract"):
        for document in documents:
            found = extract(document, outlets=outlets, latest=given.collected.date())
            extracted += ((document, article) for article in found.articles)
    with clock.step("analyse"):
        analyses = [analyze(article) for _, article in extracted]
    pairs = zip(extracted, analyses, strict=True)
    with clock.step("profile"):
        prepared = [
            (document, Prepared(article=article, analysis=analysis, profile=profile(article, analysis)))
            for (document, article), analysis in pairs
        ]
    with clock.step("store articles"):
        for document, one in prepared:
            store.add_document(document, prepared=[one])
    group(store, clock)
    make_stories(store, outlets, clock)


def group(store: Store, clock: Clock) -> None:
    """Group all that is pending."""
    grouper = Grouper(store.recall)
    while batch := store.pending(200):
        for waiting in batch:
            with clock.step("group"):
                decision = grouper.place(waiting)
            with clock.step("store decisions"):
                store.place(decision, time=waiting.time)


def make_stories(store: Store, outlets: Outlets, clock: Clock) -> None:
    """Make all stories."""
    context = Context(store.recall)
    while batch := store.stale(200):
        for story in batch:
            with clock.step("load stories"):
                reports, members = store.reports(story), store.members(story)
            with clock.step("compose"):
                top = head(compose(story, reports, outlets=outlets), outlets=outlets)
            with clock.step("context"):
                related = context.related(story, members)
            with clock.step("store stories"):
                store.put_story(top, related)


def report(clock: Clock, store: Store) -> None:
    """Print milliseconds an article, and the line of JSON."""
    counts = store.counts()
    each = {name: 1000 * seconds / counts.articles for name, seconds in clock.seconds.items()}
    for name, milliseconds in each.items():
        print(f"{name:16} {milliseconds:8.3f} ms an article")
    total = sum(clock.seconds.values())
    print(f"{'all':16} {1000 * total / counts.articles:8.3f} ms an article")
    figures = {name.replace(" ", "_"): round(milliseconds, 3) for name, milliseconds in each.items()}
    rate = round(counts.articles / total, 1)
    print(json.dumps({"articles": counts.articles, "stories": counts.stories, "per_second": rate, "ms": figures}))


if __name__ == "__main__":
    main(sys.argv[1:])
