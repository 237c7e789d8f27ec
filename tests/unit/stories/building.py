"""Builders of the invented reports that the tests of stories share."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Certainty,
    Name,
    OutletKey,
    Person,
    Published,
    Report,
    Why,
)

DATA = Path(__file__).parent / "data"
REPORTS = tomllib.loads((DATA / "reports.toml").read_text(encoding="utf-8"))
START = datetime(2026, 3, 9, 8, tzinfo=UTC)


def rows(name: str) -> list[list[str]]:
    """Return the rows of a data file of these tests."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def stated(hours: float = 0) -> Published:
    return Published(at=START + timedelta(hours=hours), certainty=Certainty.STATED, basis="feed")


def article(
    name: str, *, outlet: str = "", id: str = "", published: Published | None = None, agency: str = ""
) -> Article:
    """Return a report of ``reports.toml``, by an outlet of its own unless one is named."""
    told = REPORTS[name]
    paragraphs = told["text"].strip().split("\n")
    return Article(
        id=ArticleId(id or name),
        outlet=OutletKey(outlet or f"outlet of {id or name}"),
        origin=name,
        collected=START + timedelta(days=30),
        title=told.get("title", ""),
        published=stated() if published is None else published,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs),
        agency=agency,
    )


def analysis(of: Article, *, people: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Analysis:
    return Analysis(
        article=of.id,
        version="test",
        people=tuple(Person(name=name) for name in people),
        places=tuple(Name(name=name) for name in places),
    )


def report(of: Article, found: Analysis | None = None) -> Report:
    return Report(article=of, analysis=found or analysis(of), why=Why(key="first"))
