"""Which story an article belongs to: the deciding half of grouping.

Articles come in the order of time. Each is compared with the stories that hold reports with its rare words, and each of those
as a whole: the mean likeness to its reports decides, so that no chain of pairs ties two happenings together.
"""

from __future__ import annotations

from collections import defaultdict

from tawatur.model import ArticleId, Decision, StoryId, Why, content_id
from tawatur.stories.background import background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.profile import Member, Profile
from tawatur.stories.similarity import likeness
from tawatur.stories.why import shared_terms
from tawatur.stories.window import Recall, Window

__all__ = ["Grouper", "Member", "story_of"]

CANDIDATES = 30
JOIN = 0.22


def story_of(profile: Profile) -> StoryId:
    """Return the id of the story that an article would start."""
    return StoryId(content_id("story", profile.article))


class Grouper:
    """Decides for each article which story it belongs to, and remembers.

    ``recall`` gives the grouped members of a time range [start, end) from a store. What has been decided is remembered here, so the
    caller must store it before the next restart; where storing fails, a fresh Grouper is needed.
    """

    def __init__(self, recall: Recall) -> None:
        self._window = Window(recall, background())

    def place(self, profile: Profile) -> Decision:
        """Decide for one article; an article that is placed again is decided anew."""
        self._window.move(profile.time)
        self._window.discard(profile.article)
        new = entry(Member(profile=profile, story=story_of(profile)))
        decision = self._decide(new)
        self._window.add(Member(profile=profile, story=decision.story))
        return decision

    def _decide(self, new: Entry) -> Decision:
        best: tuple[float, StoryId, Entry] | None = None
        for story in {near.story for near in self._near(new)}:
            members = self._window.story(story)
            scores = [(likeness(new, member, self._window.idf), member.article, member) for member in members]
            mean = sum(score for score, _, _ in scores) / len(scores)
            if best is None or (mean, story) > best[:2]:
                best = (mean, story, max(scores)[2])
        if best is None:
            return Decision(article=new.article, story=new.story, joined=False, why=Why(key="first"))
        score, story, like = best
        joined = score >= JOIN
        terms = shared_terms(new, self._window.story(story), self._window.idf) if joined else ()
        why = Why(key="both_report" if joined else "no_match", score=score, terms=terms, like=like.article)
        return Decision(article=new.article, story=story if joined else new.story, joined=joined, why=why)

    def _near(self, new: Entry) -> list[Entry]:
        """Return the members that share most of the article's rare words."""
        weights: dict[ArticleId, float] = defaultdict(float)
        held: dict[ArticleId, Entry] = {}
        limit = max(50, len(self._window) // 10)
        for key in new.counts:
            if self._window.frequency(key) > limit:
                continue
            idf = self._window.idf(key)
            for near in self._window.holding(key):
                weights[near.article] += idf * idf
                held[near.article] = near
        best = sorted(weights, key=lambda article: (-weights[article], article))[:CANDIDATES]
        return [held[article] for article in best]
