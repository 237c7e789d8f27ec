"""The versions of pages in SQLite."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tawatur.model import ArticleId, OutletKey, StoryId
from tawatur.store import codec
from tawatur.store.revisions import MOST_VERSIONS, Forerunner
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all
from tawatur.stories.change import Change
from tawatur.stories.revision import Revision


class SqliteRevisions(SqliteBase):
    """``Revisions`` in SQLite."""

    def at_address(self, outlet: OutletKey, address: str) -> tuple[Revision, ...]:
        rows = self._all("versions_at", outlet=outlet, address=address, limit=MOST_VERSIONS)
        return tuple(_revision(row) for row in rows)

    def revisions(self, article: ArticleId) -> tuple[Revision, ...]:
        return tuple(_revision(row) for row in self._all("versions_of", article=article))

    def forerunner(self, article: ArticleId) -> Forerunner | None:
        for row in self._all("forerunner", article=article):
            return Forerunner(article=ArticleId(row["article"]), story=StoryId(row["story"]))
        return None

    def _put_revisions(self, connection: Connection, revisions: Iterable[Revision]) -> None:
        """Keep places in chains, within a transaction; of each chain only the newest version waits to be grouped."""
        own = tuple(revisions)
        run_all(connection, "put_version", map(_row, own))
        for chain in {one.chain for one in own if one.chain != one.article}:  # whoever begins a chain waits alone
            run(connection, "retire_pending", chain=chain)

    def _take_place(self, connection: Connection, article: ArticleId) -> None:
        """Let a version that was placed stand for all others of its chain, within a transaction."""
        run(connection, "retire_placed", article=article)


def _row(one: Revision) -> dict[str, object]:
    return {
        "article": one.article,
        "outlet": one.outlet,
        "address": one.address,
        "chain": one.chain,
        "at": codec.stamp(one.at),
        "change": codec.dump(one.change) if one.change else None,
    }


def _revision(row: dict[str, Any]) -> Revision:
    return Revision(
        article=ArticleId(row["article"]),
        outlet=OutletKey(row["outlet"]),
        address=row["address"],
        chain=ArticleId(row["chain"]),
        at=datetime.fromisoformat(row["at"]),
        change=codec.load(row["change"], Change) if row["change"] else None,
    )
