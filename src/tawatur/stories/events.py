"""The timeline of a story: what happened when, by the days and hours that sentences name, by timed updates, and by first sentences.

What several reports tell of one day in much the same words is one event with all of them behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tawatur.model import ArticleId, DateMention, Event, EventKind, Report, Saying, Story, TimelineEntry
from tawatur.stories.backing import backing
from tawatur.stories.told import Told, likeness

#: The share of what a sentence says that another one holds, from which on they tell one event of a day, or of any days.
SAME, ECHO = 0.5, 0.75
#: What a sentence dates so many days before its report, or later than it, is no event of the story.
BEFORE, AHEAD = timedelta(days=30), timedelta(days=0)
#: A sentence that a report tells alone is an event where it goes back to another day or names an hour, and stands so early.
EARLY, FEWEST = 6, 7
_GRAINS = ("minute", "day")


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence at a time."""

    at: datetime
    day_only: bool
    kind: EventKind
    told: Told
    other_day: bool = False  # another one than that of the report


def events(story: Story, told_by: Sequence[Sequence[Told]]) -> tuple[Event, ...]:
    """Return the timeline of a story, oldest first. ``told_by`` are the sentences of each report."""
    by_article = {sentences[0].article: sentences for sentences in told_by if sentences}
    dated = list(_reported(story.timeline, by_article))
    for report in story.reports:
        dated += _happened(report, by_article.get(report.article.id, ()))
    groups = _grouped(sorted(dated, key=_order))
    kept = [group for group in groups if _matters(group)]
    return tuple(sorted((_event(group, story) for group in kept), key=lambda one: (one.at, not one.day_only, one.text)))


def _order(one: Dated) -> tuple[datetime, bool, str, int]:
    return one.at, one.day_only, one.told.article, one.told.place


def _reported(entries: Iterable[TimelineEntry], by_article: dict[ArticleId, Sequence[Told]]) -> Iterator[Dated]:
    """Yield the first sentences of reports and of their updates."""
    for entry in entries:
        sentences = by_article.get(entry.article, ())
        found = next((one for one in sentences if one.text in entry.text or entry.text in one.text), None)
        if found is not None:
            kind = EventKind.REPORTED if found.place == 0 else EventKind.UPDATE
            yield Dated(entry.at, entry.day_only, kind, found)


def _happened(report: Report, sentences: Sequence[Told]) -> Iterator[Dated]:
    """Yield the sentences that name one day or hour, at that time."""
    published, dates = report.article.published.at, report.analysis.dates
    if published is None or not dates:
        return
    for one in sentences:
        times = {_time(date) for date in dates if one.span.start <= date.span.start < one.span.end}
        if len(times) != 1 or one.asks or one.words < FEWEST:
            continue
        (time,) = times
        if time is not None and -BEFORE <= time[0] - published.astimezone(UTC) <= AHEAD:
            other = time[0].date() != published.date()
            yield Dated(time[0], time[1], EventKind.HAPPENED, one, other_day=other)


def _time(date: DateMention) -> tuple[datetime, bool] | None:
    """Return the day or hour that an expression names, and whether it names only a day; None of anything wider or unsure."""
    if date.grain not in _GRAINS or date.doubts or not date.start:
        return None
    try:
        at = datetime.fromisoformat(date.start.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), date.grain == "day"


def _grouped(dated: Iterable[Dated]) -> list[list[Dated]]:
    """Return sentences in groups that tell one event: each is much like the first of its group, or its echo on another day."""
    groups: list[list[Dated]] = []
    for one in dated:
        same = next((group for group in groups if _is_same(one, group[0])), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    return groups


def _is_same(one: Dated, other: Dated) -> bool:
    if one.told is other.told:
        return True  # the first sentence of a report that names its day: it stands at that day
    return likeness(one.told, other.told) >= (SAME if one.at.date() == other.at.date() else ECHO)


def _matters(group: Sequence[Dated]) -> bool:
    """Say whether a group is shown: what reports begin with, what several tell, what one tells early of another time."""
    first = group[0]
    return (
        any(one.kind is not EventKind.HAPPENED or one.told.place == 0 for one in group)
        or len({one.told.article for one in group}) > 1
        or (first.told.place < EARLY and (first.other_day or not first.day_only))
    )


def _event(group: Sequence[Dated], story: Story) -> Event:
    """Return the event of some sentences, at the surest time that they give: a named hour, a named day, a report's own."""
    first = min(group, key=lambda one: (one.kind is not EventKind.HAPPENED, one.day_only, one.at, one.told.place))
    tellers: dict[str, Told] = {}
    for one in (first, *group):
        tellers.setdefault(one.told.article, one.told)
    sayings = tuple(Saying(article=one.article, span=one.span) for one in tellers.values())
    return Event(
        at=first.at,
        day_only=first.day_only,
        kind=first.kind,
        text=first.told.text,
        sayings=sayings,
        backing=backing((one.article for one in sayings), story),
    )
