"""Measure the account of a story: that every sentence is traced, and how much of what several sources say it covers.

    python -m bench.account [--show N]

Stories are the labelled ones of the windows of ../shared with at least two independent sources. What is to be covered are the keys
of words (and pairs that stand together) that at least two of them hold, each weighed by its rarity; a text of the same number of
words is taken from each rival: the first sentences of the longest report, and LexRank over all sentences (Erkan and Radev 2004).
``repeated`` is the share of pairs of words in a text that it has said before. The last line is one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from statistics import mean

import numpy as np

from bench.windows import NAMES, STORIES, load
from tawatur import outlets
from tawatur.arabic.sentences import sentences
from tawatur.arabic.stems import match_keys
from tawatur.arabic.words import words
from tawatur.model import Account, Article, Report, Story, StoryId, Why
from tawatur.stories.account import account
from tawatur.stories.agreement import agreement
from tawatur.stories.background import background
from tawatur.stories.compose import compose
from tawatur.stories.told import sentences as told_by
from tawatur.understand import analyze

#: Settings of LexRank that its authors found best.
ALIKE, DAMPING, ROUNDS = 0.1, 0.85, 50
Units = frozenset[tuple[str, ...]]


@cache
def stories(names: tuple[str, ...] = NAMES) -> list[Story]:
    """Return the labelled stories of some windows with at least two independent sources."""
    known = outlets.load()
    found = []
    for name in names:
        window = load(name)
        by_label: dict[Hashable, list[Article]] = {}
        for article, label in zip(window.articles, window.gold, strict=True):
            by_label.setdefault(label, []).append(article)
        for label, articles in by_label.items():
            if len(articles) > 1:
                reports = [Report(article=one, analysis=analyze(one), why=Why(key="first")) for one in articles]
                found.append(compose(StoryId(f"{name}-{label}"), reports, outlets=known))
    return [story for story in found if story.independent > 1]


def units(text: str) -> Units:
    """Return what a text says, as far as words tell: keys, and pairs that stand together."""
    keys = match_keys(text)
    return frozenset((key,) for key in keys) | frozenset(pairwise(keys))


def wanted(story: Story) -> dict[tuple[str, ...], float]:
    """Return what at least two independent sources say, with its weight."""
    texts = {report.article.id: units(report.article.text) for report in story.reports}
    held = Counter(unit for source in story.sources for unit in frozenset().union(*(texts[one] for one in source)))
    return {unit: _weight(unit) for unit, count in held.items() if count > 1}


def _weight(unit: tuple[str, ...]) -> float:
    return sum(background().idf(key, 0, 0) for key in unit)


def covered(text: str, goal: dict[tuple[str, ...], float]) -> float:
    """Return the share of the weight that a text holds."""
    said = units(text)
    return sum(weight for unit, weight in goal.items() if unit in said) / (sum(goal.values()) or 1.0)


def repeated(text: str) -> float:
    """Return the share of a text's pairs of words that stand in it more than once."""
    pairs = Counter(pairwise(match_keys(text)))
    return 1 - len(pairs) / (sum(pairs.values()) or 1)


def cut(texts: Iterable[str], length: int) -> str:
    """Return the first words of some sentences."""
    found = " \n".join(texts)
    ends = [word.end for word in words(found)]
    return found if len(ends) <= length else found[: ends[length - 1]]


