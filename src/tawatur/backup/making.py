"""Making a backup: the rows of a snapshot and the files of the data folder, written as they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
import zstandard

from tawatur.backup import home as folder
from tawatur.backup.form import FORM, HOME, NAME, PART, Manifest, Onlooker, TableRows, part_of
from tawatur.backup.reading import check
from tawatur.backup.writing import Writer, written
from tawatur.store import is_server
from tawatur.store.copying import Table
from tawatur.store.snapshot import Snapshot, all_tables

#: Packs three times as small as it was, and as fast as rows come.
_LEVEL = 3


def make(
    store: str | Path, home: Path, output: Path, watch: Onlooker, *, pictures: bool = True
) -> tuple[Path, Manifest]:
    """Write a backup of a store and its data folder, read it again, and return where it is and what it holds.

    Args:
        store: the address or the file of the store.
        home: the data folder.
        output: the file that is made, or a folder, in which it is named by the time.
        watch: whoever looks on.
        pictures: whether pictures go along.

    Raises:
        FileThere: there is such a file already.
        BackupUnwritable: there is no room for it, or no permission to write it.
        StoreError: the store cannot be read.
    """
    made = datetime.now(UTC)
    path = output / made.strftime(NAME) if output.is_dir() else output
    with written(path) as (file, part), snapshot(store) as moment:
        writer = Writer(file)
        watch.step("tables", 0)
        tables = [_write(writer, moment, table, watch) for table in all_tables(moment.kind, moment.version)]
        watch.step("files", 0)
        own = None if is_server(store) else Path(store)
        for name, one in folder.files(home, store=own, pictures=pictures, apart=path.parent.absolute()):
            watch.done(writer.add_file(HOME + name, one))
        manifest = Manifest(
            form=FORM,
            made=made,
            release=version("tawatur"),
            store=moment.kind,
            schema=moment.version,
            tables=tuple(tables),
            counters=moment.counters(),
            members=tuple(writer.members),
        )
        writer.finish(msgspec.json.encode(manifest))
        return path, check(part, watch)


def snapshot(store: str | Path) -> Snapshot:
    """Return a store as it is now."""
    if is_server(store):
        from tawatur.store.snapshot_postgres import PostgresSnapshot

        return PostgresSnapshot(str(store))
    from tawatur.store.snapshot_sqlite import SqliteSnapshot

    return SqliteSnapshot(Path(store))


def _write(writer: Writer, moment: Snapshot, table: Table, watch: Onlooker) -> TableRows:
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    rows = 0
    for number, (count, content) in enumerate(_parts(moment, table), 1):
        writer.add(part_of(table.name, number), packer.compress(content))
        watch.done(len(content))
        rows += count
    return TableRows(name=table.name, columns=table.columns, rows=rows)


def _parts(moment: Snapshot, table: Table) -> Iterator[tuple[int, bytes]]:
    """Yield the rows of a table as MessagePack, some megabytes at a time, and how many those are."""
    encode = msgspec.msgpack.Encoder().encode
    held: list[bytes] = []
    size = 0
    for rows in moment.rows(table):
        for row in rows:
            held.append(encode(row))
            size += len(held[-1])
            if size >= PART:
                yield len(held), _array(held)
                held, size = [], 0
    if held:
        yield len(held), _array(held)


def _array(rows: list[bytes]) -> bytes:
    """Return rows as one array of MessagePack (its form "array 32")."""
    return b"".join((b"\xdd", len(rows).to_bytes(4, "big"), *rows))
