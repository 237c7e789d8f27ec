"""Measure learned residue on real articles, and on invented ones with planted prompts; one line of JSON last.

    python -m bench.residue [--lines]

1. The articles of ``../shared/data/articles`` go through the learner in the order of time. Each line that is judged
   residue is compared with labels made by reading (``data/residue_labels.tsv``: fingerprints, no text); ``--lines`` prints the
   lines with their counts for reading by eye.
2. Prompts that no list knows are planted into invented articles, at several rates and with their look-alikes among good text;
   what part of them is found, and whether a good line is lost.
3. The sample edition is read: no line of an expected paragraph may be removed.

What ``learned`` knows is kept by the store in memory, so that forgetting is measured with it.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tawatur import outlets, sample
from tawatur.extract.repeated import fingerprint, fingerprints, without
from tawatur.fetch import files
from tawatur.model import Article, ArticleId, Block, BlockKind, OutletKey, Outlets
from tawatur.pipeline import prepare
from tawatur.store.memory_lines import MemoryLines

SHARED = Path(__file__).resolve().parents[2] / "shared"
ARTICLES = SHARED / "data/articles"
LABELS = Path(__file__).parent / "data/residue_labels.tsv"
#: Planted prompts stand in such parts of an outlet's articles.
RATES = (0.02, 0.05, 0.1, 0.3, 1.0)
#: Invented articles of one outlet; so many a day.
PLANTED, PER_DAY = 3000, 20
#: From so many sightings on a planted prompt should be known.
LEARNED = 60
SEED = 11


@dataclass
class Learner:
    """Learns from articles in their order, as a store does."""

    lines: MemoryLines = field(default_factory=MemoryLines)
    outlets: Outlets = field(default_factory=outlets.load)

    def take(self, article: Article, day: date) -> tuple[str, ...]:
        """Return the lines of an article that are judged residue by what was seen before it, and count its own."""
        read = without(article, self.lines.repeated, self.outlets)
        self.lines.count_lines(article.outlet, fingerprints(read), day=day)
        return tuple(one.text for one in read.removed)


def article(outlet: str, texts: Iterable[str], at: datetime) -> Article:
    """Return an article of plain lines."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Article(id=ArticleId(""), outlet=OutletKey(outlet), origin="", collected=at, blocks=blocks)


