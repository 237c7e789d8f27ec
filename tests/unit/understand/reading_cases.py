"""The examples of ``data/`` for the tests of this folder, and articles made of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tawatur.ids import ArticleId, OutletKey
from tawatur.model import Article, Block, BlockKind

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[Any]:
    """Return the examples of ``data/<name>.jsonl``."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def article(text: str) -> Article:
    """Return an article of one paragraph a line."""
    return Article(
        id=ArticleId("a"),
        outlet=OutletKey("o"),
        origin="o",
        collected=datetime(2026, 11, 24, tzinfo=UTC),
        blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n")),
    )
