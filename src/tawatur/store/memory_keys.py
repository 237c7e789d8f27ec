"""Keys of programs and feed readers in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tawatur.errors import ReaderNotFound
from tawatur.reader import Reader, ReaderId
from tawatur.store.keys import AccessKey, shown
from tawatur.store.memory_readers import MemoryReaders


class MemoryKeys(MemoryReaders):
    """``Keys`` in a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: dict[str, AccessKey] = {}

    def add_key(self, key: AccessKey) -> None:
        if key.reader not in self._readers:
            raise ReaderNotFound(key.reader)
        self._keys[key.id] = key

    def key(self, hash: str) -> tuple[AccessKey, Reader] | None:
        found = next((one for one in self._keys.values() if one.hash == hash), None)
        return (found, self.reader(found.reader)) if found else None

    def touch_key(self, hash: str, *, used: datetime) -> None:
        self._keys = {id: replace(one, used=used) if one.hash == hash else one for id, one in self._keys.items()}

    def keys(self, reader: ReaderId) -> tuple[AccessKey, ...]:
        own = [one for one in self._keys.values() if one.reader == reader]
        return tuple(sorted(own, key=lambda one: (-one.made.timestamp(), one.id)))

    def drop_key(self, reader: ReaderId, id: str) -> None:
        if id in self._keys and self._keys[id].reader == reader:
            del self._keys[id]

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        self._keys = {id: one for id, one in self._keys.items() if one.reader != reader}

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"keys": [shown(one) for one in self.keys(reader)]}
