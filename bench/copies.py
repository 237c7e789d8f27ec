"""Measure copies and independence against agency credits, beside three rivals for near-identical text.

    python -m bench.copies

Saudi outlets of a day, put together by TF-IDF with average linkage, so that the pairs do not change when our grouping does. Of
pairs of reports of one story by different outlets, those that credit one agency are copies by that independent label (an agency
has several texts of one happening, so it is never whole), and those that credit two different agencies are none (the share of them
that is taken for a copy). Rivals: MinHash of runs of three words at 0.5, one paragraph in common, SimHash of 64 bits within ten.
The last line is one line of JSON.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from itertools import combinations

from rensa import RMinHash

from bench.grouping import average_linkage
from bench.windows import SHARED, LabelledWindow, read_articles
from tawatur import outlets as packaged
from tawatur.arabic.stems import match_keys
from tawatur.extract.lines import comparable
from tawatur.model import Analysis, Article, Outlets, Report, Why
from tawatur.stories.copies import copied
from tawatur.stories.independence import independence
from tawatur.stories.provenance import credited
from tawatur.stories.runs import runs

FILES = ("saudi-2015-07-23",)
#: Larger stories are long-running topics that grouping could not part.
LARGEST = 60
#: The least mean cosine of a group; it does best on the labelled windows (``bench.grouping``).
LINKAGE = 0.22
PERMUTATIONS, SHINGLE, ALIKE = 128, 3, 0.5
PARAGRAPH, BITS, NEAR = 8, 64, 10

Story = Sequence[Article]
Test = Callable[[Article, Article], bool]


def ours(one: Article, other: Article) -> bool:
    """Say whether two texts are copies by their word runs."""
    return copied(runs(one.text), runs(other.text)) > 0


def minhash(one: Article, other: Article) -> bool:
    """Say whether the estimated Jaccard likeness of two texts is 0.5 or more."""
    return bool(_sketch(one.text).jaccard(_sketch(other.text)) >= ALIKE)


@cache
def _sketch(text: str) -> RMinHash:
    keys = match_keys(text)
    sketch = RMinHash(PERMUTATIONS, seed=1)
    sketch.update([" ".join(keys[at : at + SHINGLE]) for at in range(max(1, len(keys) - SHINGLE + 1))])
    return sketch


def same_paragraph(one: Article, other: Article) -> bool:
    """Say whether two texts have a paragraph of eight words or more in common, spelled alike."""
    return not _paragraphs(one.text).isdisjoint(_paragraphs(other.text))


@cache
def _paragraphs(text: str) -> frozenset[str]:
    return frozenset(line for line in map(comparable, text.split("\n")) if len(line.split()) >= PARAGRAPH)


def simhash(one: Article, other: Article) -> bool:
    """Say whether the SimHashes of two texts differ in ten bits or fewer (Charikar 2002; three is usual for whole pages)."""
    return (_simhash(one.text) ^ _simhash(other.text)).bit_count() <= NEAR


@cache
def _simhash(text: str) -> int:
    votes = [0] * BITS
    for key, count in Counter(match_keys(text)).items():
        number = int.from_bytes(blake2b(key.encode(), digest_size=BITS // 8).digest())
        for bit in range(BITS):
            votes[bit] += count if number >> bit & 1 else -count
    return sum(1 << bit for bit in range(BITS) if votes[bit] > 0)


def stories(outlets: Outlets) -> list[list[Report]]:
    """Return the stories of a day in which several outlets report, with analyses that say nothing."""
    lines = [gzip.decompress((SHARED / f"data/articles/{name}.jsonl.gz").read_bytes()) for name in FILES]
    articles = {one.id: one for one in read_articles(SHARED / FILES[0], b"\n".join(lines))}
    reports = {
        one.id: Report(article=one, analysis=Analysis(article=one.id, version=""), why=Why(key="first"))
        for one in articles.values()
    }
    ordered = tuple(sorted(articles.values(), key=lambda one: one.id))
    labels = average_linkage(LabelledWindow("Saudi", ordered, (), ()), LINKAGE)
    found = defaultdict(list)
    for article, label in zip(ordered, labels, strict=True):
        found[label].append(reports[article.id])
    return [
        story for story in found.values() if len({one.article.outlet for one in story}) > 1 and len(story) <= LARGEST
    ]


def labelled(
    found: Iterable[Sequence[Report]], outlets: Outlets
) -> tuple[list[tuple[Report, Report]], list[tuple[Report, Report]]]:
    """Return the pairs of reports of one story that credit one agency, and those that credit two different ones."""
    same, different = [], []
    for story in found:
        credits = {one.article.id: frozenset(credited(one.article, outlets)) for one in story}
        for one, other in combinations(story, 2):
            first, second = credits[one.article.id], credits[other.article.id]
            if one.article.outlet != other.article.outlet and first and second:
                (different if first.isdisjoint(second) else same).append((one, other))
    return same, different


def share(test: Test, pairs: Sequence[tuple[Report, Report]]) -> float:
    """Return the share of pairs that a test takes for copies."""
    return sum(test(one.article, other.article) for one, other in pairs) / len(pairs)


def collapsed(found: Iterable[Sequence[Report]], pairs: Sequence[tuple[Report, Report]], outlets: Outlets) -> float:
    """Return the share of pairs that the whole ladder counts as one source."""
    head = {
        article: (number, at)
        for number, story in enumerate(found)
        for at, group in enumerate(independence(story, outlets=outlets).groups)
        for article in group
    }
    return sum(head[one.article.id] == head[other.article.id] for one, other in pairs) / len(pairs)


def cost(found: Sequence[Sequence[Report]], outlets: Outlets) -> dict[str, float]:
    """Return milliseconds for forty reports of the largest story: with texts seen for the first time, and again."""
    reports = max(found, key=len)[:40]
    runs.cache_clear()
    spent = {}
    for name in ("cold", "warm"):
        start = time.process_time()
        independence(reports, outlets=outlets)
        spent[f"ms_{name}"] = round(1000 * (time.process_time() - start), 1)
    return {"reports": len(reports), **spent}


def quality() -> dict[str, float]:
    """Return the measures of copies that must not fall."""
    outlets = packaged.load()
    same, different = labelled(found := stories(outlets), outlets)
    return {
        "recall": share(ours, same),
        "other_agency": share(ours, different),
        "collapsed": collapsed(found, same, outlets),
    }


def main() -> None:
    """Print all figures."""
    if not SHARED.exists():
        sys.exit("skipped: the articles of ../shared are not here")
    outlets = packaged.load()
    found = stories(outlets)
    same, different = labelled(found, outlets)
    figures: dict[str, dict[str, float]] = {}
    for name, test in (("ours", ours), ("minhash", minhash), ("paragraph", same_paragraph), ("simhash", simhash)):
        start = time.process_time()
        figures[name] = {"same_agency": round(share(test, same), 4), "other_agency": round(share(test, different), 4)}
        figures[name]["seconds"] = round(time.process_time() - start, 2)
        print(f"{name:10}", "  ".join(f"{key} {value:.3f}" for key, value in figures[name].items()))
    whole = round(collapsed(found, same, outlets), 4)
    print(
        f"{len(same)} pairs of one agency, {len(different)} of two; the whole ladder counts {whole:.3f} of the first as one source"
    )
    result = {"bench": "copies", "pairs": len(same), "others": len(different), "rivals": figures, "ladder": whole}
    print(json.dumps(result | {"cost": cost(found, outlets)}))


if __name__ == "__main__":
    main()
