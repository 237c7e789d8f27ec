"""``Newsletters`` in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tawatur.errors import IssueNotFound, NewsletterNotFound, ReaderNotFound
from tawatur.ids import StoryId
from tawatur.newsletter import Issue, IssueId, Newsletter, NewsletterId
from tawatur.reader import ReaderId
from tawatur.store.memory_outbox import MemoryOutbox
from tawatur.store.memory_readers import MemoryReaders
from tawatur.store.newsletters import TOLD_KEPT, IssueHead, Scheduled, ToldStory, exported
from tawatur.store.outbox import Letter


class MemoryNewsletters(MemoryOutbox, MemoryReaders):
    """``Newsletters`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._newsletters: dict[NewsletterId, Scheduled] = {}
        self._wakes: dict[NewsletterId, datetime | None] = {}
        self._issues: dict[IssueId, Issue] = {}
        self._told_by: dict[NewsletterId, dict[StoryId, ToldStory]] = {}

    def put_newsletter(self, newsletter: Newsletter, *, due: datetime | None) -> None:
        if newsletter.owner is not None and newsletter.owner not in self._readers:
            raise ReaderNotFound(newsletter.owner)
        known = self._newsletters.get(newsletter.id, Scheduled(newsletter=newsletter))
        self._newsletters[newsletter.id] = replace(known, newsletter=newsletter, due=due)
        self._wakes[newsletter.id] = due

    def newsletter(self, newsletter: NewsletterId) -> Scheduled:
        if newsletter in self._newsletters:
            return self._newsletters[newsletter]
        raise NewsletterNotFound(newsletter)

    def newsletters_of(self, reader: ReaderId) -> tuple[Scheduled, ...]:
        return self._owned(reader)

    def public_newsletters(self) -> tuple[Scheduled, ...]:
        return self._owned(None)

    def _owned(self, owner: ReaderId | None) -> tuple[Scheduled, ...]:
        own = (one for one in self._newsletters.values() if one.newsletter.owner == owner)
        return tuple(sorted(own, key=lambda one: (one.newsletter.made, one.newsletter.id)))

    def drop_newsletter(self, newsletter: NewsletterId) -> None:
        self._newsletters.pop(newsletter, None)
        self._wakes.pop(newsletter, None)
        self._told_by.pop(newsletter, None)
        self._issues = {id: one for id, one in self._issues.items() if one.newsletter != newsletter}

    def claim_newsletters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Scheduled, ...]:
        due = sorted((wake, id) for id, wake in self._wakes.items() if wake and wake <= now)[:limit]
        self._wakes |= {id: now + lease for _, id in due}
        return tuple(self._newsletters[id] for _, id in due)

    def next_newsletter(self) -> datetime | None:
        return min((wake for wake in self._wakes.values() if wake), default=None)

    def put_issue(
        self,
        issue: Issue,
        *,
        told: Iterable[ToldStory] = (),
        letters: Iterable[Letter] = (),
        settles: datetime | None = None,
        due: datetime | None = None,
    ) -> bool:
        known = self.newsletter(issue.newsletter)
        if known.issues != issue.number - 1 or (settles and known.due != settles):
            return False
        if settles:
            known = self._settled(replace(known, slot=issue.slot, due=due))
        self._newsletters[issue.newsletter] = replace(known, told=issue.content.until, issues=issue.number)
        self._issues[issue.id] = issue
        self._tell(issue, told)
        for letter in letters:
            self.put_letter(letter, at=issue.made)
        return True

    def put_nothing(self, newsletter: NewsletterId, *, settles: datetime, slot: datetime, due: datetime | None) -> bool:
        known = self._newsletters.get(newsletter)
        if known is None or known.due != settles:
            return False
        self._newsletters[newsletter] = self._settled(replace(known, slot=slot, due=due))
        return True

    def _settled(self, known: Scheduled) -> Scheduled:
        self._wakes[known.newsletter.id] = known.due
        return known

    def _tell(self, issue: Issue, told: Iterable[ToldStory]) -> None:
        kept = self._told_by.setdefault(issue.newsletter, {})
        for one in told:
            before = kept[one.story].reports if one.story in kept else frozenset()
            kept[one.story] = replace(one, reports=one.reports | before)
        since = issue.made - TOLD_KEPT
        self._told_by[issue.newsletter] = {story: one for story, one in kept.items() if one.at >= since}

    def told_by(self, newsletter: NewsletterId, *, since: datetime) -> tuple[ToldStory, ...]:
        found = (one for one in self._told_by.get(newsletter, {}).values() if one.at >= since)
        return tuple(sorted(found, key=lambda one: (-one.at.timestamp(), one.story)))

    def issue(self, issue: IssueId) -> Issue:
        if issue in self._issues:
            return self._issues[issue]
        raise IssueNotFound(issue)

    def issues(self, newsletter: NewsletterId, *, limit: int, before: int | None = None) -> tuple[IssueHead, ...]:
        own = sorted((one for one in self._issues_of(newsletter)), key=lambda one: -one.number)
        return tuple(_head(one) for one in own if before is None or one.number < before)[:limit]

    def _issues_of(self, newsletter: NewsletterId) -> list[Issue]:
        return [one for one in self._issues.values() if one.newsletter == newsletter]

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        for one in self.newsletters_of(reader):
            self.drop_newsletter(one.newsletter.id)

    def export(self, reader: ReaderId) -> dict[str, object]:
        own = [one.newsletter for one in self.newsletters_of(reader)]
        issues = {one.id: sorted(self._issues_of(one.id), key=lambda issue: issue.number) for one in own}
        return super().export(reader) | {"newsletters": [exported(one, issues[one.id]) for one in own]}


def _head(issue: Issue) -> IssueHead:
    return IssueHead(
        id=issue.id,
        newsletter=issue.newsletter,
        number=issue.number,
        made=issue.made,
        leading=issue.content.leading,
        told=issue.content.told,
        slot=issue.slot,
    )
