"""A store in which news is grouped and nothing else: what only readers need is not kept, which saves a third of its time."""

from __future__ import annotations

from datetime import datetime

from tawatur.model import Analysis, Article, ArticleId
from tawatur.searching.words import Entry
from tawatur.store.sqlite import SqliteStore
from tawatur.store.sqlite_base import Connection

#: What an article is searched by where nobody searches.
NO_WORDS = Entry(title="", lead="", body="", exact="", people="", places="", organizations="", outlet="", section="")


class PassingStore(SqliteStore):
    """A SQLite store without search and pictures."""

    def _enter(self, connection: Connection, article: Article, analysis: Analysis, made: Entry, time: datetime) -> None:
        """Enter nothing."""

    def _move_in_search(self, connection: Connection, article: ArticleId, time: datetime) -> None:
        """Move nothing."""

    def _add_picture(self, connection: Connection, article: Article, time: datetime) -> None:
        """Keep no picture."""
