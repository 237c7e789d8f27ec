"""The store in a database: what all its parts are together, and a SQLite file behind them.

The file has a write-ahead log: readers never wait for the writer, nor he for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tawatur.errors import ArticleNotFound, StoryNotFound
from tawatur.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    DocumentId,
    Outlet,
    RawDocument,
    Rejected,
    Related,
    Relation,
    Report,
    StoryHead,
    StoryId,
    Why,
)
from tawatur.searching.words import entered
from tawatur.store import codec
from tawatur.store.connection import BUSY_MS
from tawatur.store.contract import RESUMED, Added, Counts, Known, Prepared, best_related, by_newer
from tawatur.store.sqlite_affairs import SqliteAffairs
from tawatur.store.sqlite_alerts import SqliteAlerts
from tawatur.store.sqlite_base import Connection, SqliteBase, run, run_all
from tawatur.store.sqlite_channels import SqliteChannels
from tawatur.store.sqlite_database import SqliteDatabase
from tawatur.store.sqlite_deliveries import SqliteDeliveries
from tawatur.store.sqlite_headlines import SqliteHeadlines
from tawatur.store.sqlite_held import SqliteHolding
from tawatur.store.sqlite_interests import SqliteInterests
from tawatur.store.sqlite_keys import SqliteKeys
from tawatur.store.sqlite_lines import SqliteLines
from tawatur.store.sqlite_pictures import SqlitePictures
from tawatur.store.sqlite_readers import SqliteReaders
from tawatur.store.sqlite_reads import SqliteReads
from tawatur.store.sqlite_repairs import SqliteRepairs
from tawatur.store.sqlite_revisions import SqliteRevisions
from tawatur.store.sqlite_rewritings import SqliteRewritings
from tawatur.store.sqlite_saved import SqliteSaved
from tawatur.store.sqlite_search import SqliteSearch
from tawatur.store.sqlite_sources import SqliteSources
from tawatur.store.sqlite_subscribers import SqliteSubscribers
from tawatur.store.sqlite_tellings import SqliteTellings
from tawatur.store.sqlite_vitals import SqliteVitals
from tawatur.stories.glance import Glance
from tawatur.stories.naming import Named
from tawatur.stories.profile import Member, Profile
from tawatur.stories.signature import Signature
from tawatur.stories.whole import Kept


class SqlStore(
    SqliteSources,
    SqliteLines,
    SqliteRevisions,
    SqliteRepairs,
    SqliteAffairs,
    SqliteRewritings,
    SqliteHeadlines,
    SqliteTellings,
    SqlitePictures,
    SqliteKeys,
    SqliteSearch,
    SqliteReaders,
    SqliteInterests,
    SqliteReads,
    SqliteSaved,
    SqliteDeliveries,
    SqliteAlerts,
    SqliteSubscribers,
    SqliteChannels,
    SqliteHolding,
    SqliteVitals,
    SqliteBase,
):
    """The contract of ``store.contract`` in a database."""

    shared = False

    @contextmanager
    def reading(self, now: datetime) -> Iterator[datetime]:
        with self._alone("lock"):
            yield self._begin(now)
            with self._transaction() as connection:
                run(connection, "finish")

    def _begin(self, now: datetime) -> datetime:
        for row in self._all("unfinished"):
            if now - RESUMED < (began := datetime.fromisoformat(row["began"])) <= now:
                return began
        with self._transaction() as connection:
            run(connection, "finish")
            run(connection, "begin", began=codec.stamp(now))
        return now

    # -- phase 1: documents ------------------------------------------------------------------------------------------

    def known(self, document: DocumentId) -> Known | None:
        if not self._all("known_document", document=document):
            return None
        articles = self._all("sightings", document=document)
        rejected = self._all("rejected_of_document", document=document)
        return Known(
            articles=tuple(ArticleId(row["article"]) for row in articles),
            rejected=tuple(Rejected(**row) for row in rejected),
        )

    def add_document(
        self, document: RawDocument, *, prepared: Sequence[Prepared] = (), rejected: Sequence[Rejected] = ()
    ) -> Added:
        with self._transaction() as connection:
            added = self._sort(prepared)
            if added.new or rejected:
                run(connection, "add_document", **codec.document_row(document))
                self._add_articles(connection, document.id, prepared, set(added.new))
            for one in rejected:
                run(connection, "add_rejected", **_rejected_row(one, document.id, document.collected))
        return added

    def _sort(self, prepared: Sequence[Prepared]) -> Added:
        ids = [one.article.id for one in prepared]
        known = {id for id in ids if self._all("known_article", article=id)}
        first = {id: ids.index(id) for id in ids}
        new = tuple(id for at, id in enumerate(ids) if id not in known and first[id] == at)
        return Added(new=new, duplicates=tuple(id for at, id in enumerate(ids) if id in known or first[id] != at))

    def _add_articles(
        self, connection: Connection, document: DocumentId, prepared: Sequence[Prepared], new: set[ArticleId]
    ) -> None:
        for position, one in enumerate(prepared):
            article = one.article
            if article.id in new:
                new.remove(article.id)
                run(connection, "add_article", **codec.article_row(article, document))
                analysis = codec.dump(one.analysis)
                run(connection, "add_analysis", article=article.id, version=one.analysis.version, analysis=analysis)
                run(connection, "add_profile", **codec.profile_row(one))
                self._count_lines(connection, article.outlet, one.lines, day=one.profile.time.date())
                self._put_revisions(connection, one.revisions)
                words = one.words or entered(article, one.analysis, one.profile)
                self._enter(connection, article, one.analysis, words, one.profile.time)
                self._add_picture(connection, article, one.profile.time)
            run(connection, "add_sighting", document=document, article=article.id, position=position)

    def add_rejected(self, rejected: Rejected, *, at: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "add_rejected", **_rejected_row(rejected, None, at))

    # -- phase 2: grouping -------------------------------------------------------------------------------------------

    def pending(self, limit: int) -> tuple[Profile, ...]:
        return tuple(codec.profile_of(row) for row in self._all("pending", limit=limit))

    def recall(self, start: datetime, end: datetime) -> tuple[Member, ...]:
        rows = self._all("recall", start=codec.stamp(start), end=codec.stamp(end))
        return tuple(Member(profile=codec.profile_of(row), story=StoryId(row["story"])) for row in rows)

    def span(self) -> tuple[datetime, datetime] | None:
        found = self._all("placed_span")[0]
        if found["first"] is None:
            return None
        return datetime.fromisoformat(found["first"]), datetime.fromisoformat(found["last"])

    def members(self, story: StoryId) -> tuple[Member, ...]:
        rows = self._all("members", story=story)
        return tuple(Member(profile=codec.profile_of(row), story=story) for row in rows)

    def place(self, decision: Decision, *, time: datetime) -> None:
        article, story = decision.article, decision.story
        with self._transaction() as connection:
            run(connection, "open_story", story=story, time=codec.stamp(time), reached=codec.stamp(time))
            row = {"story": story, "article": article, "time": codec.stamp(time), "fresh": codec.dump(decision.fresh)}
            if not run(connection, "place_profile", **row).rowcount:
                raise ArticleNotFound(article)
            why = decision.why
            values = {"joined": int(decision.joined), "score": why.score, "why": codec.dump(why)}
            run(connection, "add_report", article=article, story=story, **values)
            self._move_in_search(connection, article, time)
            self._take_place(connection, article)

    def placed(self) -> int:
        return int(self._all("placed")[0]["placed"])

    # -- phase 3: stories --------------------------------------------------------------------------------------------

    def stale(self, limit: int) -> tuple[StoryId, ...]:
        return tuple(StoryId(row["id"]) for row in self._all("stale", limit=limit))

    def outdated(self, composition: str, limit: int) -> tuple[StoryId, ...]:
        return tuple(StoryId(row["id"]) for row in self._all("outdated", composition=composition, limit=limit))

    def put_story(
        self,
        head: StoryHead,
        related: Sequence[Related],
        signature: Signature | None = None,
        composition: str = "",
        glance: Glance | None = None,
        *,
        named: Named | None = None,
        telling: Kept | None = None,
    ) -> None:
        with self._transaction() as connection:
            if self._all("times_of", story=head.id):  # of what has no head yet, or has ended, nothing is kept
                self._drop_signature(connection, head.id)
                self._drop_names(connection, head.id)
            if not run(connection, "put_head", composition=composition, **codec.head_row(head)).rowcount:
                raise StoryNotFound(head.id)
            run(connection, "drop_related", story=head.id)
            run_all(connection, "add_related", (_related_row(head.id, one) for one in related))
            self._put_signature(connection, head.id, signature)
            self._put_glance(connection, head.id, glance or Glance())
            self._put_telling(connection, head.id, telling)
            if named is not None:
                self._put_names(connection, head, named)

    # -- outlets and marks -------------------------------------------------------------------------------------------

    def add_outlets(self, outlets: Iterable[Outlet]) -> None:
        with self._transaction() as connection:
            for outlet in outlets:
                run(connection, "add_outlet", key=outlet.key, outlet=codec.dump(outlet))

    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(codec.load(row["outlet"], Outlet) for row in self._all("outlets"))

    def mark(self, name: str, *, at: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "add_mark", name=name, at=codec.stamp(at))

    def marked(self, name: str) -> bool:
        return bool(self._all("mark", name=name))

    # -- the reading side --------------------------------------------------------------------------------------------

    def front(self, *, limit: int, before: StoryId | None = None) -> tuple[StoryHead, ...]:
        if before is None:
            rows = self._all("front", limit=limit)
        elif found := self._all("head", story=before):
            last = codec.head_row(codec.head_of(found[0]))
            place = {name: last[name] for name in ("id", "day", "independent", "latest")}
            rows = self._all("front_behind", limit=limit, **place)
        else:
            rows = []
        return tuple(codec.head_of(row) for row in rows)

    def story_head(self, story: StoryId) -> StoryHead:
        for row in self._all("head", story=story):
            return codec.head_of(row)
        raise StoryNotFound(story)

    def reports(self, story: StoryId) -> tuple[Report, ...]:
        return tuple(
            Report(
                article=codec.load(row["article"], Article),
                analysis=codec.load(row["analysis"], Analysis),
                why=codec.load(row["why"], Why),
            )
            for row in self._all("reports", story=story)
        )

    def related(self, story: StoryId) -> tuple[Related, ...]:
        rows = self._all("related", story=story)
        return best_related(map(_related, rows))

    def article(self, article: ArticleId) -> Article:
        for row in self._all("article", article=article):
            return codec.load(row["article"], Article)
        raise ArticleNotFound(article)

    def analysis(self, article: ArticleId) -> Analysis:
        for row in self._all("analysis", article=article):
            return codec.load(row["analysis"], Analysis)
        raise ArticleNotFound(article)

    def story_of(self, article: ArticleId) -> StoryId | None:
        return next((StoryId(row["story"]) for row in self._all("story_of", article=article)), None)

    def decision(self, article: ArticleId) -> Decision | None:
        for row in self._all("decision", article=article):
            why = codec.load(row["why"], Why)
            return Decision(article=article, story=StoryId(row["story"]), joined=bool(row["joined"]), why=why)
        newer = next((ArticleId(row["newer"]) for row in self._all("newer", article=article)), None)
        return by_newer(article, self.decision(newer)) if newer else None

    def document(self, article: ArticleId) -> RawDocument:
        for row in self._all("document_of", article=article):
            return codec.document_of(row)
        raise ArticleNotFound(article)

    def rejected(self, *, limit: int) -> tuple[Rejected, ...]:
        return tuple(Rejected(**row) for row in self._all("rejected", limit=limit))

    def counts(self) -> Counts:
        return Counts(**self._all("counts")[0])


class SqliteStore(SqlStore):
    """The contract of ``store.contract`` in one SQLite file."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self.database = SqliteDatabase(path, busy_ms=busy_ms)
        super().__init__(self.database)


def _related_row(story: StoryId, one: Related) -> dict[str, object]:
    row = {"other": one.story, "score": one.why.score, "why": codec.dump(one.why)}
    return {"story": story, "relation": one.relation.value, **row}


def _related(row: dict[str, Any]) -> Related:
    relation = Relation(row["relation"])
    why = codec.load(row["why"], Why)
    return Related(story=StoryId(row["other"]), why=why, relation=relation.back if row["back"] else relation)


def _rejected_row(rejected: Rejected, document: DocumentId | None, at: datetime) -> dict[str, object]:
    row = {"origin": rejected.origin, "reason": rejected.reason, "detail": rejected.detail}
    return {**row, "document": document, "at": codec.stamp(at)}
