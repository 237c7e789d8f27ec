"""Searching in memory: every article is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tawatur.model import Article, ArticleId, OutletKey, StoryHead, StoryId
from tawatur.searching.percolate import has
from tawatur.searching.plan import Choice, Plan
from tawatur.searching.ranking import Candidate, Statistics, rarity
from tawatur.searching.terms import Suggestion, Term, beginning, terms
from tawatur.searching.words import Entry, entered
from tawatur.store.contract import Prepared
from tawatur.store.memory_tellings import MemoryTellings
from tawatur.store.search import Matches


@dataclass(frozen=True, slots=True)
class _Entered:
    """An article with its words."""

    article: Article
    at: datetime
    words: Entry


class MemorySearch(MemoryTellings):
    """``Search`` in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._entered: dict[ArticleId, _Entered] = {}
        self._terms: Counter[Term] = Counter()

    def find(self, plan: Plan, *, most: int, all_words: bool = True) -> Matches:
        shown = [one for one in self._candidates() if self._is_meant(one, plan)]
        having = tuple(self._count(lambda one, choice=choice: _has(one, choice)) for choice in plan.wanted)  # type: ignore[misc]
        found = [one for one in shown if self._told(one, plan.wanted) == len(plan.wanted)] if all_words else []
        loose = not found and len(plan.wanted) > (1 if all_words else 0)
        if loose:
            found = [one for one in shown if self._told(one, plan.wanted)]
            found.sort(key=lambda one: -self._weight(one, plan.wanted, having))
        known = Statistics(articles=max(1, len(self._entered)), length=self._length(), having=having)
        return Matches(found=tuple(found[:most]), known=known, more=len(found) > most, loose=loose and bool(found))

    def _candidates(self) -> list[Candidate]:
        """Return what stands in a story with a head, the newest first."""
        found = []
        for id, one in self._entered.items():
            decision = self._decisions.get(id)
            head = self._heads.get(decision.story) if decision and id not in self._newer else None
            if head:
                words, at = one.words, one.at.replace(second=0, microsecond=0)
                found.append(
                    Candidate(
                        article=id,
                        story=head.id,
                        at=at,
                        independent=head.independent,
                        title=words.title,
                        lead=words.lead,
                        body=words.body,
                    )
                )
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _is_meant(self, one: Candidate, plan: Plan) -> bool:
        entered = self._entered[one.article]
        return (
            (plan.first is None or one.at >= plan.first)
            and (plan.last is None or one.at < plan.last)
            and one.independent >= plan.sources
            and (plan.read_after is None or entered.article.collected > plan.read_after)
            and all(_has(entered, choice) for choice in plan.kept)
            and not any(_has(entered, (part,)) for part in plan.unwanted)
        )

    def _told(self, one: Candidate, wanted: Iterable[Choice]) -> int:
        return sum(_has(self._entered[one.article], choice) for choice in wanted)

    def _weight(self, one: Candidate, wanted: Iterable[Choice], having: Iterable[int]) -> float:
        articles, entered = max(1, len(self._entered)), self._entered[one.article]
        pairs = zip(wanted, having, strict=True)
        return sum(rarity(count, articles) for choice, count in pairs if _has(entered, choice))

    def _count(self, is_one: Callable[[_Entered], bool]) -> int:
        return sum(map(is_one, self._entered.values()))

    def _length(self) -> float:
        lengths = [len(one.words.lead) + len(one.words.body) for one in self._entered.values()]
        return sum(lengths) / max(1, len(lengths))

    def heads(self, stories: Iterable[StoryId]) -> Mapping[StoryId, StoryHead]:
        return {story: self._heads[story] for story in stories if story in self._heads}

    def articles(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, Article]:
        return {id: self._entered[id].article for id in ids if id in self._entered}

    def outlets_of(self, ids: Iterable[ArticleId]) -> Mapping[ArticleId, OutletKey]:
        return {id: article.outlet for id, article in self.articles(ids).items()}

    def suggest(self, typed: str, *, limit: int) -> tuple[Suggestion, ...]:
        start = beginning(typed)
        found = [
            Suggestion(term.kind, term.shown, count)
            for term, count in self._terms.most_common()
            if start and any(one.startswith(start) for one in term.beginnings)
        ]
        return tuple(found[:limit])

    def alike(self, beginnings: Iterable[str], *, limit: int) -> tuple[tuple[str, str, int], ...]:
        wanted = set(beginnings)
        found = (
            (start, term.shown, count)
            for term, count in self._terms.most_common()
            for start in term.beginnings
            if start[:2] in wanted
        )
        return tuple(found)[:limit]

    def to_fill(self) -> bool:
        return False

    def fill_search(self, limit: int) -> int:
        return 0

    def forget_search(self) -> None:
        """Do nothing: the words in memory are always those of this release."""

    def _enter(self, one: Prepared) -> None:
        words = one.words or entered(one.article, one.analysis, one.profile)
        self._entered[one.article.id] = _Entered(one.article, one.profile.time, words)
        self._terms.update(terms(one.article, one.analysis))

    def _move_in_search(self, article: ArticleId, time: datetime) -> None:
        old = self._entered[article]
        self._entered[article] = _Entered(old.article, time, old.words)


def _has(one: _Entered, choice: Choice) -> bool:
    return has(one.words, choice)
