"""Repairs in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tawatur.errors import ArticleNotFound, CorrectionNotFound, StoryNotFound
from tawatur.model import ArticleId, Correction, Decision, Related, Repair, Repaired, StoryHead, StoryId
from tawatur.store.contract import Prepared
from tawatur.store.memory_affairs import MemoryAffairs
from tawatur.store.memory_names import MemoryNames
from tawatur.store.memory_revisions import MemoryRevisions
from tawatur.store.repairs import by_most, left, renewed


class MemoryRepairs(MemoryRevisions, MemoryAffairs, MemoryNames):
    """``Repairs`` in memory, with the stories that they change."""

    def __init__(self) -> None:
        super().__init__()
        self._articles: dict[ArticleId, Prepared] = {}
        self._members: dict[StoryId, list[ArticleId]] = {}
        self._stale: set[StoryId] = set()
        self._to_look_at: set[StoryId] = set()
        self._began_at: dict[StoryId, datetime] = {}
        self._reached: dict[StoryId, datetime] = {}
        self._heads: dict[StoryId, StoryHead] = {}
        self._related: dict[StoryId, tuple[Related, ...]] = {}
        self._titles: dict[StoryId, str] = {}
        self._repairs: list[Repaired] = []
        self._corrections: dict[int, Correction] = {}

    def standing(self, story: StoryId) -> tuple[Decision, ...]:
        held = [id for id in self._members.get(story, ()) if id not in self._newer]
        return tuple(self._decisions[id] for id in sorted(held, key=self._place_in_time))

    def _place_in_time(self, article: ArticleId) -> tuple[datetime, ArticleId]:
        return self._articles[article].profile.time, article

    def current(self, article: ArticleId) -> ArticleId:
        return self._newer.get(article, article)

    def repair(
        self,
        repair: Repair,
        *,
        at: datetime,
        decisions: Sequence[Decision] = (),
        correction: int | None = None,
        undoing: bool = False,
    ) -> Repaired:
        self._carry(repair)
        before = tuple(replace(self._decisions[one.article], story=repair.origin) for one in decisions)
        self._decisions |= {one.article: replace(one, story=repair.target) for one in decisions}
        self._repairs.append(
            Repaired(
                number=len(self._repairs) + 1,
                repair=repair,
                at=at,
                before=before,
                correction=correction,
                undoing=undoing,
            )
        )
        if correction is not None:
            self._to_look_at |= {story for story in (repair.origin, repair.target) if self.standing(story)}
        return self._repairs[-1]

    def _carry(self, repair: Repair) -> None:
        origin, target = repair.origin, repair.target
        held = {one.article for one in self.standing(origin)}
        for article in repair.articles:
            if article not in held:
                raise ArticleNotFound(article)
        going = [id for id in self._members[origin] if self.current(id) in repair.articles]
        self._members[origin] = [id for id in self._members[origin] if id not in going]
        self._members.setdefault(target, []).extend(going)
        self._decisions |= {id: replace(self._decisions[id], story=target) for id in going}
        times = [self._articles[id].profile.time for id in repair.articles]
        self._open(target, min(times), max(times))
        self._stale.add(origin)
        if staying := held.difference(repair.articles):
            self._reached[origin] = max(self._articles[id].profile.time for id in staying)
        else:
            self._end(origin, target)

    def _open(self, story: StoryId, began: datetime, reached: datetime) -> None:
        """Let there be a story that reaches so far, and make it stale."""
        self._began_at.setdefault(story, began)
        self._reached[story] = max(reached, self._reached.get(story, reached))
        self._stale.add(story)

    def _end(self, story: StoryId, instead: StoryId) -> None:
        self._stale.discard(story)
        self._to_look_at.discard(story)
        self._heads.pop(story, None)
        self._drop_signature(story)
        self._put_names(story, None)
        self._relate(instead, self._related.pop(story, ()))
        for owner, found in self._related.items():
            if any(one.story == story for one in found):
                kept = tuple(one for one in found if one.story != story)
                gone = (replace(one, story=instead) for one in found if one.story == story)
                self._related[owner] = kept
                self._relate(owner, gone)

    def _relate(self, owner: StoryId, found: Iterable[Related]) -> None:
        """Add to what a story is related to what it is not related to yet."""
        known = self._related.get(owner, ())
        others = {owner, *(one.story for one in known)}
        added = tuple(one for one in found if one.story not in others)
        if added:
            self._related[owner] = (*known, *added)

    def repairs(self, story: StoryId) -> tuple[Repaired, ...]:
        return tuple(one for one in self._repairs if story in (one.repair.origin, one.repair.target))

    def repairs_of(self, correction: int) -> tuple[Repaired, ...]:
        return tuple(one for one in self._repairs if one.correction == correction)

    def whereabouts(self, story: StoryId) -> tuple[StoryId, ...]:
        if self.standing(story):
            return (story,)
        return by_most(self._decisions[article].story for article in left(story, self.repairs(story)))

    def titles(self, stories: Iterable[StoryId]) -> Mapping[StoryId, str]:
        return {story: self._titles[story] for story in stories if story in self._titles}

    def put_head(self, head: StoryHead) -> None:
        if not self.standing(head.id):
            raise StoryNotFound(head.id)
        self._heads[head.id] = head
        self._titles[head.id] = head.title

    def due(self, limit: int) -> tuple[StoryId, ...]:
        return tuple(sorted(self._to_look_at, key=lambda story: (self._began_at[story], story))[:limit])

    def looked_at(self, story: StoryId) -> None:
        self._to_look_at.discard(story)

    def add_correction(self, correction: Correction) -> Correction:
        number = len(self._corrections) + 1
        self._corrections[number] = replace(correction, number=number)
        return self._corrections[number]

    def undo_correction(self, number: int, *, at: datetime, who: str) -> Correction:
        self._corrections[number] = replace(self.correction(number), undone=at, undone_by=who)
        return self._corrections[number]

    def correction(self, number: int) -> Correction:
        if number in self._corrections:
            return self._corrections[number]
        raise CorrectionNotFound(str(number))

    def corrections(self) -> tuple[Correction, ...]:
        return tuple(renewed(one, self._newer) for one in self._corrections.values() if one.undone is None)
