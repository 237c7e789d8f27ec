"""Sources, the queue of pages and the history in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Lock

from tawatur.errors import StoreLocked
from tawatur.model import OutletKey
from tawatur.source import OutletState, Page, PageStatus, SourceState, Tally
from tawatur.store import codec
from tawatur.store.sources import Counted, Trouble, Waiting


class MemorySources:
    """The contract of ``store.sources`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._sources: dict[str, SourceState] = {}
        self._crawling = Lock()
        self._lent_pages: set[str] = set()
        self._loans: dict[str, datetime] = {}
        self._outlet_states: dict[OutletKey, OutletState] = {}
        self._pages: dict[str, Page] = {}
        self._names: dict[str, str] = {}
        self._tallies: dict[tuple[str, OutletKey, datetime], Tally] = {}
        self._troubles: dict[tuple[datetime, OutletKey, str], Trouble] = {}

    def add_sources(self, states: Iterable[SourceState]) -> None:
        for state in states:
            self._sources.setdefault(state.source.url, state)

    def put_sources(self, states: Iterable[SourceState]) -> None:
        for state in states:
            self._sources[state.source.url] = state
            self._loans.pop(state.source.url, None)

    def drop_sources(self, urls: Iterable[str]) -> None:
        for url in urls:
            self._sources.pop(url, None)
            self._loans.pop(url, None)

    def sources(self) -> tuple[SourceState, ...]:
        found = (replace(state, next_at=self._due(state)) for state in self._sources.values())
        return tuple(sorted(found, key=lambda state: (state.source.outlet, state.source.url)))

    def _due(self, state: SourceState) -> datetime:
        return self._loans.get(state.source.url, state.next_at)

    def claim_sources(
        self, now: datetime, until: datetime, *, limit: int, slow: bool, only: Collection[OutletKey] = ()
    ) -> tuple[SourceState, ...]:
        wanted = (state for state in self._sources.values() if not only or state.source.outlet in only)
        due = [state for state in wanted if state.slow == slow and self._due(state) <= now]
        lent = sorted(due, key=lambda state: (self._due(state), state.source.url))[:limit]
        self._loans |= {state.source.url: until for state in lent}
        return tuple(sorted(lent, key=lambda state: (state.next_at, state.source.url)))

    @contextmanager
    def crawling(self, now: datetime) -> Iterator[None]:
        if not self._crawling.acquire(blocking=False):
            raise StoreLocked("memory:")
        try:
            self._loans.clear()
            for page in map(self._pages.__getitem__, self._lent_pages):
                self._pages[page.key] = replace(page, next_at=now, tries=page.tries - 1, deaths=page.deaths + 1)
            self._lent_pages.clear()
            yield
        finally:
            self._crawling.release()

    def outlet_states(self) -> tuple[OutletState, ...]:
        return tuple(self._outlet_states[key] for key in sorted(self._outlet_states))

    def outlet_state(self, outlet: OutletKey) -> OutletState:
        return self._outlet_states.get(outlet, OutletState(outlet=outlet))

    def put_outlet_state(self, state: OutletState) -> None:
        self._outlet_states[state.outlet] = state

    def add_pages(self, pages: Sequence[Page], *, most: int) -> tuple[Page, ...]:
        new: list[Page] = []
        held = sum(one.pages for one in self.waiting() if pages and one.outlet == pages[0].outlet)
        for page in pages:
            names = (page.key, *page.names)
            if known := self.page_of(names):
                self.name_page(known.key, names)
            elif page.status is not PageStatus.WAITING or held + len(new) < most:
                self._pages[page.key] = replace(page, names=())
                self.name_page(page.key, names)
                new.append(page)
        return tuple(new)

    def page_of(self, names: Iterable[str]) -> Page | None:
        return next((self._pages[self._names[name]] for name in names if name in self._names), None)

    def name_page(self, key: str, names: Iterable[str]) -> None:
        for name in names:
            self._names.setdefault(name, key)

    def put_page(self, page: Page) -> None:
        self._pages[page.key] = replace(page, names=())
        self._lent_pages.discard(page.key)

    def claim_pages(
        self,
        now: datetime,
        until: datetime,
        *,
        limit: int,
        without: Collection[OutletKey],
        only: Collection[OutletKey] = (),
    ) -> tuple[Page, ...]:
        latest: dict[OutletKey, Page] = {}
        for page in sorted(self._pages.values(), key=lambda page: page.next_at or now):
            wanted = page.outlet not in without and (not only or page.outlet in only)
            if page.next_at and page.next_at <= now and wanted:
                latest[page.outlet] = page
        lent = [replace(latest[key], next_at=until, tries=latest[key].tries + 1) for key in sorted(latest)[:limit]]
        self._pages |= {page.key: page for page in lent}
        self._lent_pages |= {page.key for page in lent}
        return tuple(lent)

    def next_due(self) -> datetime | None:
        sources = [self._due(state) for state in self._sources.values()]
        return min(sources + [page.next_at for page in self._pages.values() if page.next_at], default=None)

    def waiting(self) -> tuple[Waiting, ...]:
        found: dict[OutletKey, list[datetime]] = {}
        for page in self._pages.values():
            if page.status is PageStatus.WAITING:
                found.setdefault(page.outlet, []).append(page.found)
        return tuple(Waiting(outlet=key, pages=len(found[key]), since=min(found[key])) for key in sorted(found))

    def tally(self, outlet: OutletKey, at: datetime, done: Tally) -> None:
        for span, start in (("hour", codec.hour(at)), ("day", codec.midnight(at))):
            key = (span, outlet, start)
            self._tallies[key] = self._tallies.get(key, Tally()) + done

    def trouble(self, outlet: OutletKey, at: datetime, *, reason: str, detail: str) -> None:
        key = (codec.midnight(at), outlet, reason)
        count = self._troubles[key].count + 1 if key in self._troubles else 1
        self._troubles[key] = Trouble(outlet=outlet, day=key[0], reason=reason, count=count, detail=detail, last=at)

    def hours(self, since: datetime) -> tuple[Counted, ...]:
        return self._counted("hour", since)

    def days(self, since: datetime) -> tuple[Counted, ...]:
        return self._counted("day", since)

    def _counted(self, wanted: str, since: datetime) -> tuple[Counted, ...]:
        keys = sorted(key for key in self._tallies if key[0] == wanted and key[2] >= since)
        return tuple(Counted(outlet=key[1], start=key[2], done=self._tallies[key]) for key in keys)

    def troubles(self, since: datetime) -> tuple[Trouble, ...]:
        found = [one for one in self._troubles.values() if one.day >= since]
        return tuple(sorted(found, key=lambda one: (-one.last.timestamp(), one.outlet, one.reason)))

    def forget_history(self, *, hours: datetime, days: datetime) -> None:
        before = {"hour": hours, "day": days}
        self._tallies = {key: done for key, done in self._tallies.items() if key[2] >= before[key[0]]}
        self._troubles = {key: one for key, one in self._troubles.items() if one.day >= days}
