"""The context of a story over a window: which other stories share its people, places and rare words in the same days.

The same measure as ``related``, at a cost that does not grow with the number of stories: only reports that hold the story's rare
words are compared, found in the window's index. What comes out is a function of the story's members and of what ``recall`` gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.model import Related, StoryId, Why
from tawatur.stories.background import background
from tawatur.stories.entry import Entry, entry
from tawatur.stories.profile import Member
from tawatur.stories.related import MOST, is_context
from tawatur.stories.why import shared_terms
from tawatur.stories.window import Recall, Window

#: How many reports of other stories are compared with one report.
CANDIDATES = 20
#: A story's latest reports stand for it: they name what it has come to.
LATEST = 5


class Context:
    """Finds related stories. One object serves many stories; those of neighbouring days cost least one behind another.

    ``window`` is one that somebody else keeps up with what is grouped; without it, the days around a story are recalled once.
    """

    def __init__(self, recall: Recall, *, window: Window | None = None) -> None:
        self._window = Window(recall, background()) if window is None else window

    def related(self, story: StoryId, members: Sequence[Member]) -> tuple[Related, ...]:
        """Return the stories related to one, nearest first. ``members`` are its reports, at least one, oldest first."""
        self._window.move(members[-1].profile.time)
        best: dict[StoryId, tuple[float, str, Entry, Entry]] = {}
        for own in map(self._entry, members[-LATEST:]):
            reports = self._near(own, story)
            for near, score in zip(reports, self._window.cosines(own, reports), strict=True):
                found = (score, near.article, own, near)
                if near.story not in best or found[:2] > best[near.story][:2]:
                    best[near.story] = found
        nearest = sorted(best.values(), key=lambda found: (-found[0], found[3].story))[:MOST]
        made = (self._related(score, own, near) for score, _, own, near in nearest)
        return tuple(one for one in made if one is not None)

    def _entry(self, member: Member) -> Entry:
        """Return a report as the window holds it, or made ready anew."""
        held = self._window.entry(member.profile.article)
        return entry(member) if held is None or held.profile != member.profile else held

    def _near(self, own: Entry, story: StoryId) -> tuple[Entry, ...]:
        """Return the reports of other stories that share most of a report's rare words."""
        return self._window.near(own, CANDIDATES, outside=story)

    def _related(self, score: float, own: Entry, near: Entry) -> Related | None:
        """Return the story of a report as related, None where it is no context."""
        if not is_context(own.profile, near.profile, score):
            return None
        terms = shared_terms(own, [near], self._window.idf)
        if not terms:
            return None
        return Related(story=near.story, why=Why(key="same_context", score=score, terms=terms, like=near.article))
