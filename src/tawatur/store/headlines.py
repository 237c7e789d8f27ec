"""What is kept for the front page: the weight, the section and a glance of each story that lives, in the order in which lists give
them.

They come with a story's head and go where it ends, in the same transaction. Every list is read off an index: it costs what it
gives, however many stories there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tawatur.model import StoryHead, StoryId
from tawatur.stories.glance import Glance


@dataclass(frozen=True, slots=True)
class Headline:
    """A story as lists show it."""

    head: StoryHead
    glance: Glance


class Headlines(Protocol):
    """The part of the store's contract that concerns the front page and the pages of sections."""

    def headlines(self, *, limit: int, section: str = "", behind: StoryId | None = None) -> tuple[Headline, ...]:
        """Return stories by weight (``stories.weight``), the heaviest first, those of equal weight by id.

        ``section`` keeps to one section; ``behind`` goes on behind that story (an unknown one gives nothing).
        """

    def newest(self, *, limit: int) -> tuple[Headline, ...]:
        """Return the stories with the latest reports, the latest first, then by id."""

    def lone(self, *, limit: int) -> tuple[Headline, ...]:
        """Return the stories that a single outlet tells, those with the latest reports first, then by id."""

    def widest(self, *, days: int, limit: int) -> tuple[Headline, ...]:
        """Return the most independently told stories of the last ``days`` days with news, then the latest, then by id."""

    def glances(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Glance]:
        """Return the glances of some stories, by id; those that have none are left out."""

    def sections(self) -> tuple[str, ...]:
        """Return the sections that have stories, by key."""

    def edition(self) -> int:
        """Return a number that changes whenever anything that pages of news show has changed.

        Pages of readers' own, of the outlets' state and of the crawl are not among them.
        """


def widest(found: Iterable[Headline], limit: int) -> tuple[Headline, ...]:
    """Return the stories that most independent sources tell, then the latest, then by id."""

    def order(one: Headline) -> tuple[int, float, StoryId]:
        return -one.head.independent, -one.head.latest.timestamp(), one.head.id

    return tuple(sorted(found, key=order)[:limit])
