"""``Alerts`` in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.alert import CEILING
from tawatur.digest.breaking import Passing, Rise
from tawatur.ids import ArticleId, StoryId
from tawatur.newsletter import IssueId, Newsletter, NewsletterId, NewsletterKind, Threshold
from tawatur.reader import ReaderId
from tawatur.store.alerts import Alert, Risen, affair_of, watches
from tawatur.store.memory_newsletters import MemoryNewsletters


@dataclass(frozen=True, slots=True)
class _Passed:
    passed: datetime
    at: datetime


class MemoryAlerts(MemoryNewsletters):
    """``Alerts`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._rises: dict[StoryId, Risen] = {}
        self._numbered = 0
        self._watches: dict[NewsletterId, int] = {}
        self._affairs: dict[tuple[StoryId, NewsletterId], None] = {}
        self._passings: dict[tuple[StoryId, Threshold], _Passed] = {}
        self._passing_reports: dict[tuple[ArticleId, Threshold], datetime] = {}
        self._alerts: dict[int, Alert] = {}
        self._told_alerts: dict[int, datetime] = {}
        self._alert_times: dict[ReaderId, list[datetime]] = {}
        self._ceilings: dict[ReaderId, int] = {}

    def _number(self) -> int:
        self._numbered += 1
        return self._numbered

    def put_newsletter(self, newsletter: Newsletter, *, due: datetime | None) -> None:
        super().put_newsletter(newsletter, due=due)
        self._watches.pop(newsletter.id, None)
        if watches(newsletter):
            self._watches[newsletter.id] = self._number()
            if affair := affair_of(newsletter):
                self.put_in_affair(newsletter.id, affair)

    def drop_newsletter(self, newsletter: NewsletterId) -> None:
        super().drop_newsletter(newsletter)
        self._watches.pop(newsletter, None)
        self._affairs = {at: None for at in self._affairs if at[1] != newsletter}
        self._alerts = {number: one for number, one in self._alerts.items() if one.newsletter != newsletter}

    # -- stories that came up ----------------------------------------------------------------------------------------

    def put_rise(self, story: StoryId, rise: Rise) -> None:
        number = self._rises[story].number if story in self._rises else self._number()
        self._rises[story] = Risen(number, story, rise)

    def risen(self, *, limit: int) -> tuple[Risen, ...]:
        return tuple(sorted(self._rises.values(), key=lambda one: one.number)[:limit])

    def take_rise(self, risen: Risen) -> bool:
        return self._rises.get(risen.story) == risen and self._rises.pop(risen.story) is not None

    # -- who watches -------------------------------------------------------------------------------------------------

    def thresholds(self) -> tuple[Threshold, ...]:
        found = {one.threshold for one in self._watching_of(NewsletterKind.BREAKING) if one.threshold}
        return tuple(sorted(found, key=lambda one: (one.sources, one.within)))

    def watching(self, threshold: Threshold) -> tuple[Newsletter, ...]:
        return tuple(one for one in self._watching_of(NewsletterKind.BREAKING) if one.threshold == threshold)

    def watching_searches(self) -> tuple[Newsletter, ...]:
        return tuple(self._watching_of(NewsletterKind.SEARCH))

    def _watching_of(self, kind: NewsletterKind) -> list[Newsletter]:
        own = [self.newsletter(id).newsletter for id in sorted(self._watches, key=lambda id: self._watches[id])]
        return [one for one in own if one.kind is kind and affair_of(one) is None]

    def searches_edition(self) -> tuple[int, int]:
        found = [self._watches[one.id] for one in self._watching_of(NewsletterKind.SEARCH)]
        return len(found), max(found, default=0)

    def watching_affairs(self, stories: Iterable[StoryId]) -> tuple[Newsletter, ...]:
        wanted = set(stories)
        ids = dict.fromkeys(id for story, id in self._affairs if story in wanted and id in self._watches)
        return tuple(one for id in ids if affair_of(one := self.newsletter(id).newsletter))

    def put_in_affair(self, newsletter: NewsletterId, story: StoryId) -> None:
        if newsletter in self._newsletters:
            self._affairs[story, newsletter] = None

    # -- thresholds that were passed ---------------------------------------------------------------------------------

    def put_passing(self, story: StoryId, passing: Passing, threshold: Threshold, *, at: datetime) -> bool:
        if (story, threshold) in self._passings:
            return False
        self._passings[story, threshold] = _Passed(passing.at, at)
        new = [one for one in passing.reports if (one, threshold) not in self._passing_reports]
        self._passing_reports |= {(one, threshold): at for one in new}
        return 2 * len(new) >= len(passing.reports)

    def passed(self, stories: Iterable[StoryId], threshold: Threshold, *, since: datetime) -> bool:
        found = (self._passings.get((story, threshold)) for story in stories)
        return any(one is not None and one.passed >= since for one in found)

    # -- what is to be told ------------------------------------------------------------------------------------------

    def put_alert(self, newsletter: NewsletterId, story: StoryId, *, made: datetime, due: datetime) -> bool:
        known = any((one.newsletter, one.story) == (newsletter, story) for one in self._alerts.values())
        if known or newsletter not in self._newsletters:
            return False
        number = self._number()
        self._alerts[number] = Alert(number=number, newsletter=newsletter, story=story, made=made, due=due)
        return True

    def _waiting_alerts(self, now: datetime) -> list[Alert]:
        return [one for number, one in self._alerts.items() if number not in self._told_alerts and one.due <= now]

    def alerting(self, *, now: datetime, limit: int) -> tuple[NewsletterId, ...]:
        due: dict[NewsletterId, datetime] = {}
        for one in self._waiting_alerts(now):
            due[one.newsletter] = min(one.due, due.get(one.newsletter, one.due))
        return tuple(sorted(due, key=lambda id: (due[id], id))[:limit])

    def alerts_of(self, newsletter: NewsletterId, *, now: datetime) -> tuple[Alert, ...]:
        own = [one for one in self._waiting_alerts(now) if one.newsletter == newsletter]
        return tuple(sorted(own, key=lambda one: one.number))

    def hold_alerts(self, numbers: Sequence[int], *, until: datetime) -> None:
        waiting = {number for number in numbers if number in self._alerts and number not in self._told_alerts}
        self._alerts |= {number: replace(self._alerts[number], due=until) for number in waiting}

    def tell_alerts(self, numbers: Sequence[int], issue: IssueId | None, *, at: datetime) -> bool:
        if any(number in self._told_alerts or number not in self._alerts for number in numbers):
            return False
        owner = self.newsletter(self._alerts[numbers[0]].newsletter).newsletter.owner
        self._told_alerts |= dict.fromkeys(numbers, at)
        if issue and owner:
            self._alert_times.setdefault(owner, []).append(at)
        return True

    def told_since(self, reader: ReaderId, since: datetime) -> tuple[datetime, ...]:
        return tuple(sorted(at for at in self._alert_times.get(reader, ()) if at >= since))

    def ceiling(self, reader: ReaderId) -> int:
        return self._ceilings.get(reader, CEILING)

    def put_ceiling(self, reader: ReaderId, ceiling: int) -> None:
        self._ceilings[self.reader(reader).id] = ceiling

    def tidy_alerts(self, *, before: datetime) -> None:
        self._passings = {key: one for key, one in self._passings.items() if one.at >= before}
        self._passing_reports = {key: at for key, at in self._passing_reports.items() if at >= before}
        gone = {number for number, at in self._told_alerts.items() if at < before}
        self._alerts = {number: one for number, one in self._alerts.items() if number not in gone}
        self._told_alerts = {number: at for number, at in self._told_alerts.items() if number not in gone}
        self._alert_times = {id: [at for at in times if at >= before] for id, times in self._alert_times.items()}

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._alert_times.pop(reader, None)
        self._ceilings.pop(reader, None)

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"alerts": {"ceiling": self.ceiling(reader)}}
