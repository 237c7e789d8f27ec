"""The store's side of a crawl: short steps, each a transaction, that one thread does one behind the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from tawatur import pipeline
from tawatur.crawl.answer import Item
from tawatur.crawl.preparing import Made
from tawatur.crawl.rules import Rules
from tawatur.extract.identity import page_key
from tawatur.fetch import schedule
from tawatur.fetch.schedule import Answer, Failure
from tawatur.model import OutletKey, Outlets, Rejected
from tawatur.source import Page, PageStatus, Source, SourceState, Tally
from tawatur.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one fetch cost: bytes, unpacked, and seconds."""

    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a crawl writes, and by which rules."""

    store: Store
    rules: Rules

    # -- sources -----------------------------------------------------------------------------------------------------

    def begin(self, sources: Collection[Source], now: datetime, *, spread: bool, whole: bool) -> None:
        """Take up the sources of the outlets' data; those that are due after a stop are asked one behind the other.

        ``whole``: these are all sources, and any other that the store knows is forgotten.
        """
        wanted = {source.url for source in sources}
        with self.store.together():
            self.store.add_sources(schedule.begin(source, now) for source in sources)
            known = self.store.sources()
            if whole:
                self.store.drop_sources(one.source.url for one in known if one.source.url not in wanted)
            if spread:
                mine = [one for one in known if one.source.url in wanted]
                self.store.put_sources(schedule.spread(mine, now, self.rules.pace))
        self.tidy(now)

    def tidy(self, now: datetime) -> None:
        """Let old history go."""
        self.store.forget_history(hours=now - self.rules.hours_kept, days=now - self.rules.days_kept)

    def hand_back(self, one: SourceState | Page, now: datetime) -> None:
        """Give back what was lent and not done: the next crawl finds it due."""
        if isinstance(one, SourceState):
            self.leave(one, now)
        else:
            self.postpone(one, now)

    def surprised(self, one: SourceState | Page, why: Failure, now: datetime, luck: float) -> None:
        """Note that the program itself failed over a source or a page."""
        if isinstance(one, SourceState):
            self.not_answered(one, why, now=now, luck=luck)
        else:
            self.page_failed(one, why, now, final=False)

    def unknown(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items that no source has named before."""
        return tuple(item for item in items if not self.store.page_of((item.page.key, *item.page.names)))

    def answered(
        self, state: SourceState, answer: Answer, items: Sequence[Item], *, now: datetime, luck: float, cost: Cost
    ) -> None:
        """Queue the pages of an answer, and note when its source is asked next."""
        outlet = state.source.outlet
        with self.store.together():
            pages = [item.page for item in items if item.whole is None]
            self.store.add_pages(pages, most=self.rules.queue)
            self.store.put_sources([schedule.answered(state, answer, now=now, pace=self.rules.pace, luck=luck)])
            known = self.store.outlet_state(outlet)
            self.store.put_outlet_state(schedule.outlet_answered(known, answer.new, now))
            done = Tally(asked=1, unchanged=int(not answer.new), bytes=cost.bytes, seconds=cost.seconds)
            self.store.tally(outlet, now, done)

    def not_answered(self, state: SourceState, failure: Failure, *, now: datetime, luck: float) -> None:
        """Note that a source has failed, and when it is tried again."""
        outlet = state.source.outlet
        with self.store.together():
            self.store.put_sources([schedule.failed(state, failure, now=now, pace=self.rules.pace, luck=luck)])
            self.store.tally(outlet, now, Tally(asked=1, failed=1, seconds=failure.seconds))
            self.store.trouble(outlet, now, reason=failure.reason, detail=failure.detail)

    def leave(self, state: SourceState, until: datetime) -> None:
        """Leave a source for later, which is no failure of its own: its host is left alone, or the crawl ends."""
        self.store.put_sources([replace(state, next_at=until)])

    def queue(self, page: Page) -> None:
        """Queue the page of a report whose text in its source could not be read."""
        self.store.add_pages([replace(page, whole=False)], most=self.rules.queue)

    def keep_entry(self, page: Page, made: Made) -> int:
        """Keep a report that a feed holds whole; where nothing comes of it, its page is queued. Return the new articles."""
        with self.store.together():
            if not made.prepared:
                self.queue(page)
                return 0
            kept = replace(page, status=PageStatus.KEPT, next_at=None, visits=1)
            if not self.store.add_pages([kept], most=self.rules.queue):
                return 0
            return self._add(page.outlet, made, Cost())

    # -- pages -------------------------------------------------------------------------------------------------------

    def keep_page(self, page: Page, made: Made, *, etag: str | None, modified: str | None, cost: Cost) -> int:
        """Keep what came out of a page, unless it is known under another address; return how many articles are new."""
        now = made.document.collected
        with self.store.together():
            read = replace(page, tries=0, deaths=0, visits=page.visits + 1, etag=etag, modified=modified)
            read = replace(read, digest=digest(made.document.content), next_at=self._again(page, now))
            self.store.tally(page.outlet, now, Tally(pages=1, bytes=cost.bytes, seconds=cost.seconds))
            if not made.prepared:
                self._give_up(read, now, _first(made.rejected))
                return 0
            if self._is_another(page, made):
                self.store.put_page(replace(read, status=PageStatus.SKIPPED, reason="crawl.same_page", next_at=None))
                return 0
            self.store.put_page(replace(read, status=PageStatus.KEPT))
            return self._add(page.outlet, made, Cost())

    def _add(self, outlet: OutletKey, made: Made, cost: Cost) -> int:
        kept = pipeline.keep(made.document, made.prepared, made.rejected, store=self.store)
        pipeline.tell_taken(made.document, kept)
        new = len(kept.new) - len(kept.revisions)
        self.store.tally(outlet, made.document.collected, Tally(articles=new, bytes=cost.bytes))
        return new

    def _is_another(self, page: Page, made: Made) -> bool:
        """Say whether a page's own addresses are known as another page that was kept. One that still waits need not be read."""
        names = _own_names(made)
        for name in names:
            other = self.store.page_of([name])
            if other is None or other.key == page.key:
                continue
            if other.status is PageStatus.KEPT:
                return True
            if other.status is PageStatus.WAITING:
                self.store.put_page(replace(other, status=PageStatus.SKIPPED, reason="crawl.same_page", next_at=None))
        self.store.name_page(page.key, names)
        return False

    def unchanged(self, page: Page, now: datetime, *, cost: Cost) -> None:
        """Note that a page that was read again is the same."""
        with self.store.together():
            self.store.put_page(
                replace(page, tries=0, deaths=0, visits=page.visits + 1, next_at=self._again(page, now))
            )
            self.store.tally(page.outlet, now, Tally(pages=1, unchanged=1, bytes=cost.bytes, seconds=cost.seconds))

    def page_failed(self, page: Page, failure: Failure, now: datetime, *, final: bool) -> None:
        """Note that a page could not be had; it is tried again later, unless that is ``final`` or it was tried often enough."""
        with self.store.together():
            self.store.tally(page.outlet, now, Tally(pages=1, failed=1, seconds=failure.seconds))
            self.store.trouble(page.outlet, now, reason=failure.reason, detail=page.url)
            if final or failure.lasting or page.tries >= self.rules.tries:
                self._give_up(page, now, Rejected(origin=page.url, reason=failure.reason, detail=failure.detail))
            else:
                wait = self.rules.retry * 3 ** max(page.tries - 1, 0)
                self.store.put_page(replace(page, next_at=now + max(wait, failure.retry_after or timedelta())))

    def postpone(self, page: Page, until: datetime) -> None:
        """Leave a page for later without counting this as a try: its host is to be left alone, or the crawl ends."""
        self.store.put_page(replace(page, tries=page.tries - 1, next_at=until))

    def _give_up(self, page: Page, now: datetime, why: Rejected) -> None:
        """Nothing comes of a page; one that was read before keeps what came of it then."""
        status = PageStatus.KEPT if page.status is PageStatus.KEPT else PageStatus.FAILED
        reason = why.reason if "." in why.reason else f"rejected.{why.reason}"
        self.store.put_page(replace(page, status=status, next_at=None, reason=reason))
        if status is PageStatus.FAILED and not reason.startswith("fetch."):
            self.store.add_rejected(why, at=now)
            pipeline.tell_taken(why, pipeline.Kept(rejected=(why,)))

    def _again(self, page: Page, now: datetime) -> datetime | None:
        """When a page is read again: while it is fresh, at growing distances from when it was found."""
        if page.visits >= len(self.rules.revisits) or (page.day and now.date() - page.day > self.rules.fresh):
            return None
        return max(page.found + self.rules.revisits[page.visits], now + self.rules.revisits[0])


def digest(content: bytes) -> str:
    """Return a digest of a page's bytes, to see whether they are the same."""
    return blake2b(content, digest_size=12).hexdigest()


def sources_of(outlets: Outlets, only: Collection[str] = ()) -> tuple[Source, ...]:
    """Return the sources of outlets, each address once; those of the sample edition stand nowhere."""
    found = {
        feed.url: Source(url=feed.url, outlet=outlet.key, section=feed.section)
        for outlet in outlets.known
        for feed in outlet.feeds
        if not outlet.invented and (not only or outlet.key in only)
    }
    return tuple(found.values())


def _own_names(made: Made) -> tuple[str, ...]:
    """The names that a page gives itself: where it stood in the end, and the address that it calls its own.

    The latter is believed where it leads to a page of the same host: some systems call every page by their homepage's address.
    """
    final = page_key(made.document.url or "")
    own = page_key(made.prepared[0].article.url or "") if len(made.prepared) == 1 else ""
    host, _, path = own.partition("/")
    return tuple(dict.fromkeys((final, own) if path and host == final.partition("/")[0] else (final,)))


def _first(rejected: Sequence[Rejected]) -> Rejected:
    return next(iter(rejected), Rejected(origin="", reason="no_article"))
