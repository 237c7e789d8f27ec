"""Measure grouping on the labelled windows beside three rivals, and its speed as the store grows.

    python -m bench.grouping

Rivals: TF-IDF with average linkage over a whole window at its best threshold (not streaming), overlap of headline words of 0.6
(what readers with clustering do), near-duplicate texts by MinHash. Times are of grouping alone, after profiles are made; the rivals
work on the same keys. What two windows teach for the third, the honest figure, scripts/train_grouping.py prints. The last line is
one line of JSON.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from rensa import RMinHash
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.windows import NAMES, SHARED, STORIES, LabelledWindow, b_cubed, load, pairwise, read_articles
from tawatur.arabic.stems import match_keys
from tawatur.model import Analysis
from tawatur.stories.assign import Grouper
from tawatur.stories.profile import Profile, profile

Labels = Sequence[Hashable]
Rival = Callable[[LabelledWindow], Labels]

THRESHOLDS = np.arange(0.06, 0.5, 0.02)
OVERLAP, BEGINNING = 0.6, 1000
#: Settings of MinHash that are usual for near-duplicates.
PERMUTATIONS, SHINGLE, ALIKE = 128, 3, 0.5
DAYS, A_DAY, PART = 10, 1000, 1000


def ours(window: LabelledWindow) -> Labels:
    """Group as ``tawatur group`` does: each article on arrival, with what is decided again later."""
    grouper = Grouper(lambda start, end: ())
    story = {}
    for one in window.profiles:
        story[one.article] = grouper.place(one).story
        for repair in grouper.revisit(story[one.article]):
            grouper.carry(repair)
            story |= dict.fromkeys(repair.articles, repair.target)
    return [story[one.article] for one in window.profiles]


def on_arrival(window: LabelledWindow) -> Labels:
    """Group each article on arrival, and never decide again."""
    grouper = Grouper(lambda start, end: ())
    return [grouper.place(one).story for one in window.profiles]


def average_linkage(window: LabelledWindow, threshold: float) -> Labels:
    """Group a whole window by the cosine of TF-IDF of matching keys; ``threshold`` is the least mean cosine.

    The headline thrice with the beginning of the text was the best of ten ways to feed it.
    """
    texts = [match_keys(3 * f"{article.title}\n" + article.text[:BEGINNING]) for article in window.articles]
    vectors = TfidfVectorizer(analyzer=lambda keys: keys, sublinear_tf=True).fit_transform(texts)
    distances = 1 - (vectors @ vectors.T).toarray()
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - threshold
    )
    return clustering.fit_predict(distances.clip(0)).tolist()


def headline_overlap(window: LabelledWindow) -> Labels:
    """Put an article to the first earlier headline that shares 0.6 of the words of the shorter one."""
    headlines: list[frozenset[str]] = []
    labels: list[int] = []
    for article in window.articles:
        words = frozenset(match_keys(article.title))
        like = (at for at, other in enumerate(headlines) if _overlap(words, other) >= OVERLAP)
        first = next(like, None)
        labels.append(len(headlines) if first is None else labels[first])
        headlines.append(words)
    return labels


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def near_duplicates(window: LabelledWindow) -> Labels:
    """Put an article to the first earlier text whose runs of three words are much the same."""
    sketches: list[RMinHash] = []
    labels: list[int] = []
    for article in window.articles:
        keys = match_keys(f"{article.title}\n{article.text}")
        sketch = RMinHash(PERMUTATIONS, seed=1)
        sketch.update([" ".join(keys[at : at + SHINGLE]) for at in range(max(1, len(keys) - SHINGLE + 1))])
        first = next((at for at, other in enumerate(sketches) if sketch.jaccard(other) >= ALIKE), None)
        labels.append(len(sketches) if first is None else labels[first])
        sketches.append(sketch)
    return labels


def score(rival: Rival, windows: Sequence[LabelledWindow]) -> dict[str, float]:
    """Return a rival's B-cubed F1 by window, their means, the mean of pairwise F1, and its articles a second."""
    found, pairs, seconds = {}, [], 0.0
    for window in windows:
        start = time.perf_counter()
        labels = rival(window)
        seconds += time.perf_counter() - start
        found[window.name] = b_cubed(window.gold, labels)
        pairs.append(pairwise(window.gold, labels))
    precision, recall, f1 = np.mean(list(found.values()), axis=0)
    rate = sum(len(window.profiles) for window in windows) / seconds
    by_window = {name: values[2] for name, values in found.items()}
    return {
        **by_window,
        "f1": f1,
        "precision": precision,
        "recall": recall,
        "pairwise": np.mean(pairs),
        "per_second": rate,
    }


def best_linkage(windows: Sequence[LabelledWindow]) -> tuple[float, dict[str, float]]:
    """Return the threshold at which average linkage does best on these very windows, and its scores."""
    tried = [(at, score(lambda window, at=at: average_linkage(window, at), windows)) for at in THRESHOLDS]
    return max(tried, key=lambda one: one[1]["f1"])


def quality() -> dict[str, float]:
    """Return our scores on the labelled windows."""
    return score(ours, [load(name) for name in NAMES])


def growth() -> list[float]:
    """Return milliseconds an article for each thousand of ten days of a thousand articles each, grouped in one go."""
    profiles = _ten_days()
    grouper = Grouper(lambda start, end: ())
    spent = []
    for first in range(0, len(profiles), PART):
        start = time.perf_counter()
        for one in profiles[first : first + PART]:
            for repair in grouper.revisit(grouper.place(one).story):
                grouper.carry(repair)
        spent.append(1000 * (time.perf_counter() - start) / PART)
    return spent


def _ten_days() -> list[Profile]:
    """Return profiles of real articles in their order, moved together to a thousand a day."""
    packed = sorted((SHARED / "data/articles").glob("ant-*.jsonl.gz"))[:4]
    lines = b"\n".join(gzip.decompress(path.read_bytes()) for path in packed)
    articles = {article.id: article for article in read_articles(packed[0], lines)}
    known = [profile(article, Analysis(article=article.id, version="")) for article in articles.values()]
    known.sort(key=lambda one: (one.time, one.article))
    step, start = timedelta(days=1) / A_DAY, known[0].time
    return [replace(one, time=start + at * step) for at, one in enumerate(known[: DAYS * A_DAY])]


def main() -> None:
    """Print all figures."""
    if not STORIES.exists():
        sys.exit("skipped: the labelled windows of ../shared are not here")
    windows = [load(name) for name in NAMES]
    threshold, linkage = best_linkage(windows)
    rivals = {
        "ours, streaming with repairs": score(ours, windows),
        "ours, decided on arrival": score(on_arrival, windows),
        f"TF-IDF, average linkage at {threshold:.2f}": linkage,
        "headline overlap 0.6": score(headline_overlap, windows),
        "MinHash 0.5": score(near_duplicates, windows),
    }
    for name, scores in rivals.items():
        print(f"{name:36}", "  ".join(f"{key} {value:7.3f}" for key, value in scores.items()))
    spent = growth()
    print("ms an article, each thousand of ten days:", " ".join(f"{milliseconds:.1f}" for milliseconds in spent))
    print(json.dumps({"bench": "grouping", "rivals": _rounded(rivals), "ms_growth": [round(ms, 2) for ms in spent]}))


def _rounded(rivals: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {name: {key: round(float(value), 4) for key, value in scores.items()} for name, scores in rivals.items()}


if __name__ == "__main__":
    main()
