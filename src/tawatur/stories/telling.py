"""Everything that a story's page shows beyond its head. It costs more than composing, so it is made when somebody asks for it."""

from __future__ import annotations

from tawatur.model import Outlets, Story, Telling
from tawatur.stories.account import account
from tawatur.stories.agreement import agreement
from tawatur.stories.events import events
from tawatur.stories.novelty import novelties
from tawatur.stories.people import Scene, people
from tawatur.stories.precedence import first_of
from tawatur.stories.republished import republished
from tawatur.stories.told import sentences


def tell(story: Story, *, outlets: Outlets, scene: Scene | None = None) -> Telling:
    """Return the telling of a story; ``outlets`` are those that it was composed with, ``scene`` its own."""
    agreed = agreement(story)
    told_by = sentences(story)
    articles = {report.article.id: report.article for report in story.reports}
    return Telling(
        account=account(story, agreed, told_by),
        agreement=agreed,
        people=people(scene or Scene(story)),
        events=events(story, told_by),
        novelties=novelties(told_by),
        copies=republished(story, outlets=outlets),
        first=first_of(tuple(articles.values())),
        firsts=tuple(first_of([articles[one] for one in source]) for source in story.sources),
    )