def longest(story: Story) -> list[str]:
    """Return the sentences of the longest report in order."""
    report = max(story.reports, key=lambda one: len(one.article.text))
    return _sentences(report.article.text)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def lexrank(story: Story) -> list[str]:
    """Return all sentences, most central first, none that says much the same as one before it."""
    texts = list(dict.fromkeys(one for report in story.reports for one in _sentences(report.article.text)))
    bags = [Counter(match_keys(text)) for text in texts]
    places = {key: at for at, key in enumerate(sorted(set().union(*bags)))}
    vectors = np.zeros((len(texts), len(places)))
    for row, bag in enumerate(bags):
        for key, count in bag.items():
            vectors[row, places[key]] = count * background().idf(key, 0, 0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths == 0, 1, lengths)
    cosines = vectors @ vectors.T
    links = (cosines > ALIKE).astype(float)
    links /= np.maximum(links.sum(axis=1, keepdims=True), 1)
    rank = np.full(len(texts), 1 / len(texts))
    for _ in range(ROUNDS):
        rank = (1 - DAMPING) / len(texts) + DAMPING * links.T @ rank
    chosen: list[int] = []
    for at in np.argsort(-rank, kind="stable"):
        if all(cosines[at, before] < 0.5 for before in chosen):
            chosen.append(int(at))
    return [texts[at] for at in chosen]


def untraced(story: Story, told: Account) -> int:
    """Return how many sentences do not stand, as they are, in the reports that they name."""
    texts = {report.article.id: report.article.text for report in story.reports}
    wrong = 0
    for sentence in told.sentences:
        sayings = sentence.sayings
        home = sayings[0] if sayings else None
        stands = home is not None and texts[home.article][home.span.start : home.span.end] == sentence.text
        wrong += not (
            stands
            and sentence.backing.independent >= 1
            and {one.article for one in sayings} == set(sentence.backing.articles)
        )
    return wrong


def compared(
    found: Sequence[Story], told: Sequence[Account], texts: Callable[[Account], list[str]]
) -> dict[str, dict[str, float]]:
    """Return coverage and repetition of our text and of the rivals' first words of the same number."""
    rows: dict[str, list[tuple[float, float]]] = {"ours": [], "longest": [], "lexrank": []}
    for story, one in zip(found, told, strict=True):
        goal = wanted(story)
        ours = " \n".join(texts(one))
        length = sum(1 for _ in words(ours))
        for name, text in (
            ("ours", ours),
            ("longest", cut(longest(story), length)),
            ("lexrank", cut(lexrank(story), length)),
        ):
            rows[name].append((covered(text, goal), repeated(text)))
    return {
        name: {"covered": mean(one for one, _ in all_), "repeated": mean(two for _, two in all_)}
        for name, all_ in rows.items()
    }


def show(story: Story) -> None:
    """Print a story's account for reading."""
    told = account(story, agreement(story), told_by(story))
    print(f"\n== {story.title}  [{len(story.reports)} reports, {story.independent} independent]")
    for at, one in enumerate(told.sentences):
        mark = "*" if at in told.short else " "
        speaker = f" [{one.speaker}]" if one.speaker else ""
        print(f" {mark}{one.part:10} {one.backing.independent}/{len(one.backing.articles)}{speaker} {one.text}")


def main(arguments: list[str]) -> None:
    """Print all figures."""
    if not STORIES.exists():
        sys.exit("skipped: the labelled windows of ../shared are not here")
    found = stories()
    if arguments[:1] == ["--show"]:
        for story in sorted(found, key=lambda one: -one.independent)[:: max(1, len(found) // int(arguments[1]))]:
            show(story)
        return
    print(json.dumps({"bench": "account", **quality(found)}, ensure_ascii=False))


def quality(found: Sequence[Story]) -> dict[str, object]:
    """Return all figures of the accounts of some stories."""
    agreements = [agreement(story) for story in found]
    start = time.process_time()
    told = [account(story, agreed, told_by(story)) for story, agreed in zip(found, agreements, strict=True)]
    spent = 1000 * (time.process_time() - start) / len(found)
    return {
        "stories": len(found),
        "sentences": sum(len(one.sentences) for one in told),
        "untraced": sum(untraced(story, one) for story, one in zip(found, told, strict=True)),
        "milliseconds": spent,
        "backed": mean(one.backing.independent > 1 for account in told for one in account.sentences),
        "full": compared(found, told, lambda one: [sentence.text for sentence in one.sentences]),
        "short": compared(found, told, lambda one: [one.sentences[at].text for at in one.short]),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
