"""The timeline of an issue: what happened by the hour among the stories that it tells, since the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tawatur.digest.issue_story import Page
from tawatur.model import Event, EventKind
from tawatur.newsletter import IssueMoment, Length
from tawatur.stories.headline import leads_elsewhere

#: How many moments there are, and how many of one story.
MOMENTS: Mapping[Length, int] = {Length.SHORT: 6, Length.MEDIUM: 8, Length.LONG: 12}
OF_STORY = 2
#: A sentence of more characters is too long for a line with an hour before it; the headline of its report stands for it.
LONGEST = 150
#: An issue with fewer moments than these has no timeline: its stories say it all.
FEWEST = 3


def timeline(pages: Iterable[Page], length: Length, since: datetime, until: datetime) -> tuple[IssueMoment, ...]:
    """Return the moments of some stories, those of the first stories before those of later ones where room is short; by time."""
    found = [_moments(page, since, until) for page in pages]
    by_rank = [one for at in range(OF_STORY) for moments in found for one in moments[at : at + 1]]
    chosen = sorted(by_rank[: MOMENTS[length]], key=lambda one: (one.at, one.story))
    return tuple(chosen) if len(chosen) >= FEWEST else ()


def _moments(page: Page, since: datetime, until: datetime) -> list[IssueMoment]:
    """Return the moments of a story, those that most sources tell first, then the latest.

    What it says of a day without an hour has no place among hours, nor has an hour that a sentence names: nobody knows of which
    zone it is.
    """
    events = [
        one
        for one in page.kept.telling.events
        if one.kind is not EventKind.HAPPENED and since <= one.at <= until and one.sayings[0].article in page.articles
    ]
    ranked = sorted(events, key=lambda one: (-one.backing.independent, -one.at.timestamp()))
    moments: dict[str, IssueMoment] = {}
    for one in ranked:
        found = _moment(one, page)
        if found.text and not leads_elsewhere(found.text):
            moments.setdefault(found.text, found)
    return list(moments.values())[:OF_STORY] or _appeared(page, since)


def _moment(event: Event, page: Page) -> IssueMoment:
    article = page.articles[event.sayings[0].article]
    update = event.kind is EventKind.UPDATE and len(event.text) <= LONGEST
    return IssueMoment(
        at=event.at,
        day_only=False,
        text=event.text if update else article.title,
        story=page.head.id,
        outlet=page.names.get(article.outlet, article.outlet),
        independent=event.backing.independent,
    )


def _appeared(page: Page, since: datetime) -> list[IssueMoment]:
    """Return when a story appeared, where nothing of it has an hour, under the headline of its first report."""
    first = page.articles.get(page.kept.order[0]) if page.head.first >= since else None
    if first is None or not first.title or leads_elsewhere(first.title):
        return []
    outlet = page.names.get(first.outlet, first.outlet)
    head = page.head
    return [
        IssueMoment(
            at=head.first,
            day_only=False,
            text=first.title,
            story=head.id,
            outlet=outlet,
            independent=head.independent,
        )
    ]