def real() -> Iterator[tuple[Article, date]]:
    """Yield the real articles in the order of time."""
    found = []
    for path in sorted(ARTICLES.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in map(json.loads, file):
                at = datetime.fromisoformat(record.get("published") or record["collected"]).astimezone(UTC)
                texts = [line.strip() for line in record["text"].split("\n") if line.strip()]
                found.append((at, record["source"], texts))
    for at, source, texts in sorted(found, key=lambda one: one[:2]):
        yield article(source, texts, at), at.date()


def judged() -> tuple[dict[str, Counter[str]], Learner, float]:
    """Return what the learner judged residue, by outlet, and the seconds that it took."""
    learner, found = Learner(), defaultdict(Counter)
    told = list(real())
    begin = time.perf_counter()
    for one, day in told:
        found[one.outlet].update(learner.take(one, day))
    return found, learner, (time.perf_counter() - begin) / len(told)


def labels() -> dict[int, str]:
    """Return the labels by fingerprint: "residue" or "text"."""
    rows = (line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {int(line): label for line, label in rows}


def precision(found: dict[str, Counter[str]]) -> dict[str, float]:
    """Return how many removals are of lines that a reader judged residue; unlabelled lines are counted apart."""
    known, told = labels(), Counter()
    for counts in found.values():
        for text, count in counts.items():
            told[known.get(fingerprint(text) or 0, "unlabelled")] += count
    judged_lines = told["residue"] + told["text"]
    return {
        "removed": sum(told.values()),
        "unlabelled": told["unlabelled"],
        "precision": round(told["residue"] / judged_lines, 4) if judged_lines else 0.0,
    }


def planted() -> Iterator[tuple[float, list[str], set[str], date]]:
    """Yield invented articles: the rate of the outlet's prompt, the lines, the planted ones among them, the day.

    Every article has text of its own; beside the prompts there are look-alikes: a teaser that runs for some days, a heading, a
    sentence of the house in one of 50 articles.
    """
    chance, words = random.Random(SEED), sorted({word for text in sample_texts() for word in text.split()})

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, k=length)) + "."

    for rate in RATES:
        prompt, counted = sentence(9).rstrip("."), sentence(4).rstrip(".")
        heading, house = sentence(2).rstrip("."), sentence(8)
        for number in range(PLANTED):
            if number % 100 == 0:
                teaser = sentence(20)
            lines = [sentence(chance.randint(12, 40)) for _ in range(chance.randint(2, 9))]
            lines.insert(1, heading) if chance.random() < 0.1 else None
            lines.insert(1, house) if chance.random() < 0.02 else None
            lines.append(teaser) if chance.random() < 0.1 else None
            added = [f"{counted} {chance.randint(1, 9999)}", prompt] if chance.random() < rate else []
            yield rate, [*lines, *added], set(added), date(2026, 1, 1) + timedelta(days=number // PER_DAY)


def sample_texts() -> list[str]:
    """Return the expected paragraphs of the sample edition."""
    told = (sample.expected(name)["articles"] for name in sample.expected_names())
    return [text for articles in told for one in articles for text in one.get("paragraphs", [])]


def recall() -> dict[str, object]:
    """Return, by rate, what part of the planted lines is found once they were seen ``LEARNED`` times, and the good lines lost."""
    learner, lost = Learner(), 0
    found, there, met = Counter(), Counter(), Counter()
    for rate, lines, added, day in planted():
        gone = set(learner.take(article(f"rate {rate}", lines, datetime.combine(day, datetime.min.time(), UTC)), day))
        lost += len(gone - added)
        met[rate] += bool(added)
        if added and met[rate] > LEARNED:
            there[rate] += len(added)
            found[rate] += len(gone & added)
    rates = {f"{rate:.0%}": round(found[rate] / there[rate], 4) if there[rate] else None for rate in RATES}
    return {"recall": rates, "good_lines_lost": lost}


def sample_lost() -> int:
    """Return how many lines were removed as learned when the sample edition is read, as often as three times over."""
    lines, now, lost = MemoryLines(), datetime(2026, 4, 1, tzinfo=UTC), 0
    known = Outlets((*outlets.load().known, *sample.outlets().known))
    for _ in range(3):
        for item in sample.items():
            given = files.Given(collected=now, outlets=known)
            document = files.document(item.name, item.content, given, outlet=item.outlet)
            for one in prepare(document, known, lines.repeated)[0] if not hasattr(document, "reason") else ():
                lost += sum(removed.reason == "repeated_line" for removed in one.article.removed)
                lines.count_lines(one.article.outlet, one.lines, day=one.profile.time.date())
    return lost


def show(found: dict[str, Counter[str]]) -> None:
    """Print the removed lines with their counts and fingerprints."""
    for outlet, counts in found.items():
        print(f"{outlet}: {counts.total()} lines, {len(counts)} different")
        for text, count in counts.most_common():
            print(f"  {count}\t{fingerprint(text)}\t{text[:110]}")


def kept(learner: Learner, found: Sequence[str]) -> int:
    """Return the most lines that are kept for one outlet."""
    return max((learner.lines.kept_lines(OutletKey(one)) for one in found), default=0)


def main() -> None:
    """Print the figures."""
    figures: dict[str, object] = {**recall(), "sample_lines_lost": sample_lost()}
    if ARTICLES.exists():
        found, learner, seconds = judged()
        if "--lines" in sys.argv:
            show(found)
        figures |= precision(found)
        figures |= {"microseconds_per_article": round(seconds * 1e6), "most_lines_kept": kept(learner, list(found))}
    else:
        print("bench.residue: the articles of ../shared are not here; only invented ones are measured")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
