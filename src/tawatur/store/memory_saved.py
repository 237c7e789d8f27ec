"""What readers saved, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tawatur.errors import ClippingNotFound, ReaderNotFound, SavedNotFound
from tawatur.reader import ReaderId
from tawatur.saved import Clipping, ClippingId, Saved, SavedId, SavedOrder, SavedState, Wanted
from tawatur.store.memory_readers import MemoryReaders
from tawatur.store.saved import exported


class MemorySaved(MemoryReaders):
    """``SavedThings`` in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._saved: dict[SavedId, Saved] = {}
        self._saved_words: dict[SavedId, str] = {}
        self._clippings: dict[ClippingId, Clipping] = {}

    def put_saved(self, saved: Saved, *, words: Sequence[str], clippings: Iterable[Clipping] = ()) -> None:
        if saved.reader not in self._readers:
            raise ReaderNotFound(saved.reader)
        given = self._clippings | {one.id: one for one in clippings if one.id in saved.clippings}
        for id in saved.clippings:
            if id not in given:
                raise ClippingNotFound(id)
        self._saved[saved.id], self._saved_words[saved.id] = saved, f" {' '.join(words)} "
        self._clippings = given
        self._drop_clippings()

    def _drop_clippings(self) -> None:
        named = {id for one in self._saved.values() for id in one.clippings}
        self._clippings = {id: one for id, one in self._clippings.items() if id in named}

    def saved(self, reader: ReaderId, saved: SavedId) -> Saved:
        found = self._saved.get(saved)
        if found is None or found.reader != reader:
            raise SavedNotFound(saved)
        return found

    def saved_list(self, reader: ReaderId, wanted: Wanted) -> tuple[Saved, ...]:
        found = _sorted(self._asked(reader, wanted), wanted.order)
        return tuple(found[wanted.skip :][: wanted.limit] if wanted.limit >= 0 else found[wanted.skip :])

    def saved_count(self, reader: ReaderId, wanted: Wanted) -> int:
        return len(self._asked(reader, wanted))

    def _asked(self, reader: ReaderId, wanted: Wanted) -> list[Saved]:
        return [
            one
            for one in self._saved.values()
            if one.reader == reader
            and _has_state(one, wanted.state)
            and wanted.kind in (None, one.kind)
            and (not wanted.tag or wanted.tag in one.tags)
            and all(f" {' '.join(phrase)} " in self._saved_words[one.id] for phrase in wanted.phrases)
        ]

    def saved_tags(self, reader: ReaderId) -> Mapping[str, int]:
        found = Counter(tag for one in self._saved.values() if one.reader == reader for tag in one.tags)
        return dict(sorted(found.items()))

    def drop_saved(self, reader: ReaderId, saved: SavedId) -> None:
        if saved in self._saved and self._saved[saved].reader == reader:
            del self._saved[saved], self._saved_words[saved]
            self._drop_clippings()

    def clippings(self, ids: Iterable[ClippingId]) -> tuple[Clipping, ...]:
        return tuple(self._clippings[id] for id in ids if id in self._clippings)

    def forget(self, reader: ReaderId) -> None:
        super().forget(reader)
        for one in [one.id for one in self._saved.values() if one.reader == reader]:
            self.drop_saved(reader, one)

    def export(self, reader: ReaderId) -> dict[str, object]:
        found = self.saved_list(reader, Wanted(state=SavedState.ALL, limit=-1))
        return super().export(reader) | {"saved": [exported(one, self.clippings(one.clippings)) for one in found]}


def _has_state(saved: Saved, state: SavedState) -> bool:
    if state is SavedState.ALL:
        return True
    if state is SavedState.ARCHIVED:
        return saved.archived
    return not saved.archived and not (state is SavedState.UNREAD and saved.read)


def _sorted(found: Iterable[Saved], order: SavedOrder) -> list[Saved]:
    by_id = sorted(found, key=lambda one: one.id)
    if order is SavedOrder.TITLE:
        return sorted(by_id, key=lambda one: one.title)
    if order is SavedOrder.PUBLISHED:
        return sorted(by_id, key=lambda one: -one.published.timestamp() if one.published else 0.0)
    sign = 1 if order is SavedOrder.OLDEST else -1
    return sorted(by_id, key=lambda one: sign * one.at.timestamp())
