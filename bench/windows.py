"""The labelled windows of stories, read through our own extraction, and B-cubed, by which a grouping is scored."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tawatur import outlets
from tawatur.extract import extract
from tawatur.model import Article, Kind, RawDocument
from tawatur.stories.profile import Profile, profile
from tawatur.understand import analyze

SHARED = Path(__file__).resolve().parents[2] / "shared"
STORIES = SHARED / "data/stories"
NAMES = ("A", "B", "F")


@dataclass(frozen=True)
class LabelledWindow:
    """A window's profiles in the order of time, and of each the label of its story."""

    name: str
    articles: tuple[Article, ...]
    profiles: tuple[Profile, ...]
    gold: tuple[Hashable, ...]


def load(name: str, folder: Path = STORIES) -> LabelledWindow:
    """Read a window and its labels; an article in no labelled story is a story of its own."""
    articles = {article.id: article for article in read_articles(folder / f"{name}.jsonl")}
    profiles = sorted(
        (profile(article, analyze(article)) for article in articles.values()),
        key=lambda one: (one.time, one.article),
    )
    stories = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))["stories"]
    label: dict[str, Hashable] = {article: number for number, story in enumerate(stories) for article in story["ids"]}
    return LabelledWindow(
        name,
        tuple(articles[one.article] for one in profiles),
        tuple(profiles),
        tuple(label.get(one.article, one.article) for one in profiles),
    )


def read_articles(path: Path, content: bytes | None = None) -> tuple[Article, ...]:
    """Return the articles of a file of JSON lines; ``content`` stands for the file's own where it is packed."""
    known = outlets.load()
    lines = (path.read_bytes() if content is None else content).splitlines()
    collected = datetime(2026, 1, 1, tzinfo=UTC)
    found: list[Article] = []
    for number, line in enumerate(lines, 1):
        document = RawDocument(content=line, origin=f"{path}#{number}", kind=Kind.JSONL, collected=collected)
        found += extract(document, outlets=known, latest=date(2026, 1, 1)).articles
    return tuple(found)


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over all articles (Bagga and Baldwin 1998)."""
    in_gold, in_found, in_both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    pairs = list(zip(gold, found, strict=True))
    precision = sum(in_both[pair] / in_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(in_both[pair] / in_gold[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Return the F1 of the pairs of articles that stand in one story."""
    counts = [Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))]
    in_gold, in_found, in_both = (sum(n * (n - 1) // 2 for n in count.values()) for count in counts)
    return 2 * in_both / (in_gold + in_found) if in_gold + in_found else 1.0
