"""What the page of the sources shows: how each outlet is, what came of it, what waits, what failed. Read from a store at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from tawatur.fetch.rhythm import rates
from tawatur.model import OutletKey
from tawatur.source import OutletState, SourceState, Tally
from tawatur.store.sources import Counted, Trouble, Waiting

#: How far back the page looks.
HOURS = 24
_HOUR = timedelta(hours=1)
#: So many failures one behind the other make a source a failing one: a single one happens to everybody.
FAILING = 3


class Watched(Protocol):
    """The part of a store that the page reads (``tawatur.store.Store`` has it)."""

    def sources(self) -> tuple[SourceState, ...]:
        """Return all sources."""

    def outlet_states(self) -> tuple[OutletState, ...]:
        """Return how each outlet publishes."""

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the queue of each outlet."""

    def hours(self, since: datetime) -> tuple[Counted, ...]:
        """Return what was done in each hour."""

    def troubles(self, since: datetime) -> tuple[Trouble, ...]:
        """Return the failures of each day."""


class Health(StrEnum):
    """How an outlet is, the worst first. Each is a message key under ``operations.health.``."""

    FAILING = "failing"  # none of its sources answers
    SILENT = "silent"  # it answers, and has published nothing for longer than its rhythm lets expect
    PARTLY = "partly"  # some of its sources fail
    SLOW = "slow"
    LIVE = "live"
    NEW = "new"  # not asked yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One outlet. ``hours`` holds what was done in each of the last ``HOURS`` hours, the oldest first."""

    outlet: OutletKey
    health: Health
    since: datetime | None  # since when it is silent or failing
    last: datetime | None  # when its latest item appeared
    a_day: float | None  # how much it is expected to publish; None while that is unknown
    hours: tuple[Tally, ...]
    waiting: int
    sources: tuple[SourceState, ...]
    troubles: tuple[Trouble, ...]

    @property
    def done(self) -> Tally:
        """Return what was done in all of the hours."""
        return sum(self.hours, Tally())


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """All outlets, those that need somebody first."""

    at: datetime
    outlets: tuple[Watch, ...]

    @property
    def hours(self) -> tuple[Tally, ...]:
        """Return what was done in each hour, over all outlets."""
        return tuple(sum(hour, Tally()) for hour in zip(*(one.hours for one in self.outlets), strict=True)) or _NOTHING

    def count(self, *health: Health) -> int:
        """Return how many outlets are in some health."""
        return sum(one.health in health for one in self.outlets)


_NOTHING = (Tally(),) * HOURS


def operations(store: Watched, now: datetime) -> Operations:
    """Read how everything is."""
    begin = now.replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * _HOUR
    states = {state.outlet: state for state in store.outlet_states()}
    waiting = {one.outlet: one.pages for one in store.waiting()}
    hours, troubles = _by_outlet(store.hours(begin)), _troubles(store.troubles(begin - timedelta(days=1)), now)
    sources: dict[OutletKey, list[SourceState]] = {}
    for source in store.sources():
        sources.setdefault(source.source.outlet, []).append(source)
    found = [
        _watch(
            states.get(key, OutletState(outlet=key)),
            tuple(own),
            hours=_row(hours.get(key, ()), begin),
            waiting=waiting.get(key, 0),
            troubles=tuple(troubles.get(key, ())),
        )
        for key, own in sources.items()
    ]
    order = list(Health)
    return Operations(at=now, outlets=tuple(sorted(found, key=lambda one: (order.index(one.health), one.outlet))))


def _watch(
    state: OutletState,
    sources: tuple[SourceState, ...],
    *,
    hours: tuple[Tally, ...],
    waiting: int,
    troubles: tuple[Trouble, ...],
) -> Watch:
    health = health_of(state, sources)
    failing = min((one.failing_since for one in sources if one.failing_since), default=None)
    return Watch(
        outlet=state.outlet,
        health=health,
        since=state.silent if health is Health.SILENT else failing,
        last=state.rhythm.last,
        a_day=rates(state.rhythm).a_day if state.rhythm.last else None,
        hours=hours,
        waiting=waiting,
        sources=sources,
        troubles=troubles,
    )


def health_of(state: OutletState, sources: Sequence[SourceState]) -> Health:
    """Return how an outlet is, by its sources and by its rhythm."""
    failing = [one for one in sources if one.failures >= FAILING or (one.failures and one.answered is None)]
    if len(failing) == len(sources):
        return Health.FAILING
    if state.silent:
        return Health.SILENT
    if failing:
        return Health.PARTLY
    if all(one.asked is None for one in sources):
        return Health.NEW
    return Health.SLOW if any(one.slow for one in sources if not one.failures) else Health.LIVE


def _by_outlet(counted: Iterable[Counted]) -> dict[OutletKey, list[Counted]]:
    found: dict[OutletKey, list[Counted]] = {}
    for one in counted:
        found.setdefault(one.outlet, []).append(one)
    return found


def _troubles(troubles: Iterable[Trouble], now: datetime) -> dict[OutletKey, list[Trouble]]:
    """The failures whose last one was within the hours, by outlet."""
    found: dict[OutletKey, list[Trouble]] = {}
    for one in troubles:
        if now - one.last < HOURS * _HOUR and one.reason not in {other.reason for other in found.get(one.outlet, ())}:
            found.setdefault(one.outlet, []).append(one)
    return found


def _row(counted: Iterable[Counted], begin: datetime) -> tuple[Tally, ...]:
    row = [Tally()] * HOURS
    for one in counted:
        if 0 <= (at := int((one.start - begin) / _HOUR)) < HOURS:
            row[at] = one.done
    return tuple(row)
