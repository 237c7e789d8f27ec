"""Grouping a window: its days and those around, one after another through the desk of the live journey, in a store of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pyarrow as pa

from tawatur.archive.job import WORK, Task, job_of, put
from tawatur.archive.plan import shard_file
from tawatur.archive.rows import Row, articles, rows
from tawatur.archive.understanding import Understood
from tawatur.archive.windows import Window, windows
from tawatur.desk import Desk, Nobody
from tawatur.model import Analysis, Article, ArticleId, Certainty, Kind, Published, RawDocument
from tawatur.objects import Place, place
from tawatur.pipeline import keep
from tawatur.store import open_passing
from tawatur.store.contract import Prepared, Store
from tawatur.store.sqlite_passing import NO_WORDS
from tawatur.stories.profile import Profile
from tawatur.tables import columns
from tawatur.tables.files import read, write

SCHEMA = columns.table(
    article=columns.TEXT,
    time=columns.TIME,
    story=columns.TEXT,
    joined=columns.FLAG,
    why=columns.BYTES,
    superseded_by=columns.TEXT,
)
#: What grouping knows of an article.
_COMPARED = ("id", "dated", "outlet", "kind", "document", "collected", "profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What became of a window: how many articles were grouped for it, those of the days around among them."""

    articles: int
    stories: int


def group_window(task: Task) -> Grouped:
    """Group a window into its work file, unless that was done before.

    Raises:
        OSError: there is no room, or the output cannot be written.
    """
    window, path = windows_of(task.out)[task.number], grouped_file(task.out, task.number)
    if not path.exists():
        made, failed = grouped(task.out, window)
        put(_failed_file(task.out, task.number), msgspec.json.encode(failed))
        write(path, pa.Table.from_pylist(made, schema=SCHEMA))
    made = read(path, columns=["story"])
    return Grouped(articles=made.num_rows, stories=len(made["story"].unique()))


def grouped_file(out: str, number: int) -> Place:
    """Return where the work file of a window stands."""
    return place(out) / WORK / "grouped" / f"{number:05d}.parquet"


def failed_of(out: str, number: int) -> frozenset[ArticleId]:
    """Return the articles of a window, those of the days around among them, that could not be put into a story."""
    return msgspec.json.decode(_failed_file(out, number).read_bytes(), type=frozenset[ArticleId])


def _failed_file(out: str, number: int) -> Place:
    return place(out) / WORK / "grouped" / f"{number:05d}-failed.json"


@lru_cache(maxsize=2)
def windows_of(out: str) -> tuple[Window, ...]:
    """Return the windows of the run in an output folder, all of whose shards have been understood."""
    days: Counter[str] = Counter()
    for held in days_of(out):
        days.update(held)
    return windows(days, job_of(out).window)


def note_days(out: str, understood: Sequence[Understood]) -> None:
    """Note which days each shard's articles are of, in one file for all workers: there may be many thousand shards."""
    put(_days_file(out), msgspec.json.encode([one.days for one in understood]))


@lru_cache(maxsize=2)
def days_of(out: str) -> tuple[dict[str, int], ...]:
    """Return the days of each shard's articles."""
    return msgspec.json.decode(_days_file(out).read_bytes(), type=tuple[dict[str, int], ...])


def _days_file(out: str) -> Place:
    return place(out) / WORK / "days.json"


def work_files(out: str, first: datetime, last: datetime) -> Iterator[Place]:
    """Yield the work files of the shards that hold articles of a time range, [first, last), in their order."""
    start, end = first.date().isoformat(), last.date().isoformat()
    for number, days in enumerate(days_of(out)):
        if any(start <= day <= end for day in days):
            yield shard_file(out, number, "understood")


def grouped(out: str, window: Window) -> tuple[list[dict[str, Any]], tuple[ArticleId, ...]]:
    """Return where the articles of a window stand, and those that could not be put anywhere.

    They pass one by one into a store on disk, so that few are held here.
    """
    light = list(rows(_files(out, window), window.first, window.last, ["id", "outlet", "address"]))
    often = Counter((row["outlet"], row["address"]) for row in light if row["address"])
    versions = {row["id"] for row in light if often[row["outlet"], row["address"]] > 1}
    placed = sorted((row["time"], row["id"]) for row in light)
    del light, often
    with (
        TemporaryDirectory(prefix="tawatur-") as folder,
        closing(open_passing(Path(folder) / "window.sqlite3")) as store,
        store.together(),
    ):
        _fill(store, out, window, versions)
        failed = Desk(store).group(Nobody(), now=job_of(out).collected)
        return [row for time, id in placed if (row := _placed(store, id, time)) is not None], failed


def _files(out: str, window: Window) -> Iterator[Place]:
    return work_files(out, window.first, window.last)


def _fill(store: Store, out: str, window: Window, versions: Collection[ArticleId]) -> None:
    """Keep the articles of a window in its store: their profiles alone, but whole what may be a version of another one."""
    held: list[Row] = []
    for row in rows(_files(out, window), window.first, window.last, _COMPARED):
        if row["id"] in versions:
            held.append(row)
        else:
            store.add_document(_document(row), prepared=[_prepared(row, None)])
    whole = articles(_files(out, window), versions, window.first, window.last) if versions else ()
    texts = {one.id: (one, analysis) for one, analysis, _ in whole}
    for row in sorted(held, key=lambda row: (row["time"], row["id"])):
        keep(_document(row), [_prepared(row, texts[row["id"]])], (), store=store)


def _document(row: Row) -> RawDocument:
    kind, content = Kind(row["kind"]), row["id"].encode()
    return RawDocument(content=content, origin=row["document"], kind=kind, collected=row["collected"])


def _prepared(row: Row, whole: tuple[Article, Analysis] | None) -> Prepared:
    if whole is None:
        published = Published(at=row["time"], certainty=Certainty.STATED) if row["dated"] else Published()
        known = {"id": row["id"], "outlet": row["outlet"], "collected": row["collected"]}
        article = Article(**known, origin="", published=published)
        whole = article, Analysis(article=article.id, version="")
    compared = msgspec.json.decode(row["profile"], type=Profile)
    return Prepared(article=whole[0], analysis=whole[1], profile=compared, words=NO_WORDS)


def _placed(store: Store, article: ArticleId, time: datetime) -> dict[str, Any] | None:
    """Return where an article stands; None where it is another one over again."""
    decision = store.decision(article)
    if decision is None:
        return None
    current = store.current(article)
    return {
        "article": article,
        "time": time,
        "story": decision.story,
        "joined": decision.joined,
        "why": msgspec.json.encode(decision.why),
        "superseded_by": current if current != article else None,
    }
