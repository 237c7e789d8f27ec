"""Composing a window: its stories and articles as rows of the tables, one part of each table a window.

A surprise costs its own story only, as it does live; it is told in the table ``rejected``.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from tawatur.archive.grouping import failed_of, windows_of, work_files
from tawatur.archive.job import WORK, Task, job_of, put
from tawatur.archive.joining import joined_file, reach_of
from tawatur.archive.memory import spare
from tawatur.archive.rejections import filed, reasons
from tawatur.archive.rows import articles
from tawatur.archive.windows import Window
from tawatur.model import Analysis, Article, ArticleId, Decision, Outlets, Rejected, Report, StoryId, Why
from tawatur.objects import place
from tawatur.stories.compose import compose, head
from tawatur.stories.profile import Profile
from tawatur.stories.topics import topic_of
from tawatur.stories.whole import whole
from tawatur.tables.files import Filed, read
from tawatur.tables.news import Row, analysis_row, article_row, claim_rows
from tawatur.tables.parts import Parts
from tawatur.tables.told import point_rows, report_rows, story_row

log = logging.getLogger(__name__)

#: So many articles are held whole at a time.
HELD = 500
_OF_ARTICLES, _OF_STORIES = ("articles", "analyses", "claims"), ("stories", "reports", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where an article stands, by the work files of joined windows."""

    story: StoryId
    joined: bool
    why: bytes
    time: datetime
    superseded_by: ArticleId | None

    def decision(self, article: ArticleId) -> Decision:
        """Return the decision by which an article stands here."""
        return Decision(
            article=article, story=self.story, joined=self.joined, why=msgspec.json.decode(self.why, type=Why)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The files of the tables that a window gave, and what of it is in none of them."""

    files: list[Filed]
    rejected: dict[str, int] = field(default_factory=dict)


def compose_window(task: Task) -> Composed:
    """Write a window's part of each table, unless that was done before.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    noted = place(task.out) / WORK / "composed" / f"{task.number:05d}.json"
    if not noted.exists():
        window, rejections = windows_of(task.out)[task.number], list[Rejected]()
        files = _article_tables(task.out, window, rejections) + _story_tables(task.out, window, rejections)
        made = Composed(files=files + filed(task, "composed", rejections), rejected=reasons(rejections))
        put(noted, msgspec.json.encode(made))
    return msgspec.json.decode(noted.read_bytes(), type=Composed)


def _parts(out: str, window: Window, names: Sequence[str]) -> Parts:
    return Parts(place(out), window.month, f"{window.number:05d}", names)


def _article_tables(out: str, window: Window, rejections: list[Rejected]) -> list[Filed]:
    """Write the rows of a window's own articles."""
    parts = _parts(out, window, _OF_ARTICLES)
    own, failed = _stands(out, window.number), failed_of(out, window.number)
    wanted = own.keys() | failed
    for article, analysis, _ in articles(work_files(out, window.start, window.end), wanted, window.start, window.end):
        if article.id in failed:
            rejections.append(Rejected(origin=article.origin, reason="not_grouped"))
            continue
        stand = own[article.id]
        parts.add("articles", [article_row(article, stand.story, stand.superseded_by)])
        parts.add("analyses", [analysis_row(analysis)])
        parts.add("claims", claim_rows(article, analysis, stand.story))
    return parts.close()


def _story_tables(out: str, window: Window, rejections: list[Rejected]) -> list[Filed]:
    """Write the rows of the stories that begin in a window, with their reports of later ones."""
    parts, outlets = _parts(out, window, _OF_STORIES), job_of(out).outlets
    stands = {
        article: stand
        for number in reach_of(out, window.number)
        for article, stand in _stands(out, number, home=window.number).items()
        if stand.superseded_by is None
    }
    for batch in _batches(stands):
        for story, held in _whole(out, batch, stands).items():
            told = _attempt(story, held, stands, outlets)
            if isinstance(told, Rejected):
                rejections.append(told)
                continue
            for name, rows in told.items():
                parts.add(name, rows)
        spare()
    return parts.close()


def _stands(out: str, number: int, *, home: int | None = None) -> dict[ArticleId, Stand]:
    """Return where the articles of a window stand; only those of stories that begin in ``home`` where it is given."""
    found = {}
    for row in read(joined_file(out, number)).to_pylist():
        if home is None or row["home"] == home:
            found[ArticleId(row.pop("article"))] = Stand(**{name: row[name] for name in Stand.__slots__})
    return found


def _batches(stands: Mapping[ArticleId, Stand]) -> Iterator[dict[StoryId, list[ArticleId]]]:
    """Yield stories with their reports, those that begin near one another together, about ``HELD`` reports at a time."""
    stories: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for article, stand in sorted(stands.items(), key=lambda one: (one[1].time, one[0])):
        stories[stand.story].append(article)
    batch: dict[StoryId, list[ArticleId]] = {}
    held = 0
    for story, members in stories.items():
        batch[story], held = members, held + len(members)
        if held >= HELD:
            yield batch
            batch, held = {}, 0
    if batch:
        yield batch


_Held = list[tuple[Article, Analysis, Profile]]


def _whole(
    out: str, batch: Mapping[StoryId, Sequence[ArticleId]], stands: Mapping[ArticleId, Stand]
) -> dict[StoryId, _Held]:
    """Return the reports of some stories, whole."""
    story_of = {article: story for story, members in batch.items() for article in members}
    times = [stands[article].time for article in story_of]
    found: dict[StoryId, _Held] = {story: [] for story in batch}
    first, last = min(times), max(times) + timedelta(microseconds=1)
    for article, analysis, compared in articles(work_files(out, first, last), story_of, first, last):
        found[story_of[article.id]].append((article, analysis, compared))
    return found


def _attempt(
    story: StoryId, held: _Held, stands: Mapping[ArticleId, Stand], outlets: Outlets
) -> dict[str, list[Row]] | Rejected:
    """Return a story's rows by their tables; a surprise becomes a rejection that names the exception, and is logged.

    Raises:
        MemoryError: the worker has no more, which is no fault of the story.
    """
    try:
        return _told(story, held, stands, outlets)
    except MemoryError:
        raise
    except Exception as error:
        log.exception("story %s could not be composed", story)
        return Rejected(origin=story, reason="not_composed", detail=type(error).__name__)


def _told(story: StoryId, held: _Held, stands: Mapping[ArticleId, Stand], outlets: Outlets) -> dict[str, list[Row]]:
    """Return a story's rows by their tables."""
    decisions = {article.id: stands[article.id].decision(article.id) for article, _, _ in held}
    reports = [Report(article=one, analysis=analysis, why=decisions[one.id].why) for one, analysis, _ in held]
    made = compose(story, reports, outlets=outlets)
    telling = whole(made, outlets=outlets).telling
    section = topic_of([compared for _, _, compared in held])
    return {
        "stories": [story_row(made, head(made, outlets=outlets), telling, section)],
        "reports": list(report_rows(made, telling, decisions)),
        "points": list(point_rows(made, telling)),
    }
