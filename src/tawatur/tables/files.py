"""Tables as Parquet files, each of them whole or not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tawatur.errors import FULL, DiskFull
from tawatur.objects import Place, seekable, whole
from tawatur.tables.columns import ORDER, SCHEMAS, VERSION

#: Rows that are read or skipped at a time, and how they are packed.
GROUP, PACKED = 5000, "zstd"
Row = Mapping[str, Any]


@contextmanager
def room_at(place: Place) -> Iterator[None]:
    """Let a disk that is full be said as such, of the folder where something is written.

    Raises:
        DiskFull: no room is left.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(place)) from error
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file of a table, with what tells that it is whole. ``path`` is below the folder of the tables."""

    table: str
    path: str
    rows: int
    bytes: int
    sha256: str


def table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table, in its order."""
    return in_order(name, pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))


def in_order(name: str, made: pa.Table) -> pa.Table:
    """Return a table with its rows in the order of the table of this name."""
    return made.sort_by([(column, "ascending") for column in ORDER[name]])


def file(out: Place, name: str, path: str, made: pa.Table) -> Filed:
    """Write a part of a table to a path below a folder, and return what tells that it is whole.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    size, digest = write(out / name / path, made)
    return Filed(table=name, path=f"{name}/{path}", rows=made.num_rows, bytes=size, sha256=digest)


def write(path: Place, made: pa.Table) -> tuple[int, str]:
    """Write a table to a path, whole or not at all; return the size of the file and its SHA-256.

    Raises:
        OSError: there is no room, or the folder cannot be written.
        PlaceUnusable: the object store does not take it.
    """
    with whole(path) as part:
        labelled = made.replace_schema_metadata({"tawatur": str(VERSION)})
        pq.write_table(labelled, part, row_group_size=GROUP, compression=PACKED)
        with open(part, "rb") as written:
            size, digest = part.stat().st_size, file_digest(written, "sha256").hexdigest()
    return size, digest


def read(path: Place, columns: Sequence[str] | None = None) -> pa.Table:
    """Return what a file of a table holds, or some of its columns."""
    return pq.read_table(seekable(path), columns=columns and list(columns), use_threads=False)


def listed(files: Iterable[Filed]) -> dict[str, dict[str, Any]]:
    """Return what a folder of tables holds, for its manifest: of each table its rows and its files, by path."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for one in sorted(files, key=lambda one: one.path):
        told = asdict(one)
        found[told.pop("table")].append(told)
    return {name: {"rows": sum(one["rows"] for one in held), "files": held} for name, held in found.items()}
