"""Stories that an older release composed, or that were composed with other outlets known, are made anew bit by bit.

Each story keeps by what it was composed (``stories.compose.composition``), so a process may end at any moment and another goes on.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from tawatur.desk import Desk
from tawatur.errors import StoreError
from tawatur.model import Outlets
from tawatur.store import Store
from tawatur.watching.beats import alive, failed, rests

log = logging.getLogger(__name__)

#: How many stories are made anew before others get their turn.
BATCH = 20
#: Seconds until it goes on: behind a batch, and where the store could not be written.
BREATH, AGAIN = 0.2, 30.0


async def renew(store: Store, outlets: Outlets, stop: asyncio.Event) -> None:
    """Make all stories anew that need it, beside other work, until none is left or ``stop`` is set."""
    desk, left = Desk(store), True
    while left and not stop.is_set():
        alive("renewing")
        try:
            left, pause = await asyncio.to_thread(desk.renew, outlets, BATCH) > 0, BREATH
        except StoreError as error:
            log.info("stories are made anew later: %s", error)
            pause = AGAIN
        except Exception:
            log.exception("stories of older rules stay as they are until the next start")
            failed("renewing")
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
    rests("renewing")
