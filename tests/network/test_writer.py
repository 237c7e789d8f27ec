"""The writer of a crawl finishes what a killed process left."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from tawatur.crawl.rules import Rules
from tawatur.crawl.writer import Writer
from tawatur.desk import Desk, Nobody
from tawatur.model import Analysis, Article, ArticleId, Kind, OutletKey, Outlets, RawDocument
from tawatur.store import Prepared, Store, open_store
from tawatur.stories.profile import profile

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def left(store: Store, *, placed: bool) -> None:
    """Leave a report that waits for its story, or a story that waits to be made anew."""
    made = Article(id=ArticleId("a"), outlet=OutletKey("one"), origin="a", title="A title", collected=NOW)
    analysis = Analysis(article=made.id, version="1")
    one = Prepared(article=made, analysis=analysis, profile=profile(made, analysis))
    document = RawDocument(content=b"a", origin="a", kind=Kind.TEXT, collected=NOW)
    with store.reading(NOW):
        store.add_document(document, prepared=[one])
        if placed:
            Desk(store).group(Nobody(), now=NOW)


async def opened(store: Store) -> None:
    async with Writer(store, Outlets(known=()), Rules(), lambda: NOW):
        pass


def test_a_report_without_a_story_and_a_story_that_is_stale_are_finished_though_nothing_new_comes(
    tmp_path: Path,
) -> None:
    for placed in (False, True):
        store = open_store(tmp_path / f"{placed}.sqlite3")
        left(store, placed=placed)
        assert (store.counts().pending, store.counts().stale) == ((0, 1) if placed else (1, 0))
        asyncio.run(opened(store))
        assert (store.counts().pending, store.counts().stale, store.counts().stories) == (0, 0, 1)
        store.close()


def test_another_process_that_has_the_right_to_read_is_left_to_it(tmp_path: Path) -> None:
    store, other = (open_store(tmp_path / "store.sqlite3") for _ in range(2))
    left(store, placed=True)
    with other.reading(NOW):
        asyncio.run(asyncio.wait_for(opened(store), 20))
        assert store.counts().stale == 1
    store.close()
    other.close()
