"""How the sources are, for programs, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.operating.outlets import Operations, Watch
from tawatur.source import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """One source. ``error`` is the message key of its last failure, "" while it answers."""

    url: str
    address: str
    next_at: datetime
    answered: datetime | None
    failures: int
    error: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletItem:
    """One outlet. ``a_day`` is how much it is expected to publish; the counts are those of the last 24 hours."""

    outlet: str
    health: str
    since: datetime | None
    last: datetime | None
    a_day: float | None
    articles: int
    requests: int
    failed: int
    waiting: int
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsItem:
    """All outlets, those that need somebody first."""

    at: datetime
    outlets: tuple[OutletItem, ...]


def operations_item(found: Operations) -> OperationsItem:
    """Return how everything is, as JSON gives it out."""
    return OperationsItem(at=found.at, outlets=tuple(map(_outlet, found.outlets)))


def _outlet(one: Watch) -> OutletItem:
    done = one.done
    return OutletItem(
        outlet=one.outlet,
        health=one.health.value,
        since=one.since,
        last=one.last,
        a_day=None if one.a_day is None else round(one.a_day, 2),
        articles=done.articles,
        requests=done.asked + done.pages,
        failed=done.failed,
        waiting=one.waiting,
        sources=tuple(map(_source, one.sources)),
    )


def _source(state: SourceState) -> SourceItem:
    return SourceItem(
        url=state.source.url,
        address=state.address,
        next_at=state.next_at,
        answered=state.answered,
        failures=state.failures,
        error=state.error,
        reason=state.reason.key,
    )
