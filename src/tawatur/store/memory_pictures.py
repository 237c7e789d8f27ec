"""The pictures of reports in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from tawatur.ids import ArticleId, OutletKey, PictureId, StoryId
from tawatur.model import Article
from tawatur.picture import KeptPicture, PictureState, StoryPicture
from tawatur.store.memory_headlines import MemoryHeadlines
from tawatur.store.pictures import named_by


class MemoryPictures(MemoryHeadlines):
    """``Pictures`` in dictionaries, beside the lists that show them."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: dict[PictureId, KeptPicture] = {}
        self._named_pictures: dict[ArticleId, PictureId] = {}

    def _add_picture(self, article: Article, time: datetime) -> None:
        picture = named_by(article, time)
        if picture is None:
            return
        known = self._pictures.setdefault(picture.id, picture)
        if known.state is PictureState.WAITING and known.next_at is None:
            self._pictures[picture.id] = replace(known, next_at=picture.next_at, found=picture.found)
        self._named_pictures.setdefault(article.id, picture.id)

    def claim_pictures(
        self, now: datetime, until: datetime, *, since: datetime, limit: int, without: Collection[OutletKey] = ()
    ) -> tuple[KeptPicture, ...]:
        waiting = [one for one in self._pictures.values() if one.next_at and one.next_at <= now and one.found >= since]
        latest: dict[OutletKey, KeptPicture] = {}
        for one in sorted(waiting, key=lambda one: (one.outlet, -_seconds(one), one.id)):
            if one.outlet not in without:
                latest.setdefault(one.outlet, one)
        lent = [replace(one, next_at=until, tries=one.tries + 1) for one in latest.values()][:limit]
        self._pictures |= {one.id: one for one in lent}
        return tuple(lent)

    def next_picture(self, *, since: datetime) -> datetime | None:
        return min((one.next_at for one in self._pictures.values() if one.next_at and one.found >= since), default=None)

    def put_picture(self, picture: KeptPicture) -> None:
        if known := self._pictures.get(picture.id):
            self._pictures[picture.id] = replace(picture, address=known.address, outlet=known.outlet, found=known.found)

    def lapse_pictures(self, *, before: datetime) -> None:
        for id, one in self._pictures.items():
            if one.found < before:
                self._pictures[id] = replace(one, next_at=None)

    def picture(self, id: PictureId) -> KeptPicture | None:
        return self._pictures.get(id)

    def picture_of(self, article: ArticleId) -> KeptPicture | None:
        named = self._named_pictures.get(article)
        return self._pictures.get(named) if named else None

    def pictures_of(self, story: StoryId) -> Mapping[ArticleId, KeptPicture]:
        found = ((one, self.picture_of(one)) for one in self._members.get(story, ()))
        return {article: one for article, one in found if one and one.state is PictureState.KEPT}

    def stories_with(self, picture: PictureId, *, most: int) -> tuple[StoryId, ...]:
        having = {article for article, one in self._named_pictures.items() if one == picture}
        return tuple(story for story, members in self._members.items() if having.intersection(members))[:most]

    def put_leading(self, story: StoryId, picture: StoryPicture | None) -> None:
        if story in self._heads and (known := self._glances.get(story)):
            self._glances[story] = replace(known, picture=picture)

    def count_pictures(self) -> Mapping[PictureState, int]:
        return dict(Counter(one.state for one in self._pictures.values()))

    def edition(self) -> int:
        kept = tuple(id for id, one in self._pictures.items() if one.state is PictureState.KEPT)
        return hash((super().edition(), kept)) if kept else super().edition()


def _seconds(one: KeptPicture) -> float:
    return one.next_at.timestamp() if one.next_at else 0.0
