"""The desk at which articles are put into stories: it groups, decides again and composes what comes, bit by bit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Generic, Protocol, TypeVar

from tawatur import journal
from tawatur.digest.breaking import rise
from tawatur.digest.news_since import Seen, news_since
from tawatur.errors import StoreError
from tawatur.leading import leading_of
from tawatur.model import ArticleId, Constraints, Decision, Outlets, Story, StoryId, Telling
from tawatur.repairing import carry_out
from tawatur.store import Store
from tawatur.store.contract import best_related
from tawatur.stories.affairs import in_affair
from tawatur.stories.assign import Grouper
from tawatur.stories.background import background
from tawatur.stories.compose import composition
from tawatur.stories.constraints import constraints
from tawatur.stories.context import Context
from tawatur.stories.glance import glance
from tawatur.stories.named import identified
from tawatur.stories.profile import Profile
from tawatur.stories.whole import Draft, made_of, opened
from tawatur.stories.whole import draft as drafted
from tawatur.stories.window import Window
from tawatur.watching import count, timed

Id = TypeVar("Id", StoryId, ArticleId)
T = TypeVar("T")
log = logging.getLogger(__name__)
_BATCH = 200
#: So many stories are listed at once: at the end of each list helpers have nothing to draft until the next one.
_LISTED = 2_000
#: How many stories are made anew in one transaction: the pages of lists and names that many stories change are written once, and
#: whoever else writes waits for no more than these.
TOGETHER = 10
#: What fails again and again is tried every 256th time at last: some ten minutes of a crawl.
SELDOM = 8


class Onlooker(Protocol):
    """Whoever looks on while the desk works."""

    def grouped(self, decision: Decision) -> None:
        """An article has been put into its story."""

    def composed(self) -> None:
        """A story has been made anew."""


class Drafting(Protocol):
    """Whoever composes stories while those before them are kept."""

    def drafts(self, stories: Sequence[StoryId], /) -> Iterator[tuple[StoryId, Draft | None]]:
        """Yield each story in its order; None with it where it is still to be composed."""


class Undrafted:
    """Leaves each story to be composed when its turn comes."""

    def drafts(self, stories: Sequence[StoryId], /) -> Iterator[tuple[StoryId, Draft | None]]:
        """Yield each story."""
        return ((story, None) for story in stories)


class Nobody:
    """Nobody looks on."""

    def grouped(self, decision: Decision) -> None:
        """Pass over an article."""

    def composed(self) -> None:
        """Pass over a story."""


_UNDRAFTED = Undrafted()


class _Failing(Generic[Id]):
    """The stories that could not be composed, or articles not grouped. Each is tried the next time, then after two, four, …

    What fails fails again mostly, and a crawl composes every few seconds.
    """

    def __init__(self, told: str, counted: Callable[[], None]) -> None:
        """Take the line of the log in which one is named that has failed, and what counts a failure."""
        self._told, self._counted = told, counted
        self._time = 0
        self._tries: dict[Id, int] = {}
        self._due: dict[Id, int] = {}

    def __len__(self) -> int:
        return len(self._tries)

    @property
    def now(self) -> tuple[Id, ...]:
        """Return those that are not tried any more this time."""
        return tuple(one for one, due in self._due.items() if due > self._time)

    def begin(self) -> None:
        """Begin another time."""
        self._time += 1

    def others(self, all_: Sequence[Id]) -> tuple[Id, ...]:
        """Return those of some that are to be tried."""
        return tuple(one for one in all_ if self._due.get(one, 0) <= self._time)

    def attempt(self, one: Id, step: Callable[[], T]) -> T | None:
        """Return what a step makes of one; None where that fails, which is logged.

        Raises:
            StoreError: the store failed, which is no fault of this one.
        """
        try:
            made = step()
        except StoreError:
            raise
        except Exception:
            log.exception(self._told, one)
            self._counted()
            self._add(one)
            return None
        self.remove(one)
        return made

    def _add(self, one: Id) -> None:
        tries = self._tries[one] = self._tries.get(one, 0) + 1
        self._due[one] = self._time + (1 << min(tries - 1, SELDOM))

    def remove(self, *all_: Id) -> None:
        """Note that some have not failed, or have ended."""
        for one in all_:
            self._tries.pop(one, None)
            self._due.pop(one, None)


class Desk:
    """Groups and composes what comes bit by bit. The last days are held in memory, so that each call costs what is new.

    Whoever else places, moves or corrects reports in the store is noticed, and the last days are recalled.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._placed = -1
        self._failing = _Failing[StoryId](
            "story %s could not be composed", lambda: count("tawatur_stories_failed_total")
        )
        self._unplaced = _Failing[ArticleId](
            "article %s could not be put into a story", lambda: count("tawatur_articles_failed_total")
        )
        self._forget()

    def _forget(self) -> None:
        recall = self._store.recall
        self._window = Window(recall, background())  # one for all: it is what most of the memory of a long run holds
        self._grouper, self._context = Grouper(recall, window=self._window), Context(recall, window=self._window)
        self._obeyed = Constraints()

    def group(self, watch: Onlooker, *, now: datetime) -> tuple[ArticleId, ...]:
        """Put every pending article into its story, in the order of time; return those with which that failed.

        ``now`` is when repairs on the way are made. A surprise costs its own article only, which waits for another time.
        """
        self.look_again(now=now)
        self._unplaced.begin()
        while batch := self._pending():
            for waiting in batch:
                with timed("tawatur_stage_seconds", stage="group"):
                    decision = self._unplaced.attempt(waiting.article, partial(self._place, waiting, now))
                if decision:
                    journal.grouped(decision, self._store)
                    watch.grouped(decision)
        return self._unplaced.now

    def _pending(self) -> list[Profile]:
        found = self._store.pending(_BATCH + len(self._unplaced))
        tried = set(self._unplaced.others([one.article for one in found]))
        return [one for one in found if one.article in tried]

    def _place(self, waiting: Profile, now: datetime) -> Decision:
        with self._alone():
            decision = self._decide(waiting)
            self._store.place(decision, time=waiting.time)
            self._revisit(decision.story, now)
        return decision

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Decide and keep as one: nobody else changes stories meanwhile, and what is remembered here is what is kept."""
        with self._store.together():
            if self._store.placed() != self._placed:
                self._forget()
                self._obeyed = constraints(self._store.corrections())
            self._placed = -1  # what is remembered and not kept would be wrong
            yield
            placed = self._store.placed()
        self._placed = placed

    def _decide(self, waiting: Profile) -> Decision:
        """Return where an article stands: a revision in the place of what it revises."""
        old = self._store.forerunner(waiting.article)
        if old is None:
            return self._grouper.place(waiting)
        return self._grouper.succeed(waiting, old=old.article, story=old.story)

    def _revisit(self, story: StoryId, now: datetime) -> bool:
        """Decide again around a story; return whether that changed anything."""
        made: dict[StoryId, StoryId] = {}  # new stories that could not have the ids that were wished for
        done = False
        for proposed in self._grouper.revisit(story, self._obeyed):
            wanted = replace(proposed, target=made.get(proposed.target, proposed.target))
            if repair := carry_out(self._store, wanted, self._obeyed, at=now):
                made[proposed.target] = repair.target
                self._grouper.carry(repair)
                done = True
        return done

    def look_again(self, *, now: datetime) -> None:
        """Decide again around the stories that people have corrected."""
        while batch := self._store.due(_BATCH):
            for story in batch:
                with self._alone():
                    self._store.looked_at(story)
                    self._revisit_all(story, now)

    def _revisit_all(self, story: StoryId, now: datetime) -> None:
        """Decide again around a story for as long as that changes something; each report has one chance."""
        members = self._store.members(story)
        if members:
            self._window.move(members[-1].profile.time)
        for _ in members:
            if not self._revisit(story, now):
                return

    def compose(self, outlets: Outlets, watch: Onlooker, drafting: Drafting = _UNDRAFTED) -> tuple[StoryId, ...]:
        """Make every story anew that has changed; return those with which that failed. Drafts may be made elsewhere meanwhile.

        A surprise costs its own story only: that one stays as it was, and is tried again another time.
        """
        self._failing.begin()
        while batch := self._failing.others(self._store.stale(_LISTED + len(self._failing))):
            drafts = iter(drafting.drafts(batch))
            while some := tuple(islice(drafts, TOGETHER)):
                for made in self._compose_together(some, outlets):
                    if made:
                        journal.composed(made, self._store)
                    watch.composed()
        return self._failing.now

    def _compose_together(
        self, drafts: Sequence[tuple[StoryId, Draft | None]], outlets: Outlets
    ) -> tuple[Story | None, ...]:
        """Make some stories anew in one transaction; return each, None where it has ended meanwhile or could not be made.

        Where one of them fails each has a transaction of its own.
        """
        try:
            with self._alone():
                made = tuple(self._compose_stale(story, outlets, draft) for story, draft in drafts)
        except StoreError:
            raise
        except Exception:
            steps = ((story, partial(self._compose_stale, story, outlets, draft)) for story, draft in drafts)
            return tuple(self._attempt(story, step) for story, step in steps)
        self._failing.remove(*(story for story, _ in drafts))
        return made

    def _attempt(self, story: StoryId, step: Callable[[], Story | None]) -> Story | None:
        """Return what a step makes of a story in a transaction of its own; None where that fails too."""

        def alone() -> Story | None:
            with self._alone():
                return step()

        return self._failing.attempt(story, alone)

    def _compose_stale(self, story: StoryId, outlets: Outlets, draft: Draft | None) -> Story | None:
        with timed("tawatur_stage_seconds", stage="compose"):
            if made := self._compose(story, outlets, draft):
                self._note_rise(made)
            return made

    def renew(self, outlets: Outlets, limit: int) -> int:
        """Make at most so many stories anew that were composed by other rules or with other outlets; return how many were tried.

        One with which that fails is left to another desk.
        It goes far back, so a desk that groups what comes should leave it to another one: this one's last days are recalled.
        """
        outdated = self._store.outdated(outlets.index(composition), limit + len(self._failing))
        batch = self._failing.others(outdated)
        for story in batch:
            self._attempt(story, partial(self._compose, story, outlets))
        return len(batch)

    def _compose(self, story: StoryId, outlets: Outlets, draft: Draft | None = None) -> Story | None:
        """Make a story anew and return it, None where it has ended meanwhile."""
        reports = self._store.reports(story)
        if not reports:
            return None
        members = self._store.members(story)
        if draft is None or draft.kept.made_of != made_of(reports, outlets):
            draft = drafted(story, reports, members, outlets=outlets)
        one = opened(story, draft.kept, reports, outlets=outlets)
        made = one.story
        related = (*in_affair(draft.signature, self._store), *self._context.related(story, members))
        profiles = [member.profile for member in members]
        picture = leading_of(self._store, story, reports)
        self._store.put_story(
            draft.head,
            best_related(related),
            draft.signature,
            outlets.index(composition),
            glance=glance(made, profiles, one.telling.agreement, section=draft.topic, picture=picture),
            named=identified(draft.names, made, bearers=partial(self._store.bearers, story=story)),
            telling=draft.kept,
        )
        self._note_news(made, one.telling)
        return made

    def _note_rise(self, made: Story) -> None:
        """Let it be looked at whether a story is breaking news, or what somebody searches for. What an archive tells is neither."""
        found = rise(made)
        if found.fresh:
            self._store.put_rise(made.id, found)

    def _note_news(self, made: Story, telling: Telling) -> None:
        """Let a story count as changed where it tells something that is worth reading again."""
        before, held = self._store.told(made.id), [report.article.id for report in made.reports]
        if before is not None:
            chains = {article: self._store.revisions(article) for article in held if article not in before.reports}
            if not news_since(Seen(before.reports), made, telling=telling, chains=chains).material:
                return
        self._store.put_told(made.id, held)
