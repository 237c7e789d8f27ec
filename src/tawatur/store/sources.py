"""What a store keeps of reading for days: the sources with their state, the queue of pages, and what was done.

Whatever is given out to be worked on (``claim_…``) is lent until a time. Who is killed over it loses nothing: it falls due again at
that time, or when the next crawl begins (``crawling``), and nobody else gets it before. Each method is one transaction;
``Store.together`` joins several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tawatur.model import OutletKey
from tawatur.source import OutletState, Page, SourceState, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many pages of an outlet wait to be read for the first time, and since when the oldest does."""

    outlet: OutletKey
    pages: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was done for an outlet in the hour, or on the day, that begins at ``start``."""

    outlet: OutletKey
    start: datetime
    done: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A failure that an outlet had on a day: how often, with the words of the last one. ``reason`` is a message key."""

    outlet: OutletKey
    day: datetime
    reason: str
    count: int
    detail: str
    last: datetime


class Sources(Protocol):
    """The part of the contract that reading for days needs. Times are UTC."""

    def add_sources(self, states: Iterable[SourceState]) -> None:
        """Keep sources that are not known yet; a known one stays as it is."""

    def put_sources(self, states: Iterable[SourceState]) -> None:
        """Keep the new state of sources, which ends their loan."""

    def drop_sources(self, urls: Iterable[str]) -> None:
        """Forget sources by their own addresses."""

    def sources(self) -> tuple[SourceState, ...]:
        """Return all sources, by outlet, then by address."""

    def claim_sources(
        self, now: datetime, until: datetime, *, limit: int, slow: bool, only: Collection[OutletKey] = ()
    ) -> tuple[SourceState, ...]:
        """Lend the sources that are due, longest due first: those that are slow, or those that are not.

        ``only`` names the outlets whose sources are lent; all, where it names none.
        """

    def crawling(self, now: datetime) -> AbstractContextManager[None]:
        """Hold the right to lend out, which one process at a time has. What another one died over falls due again at once.

        Raises:
            StoreLocked: another process has it.
        """

    def outlet_states(self) -> tuple[OutletState, ...]:
        """Return how each outlet publishes, by key."""

    def outlet_state(self, outlet: OutletKey) -> OutletState:
        """Return how one outlet publishes, as far as that is known."""

    def put_outlet_state(self, state: OutletState) -> None:
        """Keep how an outlet publishes."""

    def add_pages(self, pages: Sequence[Page], *, most: int) -> tuple[Page, ...]:
        """Keep pages of one outlet that are known under none of their names; return those that were new, in order.

        A page that is known lends it the names that are not. No more than ``most`` pages may wait for an outlet at once: what would
        be more is not kept, and may be offered again later.
        """

    def page_of(self, names: Iterable[str]) -> Page | None:
        """Return the page that is known under the first of some names that any page has."""

    def name_page(self, key: str, names: Iterable[str]) -> None:
        """Let a page be known under more names; a name that another page has stays with that one."""

    def put_page(self, page: Page) -> None:
        """Keep the new state of a page, which ends its loan."""

    def claim_pages(
        self,
        now: datetime,
        until: datetime,
        *,
        limit: int,
        without: Collection[OutletKey],
        only: Collection[OutletKey] = (),
    ) -> tuple[Page, ...]:
        """Lend the latest page that is due of each outlet, but of none in ``without``; each counts as one try more.

        ``only`` as with sources.
        """

    def next_due(self) -> datetime | None:
        """Return when the next source or page falls due, or None where there is none."""

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the queue of each outlet that has one, by key."""

    def tally(self, outlet: OutletKey, at: datetime, done: Tally) -> None:
        """Add to what was done for an outlet, in the hour and on the day of ``at``."""

    def trouble(self, outlet: OutletKey, at: datetime, *, reason: str, detail: str) -> None:
        """Note a failure of an outlet."""

    def hours(self, since: datetime) -> tuple[Counted, ...]:
        """Return what was done in each hour that began at ``since`` or later, by outlet, then by time."""

    def days(self, since: datetime) -> tuple[Counted, ...]:
        """Return what was done on each day that began at ``since`` or later, by outlet, then by time."""

    def troubles(self, since: datetime) -> tuple[Trouble, ...]:
        """Return the failures of days that began at ``since`` or later, the latest first."""

    def forget_history(self, *, hours: datetime, days: datetime) -> None:
        """Let the history go that is older: hours before the one time, days and troubles before the other."""
