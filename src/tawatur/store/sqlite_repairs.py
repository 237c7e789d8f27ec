"""Repairs in SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tawatur.errors import ArticleNotFound, CorrectionNotFound, StoryNotFound
from tawatur.model import ArticleId, Correction, Decision, Repair, Repaired, RepairKind, StoryHead, StoryId, Why
from tawatur.store import codec
from tawatur.store.repairs import by_most, left, renewed
from tawatur.store.sqlite_affairs import SqliteAffairs
from tawatur.store.sqlite_base import Connection, run
from tawatur.store.sqlite_names import SqliteNames


class SqliteRepairs(SqliteAffairs, SqliteNames):
    """``Repairs`` in SQLite."""

    def standing(self, story: StoryId) -> tuple[Decision, ...]:
        return tuple(_decision(row) for row in self._all("standing", story=story))

    def current(self, article: ArticleId) -> ArticleId:
        return self._newest((article,)).get(article, article)

    def _newest(self, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleId]:
        rows = self._all("newest", articles=codec.dump(tuple(articles)))
        return {ArticleId(row["article"]): ArticleId(row["newer"]) for row in rows}

    def repair(
        self,
        repair: Repair,
        *,
        at: datetime,
        decisions: Sequence[Decision] = (),
        correction: int | None = None,
        undoing: bool = False,
    ) -> Repaired:
        with self._transaction() as connection:
            self._carry(connection, repair)
            before = self._give_reasons(connection, decisions, origin=repair.origin)
            row = _row(repair) | {"at": codec.stamp(at), "before": codec.dump(before)}
            added = run(connection, "add_repair", **row, correction=correction, undoing=int(undoing))
            number = int(added.fetchone()["number"])
            if correction is not None:
                run(connection, "make_due", origin=repair.origin, target=repair.target)
        return Repaired(number=number, repair=repair, at=at, before=before, correction=correction, undoing=undoing)

    def _carry(self, connection: Connection, repair: Repair) -> None:
        origin, target = repair.origin, repair.target
        held = {one.article for one in self.standing(origin)}
        for article in repair.articles:
            if article not in held:
                raise ArticleNotFound(article)
        span = self._all("time_span", articles=codec.dump(repair.articles))[0]
        run(connection, "open_story", story=target, **span)
        for article in repair.articles:
            for name in ("carry_reports", "carry_older", "carry_profile"):
                run(connection, name, article=article, origin=origin, target=target)
        if held.difference(repair.articles):
            run(connection, "change_story", story=origin)
            return
        run(connection, "end_story", story=origin)
        for name in ("relate_instead", "relating_instead"):
            run(connection, name, origin=origin, target=target)
        run(connection, "unrelate", story=origin)
        self._drop_signature(connection, origin)
        self._drop_names(connection, origin)

    def _give_reasons(
        self, connection: Connection, decisions: Iterable[Decision], *, origin: StoryId
    ) -> tuple[Decision, ...]:
        """Change the reasons of reports, and return what they were in the story that they have left."""
        before: list[Decision] = []
        for one in decisions:
            found = self._all("decision", article=one.article)
            before += [_decision(row | {"article": one.article, "story": origin}) for row in found]
            row = {"joined": int(one.joined), "score": one.why.score, "why": codec.dump(one.why)}
            run(connection, "give_reason", article=one.article, **row)
        return tuple(before)

    def repairs(self, story: StoryId) -> tuple[Repaired, ...]:
        return tuple(_repaired(row) for row in self._all("repairs", story=story))

    def repairs_of(self, correction: int) -> tuple[Repaired, ...]:
        return tuple(_repaired(row) for row in self._all("repairs_of", correction=correction))

    def whereabouts(self, story: StoryId) -> tuple[StoryId, ...]:
        if self.standing(story):
            return (story,)
        gone = left(story, self.repairs(story))
        rows = (row for article in gone for row in self._all("decision", article=article))
        return by_most(StoryId(row["story"]) for row in rows)

    def titles(self, stories: Iterable[StoryId]) -> Mapping[StoryId, str]:
        rows = self._all("titles", stories=codec.dump(tuple(stories)))
        return {StoryId(row["id"]): row["title"] for row in rows}

    def put_head(self, head: StoryHead) -> None:
        with self._transaction() as connection:
            if not run(connection, "show_head", **codec.head_row(head)).rowcount:
                raise StoryNotFound(head.id)

    def due(self, limit: int) -> tuple[StoryId, ...]:
        return tuple(StoryId(row["id"]) for row in self._all("due", limit=limit))

    def looked_at(self, story: StoryId) -> None:
        with self._transaction() as connection:
            run(connection, "looked_at", story=story)

    def add_correction(self, correction: Correction) -> Correction:
        with self._transaction() as connection:
            number = int(run(connection, "add_correction", **_correction_row(correction)).fetchone()["number"])
        return self.correction(number)

    def undo_correction(self, number: int, *, at: datetime, who: str) -> Correction:
        with self._transaction() as connection:
            if not run(connection, "undo_correction", number=number, at=codec.stamp(at), who=who).rowcount:
                raise CorrectionNotFound(str(number))
        return self.correction(number)

    def correction(self, number: int) -> Correction:
        for row in self._all("correction", number=number):
            return _correction(row)
        raise CorrectionNotFound(str(number))

    def corrections(self) -> tuple[Correction, ...]:
        found = [_correction(row) for row in self._all("corrections")]
        newest = self._newest({article for one in found for article in one.articles})
        return tuple(renewed(one, newest) for one in found)


def _row(repair: Repair) -> dict[str, object]:
    return {
        "kind": repair.kind.value,
        "origin": repair.origin,
        "target": repair.target,
        "articles": codec.dump(repair.articles),
        "why": codec.dump(repair.why),
    }


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(
        article=ArticleId(row["article"]),
        story=StoryId(row["story"]),
        joined=bool(row["joined"]),
        why=codec.load(row["why"], Why),
    )


def _repaired(row: dict[str, Any]) -> Repaired:
    repair = Repair(
        kind=RepairKind(row["kind"]),
        articles=codec.load(row["articles"], tuple[ArticleId, ...]),
        origin=StoryId(row["origin"]),
        target=StoryId(row["target"]),
        why=codec.load(row["why"], Why),
    )
    return Repaired(
        number=row["number"],
        repair=repair,
        at=datetime.fromisoformat(row["at"]),
        before=codec.load(row["before"], tuple[Decision, ...]),
        correction=row["correction"],
        undoing=bool(row["undoing"]),
    )


def _correction_row(one: Correction) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "who": one.who,
        "note": one.note,
        "at": codec.stamp(one.at),
        "together": codec.dump(one.together),
        "apart": codec.dump(one.apart),
    }


def _correction(row: dict[str, Any]) -> Correction:
    return Correction(
        number=row["number"],
        kind=RepairKind(row["kind"]),
        who=row["who"],
        note=row["note"],
        at=datetime.fromisoformat(row["at"]),
        together=codec.load(row["together"], tuple[ArticleId, ...]),
        apart=codec.load(row["apart"], tuple[tuple[ArticleId, ...], tuple[ArticleId, ...]]),
        undone=datetime.fromisoformat(row["undone"]) if row["undone"] else None,
        undone_by=row["undone_by"],
    )
