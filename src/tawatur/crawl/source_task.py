"""One question to a source: asked, read, its whole reports kept, its pages queued, its next time noted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from tawatur import journal
from tawatur.crawl.answer import Item, Named, named
from tawatur.crawl.keeping import Cost
from tawatur.crawl.preparing import prepare
from tawatur.crawl.shop import Shop, failure, rest, told
from tawatur.fetch.http import Fetched, Refused
from tawatur.fetch.schedule import Answer, Failure
from tawatur.model import Rejected
from tawatur.source import SourceState

#: Feeds before pages; sitemaps are XML.
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
#: Whole reports of one answer that are taken apart at once.
_PART = 16


async def ask(state: SourceState, shop: Shop) -> None:
    """Ask a source and keep what comes of it."""
    shop.done["asked"] += 1
    began = time.monotonic()
    fetched = await shop.fetcher.get(state.address, accept=ACCEPT, etag=state.etag, modified=state.modified)
    seconds = time.monotonic() - began
    told("source", state.address, fetched, seconds, outlet=state.source.outlet)
    if isinstance(fetched, Refused):
        await _refused(state, fetched, seconds, shop)
    elif fetched.not_modified:
        await _answered(state, Answer(unchanged=True, seconds=seconds), (), Cost(seconds=seconds), shop)
    else:
        await _read(state, fetched, Cost(seconds=seconds, bytes=len(fetched.content)), shop)


async def _refused(state: SourceState, refused: Refused, seconds: float, shop: Shop) -> None:
    if pause := rest(refused):
        await shop.writer.do(shop.keeping.leave, state, shop.clock() + pause)
    else:
        await _failed(state, failure(refused, seconds), shop)


async def _read(state: SourceState, fetched: Fetched, cost: Cost, shop: Shop) -> None:
    now = shop.clock()
    found = await _named(fetched, state, shop)
    if isinstance(found, Rejected):
        why = Failure(reason=f"rejected.{found.reason}", detail=found.detail, seconds=cost.seconds)
        await _failed(state, why, shop)
        return
    items = [*found.items, *await _parts(found, state, shop)]
    new = await shop.writer.do(shop.keeping.unknown, items)
    answer = Answer(
        new=tuple(item.at or now for item in new),
        moved=fetched.moved if items else None,  # believed where something can be read there
        etag=None if found.more else fetched.etag,  # what an index names may change while the index stays
        modified=None if found.more else fetched.modified,
        seconds=cost.seconds,
    )
    whole = [item for item in new if item.whole]
    for start in range(0, len(whole), _PART):
        await asyncio.gather(*(_keep(item, shop) for item in whole[start : start + _PART]))
    await _answered(state, answer, new, cost, shop)


async def _named(fetched: Fetched, state: SourceState, shop: Shop) -> Named | Rejected:
    """Return what an answer names."""
    return await shop.workers.do(
        fetched.final,
        named,
        fetched.content,
        url=fetched.final,
        charset=fetched.charset,
        outlet=state.source.outlet,
        now=shop.clock(),
        most=shop.rules.entries,
    )


async def _parts(index: Named, state: SourceState, shop: Shop) -> list[Item]:
    """The items of the sitemaps that an index names; one that cannot be had is left for the next time."""
    items: list[Item] = []
    for url in index.more:
        fetched = await shop.fetcher.get(url, accept=ACCEPT)
        found = await _named(fetched, state, shop) if isinstance(fetched, Fetched) else None
        items += found.items if isinstance(found, Named) else ()
    return items


async def _keep(item: Item, shop: Shop) -> None:
    """Keep a report that a source holds whole; where that fails, its page is read."""
    assert item.whole is not None
    made = await shop.workers.do(item.whole.origin, prepare, item.whole)
    if isinstance(made, Rejected):
        await shop.writer.do(shop.keeping.queue, item.page)
    else:
        new = await shop.writer.keep(shop.keeping.keep_entry, item.page, made)
        if new:
            journal.stood((one.article for one in made.prepared), shop.clock())
        shop.done["articles"] += new  # not in one line: others count while this one waits


async def _answered(state: SourceState, answer: Answer, new: Sequence[Item], cost: Cost, shop: Shop) -> None:
    now, luck = shop.clock(), shop.luck()
    await shop.writer.do(shop.keeping.answered, state, answer, new, now=now, luck=luck, cost=cost)


async def _failed(state: SourceState, why: Failure, shop: Shop) -> None:
    shop.done["failed"] += 1
    await shop.writer.do(shop.keeping.not_answered, state, why, now=shop.clock(), luck=shop.luck())
