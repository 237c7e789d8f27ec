"""A story's title: the headline of its most central report, the earliest of equals. None is invented."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice

from tawatur.arabic.fold import fold
from tawatur.arabic.lexicon import lines
from tawatur.arabic.stems import each_match_key, match_keys
from tawatur.arabic.words import words
from tawatur.model import Article, ArticleId, Figure, Report
from tawatur.stories.background import at_large
from tawatur.stories.lead import lead_of

#: Longer texts would make every headline look central.
WORDS = 120
#: How many characters of a report tell the toll that its headline has.
BEGINNING = 600
#: What a headline must weigh to tell something: about as much as one rare word or two common ones.
LITTLE = 8.0
#: Of how many texts the first words are remembered: a story's title and the lead beside it are those of one report.
TEXTS = 500


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
    titled = [article for article in articles if article.title]
    plain = [article for article in titled if not leads_elsewhere(article.title)]
    fresh = [article for article in plain if article.id not in after]
    titled = fresh or plain or titled
    if len(titled) < 2:
        return titled[0] if titled else None
    texts = {article.id: _beginning(f"{article.title}\n{article.text}") for article in articles}
    return max(titled, key=lambda article: _borne_out(article, texts))


@lru_cache(maxsize=TEXTS)
def _beginning(text: str) -> frozenset[str]:
    """Return the keys of the first words of a text."""
    return frozenset(islice(each_match_key(text), WORDS))


def title_of(articles: Sequence[Article], *, after: Collection[ArticleId] = ()) -> str:
    """Return a story's title; where no report has a headline, the first sentence of the earliest."""
    chosen = best(articles, after=after)
    if chosen is not None:
        return chosen.title
    return next((lead for lead in map(lead_of, articles) if lead), "")


def leads_elsewhere(title: str) -> bool:
    """Say whether a headline leads to pictures, a live page or an opinion ("شاهد..")."""
    first = next(words(title), None)
    return first is not None and fold(first.text) in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(map(fold, lines("tawatur.stories", "headline_openers.txt")))


def _borne_out(article: Article, texts: dict[ArticleId, frozenset[str]]) -> float:
    """Return how much of a headline the other reports say, 0..1: its words weigh by their rarity, and few tell little."""
    title = frozenset(match_keys(article.title))
    others = [keys for other, keys in texts.items() if other != article.id]
    if not title or not others:
        return 0.0
    weights = {key: at_large(key) for key in sorted(title)}
    said = sum(weight * sum(key in keys for keys in others) for key, weight in weights.items())
    return said / ((sum(weights.values()) + LITTLE) * len(others))
