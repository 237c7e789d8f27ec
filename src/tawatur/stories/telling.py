"""Everything that a story's page shows beyond its head. It costs more than composing, so it is made when somebody asks for it."""

from __future__ import annotations

from tawatur.model import Outlets, Story, Telling
from tawatur.stories.account import account
from tawatur.stories.agreement import agreement


def tell(story: Story, *, outlets: Outlets) -> Telling:
    """Return the telling of a story; ``outlets`` are those that it was composed with."""
    agreed = agreement(story)
    return Telling(account=account(story, agreed), agreement=agreed)
