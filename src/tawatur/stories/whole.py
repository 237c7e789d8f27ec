"""A story with everything that its page tells, as it is kept beside its head: opening a story composes nothing.

What is kept leaves out the reports themselves, which the store has already, and what a story is related to, which others change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tawatur.ids import content_id
from tawatur.model import ArticleId, Outlets, Published, Related, Report, Story, StoryHead, StoryId, Telling
from tawatur.stories.compose import compose, composition, head
from tawatur.stories.named import Unidentified, unidentified
from tawatur.stories.people import Scene
from tawatur.stories.profile import Member
from tawatur.stories.signature import Signature, signature
from tawatur.stories.telling import tell
from tawatur.stories.topics import topic_of


@dataclass(frozen=True, slots=True)
class Whole:
    """A composed story with its reports, and its telling."""

    story: Story
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A whole story without its reports: ``order`` are their ids as the story has them, ``days`` the ones that it reconciled.

    ``made_of`` says of which reports it was made, by which rules and with which outlets known.
    """

    story: Story
    telling: Telling
    made_of: str
    order: tuple[ArticleId, ...]
    days: Mapping[ArticleId, Published]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that is composed of a story without a look at others. It holds as long as the story is made of the same reports."""

    kept: Kept
    head: StoryHead
    topic: str
    signature: Signature
    names: Unidentified


def draft(story: StoryId, reports: Sequence[Report], members: Sequence[Member], *, outlets: Outlets) -> Draft:
    """Compose a story of its reports; ``members`` are the same, oldest first, as grouping compared them."""
    made = compose(story, reports, outlets=outlets)
    shown, scene, topic = head(made, outlets=outlets), Scene(made), topic_of([member.profile for member in members])
    return Draft(
        kept=kept(Whole(made, tell(made, outlets=outlets, scene=scene)), reports, outlets=outlets),
        head=shown,
        topic=topic,
        signature=signature(story, members, time=made.day.at or shown.first),
        names=unidentified(scene, topic, outlets=outlets),
    )


def whole(story: Story, *, outlets: Outlets) -> Whole:
    """Return a story that was just composed with its telling."""
    return Whole(story, tell(story, outlets=outlets))


def made_of(reports: Sequence[Report], outlets: Outlets) -> str:
    """Return what a story is made of: articles never change, and analyses have versions."""
    told = sorted((report.article.id, report.analysis.version) for report in reports)
    return content_id(outlets.index(composition), *(part for one in told for part in one))


def kept(one: Whole, reports: Sequence[Report], *, outlets: Outlets) -> Kept:
    """Return what is kept of a whole story; ``reports`` are those that it was composed of, as the store has them."""
    as_read = {report.article.id: report.article.published for report in reports}
    told = {report.article.id: report.article.published for report in one.story.reports}
    return Kept(
        story=replace(one.story, reports=(), related=()),
        telling=one.telling,
        made_of=made_of(reports, outlets),
        order=tuple(told),
        days={article: day for article, day in told.items() if day != as_read[article]},
    )


def opened(
    story: StoryId, found: Kept | None, reports: Sequence[Report], *, outlets: Outlets, related: Sequence[Related] = ()
) -> Whole:
    """Return a story for its page: the kept one where it is made of these reports, else one made anew."""
    if found is None or found.made_of != made_of(reports, outlets):
        return whole(compose(story, reports, outlets=outlets, related=related), outlets=outlets)
    by_id = {report.article.id: report for report in reports}
    ordered = tuple(_dated(by_id[article], found.days.get(article)) for article in found.order)
    return Whole(replace(found.story, reports=ordered, related=tuple(related)), found.telling)


def _dated(report: Report, day: Published | None) -> Report:
    return replace(report, article=replace(report.article, published=day)) if day else report
