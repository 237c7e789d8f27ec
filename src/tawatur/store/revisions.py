"""What is kept of pages that changed: the versions of each address, in chains, and which version stands in the story.

Every article with an address has a place in a chain, mostly alone. All versions stay readable; in grouping, in the story and in
what is counted there is only the newest one. It takes the place of the older one in one transaction (``Store.place``), so that a
story never holds both, nor neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.stories.revision import Revision

#: No more versions of one address than these are looked at when another one comes: the latest.
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Forerunner:
    """The version of an article that stands in a story until its newer one takes the place."""

    article: ArticleId
    story: StoryId


class Revisions(Protocol):
    """The part of the store's contract that concerns versions."""

    def at_address(self, outlet: OutletKey, address: str) -> tuple[Revision, ...]:
        """Return the latest ``MOST_VERSIONS`` versions at an address, chain by chain, each in the order of its versions."""

    def revisions(self, article: ArticleId) -> tuple[Revision, ...]:
        """Return all versions of the article, oldest first, itself among them; () where it has no address, or is unknown."""

    def forerunner(self, article: ArticleId) -> Forerunner | None:
        """Return the older version that stands in a story in the place of a pending article."""
