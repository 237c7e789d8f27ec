"""The news of a store as tables: the same ones that an archive run writes, month by month, as it stands when it is met."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import msgspec

from tawatur.errors import ArchiveThere
from tawatur.model import ArticleId, Outlets, StoryId
from tawatur.store import Store
from tawatur.stories.compose import head
from tawatur.stories.profile import Member
from tawatur.stories.topics import topic_of
from tawatur.stories.whole import opened
from tawatur.tables.columns import VERSION
from tawatur.tables.files import Filed, file, listed, room_at, table
from tawatur.tables.news import analysis_row, article_row, claim_rows, rejected_row
from tawatur.tables.parts import Parts
from tawatur.tables.told import point_rows, report_rows, story_row

_TABLES = ("articles", "analyses", "claims", "stories", "reports", "points")
#: What an archive run calls its manifest.
MANIFEST = "manifest.json"
#: More than anything is rejected.
_ALL = 1 << 40


class Onlooker(Protocol):
    """Whoever looks on while news is exported."""

    def step(self, name: str, items: int) -> None:
        """A step begins: "export", over so many days."""

    def done(self) -> None:
        """A day of it is done."""


def export(
    store: Store,
    outlets: Outlets,
    out: Path,
    watch: Onlooker,
    *,
    first: date | None = None,
    last: date | None = None,
) -> Mapping[str, Any]:
    """Write the articles of some days, both ends included, and the stories that begin on them; return the manifest.

    Where it fails, nothing of it stays, so that it can be called again.

    Raises:
        ArchiveThere: the folder holds something.
        DiskFull: there is no room for it.
        OSError: it cannot be written.
    """
    if out.exists() and any(out.iterdir()):
        raise ArchiveThere(str(out))
    try:
        with room_at(out):
            return _written(_Exporter(store, outlets), out, watch, first, last)
    except BaseException:
        for one in out.iterdir() if out.exists() else ():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        raise


def _written(
    exporter: _Exporter, out: Path, watch: Onlooker, first: date | None, last: date | None
) -> Mapping[str, Any]:
    store = exporter.store
    days = list(_days(store.span(), first, last))
    watch.step("export", len(days))
    files = list[Filed]()
    for month, held in groupby(days, lambda day: day.isoformat()[:7]):
        parts = Parts(out, month, "00000", _TABLES)
        for day in held:
            exporter.write(day, parts)
            watch.done()
        files += parts.close()
    if rejected := store.rejected(limit=_ALL):
        files.append(file(out, "rejected", "00000.parquet", table("rejected", [rejected_row(one) for one in rejected])))
    return _manifest(out, files)


def _days(span: tuple[datetime, datetime] | None, first: date | None, last: date | None) -> Iterator[date]:
    if span is None:
        return
    day, end = max(span[0].date(), first or date.min), min(span[1].date(), last or date.max)
    while day <= end:
        yield day
        day += timedelta(days=1)


def _manifest(out: Path, files: Iterable[Filed]) -> Mapping[str, Any]:
    made = {"tables_version": VERSION, "tables": listed(files)}
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1))
    return made


@dataclass(frozen=True, slots=True)
class _Exporter:
    """Writes one day after another."""

    store: Store
    outlets: Outlets

    def write(self, day: date, parts: Parts) -> None:
        """Write the articles of a day and the stories that begin on it."""
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for member in self.store.recall(start, start + timedelta(days=1)):
            self._article(member, parts)
            standing = self.store.standing(member.story)
            if standing and standing[0].article == member.profile.article:
                self._story(member.story, parts)

    def _article(self, member: Member, parts: Parts) -> None:
        """Write an article with the older versions of its page."""
        newest = member.profile.article
        older = [one.article for one in self.store.revisions(newest) if one.article != newest]
        for id in (newest, *older):
            article, analysis = self.store.article(id), self.store.analysis(id)
            superseded_by: ArticleId | None = None if id == newest else newest
            parts.add("articles", [article_row(article, member.story, superseded_by)])
            parts.add("analyses", [analysis_row(analysis)])
            parts.add("claims", claim_rows(article, analysis, member.story))

    def _story(self, story: StoryId, parts: Parts) -> None:
        reports = self.store.reports(story)
        if not reports:  # it has ended meanwhile
            return
        whole = opened(story, self.store.telling(story), reports, outlets=self.outlets)
        section = topic_of([member.profile for member in self.store.members(story)])
        decisions = {one.article: one for one in self.store.standing(story)}
        told = whole.telling
        parts.add("stories", [story_row(whole.story, head(whole.story, outlets=self.outlets), told, section)])
        parts.add("reports", report_rows(whole.story, told, decisions))
        parts.add("points", point_rows(whole.story, told))
