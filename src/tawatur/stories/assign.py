"""Which story an article belongs to: the deciding half of grouping.

Each article is compared with the stories that hold reports like it, and with each of those as a whole (see ``linkage``), so that no
chain of pairs ties two happenings together.
"""

from __future__ import annotations

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
    like: Entry


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
        self._window.move(profile.time)
        self._window.add(Member(profile=profile, story=story_of(profile)))
        new = self._window.entry(profile.article)
        assert new is not None  # the window stands at its time
        decision = self._decide(new, self.compare(new))
        self._window.carry([profile.article], decision.story)
        return decision

    def succeed(self, profile: Profile, *, old: ArticleId, story: StoryId) -> Decision:
        """Let an article take the place of an older version of itself, which is compared no more."""
        self._window.move(profile.time)
        self._window.discard(old)
        self._window.add(Member(profile=profile, story=story))
        why = Why(key="revision", score=1.0, like=old)
        return Decision(article=profile.article, story=story, joined=True, why=why)

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
        row = self._window.pairs.row(new)
        best: dict[StoryId, tuple[float, Entry]] = {}
        for article, value in row.items():
            near = self._window.held(article)
            if near.story != new.story and (near.story not in best or _better(value, near, *best[near.story])):
                best[near.story] = value, near
        found = [Found(self._value(new, story), story, like) for story, (_, like) in best.items()]
        return tuple(sorted(found, key=lambda one: (-one.value, one.story)))

    def _value(self, new: Entry, story: StoryId) -> float:
        """Return the value of a report and a story."""
        row, least = self._window.pairs.row(new), self._weights.least
        members = self._window.story(story)
        above = sum(row[held.article] - least for held in members if held.article in row)
        return self._weights.groups(above, 1, len(members))

    def _decide(self, new: Entry, found: tuple[Found, ...]) -> Decision:
        if not found:
            return Decision(article=new.article, story=new.story, joined=False, why=Why(key="first"))
        best = found[0]
        score = self._weights.score(best.value)
        if best.value < self._weights.join:
            why = Why(key="no_match", score=score, like=best.like.article)
            return Decision(article=new.article, story=new.story, joined=False, why=why)
        why = why_joined(new, self._window.story(best.story), best.like, score=score, idf=self._window.idf)
        return Decision(article=new.article, story=best.story, joined=True, why=why)


def _better(value: float, near: Entry, known: float, like: Entry) -> bool:
    return (value, near.article) > (known, like.article)
