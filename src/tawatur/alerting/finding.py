"""What there is to be told of is found: stories that have come up are held against thresholds, affairs and saved searches.

    look     each story that was composed since the last look, once:
               thresholds   those that it passes, if it passed them lately, and the same was not told before
               affairs      those that are watched and that it continues
               searches     those that one of its new reports answers: each report against all searches at once
               keep         the alerts of all who watch, and that it was looked at, in one transaction

The cost is that of the stories that have changed: nothing here reads through stories, and searches cost by what they have in common
with a report, not by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tawatur.alerting.scope import Scope
from tawatur.digest.breaking import is_news, passes, told_at
from tawatur.digest.holding import GATHER
from tawatur.model import Outlets, Relation, Report, StoryHead, StoryId
from tawatur.newsletter import Newsletter, NewsletterId, Threshold
from tawatur.personal import Candidates
from tawatur.recent import Recent
from tawatur.search import Searcher
from tawatur.searching.parse import parse
from tawatur.searching.percolate import Percolator
from tawatur.searching.query import Query
from tawatur.searching.words import Entry, entry
from tawatur.store import Store
from tawatur.store.alerts import Risen
from tawatur.stories.topics import topic_of

#: How many stories are looked at, before others get their turn.
BATCH = 50
#: A report that was published so long before it was read answers no saved search as news.
LATELY = timedelta(days=2)
#: Stories of one affair that pass the same threshold within this time are one piece of breaking news.
AFFAIR_QUIET = timedelta(hours=6)
#: How many articles' words are held, so that a growing story is not taken apart anew each time: some kilobytes each.
HELD = 2048

#: A newsletter that is to tell a story, and from when on.
Wanted = tuple[NewsletterId, datetime]


@dataclass(frozen=True)
class Finding:
    """Finds what there is to be told of in one store. ``outlets`` gives those by whose names filters of searches go."""

    store: Store
    outlets: Callable[[], Outlets]
    candidates: Candidates
    _entries: Recent[Entry] = field(default_factory=lambda: Recent(HELD))
    _searches: Recent[Percolator[NewsletterId]] = field(default_factory=lambda: Recent(1))

    def look(self, now: datetime) -> int:
        """Look at the next stories that came up; return how many it were."""
        batch = self.store.risen(limit=BATCH)
        for risen in batch:
            self._look(risen, now)
        return len(batch)

    def _look(self, risen: Risen, now: datetime) -> None:
        head = self.store.heads([risen.story]).get(risen.story)
        passed = [*self._passed(risen, now)] if head else []
        found = {} if head is None else dict((*self._affairs(risen, head, now), *self._searched(risen, head, now)))
        with self.store.together():
            if not self.store.take_rise(risen) or head is None:
                return
            for threshold in passed:
                found |= dict(self._watched(risen, head, threshold, now))
            for newsletter, due in found.items():
                self.store.put_alert(newsletter, risen.story, made=now, due=due)

    # -- thresholds --------------------------------------------------------------------------------------------------

    def _passed(self, risen: Risen, now: datetime) -> Iterator[Threshold]:
        """Yield the thresholds that a story passed lately, and not before."""
        for threshold in self.store.thresholds():
            passing = passes(risen.rise, sources=threshold.sources, within=threshold.within)
            if passing and is_news(passing.at, now) and not self.store.passed([risen.story], threshold, since=_EVER):
                yield threshold

    def _watched(self, risen: Risen, head: StoryHead, threshold: Threshold, now: datetime) -> Iterator[Wanted]:
        """Yield who watches for a threshold that a story passed, unless what it tells was told before."""
        passing = passes(risen.rise, sources=threshold.sources, within=threshold.within)
        if passing is None or not self.store.put_passing(risen.story, passing, threshold, at=now):
            return
        if self.store.passed(self._affair(risen.story), threshold, since=passing.at - AFFAIR_QUIET):
            return
        scope = Scope(self.store, self.candidates.of(head), now)
        for newsletter in self.store.watching(threshold):
            if newsletter.made - _MINUTE <= passing.at and scope.wanted(newsletter):
                yield newsletter.id, now + GATHER

    # -- affairs -----------------------------------------------------------------------------------------------------

    def _affair(self, story: StoryId) -> tuple[StoryId, ...]:
        """Return the other stories of a story's affair."""
        return tuple(one.story for one in self.store.related(story) if one.relation is not Relation.CONTEXT)

    def _affairs(self, risen: Risen, head: StoryHead, now: datetime) -> Iterator[Wanted]:
        """Yield who watches the affair that a new story continues."""
        for newsletter in self.store.watching_affairs(self._affair(risen.story)):
            self.store.put_in_affair(newsletter.id, risen.story)
            least = newsletter.threshold.sources if newsletter.threshold else 1
            if head.first >= newsletter.made - LATELY and head.independent >= least and is_news(head.latest, now):
                yield newsletter.id, now + GATHER

    # -- saved searches ----------------------------------------------------------------------------------------------

    def _searched(self, risen: Risen, head: StoryHead, now: datetime) -> Iterator[Wanted]:
        """Yield who watches for what new reports of a story answer."""
        known = self.store.searches_edition()
        if not known[0]:
            return
        searches = self._searches.get(known, self._percolator)
        for report in self.store.reports(risen.story):
            at = told_at(report.article)
            if at is None or now - at > LATELY:
                continue
            for id in searches.answered(self._entry(report)):
                newsletter = self.store.newsletter(id).newsletter
                if self._answers(newsletter, report, head, at, now):
                    yield id, due_time(newsletter, now)

    def _percolator(self) -> Percolator[NewsletterId]:
        searcher, now = Searcher(self.store, self.outlets()), datetime.now(UTC)
        plans = ((one.id, searcher.plan(_query(one), now=now)) for one in self.store.watching_searches())
        return Percolator({id: plan for id, plan in plans if plan.looks})

    def _entry(self, report: Report) -> Entry:
        key = (report.article.id, report.analysis.version)
        return self._entries.get(key, lambda: self._made(report))

    def _made(self, report: Report) -> Entry:
        story = self.store.story_of(report.article.id)
        members = self.store.members(story) if story else ()
        own = [one.profile for one in members if one.profile.article == report.article.id]
        return entry(report.article, report.analysis, topic=topic_of(own) if own else "")

    def _answers(self, newsletter: Newsletter, report: Report, head: StoryHead, at: datetime, now: datetime) -> bool:
        """Say whether a report that has the words of a search is within its limits too, and was read since it was made."""
        plan = Searcher(self.store, Outlets()).plan(_query(newsletter), now=now)
        least = max(plan.sources, newsletter.threshold.sources if newsletter.threshold else 1)
        inside = (plan.first is None or at >= plan.first) and (plan.last is None or at < plan.last)
        return inside and head.independent >= least and report.article.collected >= newsletter.made


def due_time(newsletter: Newsletter, now: datetime) -> datetime:
    """Return when what a search found is told: soon, or where it gathers, at the end of the hours it gathers over."""
    within = newsletter.threshold.within if newsletter.threshold else timedelta()
    if within <= timedelta():
        return now + GATHER
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + ((now - day) // within + 1) * within


def _query(newsletter: Newsletter) -> Query:
    return parse(newsletter.subject.key if newsletter.subject else "").query


_EVER = datetime.min.replace(tzinfo=UTC)
#: Outlets tell minutes at best.
_MINUTE = timedelta(minutes=1)
