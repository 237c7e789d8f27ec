"""What every task of a crawl has at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tawatur import journal
from tawatur.crawl.keeping import Keeping
from tawatur.crawl.rules import Rules
from tawatur.crawl.workers import Workers
from tawatur.crawl.writer import Writer
from tawatur.fetch.http import ACCEPT, Fetched, Reason, Refused
from tawatur.fetch.schedule import Failure


class Getter(Protocol):
    """What a crawl needs of a fetcher."""

    async def get(
        self,
        url: str,
        *,
        accept: str = ACCEPT,
        etag: str | None = None,
        modified: str | None = None,
        limit: int | None = None,
    ) -> Fetched | Refused:
        """Fetch what stands at an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The tools, and the counts of what was done: "asked", "fetched", "articles", "failed"."""

    fetcher: Getter
    workers: Workers
    writer: Writer
    keeping: Keeping
    rules: Rules
    clock: Callable[[], datetime]
    luck: Callable[[], float]
    done: Counter[str] = field(default_factory=Counter)


#: The host is left alone by our own rules, or it cannot be known whether it allows the fetch: no failure of the address.
_WAITS = (Reason.RESTING, Reason.ROBOTS_UNKNOWN)
_REST = timedelta(minutes=10)


def rest(refused: Refused) -> timedelta | None:
    """Return how long an address is to be left for later because its host is left alone; None where it has failed itself."""
    return (refused.retry_after or _REST) if refused.reason in _WAITS else None


def told(what: str, address: str, found: Fetched | Refused, seconds: float, *, outlet: str = "") -> None:
    """Tell those who watch over the crawl that an address was asked, and what came."""
    if isinstance(found, Refused):
        outcome, detail = found.reason.value, found.detail
        journal.fetched(
            journal.Asked(what=what, address=address, outcome=outcome, outlet=outlet, seconds=seconds, detail=detail)
        )
    else:
        outcome = "unchanged" if found.not_modified else "fetched"
        size, final = len(found.content), found.final
        journal.fetched(
            journal.Asked(
                what=what, address=address, outcome=outcome, final=final, outlet=outlet, size=size, seconds=seconds
            )
        )


def failure(refused: Refused, seconds: float) -> Failure:
    """Return why nothing was fetched, as the schedule takes it."""
    return Failure(
        reason=f"fetch.{refused.reason.value}",
        detail=refused.detail,
        retry_after=refused.retry_after,
        lasting=refused.lasting,
        seconds=seconds,
    )
