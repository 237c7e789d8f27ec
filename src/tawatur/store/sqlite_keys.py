"""Keys of programs and feed readers in SQLite."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tawatur.errors import ReaderNotFound
from tawatur.reader import Reader, ReaderId
from tawatur.store import codec
from tawatur.store.keys import AccessKey, Scope, shown
from tawatur.store.sqlite_base import Violation, run
from tawatur.store.sqlite_readers import SqliteReaders


class SqliteKeys(SqliteReaders):
    """``Keys`` in SQLite."""

    def add_key(self, key: AccessKey) -> None:
        row = {"id": key.id, "hash": key.hash, "reader": key.reader, "scope": key.scope.value, "name": key.name}
        times = {"made": codec.stamp(key.made), "used": codec.stamp(key.used) if key.used else None}
        with self._transaction() as connection:
            try:
                run(connection, "add_key", **row, **times)
            except Violation as error:
                raise ReaderNotFound(key.reader) from error

    def key(self, hash: str) -> tuple[AccessKey, Reader] | None:
        for row in self._all("key", hash=hash):
            return _key_of(row), self.reader(ReaderId(row["reader"]))
        return None

    def touch_key(self, hash: str, *, used: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "touch_key", hash=hash, used=codec.stamp(used))

    def keys(self, reader: ReaderId) -> tuple[AccessKey, ...]:
        return tuple(map(_key_of, self._all("keys", reader=reader)))

    def drop_key(self, reader: ReaderId, id: str) -> None:
        with self._transaction() as connection:
            run(connection, "drop_key", reader=reader, id=id)

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"keys": [shown(one) for one in self.keys(reader)]}


def _key_of(row: dict[str, Any]) -> AccessKey:
    return AccessKey(
        id=row["id"],
        hash=row["hash"],
        reader=ReaderId(row["reader"]),
        scope=Scope(row["scope"]),
        name=row["name"],
        made=datetime.fromisoformat(row["made"]),
        used=datetime.fromisoformat(row["used"]) if row["used"] else None,
    )
