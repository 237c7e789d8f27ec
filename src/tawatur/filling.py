"""Articles that are older than the index of search are entered bit by bit, beside other work; a process may end at any moment."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from tawatur.errors import StoreError
from tawatur.store import Store
from tawatur.watching.beats import alive, failed, rests

log = logging.getLogger(__name__)

#: How many articles are entered before others get their turn.
BATCH = 50
#: Seconds until it goes on: behind a batch, and where the store could not be written.
BREATH, AGAIN = 0.2, 30.0


async def fill(store: Store, stop: asyncio.Event) -> None:
    """Enter all articles that search lacks, until none is left or ``stop`` is set."""
    left = store.to_fill()
    while left and not stop.is_set():
        alive("filling")
        try:
            left, pause = await asyncio.to_thread(store.fill_search, BATCH) > 0, BREATH
        except StoreError as error:
            log.info("articles are entered for search later: %s", error)
            pause = AGAIN
        except Exception:
            log.exception("articles that search lacks stay so until the next start")
            failed("filling")
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
    rests("filling")
