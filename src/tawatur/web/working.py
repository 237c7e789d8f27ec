"""What operators see of the work beside the outlets: what waits, how late news comes, who lives. Nobody else sees it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from tawatur.operating.figures import Figures, recent_lag
from tawatur.reader import Role
from tawatur.store.vitals import Queue
from tawatur.watching.beats import FOLDER, Beat, beats
from tawatur.web.guard import may_write
from tawatur.web.session import reader_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The work at a moment. ``workers`` holds the last sign of life of each, those of one name beside one another."""

    at: datetime
    queues: tuple[Queue, ...]
    lag: timedelta | None
    workers: tuple[Beat, ...]


def is_operator(request: Request) -> bool:
    """Say whether whoever asks runs this deployment: he sits at this machine, or is signed in as its administrator."""
    reader = reader_of(request)
    return may_write(request) or (reader is not None and reader.role is Role.ADMIN)


def working(figures: Figures, now: datetime) -> Working | None:
    """Read how the work is; None where there is no store."""
    store = figures.store
    if store is None:
        return None
    found: tuple[Beat, ...] = ()
    with suppress(OSError):
        found = beats(figures.home / FOLDER)
    return Working(at=now, queues=store.queues(now), lag=recent_lag(store, now), workers=found)
