"""One page: fetched, taken apart, kept; or left for later, or given up with a reason."""

from __future__ import annotations

import time

from tawatur import journal
from tawatur.crawl.keeping import Cost, digest
from tawatur.crawl.preparing import prepare_page
from tawatur.crawl.shop import Shop, failure, rest, told
from tawatur.fetch.http import Fetched, Reason, Refused
from tawatur.fetch.schedule import Failure
from tawatur.model import Rejected
from tawatur.source import Page

#: Refusals that another try will not change: the page is not there, or not for us.
_FINAL = (Reason.NOT_FOUND, Reason.GONE, Reason.ROBOTS, Reason.TOO_LARGE, Reason.BOMB, Reason.LOOP, Reason.REDIRECTS)


async def fetch(page: Page, shop: Shop) -> None:
    """Fetch a page and keep what comes of it."""
    if page.deaths > shop.rules.deaths:
        lost = Failure(reason="rejected.failed", detail="killed")
        await shop.writer.do(shop.keeping.page_failed, page, lost, shop.clock(), final=True)
        return
    began = time.monotonic()
    fetched = await shop.fetcher.get(page.url, etag=page.etag, modified=page.modified)
    seconds = time.monotonic() - began
    told("page", page.url, fetched, seconds, outlet=page.outlet)
    if isinstance(fetched, Refused):
        await _refused(page, fetched, seconds, shop)
        return
    shop.done["fetched"] += 1
    cost = Cost(bytes=len(fetched.content), seconds=seconds)
    if fetched.not_modified or (page.digest and digest(fetched.content) == page.digest):
        await shop.writer.do(shop.keeping.unchanged, page, shop.clock(), cost=cost)
    else:
        await _read(page, fetched, cost, shop)


async def _refused(page: Page, refused: Refused, seconds: float, shop: Shop) -> None:
    now = shop.clock()
    if pause := rest(refused):
        await shop.writer.do(shop.keeping.postpone, page, now + pause)
        return
    shop.done["failed"] += 1
    why, final = failure(refused, seconds), refused.reason in _FINAL
    await shop.writer.do(shop.keeping.page_failed, page, why, now, final=final)


async def _read(page: Page, fetched: Fetched, cost: Cost, shop: Shop) -> None:
    made = await shop.workers.do(
        fetched.final,
        prepare_page,
        fetched.content,
        url=fetched.final,
        content_type=fetched.content_type,
        charset=fetched.charset,
        outlet=page.outlet,
        collected=fetched.at,
        day=page.day,
    )
    if isinstance(made, Rejected):
        shop.done["failed"] += 1
        why = Failure(reason=f"rejected.{made.reason}", detail=made.detail, seconds=cost.seconds)
        await shop.writer.do(shop.keeping.page_failed, page, why, shop.clock(), final=True)
        return
    etag, modified = fetched.etag, fetched.modified
    new = await shop.writer.keep(shop.keeping.keep_page, page, made, etag=etag, modified=modified, cost=cost)
    shop.done["articles"] += new
    if new:
        journal.stood((one.article for one in made.prepared), shop.clock())
