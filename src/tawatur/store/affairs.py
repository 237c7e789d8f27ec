"""What is kept of affairs: the signature of each story that lives, and which stories hold which of its traits, by time.

A signature comes with its story's head and goes where the story ends, in the same transaction. Asking costs the traits that are
asked for, however many stories there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from tawatur.model import StoryId
from tawatur.stories.affairs import Holder
from tawatur.stories.signature import Signature


class Affairs(Protocol):
    """The part of the store's contract that concerns affairs."""

    def signatures(self, stories: Iterable[StoryId]) -> Mapping[StoryId, Signature]:
        """Return the signatures of some stories; those that have none are left out."""

    def holders(
        self, keys: Iterable[str], *, at: datetime, within: timedelta, most: int
    ) -> Mapping[str, tuple[Holder, ...]]:
        """Return for each trait which stories hold it around a time, oldest first.

        These are at most ``most`` up to that time, the latest of them, and as many behind it, the earliest of them, none further
        from it than ``within``. Of stories of one time, those with the lower id come first.
        """
