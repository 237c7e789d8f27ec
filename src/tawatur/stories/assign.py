"""Which story an article belongs to: the deciding half of grouping.

Each article is compared with the stories that hold reports like it, and with each of those as a whole (see ``linkage``), so that no
chain of pairs ties two happenings together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from typing import NamedTuple

from tawatur.model import ArticleId, Constraints, Decision, Repair, StoryId, Why, content_id
from tawatur.stories.background import background
from tawatur.stories.entry import Entry
from tawatur.stories.profile import Member, Profile
from tawatur.stories.repair import Reviser
from tawatur.stories.weights import Weights, weights
from tawatur.stories.why import why_joined
from tawatur.stories.window import Recall, Window

__all__ = ["Grouper", "Member", "Recall", "story_of"]

NONE = Constraints()


class Found(NamedTuple):
    """A story that was compared: its value, and its report that is most like the article."""

    value: float
    story: StoryId
    like: ArticleId


def story_of(profile: Profile) -> StoryId:
    """Return the id of the story that an article would start."""
    return StoryId(content_id("story", profile.article))


class Grouper:
    """Decides for each article which story it belongs to, and remembers.

    ``recall`` gives the grouped members of a time range [start, end) from a store. What has been decided is remembered here, so the
    caller must store it before the next restart; where storing fails, a fresh Grouper is needed. Articles come best in the order of
    time: a step back in time recalls what the window had let go.
    """

    def __init__(self, recall: Recall, *, by: Weights | None = None, window: Window | None = None) -> None:
        self._weights = by or weights()
        self._window = Window(recall, background(), self._weights) if window is None else window

    def place(self, profile: Profile) -> Decision:
        """Decide for one article; an article that is placed again is decided anew."""
        new = self._take_in(profile, story_of(profile))
        decision = self._decide(new, self.compare(new))
        self._window.carry([profile.article], decision.story)
        return replace(decision, fresh=new.profile.fresh)

    def _take_in(self, profile: Profile, story: StoryId) -> Entry:
        """Let the window hold an article, and note how rare its words are as it comes."""
        self._window.move(profile.time)
        self._window.discard(profile.article)
        self._window.add(Member(profile=self._window.noted(profile), story=story))
        new = self._window.entry(profile.article)
        assert new is not None  # the window stands at its time
        return new

    def succeed(self, profile: Profile, *, old: ArticleId, story: StoryId) -> Decision:
        """Let an article take the place of an older version of itself, which is compared no more."""
        self._window.move(profile.time)
        self._window.discard(old)
        new = self._take_in(profile, story)
        why = Why(key="revision", score=1.0, like=old)
        return Decision(article=profile.article, story=story, joined=True, why=why, fresh=new.profile.fresh)

    def revisit(self, around: StoryId, constraints: Constraints = NONE) -> tuple[Repair, ...]:
        """Propose what to decide again about the reports of a story and of its neighbours, now that more is known.

        Only what the window holds is decided again. Called after an article was placed, for its story. What is done of it is to be
        told by ``carry``.
        """
        return Reviser(self._window, self._weights, constraints).revisit(around)

    def carry(self, repair: Repair) -> None:
        """Remember a repair that was made."""
        self._window.carry(repair.articles, repair.target)

    def compare(self, new: Entry) -> tuple[Found, ...]:
        """Return the stories that a member of the window could belong to, its own apart, best first."""
        rows: dict[StoryId, list[tuple[float, ArticleId]]] = defaultdict(list)
        for article, value in self._window.pairs.row(new).items():
            rows[self._window.held(article).story].append((value, article))
        rows.pop(new.story, None)
        found = [Found(self._value(story, row), story, max(row)[1]) for story, row in rows.items()]
        return tuple(sorted(found, key=lambda one: (-one.value, one.story)))

    def _value(self, story: StoryId, row: Sequence[tuple[float, ArticleId]]) -> float:
        """Return the value of a report and a story, from its pairs with the story's reports."""
        least = self._weights.least
        return self._weights.groups(fsum(value - least for value, _ in row), 1, self._window.size(story))

    def _decide(self, new: Entry, found: tuple[Found, ...]) -> Decision:
        if not found:
            return Decision(article=new.article, story=new.story, joined=False, why=Why(key="first"))
        best = found[0]
        score = self._weights.score(best.value)
        if best.value < self._weights.join:
            why = Why(key="no_match", score=score, like=best.like)
            return Decision(article=new.article, story=new.story, joined=False, why=why)
        like = self._window.held(best.like)
        why = why_joined(new, self._window.story(best.story), like, score=score, idf=self._window.idf)
        return Decision(article=new.article, story=best.story, joined=True, why=why)
