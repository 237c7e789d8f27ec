"""Rights of one process at a time, on a PostgreSQL server that cuts connections: nobody writes by a right that he has lost."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tawatur import pipeline
from tawatur.app import known_outlets, sample_documents
from tawatur.crawl import Crawl, Rules, loop
from tawatur.crawl.writer import Writer
from tawatur.desk import Desk, Nobody
from tawatur.errors import RightLost, StoreError, StoreLocked, StoreUnreachable
from tawatur.extract.repeated import nothing
from tawatur.fetch.files import Given
from tawatur.fetch.http import Fetcher, Policy
from tawatur.model import ArticleId, Outlets, RawDocument, Rejected, StoryId
from tawatur.store import Prepared, Store, open_store
from tawatur.store.postgres import PostgresStore

NOW = datetime(2026, 3, 9, tzinfo=UTC)
#: So many documents are grouped, while connections are cut so often, with so many seconds between.
DOCUMENTS, CUTS, PAUSE = 30, 10, 0.1
#: The tests' own connections have no name.
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tawatur%'"


@pytest.fixture
def two(postgres: str) -> Iterator[tuple[PostgresStore, PostgresStore]]:
    """A store, opened by two who do not know of each other; neither waits long for the other."""
    stores = PostgresStore(postgres), PostgresStore(postgres)
    for store in stores:
        store.database._mend = 0.3
    yield stores
    for store in stores:
        store.close()


def cut(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(CUT)


def reject(store: Store, name: str = "x") -> None:
    store.add_rejected(Rejected(origin=name, reason="empty"), at=NOW)


def test_a_right_whose_connection_was_cut_is_taken_again(two: tuple[Store, Store], postgres: str) -> None:
    one, other = two
    with one.reading(NOW):
        for name in ("x", "y"):
            cut(postgres)
            reject(one, name)
            with pytest.raises(StoreLocked), other.reading(NOW):
                pass
        cut(postgres)
        assert one.counts().rejected == 2
        with pytest.raises(StoreLocked), other.reading(NOW):
            pass
    with other.reading(NOW):
        pass


def test_two_rights_are_taken_again_or_none(two: tuple[Store, Store], postgres: str) -> None:
    one, other = two
    with one.crawling(NOW), one.reading(NOW):
        cut(postgres)
        with other.reading(NOW):
            with pytest.raises(RightLost):
                reject(one)
            with other.crawling(NOW):  # was not kept either
                pass
        reject(one)
        with pytest.raises(StoreLocked), other.crawling(NOW):
            pass
    assert one.counts().rejected == 1


def test_nothing_is_written_by_a_right_that_another_process_has_now(two: tuple[Store, Store], postgres: str) -> None:
    one, other = two
    with one.reading(NOW):
        cut(postgres)
        with other.reading(NOW):
            with pytest.raises(RightLost, match="tawatur"):
                reject(one)
            with pytest.raises(RightLost):
                one.counts()
            assert other.counts().rejected == 0


def test_a_pooler_that_parts_transactions_from_rights_is_found_out(two: tuple[PostgresStore, PostgresStore]) -> None:
    one, _ = two

    def write() -> None:
        with one.reading(NOW):
            one.database._own.held.number += 1  # as if the transaction were in another session
            try:
                reject(one)
            finally:
                one.database._own.held.number -= 1

    with pytest.raises(StoreError, match="pool by session"):
        write()
    assert one.counts().rejected == 0


Kept = list[tuple[RawDocument, tuple[Prepared, ...], tuple[Rejected, ...]]]


def prepared() -> Kept:
    """Return the first documents of the sample edition, taken apart."""
    outlets = known_outlets()
    documents = list(sample_documents(Given(collected=NOW, outlets=outlets)))[:DOCUMENTS]
    return [(one, *pipeline.prepare(one, outlets, nothing)) for one in documents if isinstance(one, RawDocument)]


def keep(documents: Kept, store: Store) -> list[ArticleId]:
    return [article for one in documents for article in pipeline.keep(*one, store=store).new]


def quiet(documents: Kept, store: Store) -> dict[ArticleId, StoryId | None]:
    """Group undisturbed, and return where each article stands."""
    articles = keep(documents, store)
    Desk(store).group(Nobody(), now=NOW)
    return {article: store.story_of(article) for article in articles}


def group(store: Store, met: list[str], refused: threading.Event) -> None:
    """Group what waits, beside whoever else does, as often as that is broken off; begin when somebody was refused the right."""
    desk = Desk(store)
    while True:
        try:
            if not store.pending(1):
                return
            with store.reading(NOW) as now:
                refused.wait(10)  # else a quick machine has grouped all before the other one asks
                desk.group(Nobody(), now=now)
        except (StoreLocked, StoreUnreachable, RightLost) as error:
            met.append(type(error).__name__)
            if isinstance(error, StoreLocked):
                refused.set()
            time.sleep(0.01)


def test_two_groupers_whose_connections_are_cut_put_each_article_into_its_story_once(
    two: tuple[Store, Store], postgres: str, tmp_path: Path
) -> None:
    documents, calm = prepared(), open_store(tmp_path / "store.sqlite3")
    expected = quiet(documents, calm)
    calm.close()
    articles = keep(documents, two[0])
    met: tuple[list[str], list[str]] = ([], [])
    refused = threading.Event()
    threads = [threading.Thread(target=group, args=(store, own, refused)) for store, own in zip(two, met, strict=True)]
    for thread in threads:
        thread.start()
    for _ in range(CUTS):
        time.sleep(PAUSE)
        cut(postgres)
    for thread in threads:
        thread.join(60)
    assert {article: two[0].story_of(article) for article in articles} == expected
    with psycopg.connect(postgres) as connection:
        rows = connection.execute("SELECT article FROM tawatur.reports ORDER BY article").fetchall()
    assert [article for (article,) in rows] == sorted(expected)
    assert any("StoreLocked" in own for own in met), "they met"


# -- the crawl ---------------------------------------------------------------------------------------------------------


def test_a_crawl_goes_on_where_its_connection_was_cut_and_ends_where_another_one_has_begun(
    two: tuple[Store, Store], postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "_LONGEST", 0.05)  # it looks so often whether anything is due
    one, other = two

    async def crawled() -> None:
        async with Fetcher(Policy()) as fetcher:
            crawl = Crawl(store=one, outlets=Outlets(known=()), fetcher=fetcher, rules=Rules(workers=1))
            going = asyncio.create_task(crawl.run(asyncio.Event()))
            await asyncio.sleep(0.3)
            cut(postgres)
            await asyncio.sleep(0.5)
            assert not going.done()
            with pytest.raises(StoreLocked), other.crawling(NOW):
                pass
            with ExitStack() as stack:
                while True:
                    cut(postgres)
                    with suppress(StoreLocked, StoreUnreachable):
                        stack.enter_context(other.crawling(NOW))
                        break
                with pytest.raises(RightLost):
                    await asyncio.wait_for(going, 20)

    asyncio.run(crawled())


def test_what_a_crawl_writes_needs_its_right(two: tuple[Store, Store], postgres: str) -> None:
    one, other = two

    async def written() -> None:
        async with Writer(one, Outlets(known=()), Rules(), lambda: NOW) as writer:
            await writer.keep(reject, one)
            cut(postgres)
            with other.crawling(NOW):
                with pytest.raises(RightLost):
                    await writer.do(reject, one, "y")
                with pytest.raises(RightLost):
                    await writer.keep(reject, one, "z")
        with other.crawling(NOW), pytest.raises(StoreLocked):
            await Writer(one, Outlets(known=()), Rules(), lambda: NOW).__aenter__()

    asyncio.run(written())
    assert other.counts().rejected == 1
