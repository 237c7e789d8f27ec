"""The work files: what a shard's articles are, whole, and in rows that can be taken by time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tawatur.model import Analysis, Article, ArticleId, DocumentId, Kind, OutletKey
from tawatur.store.contract import Prepared
from tawatur.stories.profile import Profile
from tawatur.stories.revision import address_of
from tawatur.tables import columns
from tawatur.tables.files import PACKED

#: So many rows are read or passed over at a time; they stand by time, so that a window meets few groups.
GROUP = 500
SCHEMA = columns.table(
    id=columns.TEXT,
    time=columns.TIME,
    outlet=columns.TEXT,
    address=columns.TEXT,
    kind=columns.TEXT,
    document=columns.TEXT,
    collected=columns.TIME,
    profile=columns.BYTES,
    article=columns.BYTES,
    analysis=columns.BYTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article as grouping meets it: its profile, and the address by which versions of it are known."""

    id: ArticleId
    time: datetime
    outlet: OutletKey
    address: str
    kind: Kind
    document: DocumentId
    collected: datetime
    profile: Profile


def table_of(found: Sequence[tuple[Prepared, Kind, DocumentId]]) -> pa.Table:
    """Return prepared articles as rows, by time."""
    made = pa.Table.from_pylist([_row(*one) for one in found], schema=SCHEMA)
    return made.sort_by([("time", "ascending"), ("id", "ascending")])


def _row(one: Prepared, kind: Kind, document: DocumentId) -> dict[str, object]:
    return {
        "id": one.article.id,
        "time": one.profile.time,
        "outlet": one.article.outlet,
        "address": address_of(one.article),
        "kind": kind.value,
        "document": document,
        "collected": one.article.collected,
        "profile": msgspec.json.encode(one.profile),
        "article": msgspec.json.encode(one.article),
        "analysis": msgspec.json.encode(one.analysis),
    }


def writer(path: Path) -> pq.ParquetWriter:
    """Return what writes a work file."""
    return pq.ParquetWriter(path, SCHEMA, compression=PACKED)


def rows(paths: Sequence[Path], first: datetime, last: datetime) -> list[Row]:
    """Return the rows of a time range, [first, last), by time, then by id; the same article once."""
    wanted = SCHEMA.names[: SCHEMA.get_field_index("article")]
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        for batch in _batches(path, first, last, wanted):
            for row in batch.to_pylist():
                found.setdefault(row["id"], row)
    return sorted((msgspec.convert(_decoded(row), Row) for row in found.values()), key=lambda row: (row.time, row.id))


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"profile": msgspec.json.decode(row["profile"])}


def articles(
    paths: Sequence[Path], wanted: Collection[ArticleId], first: datetime, last: datetime
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


def _batches(path: Path, first: datetime, last: datetime, names: list[str]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a time range, a group at a time; groups that lie outside are not read."""
    with pq.ParquetFile(path) as file:
        at = SCHEMA.get_field_index("time")
        for group in range(file.metadata.num_row_groups):
            known = file.metadata.row_group(group).column(at).statistics
            if known is not None and (known.max < first or known.min >= last):
                continue
            read = file.read_row_group(group, columns=names)
            inside = pc.and_(pc.greater_equal(read["time"], first), pc.less(read["time"], last))
            yield from read.filter(inside).to_batches()
