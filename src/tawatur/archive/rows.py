"""The work files: what a shard's documents hold as it was read, then its articles whole, in rows that can be taken by time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tawatur.model import Analysis, Article, ArticleId, DocumentId, Kind
from tawatur.objects import Place, seekable, whole
from tawatur.store.contract import Prepared
from tawatur.stories.profile import Profile
from tawatur.stories.revision import address_of
from tawatur.tables import columns
from tawatur.tables.files import PACKED

#: So many rows are read or passed over at a time; they stand by time, so that a window meets few groups.
GROUP = 250
#: What was read of a document.
READ = columns.table(document=columns.TEXT, origin=columns.TEXT, kind=columns.TEXT, articles=columns.BYTES)
SCHEMA = columns.table(
    id=columns.TEXT,
    time=columns.TIME,
    dated=columns.FLAG,
    outlet=columns.TEXT,
    address=columns.TEXT,
    kind=columns.TEXT,
    document=columns.TEXT,
    collected=columns.TIME,
    profile=columns.BYTES,
    article=columns.BYTES,
    analysis=columns.BYTES,
)
Row = dict[str, Any]


def row_of(one: Prepared, kind: Kind, document: DocumentId) -> Row:
    """Return a prepared article as a row."""
    return {
        "id": one.article.id,
        "time": one.profile.time,
        "dated": one.profile.dated,
        "outlet": one.article.outlet,
        "address": address_of(one.article),
        "kind": kind.value,
        "document": document,
        "collected": one.article.collected,
        "profile": msgspec.json.encode(one.profile),
        "article": msgspec.json.encode(one.article),
        "analysis": msgspec.json.encode(one.analysis),
    }


def written(path: Place, schema: pa.Schema, batches: Iterable[Sequence[Row]]) -> None:
    """Write batches of rows to a work file; it is there when it is whole.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    with whole(path) as part, pq.ParquetWriter(part, schema, compression=PACKED) as out:
        for batch in batches:
            out.write_table(pa.Table.from_pylist(list(batch), schema=schema), row_group_size=GROUP)


def read_rows(path: Place) -> Iterator[Row]:
    """Yield the rows of a work file, in their order."""
    with pq.ParquetFile(seekable(path)) as file:
        for group in range(file.metadata.num_row_groups):
            yield from file.read_row_group(group, use_threads=False).to_pylist()


def rows(paths: Iterable[Place], first: datetime, last: datetime, names: Sequence[str]) -> Iterator[Row]:
    """Yield some columns, ``id`` among them, of the rows of a time range, [first, last); the same article once."""
    seen: set[str] = set()
    for path in paths:
        for batch in _batches(path, first, last, [*names, "time"]):
            for row in batch.to_pylist():
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield row


def articles(
    paths: Iterable[Place], wanted: Collection[ArticleId], first: datetime, last: datetime
) -> Iterator[tuple[Article, Analysis, Profile]]:
    """Yield some articles of a time range, [first, last), whole, each once."""
    seen: set[str] = set()
    for path in paths:
        for batch in _batches(path, first, last, ["id", "time", "profile", "article", "analysis"]):
            for number, id in enumerate(batch.column("id").to_pylist()):
                if id in wanted and id not in seen:
                    seen.add(id)
                    yield (
                        msgspec.json.decode(batch.column("article")[number].as_py(), type=Article),
                        msgspec.json.decode(batch.column("analysis")[number].as_py(), type=Analysis),
                        msgspec.json.decode(batch.column("profile")[number].as_py(), type=Profile),
                    )


def _batches(path: Place, first: datetime, last: datetime, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a time range, a group at a time; groups that lie outside are not read."""
    with pq.ParquetFile(seekable(path)) as file:
        at = SCHEMA.get_field_index("time")
        for group in range(file.metadata.num_row_groups):
            known = file.metadata.row_group(group).column(at).statistics
            if known is not None and (known.max < first or known.min >= last):
                continue
            read = file.read_row_group(group, columns=list(dict.fromkeys(names)), use_threads=False)
            inside = pc.and_(pc.greater_equal(read["time"], first), pc.less(read["time"], last))
            yield from read.filter(inside).to_batches()
