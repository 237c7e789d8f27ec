"""The affair of a story on its page: the stories before it, itself, and those after it, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.model import Relation
from tawatur.web.reading import ChainedStory, StoryPage
from tawatur.web.view.parts import Sources, iso
from tawatur.web.view.reason import Reason, why_reason
from tawatur.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One story of the chain. ``place`` is "before", "here" or "after"; the story itself needs no reason."""

    id: str
    title: str
    place: str
    day: str
    iso: str
    sources: Sources
    why: Reason | None = None


def affair_view(page: StoryPage, words: Words) -> tuple[LinkView, ...]:
    """Return the chain of a story; () where it is of no affair that is known."""
    if not page.affair:
        return ()
    story, head = page.story, page.head
    day = (story.day.at or head.first).date()
    here = LinkView(
        id=story.id,
        title=story.title,
        place="here",
        day=words.day(day),
        iso=iso(day),
        sources=Sources(story.outlets, story.independent),
    )
    before = [_link(one, words) for one in page.affair if one.link.relation is Relation.BEFORE]
    after = [_link(one, words) for one in page.affair if one.link.relation is Relation.AFTER]
    return (*before, here, *after)


def _link(one: ChainedStory, words: Words) -> LinkView:
    head, day = one.head, one.head.first.date()
    return LinkView(
        id=head.id,
        title=head.title,
        place=one.link.relation.value,
        day=words.day(day),
        iso=iso(day),
        sources=Sources(len(head.outlets), head.independent),
        why=why_reason(one.link.why, words),
    )
