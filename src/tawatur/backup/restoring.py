"""Restoring a backup: all of it is built and checked beside what stands there, which then makes way for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tawatur.backup import home as folder
from tawatur.backup.form import MANIFEST, SEAL, Manifest, Onlooker
from tawatur.backup.reading import Piece, check, pieces, rows_of
from tawatur.backup.writing import told
from tawatur.errors import BackupDamaged, BackupTooNew, StoreInTheWay
from tawatur.searching.words import VERSION
from tawatur.store import is_server
from tawatur.store.copying import NOTHING_BEFORE, Row, Table, words_of
from tawatur.store.held import Held
from tawatur.store.snapshot import INDEX, Build, Place
from tawatur.store.sql import migrations

#: Numbers of letters that are left out: those may have been given since, and what comes back to them is none of the new ones.
SKIPPED = 1_000_000
#: How many articles get their words at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored. ``kept`` is where that is whose place it took; ``held`` is what waits for the operator's word."""

    manifest: Manifest
    held: Held
    kept: tuple[str, ...] = ()


def restore(
    path: Path, store: str | Path, home: Path, watch: Onlooker, *, replace: bool = False, trial: bool = False
) -> Restored:
    """Build a store and a data folder of a backup, check them, and put them in place.

    Args:
        path: the backup.
        store: the address or the file of the store.
        home: the data folder.
        watch: whoever looks on.
        replace: whether it may take the place of a store that holds something, which is kept by another name.
        trial: all but the last step; nothing is changed.

    Raises:
        BackupDamaged: the backup is not as it was written.
        BackupTooNew: a later release has made it.
        StoreInTheWay: a store stands there, and ``replace`` was not said.
        StoreInUse: somebody uses that store.
        StoreError: what was built is no sound store, or there is no room for it.
    """
    manifest = check(path, watch)
    if manifest.schema > migrations()[-1][0]:
        raise BackupTooNew(str(path), f"{manifest.schema} > {migrations()[-1][0]}")
    place = place_of(store)
    try:
        if not trial:
            _may_be_taken(place, store, replace=replace)
        held = _build(path, manifest, place, home, watch)
        return Restored(manifest=manifest, held=held, kept=() if trial else _take(place, home, watch))
    finally:
        folder.discard(home)
        place.discard()
        place.close()


def place_of(store: str | Path) -> Place:
    """Return where a store stands or is to stand."""
    if is_server(store):
        from tawatur.store.snapshot_postgres import PostgresPlace

        return PostgresPlace(str(store))
    from tawatur.store.snapshot_sqlite import SqlitePlace

    return SqlitePlace(Path(store))


def _may_be_taken(place: Place, store: str | Path, *, replace: bool) -> None:
    if not replace and place.holds():
        raise StoreInTheWay(place.name)
    place.free()


def _build(path: Path, manifest: Manifest, place: Place, home: Path, watch: Onlooker) -> Held:
    """Build all of it, and return what is held in it."""
    watch.step("building", path.stat().st_size)
    folder.discard(home)
    build = place.build(manifest.schema)
    try:
        _fill(path, manifest, build, home, watch)
        watch.step("settling", 0)
        build.finish(manifest.counters | {"outbox": manifest.counters.get("outbox", 0) + SKIPPED})
        for table in manifest.tables:
            if _fits(table.name, build) and build.count(Table(table.name, table.columns, ())) != table.rows:
                raise BackupDamaged(str(path), table.name)
        with closing(build.open()) as opened:
            held = opened.hold(at=datetime.now(UTC))
        if manifest.store != build.kind:
            _enter(build, watch)
        return held
    finally:
        build.close()


def _fill(path: Path, manifest: Manifest, build: Build, home: Path, watch: Onlooker) -> None:
    tables = {table.name: Table(table.name, table.columns, ()) for table in manifest.tables}
    members = {member.name: member.sha256 for member in manifest.members}
    for piece in pieces(path):
        if piece.table:
            if _fits(piece.table, build):
                build.put(tables[piece.table], rows_of(piece))
        elif piece.place is not None:
            _put(piece, members[piece.name], home)
        watch.done(piece.size if piece.name not in (MANIFEST, SEAL) else 0)


def _fits(table: str, build: Build) -> bool:
    """Return whether a table is one of the database that is built: another one's index is not."""
    return not any(table == one.name for kind, own in INDEX.items() if kind != build.kind for one in own)


def _put(piece: Piece, expected: str, home: Path) -> None:
    """Put a file into the data folder that is being built; it is compared once more, as the backup may lie on a failing disk."""
    assert piece.place is not None
    hashed = sha256()

    def chunks() -> Iterator[bytes]:
        for chunk in piece.chunks():
            hashed.update(chunk)
            yield chunk

    with told(home):
        folder.put(home, piece.place, piece.mode, chunks())
    if hashed.hexdigest() != expected:
        raise BackupDamaged(str(piece.path), piece.name)


def _enter(build: Build, watch: Onlooker) -> None:
    """Make the words of search anew; those of another release whoever opens the store makes anew."""
    if build.words() != VERSION:
        return
    watch.step("words", 0)
    after, rows = NOTHING_BEFORE, list[Row]()
    while rows := list(build.texts(after, _BATCH)):
        build.put_words([words_of(*row) for row in rows])
        after = int(str(rows[-1][0]))


def _take(place: Place, home: Path, watch: Onlooker) -> tuple[str, ...]:
    """Put what was built in place, the folder first: who is stopped in between finds the store as it was, and does it again."""
    place.free()
    with told(home):
        former = folder.take(home)
    watch.step("placing", 0)
    return tuple(name for name in (place.take(), former) if name)
