"""Documents and outlets for the tests of extraction."""

from datetime import UTC, date, datetime
from pathlib import Path

from tawatur import outlets
from tawatur.extract import Extraction, extract
from tawatur.model import Article, Kind, RawDocument

DATA = Path(__file__).parent / "data"
LATEST = date(2026, 6, 1)
OUTLETS = outlets.load()


def text_of(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def rows_of(name: str) -> list[list[str]]:
    lines = text_of(name).split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def document(content: bytes, kind: Kind, *, origin: str = "page.txt", published: date | None = None) -> RawDocument:
    collected = datetime(2026, 6, 1, 8, tzinfo=UTC)
    return RawDocument(content=content, origin=origin, kind=kind, collected=collected, published=published)


def extracted(text: str, kind: Kind, *, published: date | None = None) -> Extraction:
    return extract(document(text.encode(), kind, published=published), outlets=OUTLETS, latest=LATEST)


def articles(text: str, kind: Kind) -> tuple[Article, ...]:
    found = extracted(text, kind)
    assert found.rejected == ()
    return found.articles


def removed(article: Article) -> list[tuple[str, str]]:
    return [(one.text, one.reason) for one in article.removed]
