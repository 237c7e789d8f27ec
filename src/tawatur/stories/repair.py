"""Decisions taken again: reports that fit another story better move there, stories of one happening merge, strangers leave.

An article is placed on what is known when it comes. Every later report tells more, so the reports of a story and of those near it
are joined anew, from single reports up, as long as the window holds them; where that makes other groups than the stories, the
difference comes out as ``Repair`` values. So what is decided in the end hardly depends on the order in which reports came. Pure;
people's constraints are obeyed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from tawatur.model import ArticleId, Constraints, Repair, RepairKind, StoryId, Why, content_id
from tawatur.stories.correct import free_id
from tawatur.stories.entry import Entry
from tawatur.stories.linkage import Linkage
from tawatur.stories.weights import Weights
from tawatur.stories.window import Window

#: How far below the value of joining the best pair of two stories may lie that are looked at together.
REACH = 1.0
#: How many reports of other stories are looked at with a story's own, and how often large ones are: each time one more in
#: ``OFTEN`` has come.
MOST, OFTEN = 60, 8


class Reviser:
    """Looks again at one story with its neighbours, as the window shows them now."""

    def __init__(self, window: Window, by: Weights, constraints: Constraints) -> None:
        self._window, self._weights, self._constraints = window, by, constraints

    def revisit(self, around: StoryId) -> tuple[Repair, ...]:
        """Return the repairs that the story and its neighbours call for, in the order in which they are to be made."""
        members = self._window.story(around)
        if not members or not self._is_due(members):
            return ()
        reports = sorted([*members, *self._around(around, members)], key=_time)
        return tuple(self._repairs(self._joined(reports)))

    def _joined(self, reports: Sequence[Entry]) -> list[list[Entry]]:
        """Return which reports belong together. Of those that people tied the one that fits best stands for all."""
        led: dict[ArticleId, list[Entry]] = {}
        for one in sorted(reports, key=self._fit):
            leader = next((led[other] for other in sorted(self._constraints.tied(one.article)) if other in led), None)
            if leader is None:
                led[one.article] = [one]
            else:
                leader.append(one)
        leading = [one for one in reports if one.article in led]
        groups = Linkage(leading, self._window.pairs, self._weights).run(
            self._barred if self._constraints.apart else None
        )
        return [sorted((one for article in group for one in led[article]), key=_time) for group in groups]

    def _fit(self, one: Entry) -> tuple[float, ArticleId]:
        """Return a key that sorts first what fits other reports best, where that matters."""
        if len(self._constraints.tied(one.article)) == 1:
            return 0.0, one.article
        least, tied = self._weights.least, self._constraints.tied(one.article)
        row = self._window.pairs.row(one)
        return sum(least - value for article, value in row.items() if article not in tied), one.article

    def _barred(self, one: ArticleId, other: ArticleId) -> bool:
        tied = self._constraints.tied
        return any(self._constraints.parts(here, there) for here in tied(one) for there in tied(other))

    def _is_due(self, members: Sequence[Entry]) -> bool:
        obeyed = self._constraints
        corrected = any(len(obeyed.tied(one.article)) > 1 or obeyed.parted(one.article) for one in members)
        return corrected or len(members) % max(1, len(members) // OFTEN) == 0

    def _around(self, story: StoryId, members: Sequence[Entry]) -> list[Entry]:
        """Return the reports of the stories nearest to one."""
        best: dict[StoryId, float] = {}
        for one in members:
            for article, value in self._window.pairs.row(one).items():
                near = self._window.held(article).story
                if near != story and value >= max(self._weights.join - REACH, best.get(near, value)):
                    best[near] = value
        found: list[Entry] = []
        for near in sorted(best, key=lambda one: (-best[one], one)):
            held = self._window.story(near)
            if len(found) + len(held) <= MOST:
                found += held
        return found

    def _repairs(self, groups: Sequence[Sequence[Entry]]) -> Iterator[Repair]:
        """Yield what makes stories of groups: splits, moves, then merges. A group keeps the story that most of it stands in."""
        standing = Counter(one.story for group in groups for one in group)
        named = _named(groups, self._window)
        steps = [step for group, story in zip(groups, named, strict=True) for step in _steps(group, story, standing)]
        for repair in sorted(steps, key=lambda step: (_ORDER.index(step[0]), step[1][0].time, step[1][0].article)):
            yield self._repair(*repair)

    def _repair(self, kind: RepairKind, reports: Sequence[Entry], target: StoryId, like: Entry) -> Repair:
        articles = tuple(one.article for one in reports)
        why = Why(key=f"repair_{kind}", score=self._score(reports, like), like=like.article)
        return Repair(kind=kind, articles=articles, origin=reports[0].story, target=target, why=why)

    def _score(self, reports: Sequence[Entry], like: Entry) -> float:
        rows = [self._window.pairs.row(one) for one in reports if one is not like]
        values = [row.get(like.article, self._weights.least) for row in rows]
        return self._weights.score(max(values, default=self._weights.join))


Step = tuple[RepairKind, Sequence[Entry], StoryId, Entry]
_ORDER = (RepairKind.SPLIT, RepairKind.MOVE, RepairKind.MERGE)


def _named(groups: Sequence[Sequence[Entry]], window: Window) -> list[StoryId]:
    """Return a story for each group: of those that it stands in the one that it holds most of, no story twice, else a new one."""
    shares = [(-count, group[0].time, story, at)
              for at, group in enumerate(groups)
              for story, count in Counter(one.story for one in group).items()]  # fmt: skip
    taken: dict[StoryId, int] = {}
    names: dict[int, StoryId] = {}
    for _, _, story, at in sorted(shares):
        if story not in taken and at not in names:
            taken[story], names[at] = at, story

    def new(group: Sequence[Entry]) -> StoryId:
        return free_id(split_of(group[0].story, group[0].article), lambda story: bool(window.story(story)))

    return [names.get(at) or new(group) for at, group in enumerate(groups)]


def _steps(group: Sequence[Entry], story: StoryId, standing: Counter[StoryId]) -> Iterator[Step]:
    """Yield what brings a group into its story."""
    origins = Counter(one.story for one in group)
    like = next((one for one in group if one.story == story), group[0])
    for origin, count in sorted(origins.items(), key=lambda found: (-found[1], found[0])):
        reports = [one for one in group if one.story == origin]
        if origin == story:
            continue
        if story not in origins and origin == group[0].story:
            yield RepairKind.SPLIT, reports, story, like
        else:
            yield RepairKind.MERGE if count == standing[origin] else RepairKind.MOVE, reports, story, like


def _time(one: Entry) -> tuple[datetime, ArticleId]:
    return one.time, one.article


def split_of(story: StoryId, article: ArticleId) -> StoryId:
    """Return the id of the story that an article starts by leaving another one; always the same for the same two."""
    return StoryId(content_id("story", story, article))
