"""Measure agreement: the stance of headlines, what is found in labelled windows, and what a story costs.

    python -m bench.agreement

Stance: macro F1 on the pairs of ``headlines/dev.csv`` of ../shared, which the packaged weights have not seen; beside it what the
likeness of the words alone makes of them, cut at its best values. Windows: the stories of three reports or more, as they were
labelled. Cost: the largest story, without what is learned once for a process. The last line is one line of JSON.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter

import numpy as np
from sklearn.metrics import f1_score

from bench.windows import NAMES, SHARED, STORIES, read_articles
from tawatur import outlets
from tawatur.model import Outlets, Report, Story, StoryId, Why
from tawatur.stories.agreement import agreement
from tawatur.stories.compose import compose
from tawatur.stories.stance import Stance, features, stance
from tawatur.understand import analyze

HEADLINES = SHARED / "data/headlines/dev.csv"
#: How many reports a story must have to be measured, and how often the largest is told.
REPORTS, TIMES = 3, 7


def headlines() -> dict[str, float]:
    """Return the macro F1 of stance, the F1 of each, and the macro F1 of likeness alone."""
    with HEADLINES.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    gold = [pair["stance"] for pair in pairs]
    found = []
    for pair in pairs:
        probable = stance(pair["s1"], pair["s2"])
        found.append(max(probable, key=lambda kind: probable[kind]).value)
    each = f1_score(gold, found, average=None, labels=[kind.value for kind in Stance])
    likeness = np.array([features(pair["s1"], pair["s2"])["dice"] for pair in pairs])
    by_kind = {kind.value: float(value) for kind, value in zip(Stance, each, strict=True)}
    return {"macro_f1": float(f1_score(gold, found, average="macro")), **by_kind, "likeness": _cut(gold, likeness)}


def _cut(gold: list[str], likeness: np.ndarray) -> float:
    """Return the best macro F1 of two cuts: other below the first, agree above the second, disagree between."""
    cuts = np.arange(0.0, 1.0, 0.05)
    tried = [
        np.where(likeness <= low, "other", np.where(likeness >= high, "agree", "disagree"))
        for low in cuts
        for high in cuts[cuts > low]
    ]
    return max(float(f1_score(gold, found, average="macro")) for found in tried)


def stories(known: Outlets) -> list[Story]:
    """Return the labelled stories of three reports or more."""
    found = []
    for name in NAMES:
        articles = {article.id: article for article in read_articles(STORIES / f"{name}.jsonl")}
        for number, told in enumerate(
            json.loads((STORIES / f"{name}.gold.json").read_text(encoding="utf-8"))["stories"]
        ):
            if len(told["ids"]) >= REPORTS:
                members = [articles[one] for one in told["ids"]]
                reports = [Report(article=one, analysis=analyze(one), why=Why(key="first")) for one in members]
                found.append(compose(StoryId(f"{name}{number}"), reports, outlets=known))
    return found


def points(found: list[Story]) -> Counter[str]:
    """Return how many points of each standing and kind stories have."""
    counts: Counter[str] = Counter()
    for story in found:
        made = agreement(story)
        for point in (*made.agreed, *made.differ, *made.alone):
            counts[f"{point.standing}_{point.kind}"] += 1
    return counts


def cost(found: list[Story]) -> tuple[int, float]:
    """Return the reports of the largest story and the milliseconds that its agreement takes, the median of some times."""
    largest = max(found, key=lambda story: len(story.reports))
    spent = []
    for _ in range(TIMES):
        start = time.process_time()
        agreement(largest)
        spent.append(1000 * (time.process_time() - start))
    return len(largest.reports), float(np.median(spent))


def main() -> None:
    """Print all figures."""
    if not HEADLINES.exists() or not STORIES.exists():
        sys.exit("skipped: the headlines and labelled windows of ../shared are not here")
    scores = {name: round(value, 4) for name, value in headlines().items()}
    print("stance of headlines:", scores)
    found = stories(outlets.load())
    counts = points(found)
    print(f"points of {len(found)} stories:", dict(sorted(counts.items())))
    reports, milliseconds = cost(found)
    print(f"{reports} reports: {milliseconds:.0f} ms")
    figures = {
        "stance": scores,
        "points": dict(sorted(counts.items())),
        "reports": reports,
        "ms": round(milliseconds, 1),
    }
    print(json.dumps({"bench": "agreement", **figures}))


if __name__ == "__main__":
    main()
