"""Measure searching: whether a headline finds another outlet's report of its story, and what a search costs in large stores.

    python -m bench.search [FOLDER]

Known items: the labelled windows are read into one store; the headline of each report that another outlet's report stands beside is
searched for, and the rank of the first such report counts, of the first ten, the report itself left out. What a page shows is a
list of stories, so ``mrr`` is by the rank of the first story that shows one. ``mrr_ranking`` is by the rank among reports alone, as
if no story were known. The rival is SQLite's own: FTS5 with its tokenizer ``unicode61`` and its bm25, any word, the headline
weighed as is best for it; ``mrr_plain_stories`` has its reports gathered by our stories too.

Time: queries of one word to five, of words that are frequent and seldom, with and without phrases and filters, each for a whole
page of results, in stores of 100,000 and 1,000,000 articles (``bench.million``) that lie in FOLDER or are made there;
without FOLDER times are left out. The last line is one line of JSON.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.windows import NAMES, STORIES, read_articles
from tawatur import outlets, pipeline
from tawatur.model import Article, ArticleId, Kind, Outlets, RawDocument
from tawatur.search import RANKED, REPORTS, Searcher, as_words, ranked
from tawatur.searching.parse import parse
from tawatur.searching.plan import plan
from tawatur.store import Store, open_store

FIRST = 10
NOW = datetime(2018, 12, 1, tzinfo=UTC)
SIZES = (100_000, 1_000_000)
#: How often the queries are asked, in which order; the first time warms the caches of words and pages.
ROUNDS = 5

#: Gives for a text the results in their order, each the reports that it shows.
Search = Callable[[str], list[list[str]]]


class Windows:
    """The articles of the labelled windows, and for each that can be asked for which others are to be found."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.wanted: dict[str, frozenset[str]] = {}
        for name in NAMES:
            read = {article.id: article for article in read_articles(STORIES / f"{name}.jsonl")}
            self.articles |= read
            labels = json.loads((STORIES / f"{name}.gold.json").read_text(encoding="utf-8"))["stories"]
            for ids in (story["ids"] for story in labels):
                for one in ids:
                    others = frozenset(other for other in ids if read[other].outlet != read[one].outlet)
                    if others and read[one].title:
                        self.wanted[one] = others

    def score(self, search: Search) -> tuple[float, float]:
        """Return the mean reciprocal rank over all headlines, and the share of those that find a report at all."""
        ranks = [self._rank(search, asked, wanted) for asked, wanted in self.wanted.items()]
        return sum(1 / rank for rank in ranks if rank) / len(ranks), sum(map(bool, ranks)) / len(ranks)

    def _rank(self, search: Search, asked: str, wanted: frozenset[str]) -> int:
        others = ([one for one in result if one != asked] for result in search(self.articles[asked].title))
        found = [result for result in others if result][:FIRST]
        return next((rank for rank, result in enumerate(found, 1) if wanted.intersection(result)), 0)


class _Silent:
    """Looks on and says nothing."""

    def __getattr__(self, _: str) -> Callable[..., None]:
        return lambda *_: None


def filled(path: Path, known: Outlets) -> Store:
    """Return a store into which the windows were read."""
    store = open_store(path)
    with store.reading(NOW) as now:
        pipeline.read(_documents(), store=store, outlets=known, now=now, watch=_Silent())
    return store


def _documents() -> Iterator[RawDocument]:
    for name in NAMES:
        for number, line in enumerate((STORIES / f"{name}.jsonl").read_bytes().splitlines(), 1):
            yield RawDocument(content=line, origin=f"{name}#{number}", kind=Kind.JSONL, collected=NOW)


def pages(store: Store, known: Outlets) -> Search:
    """Return our search: stories, with the reports that a page shows of each."""
    searcher = Searcher(store, known)

    def search(text: str) -> list[list[str]]:
        query = parse(text).query
        found = (searcher.search(query, now=NOW, page=page) for page in (1, 2))
        return [[report.id for report in story.reports] for results in found for story in results.stories]

    return search


def reports(store: Store) -> Search:
    """Return our ranking of reports alone."""

    def search(text: str) -> list[list[str]]:
        looked = plan(as_words(parse(text).query), now=NOW)
        matches = store.find(looked, most=RANKED, all_words=False)
        return [[one.candidate.article] for one in ranked(looked, matches, now=NOW)]

    return search


