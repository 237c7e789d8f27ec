"""Tables as Parquet files: written whole under another name and then renamed, so that a file that is there is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tawatur.errors import FULL, DiskFull
from tawatur.tables.columns import ORDER, SCHEMAS, VERSION

#: Rows that are read or skipped at a time, and how they are packed.
GROUP, PACKED = 5000, "zstd"
Row = Mapping[str, Any]


@contextmanager
def room_at(place: Path) -> Iterator[None]:
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


def table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table, in its order."""
    return in_order(name, pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))


def in_order(name: str, made: pa.Table) -> pa.Table:
    """Return a table with its rows in the order of the table of this name."""
    return made.sort_by([(column, "ascending") for column in ORDER[name]])


def write(path: Path, made: pa.Table) -> None:
    """Write a table to a path, whole or not at all.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        labelled = made.replace_schema_metadata({"tawatur": str(VERSION)})
        pq.write_table(labelled, part, row_group_size=GROUP, compression=PACKED)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def listed(out: Path) -> dict[str, dict[str, Any]]:
    """Return what a folder of tables holds: of each table its rows and its files, each with what tells that it is whole."""
    return {name: _listed(out, sorted((out / name).rglob("*.parquet"))) for name in SCHEMAS}


def _listed(out: Path, paths: Sequence[Path]) -> dict[str, Any]:
    files = [_file(out, path) for path in paths]
    return {"rows": sum(one["rows"] for one in files), "files": files}


def _file(out: Path, path: Path) -> dict[str, Any]:
    with open(path, "rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    rows = pq.read_metadata(path).num_rows
    return {"path": path.relative_to(out).as_posix(), "rows": rows, "bytes": path.stat().st_size, "sha256": digest}
