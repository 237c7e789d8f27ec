"""Measure ``understand.analyze`` on labelled articles: the scorer's lines, milliseconds an article, one line of JSON last.

    python -m bench.analysis [--analyzer fast|fine|hub|chat|MODULE:FUNCTION] [ARTICLES.jsonl GOLD.jsonl]

Without files: the development set of ``../shared``. ``--analyzer`` scores a grade or a model of one's own in the same way (settings
as ``TAWATUR_HUB_MODEL`` count); the milliseconds of the layers are those of the rules. Time is the mean of a second pass, so that
loading does not count.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tawatur.analyzers import chosen
from tawatur.config import load
from tawatur.ids import ArticleId, OutletKey
from tawatur.model import Article, Block, BlockKind, Certainty, Published
from tawatur.understand import Analyzer, analyze, dates, figures, organizations, people, places, statements
from tawatur.understand.reading import Reading, read
from tawatur.understand.record import record

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "eval/score_analysis.py"


def article_of(line: str) -> Article:
    """Return the article of one JSON line, its text as it stands there."""
    fields = json.loads(line)
    at = datetime.fromisoformat(fields["published"])
    return Article(
        id=ArticleId(fields["id"]),
        outlet=OutletKey(fields["source"]),
        origin=fields["id"],
        collected=at,
        url=fields["url"],
        title=fields["title"],
        published=Published(at=at, certainty=Certainty.STATED),
        blocks=tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in fields["text"].split("\n")),
    )


def scores(articles: list[Article], gold: Path, analyze: Analyzer = analyze) -> tuple[str, dict[str, float]]:
    """Return the scorer's output for the articles, and its F1 by name."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for article in articles:
            file.write(json.dumps(record(article, analyze(article)), ensure_ascii=False) + "\n")
        file.flush()
        command = [sys.executable, str(SCORER), file.name, str(gold)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return printed, {name: float(f1) for name, f1 in re.findall(r"^(\w+)\s*f1=([\d.]+)", printed, re.MULTILINE)}


def dev_scores(analyze: Analyzer = analyze) -> dict[str, float]:
    """Return the F1 by name on the development set of ``../shared``."""
    dev = SHARED / "data/analysis"
    lines = (dev / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return scores([article_of(line) for line in lines], dev / "dev.gold.jsonl", analyze)[1]


def timings(articles: list[Article]) -> dict[str, float]:
    """Return the milliseconds an article that each sub-analyser takes, the shared reading apart."""
    readings = [read(article.text) for article in articles]
    pairs = list(zip(articles, readings, strict=True))
    parts: dict[str, Callable[[Article, Reading], object]] = {
        "read": lambda article, _: read(article.text),
        "people": lambda _, reading: people.drafts(reading),
        "organizations": lambda _, reading: organizations.find(reading),
        "places": lambda _, reading: places.find(reading),
        "statements": lambda _, reading: statements.find(reading, people.drafts(reading)),
        "dates": lambda article, _: dates.find(article),
        "figures": lambda article, reading: figures.find(article, reading, dates=()),
        "all": lambda article, _: analyze(article),
    }
    return {name: _milliseconds(part, pairs) for name, part in parts.items()}


def _milliseconds(part: Callable[[Article, Reading], object], pairs: list[tuple[Article, Reading]]) -> float:
    start = time.perf_counter()
    for article, reading in pairs:
        part(article, reading)
    return round(1000 * (time.perf_counter() - start) / len(pairs), 2)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--analyzer", default="fast")
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args(arguments)
    dev = SHARED / "data/analysis"
    source, gold = given.files if given.files else (dev / "dev.jsonl", dev / "dev.gold.jsonl")
    if not source.exists():
        sys.exit(f"skipped: {source} is not here")
    articles = [article_of(line) for line in source.read_text(encoding="utf-8").splitlines()]
    printed, figures_of = scores(articles, gold, chosen(load(), given.analyzer))
    print(printed, end="")
    spent = timings(articles)
    for name, milliseconds in spent.items():
        print(f"{name:14}{milliseconds:7.2f} ms an article")
    print(
        json.dumps(
            {"bench": "analysis", "analyzer": given.analyzer, "articles": len(articles), **figures_of, "ms": spent}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