def plain(articles: dict[str, Article], weight: float) -> Search:
    """Return SQLite's own full text search, with the weight of headlines."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE plain USING fts5(id UNINDEXED, title, text, tokenize = 'unicode61')")
    rows = ((one.id, f"{one.title}\n{one.subtitle}", one.text) for one in articles.values())
    db.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows)

    def search(text: str) -> list[list[str]]:
        match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        order = f"SELECT id FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 0, {weight}, 1) LIMIT {RANKED}"
        return [[ArticleId(row[0])] for row in db.execute(order, (match,))]

    return search


def gathered(search: Search, store: Store) -> Search:
    """Return a search whose reports are gathered by our stories, each story where its first report stands."""

    def by_story(text: str) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for (one,) in search(text):
            if len(own := found[store.story_of(ArticleId(one)) or one]) < REPORTS:
                own.append(one)
        return list(found.values())

    return by_story


def quality() -> dict[str, float]:
    """Return the scores of known items."""
    windows, known = Windows(), outlets.load()
    rivals = [plain(windows.articles, weight) for weight in (1, 2, 3, 5)]
    rival, best = max(((windows.score(one), one) for one in rivals), key=lambda scored: scored[0])
    with TemporaryDirectory() as folder:
        store = filled(Path(folder) / "store.sqlite3", known)
        ours, alone = windows.score(pages(store, known)), windows.score(reports(store))
        stories = windows.score(gathered(best, store))
        store.close()
    return {
        "headlines": len(windows.wanted),
        "mrr": ours[0],
        "found": ours[1],
        "mrr_ranking": alone[0],
        "mrr_plain": rival[0],
        "found_plain": rival[1],
        "mrr_plain_stories": stories[0],
        "gain": ours[0] - rival[0],
        "gain_ranking": alone[0] - rival[0],
    }


def queries(store: Store) -> list[str]:
    """Return the queries that are timed: words of headlines by how frequent they are, alone, together, in phrases, with filters."""
    heads = store.front(limit=400)
    titles = [head.title for head in heads[::4]]
    counted: dict[str, int] = defaultdict(int)
    for title in titles:
        for word in title.split():
            counted[word] += 1
    frequent = sorted(counted, key=lambda word: (-counted[word], word))[:15]
    seldom = sorted(counted, key=lambda word: (counted[word], word))[:15]
    filters = json.loads((Path(__file__).parent / "data/search_filters.json").read_text(encoding="utf-8"))
    return [
        *frequent,
        *seldom,
        *(" ".join(title.split()[:2]) for title in titles[:25]),
        *(" ".join(title.split()[:3]) for title in titles[25:50]),
        *(f'"{" ".join(title.split()[1:3])}"' for title in titles[50:65]),
        *titles[65:80],
        *(f"{word} {one}" for word in frequent[:5] for one in filters),
        *filters,
    ]


def times(store: Store, known: Outlets, asked: list[str]) -> dict[str, float]:
    """Return the median and the 95th percentile of a page of results, in milliseconds, over all queries.

    The first round is left out, and of the others each query's fastest counts, which says least of what else the machine did.
    ``cpu`` is the mean of the processor's time.
    """
    searcher = Searcher(store, known)
    spent: dict[str, list[float]] = defaultdict(list)
    for text in asked:
        searcher.search(parse(text).query, now=NOW)
    began = time.process_time()
    for text in asked * (ROUNDS - 1):
        start = time.perf_counter()
        searcher.search(parse(text).query, now=NOW)
        spent[text].append(1000 * (time.perf_counter() - start))
    cpu = 1000 * (time.process_time() - began) / (len(asked) * (ROUNDS - 1))
    fastest = sorted((min(own), text) for text, own in spent.items())
    for slow, text in fastest[-5:]:
        print(f"  {slow:6.1f} ms  {text}", file=sys.stderr)
    found = [one for one, _ in fastest]
    return {"p50_ms": median(found), "p95_ms": found[int(0.95 * len(found))], "cpu_ms": cpu}


def speed(folder: Path) -> dict[str, float]:
    """Return times of both sizes, and how many times as long the larger one takes, by the processor's time."""
    from bench.million import build

    known, found = outlets.load(), {}
    stores = {size: open_store(build(folder / f"{size}.sqlite3", size)) for size in SIZES}
    asked = queries(stores[SIZES[0]])
    for size, store in stores.items():
        found |= {f"{name}_{size}": value for name, value in times(store, known, asked).items()}
        store.close()
    small, large = (found[f"cpu_ms_{size}"] for size in SIZES)
    return found | {"ratio": large / small}


def main() -> None:
    """Print all figures."""
    figures = quality()
    if len(sys.argv) > 1:
        figures |= speed(Path(sys.argv[1]))
    for name, value in figures.items():
        print(f"{name:24} {value:10.3f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
