"""Decisions taken again: reports that fit another story better move there, stories of one happening merge, strangers leave.

An article is placed on what is known when it comes. Every later report tells more, so the stories around it are looked at again
as long as the window holds them. Pure: what is decided comes out as ``Repair`` values, and people's constraints are obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tawatur.model import ArticleId, Constraints, Repair, RepairKind, StoryId, Why, content_id
from tawatur.stories.entry import Entry
from tawatur.stories.similarity import Measured
from tawatur.stories.weights import Weights
from tawatur.stories.window import Window

#: How many reports that share rare words point to the stories that a story is compared with.
NEAR = 10
#: How many of a story's latest reports are looked at.
LATEST = 20
#: How far beyond the threshold of joining a value must lie before a decision is taken again: a story is not torn for a hair.
BEYOND = 0.5


class Fit(NamedTuple):
    """How well a report belongs to a story."""

    value: float
    story: StoryId


class Reviser:
    """Looks again at one story with its neighbours, as the window shows them now."""

    def __init__(self, window: Window, by: Weights, constraints: Constraints) -> None:
        self._window, self._weights, self._constraints = window, by, constraints
        self._measured = lru_cache(maxsize=None)(lambda one: Measured(one, lru_cache(maxsize=None)(window.idf)))

    def revisit(self, around: StoryId) -> tuple[Repair, ...]:
        """Return the repairs that the story calls for: at most one report leaves it, or it merges with one other."""
        members = self._window.story(around)[-LATEST:]
        if not members:
            return ()
        repair = self._stranger(around, members) or self._merger(around, members)
        return () if repair is None else (repair,)

    def _stranger(self, story: StoryId, members: Sequence[Entry]) -> Repair | None:
        """Return what lets the report go that fits the rest least, if it does not belong to it."""
        free = [one for one in members if not self._held(one, members)]
        if len(members) < 3 or not free:
            return None
        value, _, worst = min((self._value(one, _without(members, one)), one.article, one) for one in free)
        if value >= self._weights.join - BEYOND:
            return None
        better = self._best(worst, outside=story)
        if better is not None and better.value >= self._weights.join:
            return self._repair(RepairKind.MOVE, (worst,), story, better.story, better.value)
        return self._repair(RepairKind.SPLIT, (worst,), story, split_of(story, worst.article), value)

    def _best(self, one: Entry, *, outside: StoryId) -> Fit | None:
        """Return the other story that a report fits best."""
        near = dict.fromkeys(near.story for near in self._window.near(one, NEAR, outside=outside))
        fits = [Fit(self._value(one, held), story) for story in near if (held := self._open(story, (one,)))]
        return max(fits, default=None)

    def _merger(self, story: StoryId, members: Sequence[Entry]) -> Repair | None:
        """Return the merging with the story that is most surely the same happening."""
        near = dict.fromkeys(near.story for near in self._window.near(members[-1], NEAR, outside=story))
        fits = [Fit(self._values(members, held), other) for other in near if (held := self._open(other, members))]
        best = max(fits, default=None)
        if best is None or best.value < self._weights.join:
            return None
        target, origin = self._elder(story, best.story)
        return self._repair(RepairKind.MERGE, self._window.story(origin), origin, target, best.value)

    def _elder(self, *stories: StoryId) -> tuple[StoryId, StoryId]:
        """Return two stories, the one first that has more reports, and of equals the older one."""

        def rank(story: StoryId) -> tuple[int, float, StoryId]:
            held = self._window.story(story)
            return -len(held), held[0].time.timestamp(), story

        first, second = sorted(stories, key=rank)
        return first, second

    def _open(self, story: StoryId, reports: Sequence[Entry]) -> Sequence[Entry]:
        """Return a story's latest reports, none where people keep it apart from some reports."""
        held = self._window.story(story)
        barred = any(self._constraints.parts(one.article, other.article) for one in reports for other in held)
        return () if barred else held[-LATEST:]

    def _held(self, one: Entry, members: Sequence[Entry]) -> bool:
        """Say whether people keep a report where it stands."""
        return any(self._constraints.binds(one.article, other.article) for other in members if other is not one)

    def _values(self, reports: Sequence[Entry], members: Sequence[Entry]) -> float:
        return sum(self._value(one, members) for one in reports) / len(reports)

    def _value(self, one: Entry, members: Sequence[Entry]) -> float:
        return self._weights.story([self._weights.pair(self._measured(one).features(other)) for other in members])

    def _repair(
        self, kind: RepairKind, reports: Sequence[Entry], origin: StoryId, target: StoryId, value: float
    ) -> Repair:
        articles = tuple(one.article for one in reports)
        why = Why(key=f"repair_{kind}", score=self._weights.score(value), like=articles[0])
        return Repair(kind=kind, articles=articles, origin=origin, target=target, why=why)


def split_of(story: StoryId, article: ArticleId) -> StoryId:
    """Return the id of the story that an article starts by leaving another one; always the same for the same two."""
    return StoryId(content_id("story", story, article))


def _without(members: Sequence[Entry], one: Entry) -> tuple[Entry, ...]:
    return tuple(other for other in members if other is not one)
