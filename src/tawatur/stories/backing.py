"""How well something is backed: which of a story's reports say it, and how many independent sources those are."""

from __future__ import annotations

from collections.abc import Iterable

from tawatur.model import ArticleId, Backing, Story


def backing(saying: Iterable[ArticleId], story: Story) -> Backing:
    """Return the backing that reports of a story give to what they all say; reports of no story count for nothing.

    Reports that lean on one another are one source, so that a copy backs nothing that its original says.
    """
    said = frozenset(saying)
    articles = tuple([report.article.id for report in story.reports if report.article.id in said])
    return Backing(articles=articles, independent=sum([not said.isdisjoint(source) for source in story.sources]))
