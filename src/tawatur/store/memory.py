"""The store in memory, for tests and for work whose result is a file: the same contract, no file."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from tawatur.errors import ArticleNotFound, StoreLocked, StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    DocumentId,
    Outlet,
    RawDocument,
    Rejected,
    Related,
    Report,
    StoryHead,
    StoryId,
)
from tawatur.store.contract import RESUMED, Added, Counts, Known, Prepared, best_related, by_newer
from tawatur.store.memory_held import MemoryHolding
from tawatur.store.memory_interests import MemoryInterests
from tawatur.store.memory_keys import MemoryKeys
from tawatur.store.memory_lines import MemoryLines
from tawatur.store.memory_pictures import MemoryPictures
from tawatur.store.memory_reads import MemoryReads
from tawatur.store.memory_saved import MemorySaved
from tawatur.store.memory_search import MemorySearch
from tawatur.store.memory_sources import MemorySources
from tawatur.store.memory_subscribers import MemorySubscribers
from tawatur.store.memory_vitals import MemoryVitals
from tawatur.stories.glance import Glance
from tawatur.stories.naming import Named
from tawatur.stories.profile import Member, Profile
from tawatur.stories.signature import Signature
from tawatur.stories.whole import Kept


class MemoryStore(
    MemorySources,
    MemoryLines,
    MemorySearch,
    MemoryPictures,
    MemoryInterests,
    MemoryReads,
    MemorySaved,
    MemoryKeys,
    MemoryHolding,
    MemorySubscribers,
    MemoryVitals,
):
    """The contract of ``store.contract`` in dictionaries. Good for one thread at a time."""

    shared = False

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._began: datetime | None = None
        self._compositions: dict[StoryId, str] = {}
        self._documents: dict[DocumentId, RawDocument] = {}
        self._known: dict[DocumentId, Known] = {}
        self._first_document: dict[ArticleId, DocumentId] = {}
        self._rejected: dict[Rejected, None] = {}
        self._outlets: dict[str, Outlet] = {}
        self._marks: set[str] = set()

    def close(self) -> None:
        self._documents.clear()
        self._articles.clear()

    @contextmanager
    def together(self) -> Iterator[None]:
        yield

    @contextmanager
    def reading(self, now: datetime) -> Iterator[datetime]:
        if not self._lock.acquire(blocking=False):
            raise StoreLocked("memory:")
        try:
            if self._began is None or not now - RESUMED < self._began <= now:
                self._began = now
            yield self._began
            self._began = None
        finally:
            self._lock.release()

    # -- phase 1: documents ------------------------------------------------------------------------------------------

    def known(self, document: DocumentId) -> Known | None:
        return self._known.get(document)

    def add_document(
        self, document: RawDocument, *, prepared: Sequence[Prepared] = (), rejected: Sequence[Rejected] = ()
    ) -> Added:
        new: list[ArticleId] = []
        duplicates: list[ArticleId] = []
        for one in prepared:
            known = one.article.id in self._articles
            (duplicates if known else new).append(one.article.id)
            if not known:
                self._articles[one.article.id] = one
                self._first_document[one.article.id] = document.id
                self.count_lines(one.article.outlet, one.lines, day=one.profile.time.date())
                self._put_revisions(one.revisions)
                self._enter(one)
                self._add_picture(one.article, one.profile.time)
        if new or rejected:
            articles = tuple(one.article.id for one in prepared)
            self._documents[document.id] = document
            self._known[document.id] = Known(articles=articles, rejected=tuple(rejected))
        self._rejected |= dict.fromkeys(rejected)
        return Added(new=tuple(new), duplicates=tuple(duplicates))

    def add_rejected(self, rejected: Rejected, *, at: datetime) -> None:
        self._rejected.setdefault(rejected)

    # -- phase 2: grouping -------------------------------------------------------------------------------------------

    def pending(self, limit: int) -> tuple[Profile, ...]:
        return tuple(self._lent(one) for one in sorted(self._waiting(), key=_order)[:limit])

    def _waiting(self) -> list[Prepared]:
        return [one for id, one in self._articles.items() if id not in self._decisions and id not in self._newer]

    def _lent(self, one: Prepared) -> Profile:
        if not one.clocked:
            return one.profile
        company = (
            other.article for other in self._articles.values() if other.article.collected == one.article.collected
        )
        latest = max((article.published.at for article in company if article.published.at), default=None)
        return replace(one.profile, time=latest.astimezone(UTC)) if latest else one.profile

    def recall(self, start: datetime, end: datetime) -> tuple[Member, ...]:
        members = (
            Member(profile=self._articles[id].profile, story=decision.story)
            for id, decision in self._decisions.items()
            if start <= self._articles[id].profile.time < end and id not in self._newer
        )
        return tuple(sorted(members, key=lambda member: (member.profile.time, member.profile.article)))

    def span(self) -> tuple[datetime, datetime] | None:
        times = [self._articles[id].profile.time for id in self._decisions]
        return (min(times), max(times)) if times else None

    def members(self, story: StoryId) -> tuple[Member, ...]:
        profiles = (self._articles[id].profile for id in self._members.get(story, ()) if id not in self._newer)
        ordered = sorted(profiles, key=lambda profile: (profile.time, profile.article))
        return tuple(Member(profile=profile, story=story) for profile in ordered)

    def place(self, decision: Decision, *, time: datetime) -> None:
        if decision.article not in self._articles or decision.article in self._decisions:
            raise ArticleNotFound(decision.article)
        placed = self._articles[decision.article]
        self._articles[decision.article] = replace(
            placed, profile=replace(placed.profile, time=time, fresh=decision.fresh)
        )
        self._decisions[decision.article] = decision
        self._move_in_search(decision.article, time)
        self._members.setdefault(decision.story, []).append(decision.article)
        self._open(decision.story, time, time)
        self._take_place(decision.article)

    def placed(self) -> int:
        undone = sum(one.undone is not None for one in self._corrections.values())
        return len(self._decisions) + len(self._repairs) + len(self._corrections) + undone

    # -- phase 3: stories --------------------------------------------------------------------------------------------

    def stale(self, limit: int) -> tuple[StoryId, ...]:
        return tuple(sorted(self._stale, key=lambda story: (self._reached[story], story))[:limit])

    def outdated(self, composition: str, limit: int) -> tuple[StoryId, ...]:
        other = (story for story in self._heads if self._compositions.get(story, "") != composition)
        return tuple(islice(other, limit))

    def put_story(
        self,
        head: StoryHead,
        related: Sequence[Related],
        signature: Signature | None = None,
        composition: str = "",
        glance: Glance | None = None,
        *,
        named: Named | None = None,
        telling: Kept | None = None,
    ) -> None:
        if head.id not in self._members:
            raise StoryNotFound(head.id)
        self._heads[head.id], self._compositions[head.id] = head, composition
        self._titles[head.id] = head.title
        self._related[head.id] = tuple(related)
        self._put_signature(head.id, signature)
        self._glances[head.id], self._tellings[head.id] = glance or Glance(), telling
        self._put_names(head.id, named)
        self._stale.discard(head.id)

    # -- outlets and marks -------------------------------------------------------------------------------------------

    def add_outlets(self, outlets: Iterable[Outlet]) -> None:
        self._outlets |= {outlet.key: outlet for outlet in outlets}

    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(self._outlets[key] for key in sorted(self._outlets))

    def mark(self, name: str, *, at: datetime) -> None:
        self._marks.add(name)

    def marked(self, name: str) -> bool:
        return name in self._marks

    # -- the reading side --------------------------------------------------------------------------------------------

    def front(self, *, limit: int, before: StoryId | None = None) -> tuple[StoryHead, ...]:
        heads = sorted(self._heads.values(), key=_front_order)
        ids = [head.id for head in heads]
        if before is None:
            return tuple(heads[:limit])
        start = ids.index(before) + 1 if before in ids else len(ids)
        return tuple(heads[start : start + limit])

    def story_head(self, story: StoryId) -> StoryHead:
        if story in self._heads:
            return self._heads[story]
        raise StoryNotFound(story)

    def reports(self, story: StoryId) -> tuple[Report, ...]:
        prepared = [self._articles[id] for id in self._members.get(story, ()) if id not in self._newer]
        ordered = sorted(prepared, key=lambda one: (one.profile.time, one.article.id))
        return tuple(
            Report(article=one.article, analysis=one.analysis, why=self._decisions[one.article.id].why)
            for one in ordered
        )

    def related(self, story: StoryId) -> tuple[Related, ...]:
        back = (
            Related(story=owner, why=one.why, relation=one.relation.back)
            for owner, found in self._related.items()
            for one in found
            if one.story == story
        )
        return best_related([*self._related.get(story, ()), *back])

    def article(self, article: ArticleId) -> Article:
        return self._prepared(article).article

    def analysis(self, article: ArticleId) -> Analysis:
        return self._prepared(article).analysis

    def story_of(self, article: ArticleId) -> StoryId | None:
        decision = self.decision(article)
        return decision.story if decision else None

    def decision(self, article: ArticleId) -> Decision | None:
        if article in self._decisions or article not in self._newer:
            return self._decisions.get(article)
        return by_newer(article, self.decision(self._newer[article]))

    def document(self, article: ArticleId) -> RawDocument:
        return self._documents[self._first_document[self._prepared(article).article.id]]

    def rejected(self, *, limit: int) -> tuple[Rejected, ...]:
        return tuple(reversed(self._rejected))[:limit]

    def counts(self) -> Counts:
        return Counts(
            documents=len(self._documents),
            articles=len(self._articles),
            stories=len(self._heads),
            rejected=len(self._rejected),
            pending=len(self._waiting()),
            stale=len(self._stale),
        )

    def _prepared(self, article: ArticleId) -> Prepared:
        if article in self._articles:
            return self._articles[article]
        raise ArticleNotFound(article)


def _order(one: Prepared) -> tuple[bool, float, ArticleId]:
    return one.clocked, 0.0 if one.clocked else one.profile.time.timestamp(), one.article.id


def _front_order(head: StoryHead) -> tuple[int, int, float, StoryId]:
    return -head.latest.toordinal(), -head.independent, -head.latest.timestamp(), head.id
