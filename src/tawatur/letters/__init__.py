"""Newsletters at work: what is due is found, its issue made and put on its way, in one transaction with all that it changes.

    letters.make_due(now)                  the issues that are due; any number of processes may do this at once
    letters.preview(newsletter, now)       what an issue would tell now
    letters.send(newsletter, now)          an issue now, because somebody asked for it
    letters.publish(newsletter, made, now) an issue of what somebody else chose (alerts)
    letters.run(stop)                      all this until it is stopped

A process that is killed has done all of an issue or nothing of it (``store.newsletters``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tawatur import journal
from tawatur.digest import rhythm
from tawatur.digest.interests import Interests
from tawatur.digest.issue import Made, Memory, Span, make, span
from tawatur.digest.issue_pick import Picked
from tawatur.errors import NewsletterNotFound
from tawatur.letters.opening import Opening
from tawatur.letters.picking import Picking
from tawatur.letters.recipients import letters
from tawatur.letters.shelf import unread
from tawatur.model import ArticleId, Outlets, StoryId
from tawatur.newsletter import Issue, Newsletter, NewsletterId, NewsletterKind
from tawatur.personal import Personal
from tawatur.reader import Reader
from tawatur.recent import Recent
from tawatur.store import Store
from tawatur.store.newsletters import TOLD_KEPT, Scheduled, ToldStory
from tawatur.store.reads import ReadState
from tawatur.watching import count
from tawatur.watching.beats import alive

log = logging.getLogger(__name__)

__all__ = ["Letters", "Made", "Picked"]

#: How long a newsletter is lent to who makes its issue, and how many at a time.
LEASE, BATCH = timedelta(minutes=10), 20
#: Seconds between two looks at what is due: nobody minds a letter that is so late.
PAUSE = 5.0
#: Newsletters of one reader that tell each other's stories no second time.
DAILY = (NewsletterKind.MORNING, NewsletterKind.EVENING)

#: Puts an issue on other ways than mail; called inside the transaction that keeps it.
Carrier = Callable[[Newsletter, Issue], None]


@dataclass(frozen=True)
class Letters:
    """The newsletters of a deployment. ``outlets`` are those that it knows beside those that came with the news."""

    store: Store
    outlets: Outlets
    carriers: Sequence[Carrier] = ()
    lease: timedelta = LEASE
    _personal: Personal = field(init=False)
    _opening: Opening = field(init=False)
    _known: Recent[Outlets] = field(default_factory=lambda: Recent(1))

    def __post_init__(self) -> None:
        object.__setattr__(self, "_personal", Personal(self.store))
        object.__setattr__(self, "_opening", Opening(self.store, self.all_outlets))

    def all_outlets(self) -> Outlets:
        """Return all known outlets."""
        return self._known.get(self.store.edition(), lambda: self.outlets.joined(self.store.outlets()))

    # -- what is due -------------------------------------------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Make the issues that are due until ``stop`` is set. What goes wrong is logged, and tried again."""
        while not stop.is_set():
            alive("newsletters")
            try:
                made = await asyncio.to_thread(self.make_due, datetime.now(UTC))
            except Exception:
                log.exception("issues could not be made")
                made = 0
            if not made:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)

    def make_due(self, now: datetime) -> int:
        """Make the issues that are due, as many as go at a time; return how many newsletters were looked at.

        One whose issue cannot be made stops no other: it is tried again when its lease has ended.
        """
        claimed = self.store.claim_newsletters(now=now, lease=self.lease, limit=BATCH)
        for one in claimed:
            try:
                made = self._settle(one, now)
                count("tawatur_issues_total", outcome="made" if made else "nothing")
            except Exception:
                log.exception("an issue of %s could not be made", one.newsletter.id)
                count("tawatur_issues_total", outcome="failed")
        return len(claimed)

    def _settle(self, one: Scheduled, now: datetime) -> Issue | None:
        """Make the issue of a newsletter that is due: of the last time that it was, however many it has missed."""
        assert one.due is not None
        newsletter, beat = one.newsletter, one.newsletter.rhythm
        slot = max(one.due, (rhythm.latest(beat, now=now) if beat else None) or one.due)
        following = rhythm.due(beat, after=now) if beat else None
        made = self.make(one, now)
        if made is None:
            self.store.put_nothing(newsletter.id, settles=one.due, slot=slot, due=following)
            return None
        issue = Issue(newsletter=newsletter.id, number=one.issues + 1, made=now, slot=slot, content=made.content)
        return issue if self._put(newsletter, issue, made, settles=one.due, due=following) else None

    # -- what is asked for -------------------------------------------------------------------------------------------

    def preview(self, newsletter: Newsletter, now: datetime) -> Issue | None:
        """Return the issue that would be made of a newsletter now, None where there is nothing new; nothing is kept.

        The newsletter may be one that is not kept yet.
        """
        scheduled = self._scheduled(newsletter)
        made = self.make(scheduled, now)
        number = scheduled.issues + 1
        return Issue(newsletter=newsletter.id, number=number, made=now, content=made.content) if made else None

    def send(self, newsletter: NewsletterId, now: datetime) -> Issue | None:
        """Make an issue now and put it on its way, None where there is nothing new; what is due stays due.

        Raises:
            NewsletterNotFound: none has this id.
        """
        scheduled = self.store.newsletter(newsletter)
        made = self.make(scheduled, now)
        return self.publish(newsletter, made, now) if made else None

    def publish(self, newsletter: NewsletterId, made: Made, now: datetime) -> Issue | None:
        """Keep an issue that settles nothing, and put it on its way; None where another one took its number at this moment.

        Raises:
            NewsletterNotFound: none has this id.
        """
        scheduled = self.store.newsletter(newsletter)
        issue = Issue(newsletter=newsletter, number=scheduled.issues + 1, made=now, content=made.content)
        return issue if self._put(scheduled.newsletter, issue, made) else None

    # -- making ------------------------------------------------------------------------------------------------------

    def make(self, scheduled: Scheduled, now: datetime) -> Made | None:
        """Return what an issue of a newsletter tells now; None where there is less that is new than it needs."""
        newsletter = scheduled.newsletter
        found = span(newsletter.kind, scheduled.told, now=now)
        told = self._told(newsletter, now)
        if newsletter.kind is NewsletterKind.SAVED:
            return unread(self.store, newsletter, found, told, self.all_outlets())
        reader = self.store.reader(newsletter.owner) if newsletter.owner else None
        cares = self._personal.interests(reader, now=now) if reader else Interests()
        picked = self._picking().pick(newsletter, cares, told, found)
        return self._make(newsletter, picked, told, found, reader)

    def tell(self, newsletter: Newsletter, picked: Sequence[Picked], now: datetime) -> Made | None:
        """Return an issue of stories that somebody else picked, as far as something in them was not told before."""
        found = span(newsletter.kind, self._scheduled(newsletter).told, now=now)
        return self._make(newsletter, picked, self._told(newsletter, now), found, None)

    def _make(
        self,
        newsletter: Newsletter,
        picked: Sequence[Picked],
        told: Iterable[ToldStory],
        found: Span,
        reader: Reader | None,
    ) -> Made | None:
        states = self.store.read_states(reader.id, [one.head.id for one in picked]) if reader else {}
        unread = [one for one in picked if states.get(one.head.id) is not ReadState.READ]
        read = self._read(reader, (story for story, state in states.items() if state is ReadState.CHANGED))
        pages = self._opening.pages(unread, Memory(told, read), newsletter.language)
        return make(newsletter, pages, found, looked_at=len(picked))

    def _read(self, reader: Reader | None, stories: Iterable[StoryId]) -> dict[StoryId, frozenset[ArticleId]]:
        """Return which reports of some stories a reader has read."""
        found = ((story, self.store.read_of(reader.id, story)) for story in stories) if reader else ()
        return {story: one.reports for story, one in found if one}

    def _told(self, newsletter: Newsletter, now: datetime) -> tuple[ToldStory, ...]:
        """Return what a newsletter has told; of the daily ones of a reader, what any of them has."""
        ids = {newsletter.id: None}
        if newsletter.kind in DAILY and newsletter.owner is not None:
            own = (one.newsletter for one in self.store.newsletters_of(newsletter.owner))
            ids |= {one.id: None for one in own if one.kind in DAILY}
        return tuple(one for id in ids for one in self.store.told_by(id, since=now - TOLD_KEPT))

    def _scheduled(self, newsletter: Newsletter) -> Scheduled:
        """Return where a newsletter stands, as it is given; it need not be kept."""
        try:
            return replace(self.store.newsletter(newsletter.id), newsletter=newsletter)
        except NewsletterNotFound:
            return Scheduled(newsletter=newsletter)

    def _picking(self) -> Picking:
        return Picking(self.store, self._personal.candidates, self.all_outlets)

    def _put(
        self,
        newsletter: Newsletter,
        issue: Issue,
        made: Made,
        *,
        settles: datetime | None = None,
        due: datetime | None = None,
    ) -> bool:
        """Keep an issue and put it on all its ways, in one transaction."""
        with self.store.together():
            mail = letters(self.store, newsletter, issue)
            kept = self.store.put_issue(issue, told=made.told, letters=mail, settles=settles, due=due)
            for carrier in self.carriers if kept else ():
                carrier(newsletter, issue)
        if kept:
            journal.issued(issue, self.store)
        return kept
