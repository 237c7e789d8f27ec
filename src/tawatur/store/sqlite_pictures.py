"""The pictures of reports in SQLite."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from tawatur.ids import ArticleId, OutletKey, PictureId, StoryId
from tawatur.model import Article
from tawatur.picture import KeptPicture, PictureState, StoryPicture
from tawatur.store import codec
from tawatur.store.pictures import named_by
from tawatur.store.sqlite_base import Connection, SqliteBase, run
from tawatur.stories.glance import Glance


class SqlitePictures(SqliteBase):
    """``Pictures`` in SQLite."""

    def _add_picture(self, connection: Connection, article: Article, time: datetime) -> None:
        if picture := named_by(article, time):
            run(connection, "add_picture", **_row_of(picture))
            run(connection, "picture_of_article", article=article.id, picture=picture.id)

    def claim_pictures(
        self, now: datetime, until: datetime, *, since: datetime, limit: int, without: Collection[OutletKey] = ()
    ) -> tuple[KeptPicture, ...]:
        times = {"now": codec.stamp(now), "since": codec.stamp(since)}
        found: list[KeptPicture] = []
        with self._transaction() as connection:
            outlet = ""
            while len(found) < limit and (rows := self._all("outlet_with_picture_behind", outlet=outlet)):
                outlet = rows[0]["outlet"]
                for row in self._all("due_picture", outlet=outlet, **times) if outlet not in without else ():
                    run(connection, "lend_picture", id=row["id"], until=codec.stamp(until))
                    found.append(_picture_of(row | {"next_at": codec.stamp(until), "tries": row["tries"] + 1}))
        return tuple(found)

    def next_picture(self, *, since: datetime) -> datetime | None:
        due = self._all("next_picture", since=codec.stamp(since))[0]["due"]
        return datetime.fromisoformat(due) if due else None

    def put_picture(self, picture: KeptPicture) -> None:
        row = _row_of(picture)
        values = {name: row[name] for name in row if name not in ("address", "outlet", "found")}
        with self._transaction() as connection:
            run(connection, "put_picture", **values)

    def lapse_pictures(self, *, before: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "lapse_pictures", before=codec.stamp(before))

    def picture(self, id: PictureId) -> KeptPicture | None:
        return next(map(_picture_of, self._all("picture", id=id)), None)

    def picture_of(self, article: ArticleId) -> KeptPicture | None:
        return next(map(_picture_of, self._all("picture_named_by", article=article)), None)

    def pictures_of(self, story: StoryId) -> Mapping[ArticleId, KeptPicture]:
        rows = self._all("pictures_of_story", story=story)
        return {ArticleId(row.pop("article")): _picture_of(row) for row in rows}

    def stories_with(self, picture: PictureId, *, most: int) -> tuple[StoryId, ...]:
        rows = self._all("stories_with_picture", id=picture, most=most)
        return tuple(StoryId(row["story"]) for row in rows)

    def put_leading(self, story: StoryId, picture: StoryPicture | None) -> None:
        with self._transaction() as connection:
            for row in self._all("glance_of", story=story):
                known = codec.load(row["glance"], Glance)
                if known.picture != picture:
                    run(connection, "put_glance", story=story, glance=codec.dump(replace(known, picture=picture)))

    def count_pictures(self) -> Mapping[PictureState, int]:
        return {PictureState(row["state"]): row["pictures"] for row in self._all("count_pictures")}


def _row_of(picture: KeptPicture) -> dict[str, Any]:
    return asdict(picture) | {
        "found": codec.stamp(picture.found),
        "next_at": codec.stamp(picture.next_at) if picture.next_at else None,
        "state": picture.state.value,
    }


def _picture_of(row: Mapping[str, Any]) -> KeptPicture:
    times = {"found": datetime.fromisoformat(row["found"])}
    next_at = datetime.fromisoformat(row["next_at"]) if row["next_at"] else None
    return KeptPicture(**{**row, **times, "next_at": next_at, "state": PictureState(row["state"])})
