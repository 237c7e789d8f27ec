"""A story's title: the headline of its most central report, the earliest of equals. None is invented."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tawatur.arabic.stems import match_keys
from tawatur.model import Article, ArticleId, Figure, Report
from tawatur.stories.lead import lead_of

#: Longer texts would make every headline look central.
WORDS = 120
#: How many characters of a report tell the toll that its headline has.
BEGINNING = 600


def outcounted(reports: Iterable[Report]) -> frozenset[ArticleId]:
    """Return the reports that begin with fewer killed than a later one does: their headlines are of yesterday.

    ``reports`` stand in the order of time.
    """
    found: set[ArticleId] = set()
    most = 0.0
    for report in reversed(tuple(reports)):
        toll = next((figure.value for figure in report.analysis.figures if _is_toll(figure)), None)
        if toll is not None and toll < most:
            found.add(report.article.id)
        most = max(most, toll or 0.0)
    return frozenset(found)


def _is_toll(figure: Figure) -> bool:
    return figure.category == "killed" and figure.span.start < BEGINNING and not figure.part and figure.bound != "vague"


def best(articles: Sequence[Article], *, after: Collection[ArticleId] = ()) -> Article | None:
    """Return the report whose headline the other reports bear out most; None where none has a headline.

    ``articles`` stand in the order of time. One of ``after`` is taken only where no other has a headline.
    """
    titled = [article for article in articles if article.title and article.id not in after]
    titled = titled or [article for article in articles if article.title]
    if not titled:
        return None
    texts = {article.id: frozenset(match_keys(f"{article.title}\n{article.text}")[:WORDS]) for article in articles}
    return max(titled, key=lambda article: _borne_out(article, texts))


def title_of(articles: Sequence[Article], *, after: Collection[ArticleId] = ()) -> str:
    """Return a story's title; where no report has a headline, the first sentence of the earliest."""
    chosen = best(articles, after=after)
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
