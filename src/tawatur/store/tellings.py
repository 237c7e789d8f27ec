"""What is kept of each story's telling, so that opening one composes nothing.

It comes with the story's head and goes where the story ends, in the same transaction.
"""

from __future__ import annotations

from typing import Protocol

from tawatur.model import StoryId
from tawatur.stories.whole import Kept


class Tellings(Protocol):
    """The part of the store's contract that concerns tellings."""

    def telling(self, story: StoryId) -> Kept | None:
        """Return what ``put_story`` kept of a story's telling; None where it kept none.

        Whoever shows it tells by ``Kept.made_of`` whether it is of the reports that the story has now.
        """
