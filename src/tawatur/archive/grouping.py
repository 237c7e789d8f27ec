"""Grouping a window: its days and those around, one after another through the desk of the live journey, in a store of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tawatur.archive.job import WORK, Task, job_of
from tawatur.archive.plan import shard_file, shards_of
from tawatur.archive.reading import Read
from tawatur.archive.rows import Row, articles, rows
from tawatur.archive.windows import Window, windows
from tawatur.desk import Desk, Nobody
from tawatur.model import Analysis, Article, Certainty, Published, RawDocument
from tawatur.pipeline import keep
from tawatur.store import open_store
from tawatur.store.contract import Prepared, Store
from tawatur.stories.profile import Profile
from tawatur.tables import columns
from tawatur.tables.files import write

SCHEMA = columns.table(
    article=columns.TEXT,
    time=columns.TIME,
    story=columns.TEXT,
    joined=columns.FLAG,
    why=columns.BYTES,
    superseded_by=columns.TEXT,
)


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
        write(path, pa.Table.from_pylist(_grouped(task.out, window), schema=SCHEMA))
    made = pq.read_table(path, columns=["story"])
    return Grouped(articles=made.num_rows, stories=len(made["story"].unique()))


def grouped_file(out: str, number: int) -> Path:
    """Return where the work file of a window stands."""
    return Path(out) / WORK / "grouped" / f"{number:05d}.parquet"


@lru_cache(maxsize=2)
def windows_of(out: str) -> tuple[Window, ...]:
    """Return the windows of the run in an output folder, all of whose shards have been read."""
    days: Counter[str] = Counter()
    for shard in shards_of(out):
        days.update(msgspec.json.decode(shard_file(out, shard.number, "json").read_bytes(), type=Read).days)
    return windows(days)


def work_files(out: str) -> list[Path]:
    """Return the work files of all shards, in their order."""
    return [shard_file(out, shard.number) for shard in shards_of(out)]


def _grouped(out: str, window: Window) -> list[dict[str, Any]]:
    found = rows(work_files(out), window.first, window.last)
    whole = {one.id: (one, analysis) for one, analysis, _ in _versions(out, found, window)}
    with TemporaryDirectory(prefix="tawatur-") as folder, closing(open_store(Path(folder) / "window.sqlite3")) as store:
        with store.together():
            for row in found:
                keep(_document(row), [_prepared(row, whole.get(row.id))], (), store=store)
        Desk(store).group(Nobody(), now=job_of(out).collected)
        return [placed for row in found if (placed := _placed(store, row)) is not None]


def _versions(out: str, found: Sequence[Row], window: Window) -> Iterator[tuple[Article, Analysis, Profile]]:
    """Yield the articles that may be versions of one another: those that share an address. Of all others a profile is enough."""
    often = Counter((row.outlet, row.address) for row in found if row.address)
    wanted = {row.id for row in found if often[row.outlet, row.address] > 1}
    return articles(work_files(out), wanted, window.first, window.last) if wanted else iter(())


def _document(row: Row) -> RawDocument:
    return RawDocument(content=row.id.encode(), origin=row.document, kind=row.kind, collected=row.collected)


def _prepared(row: Row, whole: tuple[Article, Analysis] | None) -> Prepared:
    if whole is None:
        published = Published(at=row.time, certainty=Certainty.STATED) if row.profile.dated else Published()
        article = Article(id=row.id, outlet=row.outlet, origin="", collected=row.collected, published=published)
        whole = article, Analysis(article=row.id, version="")
    return Prepared(article=whole[0], analysis=whole[1], profile=row.profile)


def _placed(store: Store, row: Row) -> dict[str, Any] | None:
    """Return where an article stands; None where it is another one over again."""
    decision = store.decision(row.id)
    if decision is None:
        return None
    current = store.current(row.id)
    return {
        "article": row.id,
        "time": row.time,
        "story": decision.story,
        "joined": decision.joined,
        "why": msgspec.json.encode(decision.why),
        "superseded_by": current if current != row.id else None,
    }
