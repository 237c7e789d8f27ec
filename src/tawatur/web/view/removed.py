"""Text that was taken out of a page, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Article
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that was taken out, with the reason in words."""

    text: str
    reason: str


def pieces(article: Article, words: Words) -> tuple[Piece, ...]:
    """Return the texts that were taken out of an article's page, in page order."""
    return tuple(Piece(removed.text, words.text(f"removed.{removed.reason}")) for removed in article.removed)
