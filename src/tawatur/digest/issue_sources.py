"""The reports that a story of an issue names, each once, by the numbers under which its sentences cite them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tawatur.model import Article, ArticleId, OutletKey
from tawatur.newsletter import IssueSource
from tawatur.stories.keys import keys_of
from tawatur.stories.lead import lead_of
from tawatur.stories.whole import Kept

#: How many outlets a sentence names.
NAMED = 6
#: A sentence of which no more than this share of words was not said already only repeats that.
REPEATS = 0.25


def repeats(text: str, said: str) -> bool:
    """Say whether a sentence says next to nothing that was not said."""
    words = {key for key in keys_of(text) if key}
    return len(words - {key for key in keys_of(said) if key}) <= REPEATS * len(words)


class Sources:
    """Numbers the reports of one story as they are cited."""

    def __init__(self, kept: Kept, articles: Mapping[ArticleId, Article], names: Mapping[OutletKey, str]) -> None:
        self._kept, self._articles, self._names = kept, articles, names
        self._groups = {article: at for at, group in enumerate(kept.story.sources) for article in group}
        self._numbers: dict[ArticleId, int] = {}

    @property
    def found(self) -> tuple[IssueSource, ...]:
        """Return the reports by number."""
        return tuple(self._source(one) for one in self._numbers)

    def by_outlet(self, articles: Iterable[ArticleId]) -> tuple[int, ...]:
        """Return the numbers of the first report of each outlet among some, in their order."""
        first: dict[OutletKey, ArticleId] = {}
        for one in articles:
            if one in self._articles:
                first.setdefault(self._articles[one].outlet, one)
        return tuple(self._number(one) for one in list(first.values())[:NAMED])

    def add_outlets(self, most: int) -> None:
        """Name a report of each outlet that is not named yet, up to ``most`` reports in all."""
        named = {self._articles[one].outlet for one in self._numbers}
        for one in self._kept.order:
            if len(self._numbers) >= most:
                return
            if one in self._articles and self._articles[one].outlet not in named:
                named.add(self._articles[one].outlet)
                self._number(one)

    def lead(self, article: ArticleId) -> str:
        """Return the sentence with which a report begins, "" of one that is not at hand."""
        return lead_of(self._articles[article]) if article in self._articles else ""

    def _number(self, article: ArticleId) -> int:
        return self._numbers.setdefault(article, len(self._numbers))

    def _source(self, id: ArticleId) -> IssueSource:
        article = self._articles[id]
        return IssueSource(
            outlet=article.outlet,
            name=self._names.get(article.outlet, article.outlet),
            article=id,
            title=article.title,
            url=article.url,
            published=self._kept.days.get(id, article.published).at,
            group=self._groups.get(id, -1),
        )
