"""An article as one line of ``tawatur extract``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tawatur.model import Article, BlockKind, Published


def record(article: Article, file: str) -> dict[str, Any]:
    """Return an article as a JSON object; ``file`` is the base name of the file that it was read from.

    ``paragraphs`` are those before the first timed update; ``published`` is ISO 8601, a bare date where only the day is known, and
    None where nothing is.
    """
    picture = {"picture": asdict(article.picture)} if article.picture else {}
    return {
        "file": file,
        "title": article.title,
        "subtitle": article.subtitle,
        "published": stamp(article.published),
        "authors": list(article.authors),
        "paragraphs": list(article.paragraphs),
        "updates": [{"time": update.clock, "paragraphs": list(update.paragraphs)} for update in article.updates],
        "captions": list(article.texts_of(BlockKind.CAPTION)),
        "related": [
            {"title": block.text, "url": block.url} for block in article.blocks if block.kind is BlockKind.RELATED
        ],
        "source_line": article.source_line,
        "removed": [{"text": removed.text, "reason": removed.reason} for removed in article.removed],
        "url": article.url,
    } | picture


def stamp(published: Published) -> str | None:
    """Return a publication time as ISO 8601 in the zone in which the page gives it."""
    if published.at is None:
        return None
    return published.at.date().isoformat() if published.day_only else published.at.isoformat()
