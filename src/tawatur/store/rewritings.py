"""What models made of the accounts of stories: one rewriting a story, the latest.

It is kept with the fingerprint of the account that it was made of, so that whoever shows it can tell whether it still fits.
"""

from __future__ import annotations

from typing import Protocol

from tawatur.model import Rewriting, StoryId


class Rewritings(Protocol):
    """The part of the store's contract that concerns rewritings."""

    def put_rewriting(self, story: StoryId, rewriting: Rewriting) -> None:
        """Keep the rewriting of a story's account; it takes the place of an earlier one.

        Raises:
            StoryNotFound: no story has this id.
        """

    def rewriting(self, story: StoryId) -> Rewriting | None:
        """Return the rewriting of a story's account, of whatever account it was made; None where there is none."""

    def drop_rewriting(self, story: StoryId) -> None:
        """Forget the rewriting of a story's account, where there is one."""
