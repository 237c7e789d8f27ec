"""Which documents of an archive are Arabic."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.archive.language import LEAST, is_arabic, may_be_arabic
from tawatur.model import Article, ArticleId, Block, BlockKind, OutletKey

LINES = (Path(__file__).parent / "data" / "languages.tsv").read_text(encoding="utf-8").splitlines()
TEXTS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
ARABIC = TEXTS[0][1]


def article(text: str) -> Article:
    block = Block(kind=BlockKind.PARAGRAPH, text=text)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Article(id=ArticleId("a"), outlet=OutletKey("o"), origin="o", collected=at, blocks=(block,))


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_articles_are_told_by_their_letters(number: int) -> None:
    expected, text = TEXTS[number]
    assert is_arabic(article(text)) == (expected == "yes"), text


def page(text: str, encoding: str = "utf-8") -> bytes:
    return f"<html><body><p>{text}</p></body></html>".encode(encoding)


def test_pages_without_arabic_letters_are_not_taken_apart() -> None:
    foreign = [text for _, text in TEXTS if not set(text) & set(ARABIC) - {" "}]
    assert len(foreign) >= 2
    assert not any(may_be_arabic(page(20 * text)) for text in foreign)
    assert not may_be_arabic(page(20 * foreign[0] + ARABIC[: LEAST // 2]))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_pages_with_arabic_letters_may_be(encoding: str) -> None:
    assert may_be_arabic(page(3 * ARABIC, encoding))


def test_letters_in_markup_and_scripts_count() -> None:
    text = 3 * ARABIC
    assert may_be_arabic(text.encode("ascii", "xmlcharrefreplace"))
    assert may_be_arabic(repr(text.encode("ascii", "backslashreplace")).replace("\\\\", "\\").encode())
