"""What reading for days may do: every bound in one place, each with its reason."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta

from tawatur.fetch.schedule import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The bounds of a crawl. Sources that fail or are slow have places of their own, so that they hold up nobody else."""

    pace: Pace = field(default_factory=Pace)
    sources: int = 24  # asked at once
    slow_sources: int = 8  # of those that fail or are slow
    pages: int = 24  # fetched at once, never two of one outlet
    loan: timedelta = timedelta(minutes=5)  # until what a killed process was at is done again
    entries: int = 500  # of one answer that are looked at, the first ones
    queue: int = 2000  # pages of one outlet that wait; the rest is found again in its feed, or was not news any more
    tries: int = 5  # of a page
    deaths: int = 20  # a page during which the process died so often is what kills it
    retry: timedelta = timedelta(minutes=10)  # of a page, tripled each time
    #: Behind its first reading a fresh page is read again, since that is when reports are corrected and carried on.
    revisits: tuple[timedelta, ...] = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
    fresh: timedelta = timedelta(days=2)  # how old a page may be to be read again
    workers: int = max(
        2, min(4, (os.cpu_count() or 2) - 1)
    )  # processes that take pages apart; one alone could be held up
    seconds: float = 30.0  # that one document may take them
    batch: int = 32  # documents that are written and grouped in one go
    gather: float = 0.5  # seconds that the first of a batch waits for others
    grace: float = 5.0  # seconds for what is going on, once the end was asked for
    hours_kept: timedelta = timedelta(days=14)  # of the history, by hours
    days_kept: timedelta = timedelta(days=400)  # and by days
