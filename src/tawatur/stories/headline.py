"""A story's title: the headline of its most central report, the earliest of equals. None is invented."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.arabic.stems import match_keys
from tawatur.model import Article, ArticleId
from tawatur.stories.lead import lead_of

#: Longer texts would make every headline look central.
WORDS = 120


def best(articles: Sequence[Article]) -> Article | None:
    """Return the report whose headline the other reports bear out most; None where none has a headline.

    ``articles`` stand in the order of time.
    """
    titled = [article for article in articles if article.title]
    if not titled:
        return None
    texts = {article.id: frozenset(match_keys(f"{article.title}\n{article.text}")[:WORDS]) for article in articles}
    return max(titled, key=lambda article: _borne_out(article, texts))


def title_of(articles: Sequence[Article]) -> str:
    """Return a story's title; where no report has a headline, the first sentence of the earliest."""
    chosen = best(articles)
    if chosen is not None:
        return chosen.title
    return next((lead for lead in map(lead_of, articles) if lead), "")


def _borne_out(article: Article, texts: dict[ArticleId, frozenset[str]]) -> float:
    """Return how much of a headline the other reports say, 0..1."""
    title = frozenset(match_keys(article.title))
    others = [keys for other, keys in texts.items() if other != article.id]
    if not title or not others:
        return 0.0
    return sum(len(title & keys) for keys in others) / (len(title) * len(others))
