"""What readers saved, in SQLite."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tawatur.errors import ClippingNotFound, ReaderNotFound, SavedNotFound
from tawatur.reader import ReaderId
from tawatur.saved import Clipping, ClippingId, Saved, SavedId, SavedState, Wanted
from tawatur.store import codec
from tawatur.store.saved import exported
from tawatur.store.sqlite_base import Connection, SqliteBase, Violation, run

#: What a state asks of the columns ``archived`` and ``read``; None: nothing.
_STATES: dict[SavedState, tuple[int | None, int | None]] = {
    SavedState.OPEN: (0, None),
    SavedState.UNREAD: (0, 0),
    SavedState.ARCHIVED: (1, None),
    SavedState.ALL: (None, None),
}


class SqliteSaved(SqliteBase):
    """``SavedThings`` in SQLite."""

    def put_saved(self, saved: Saved, *, words: Sequence[str], clippings: Iterable[Clipping] = ()) -> None:
        with self._transaction() as connection:
            try:
                number: int = run(connection, "put_saved", **_row(saved)).fetchone()["number"]
            except Violation as error:
                raise ReaderNotFound(saved.reader) from error
            self._put_clippings(connection, number, saved, clippings)
            run(connection, "drop_saved_tags", number=number)
            for tag in saved.tags:
                run(connection, "add_saved_tag", number=number, tag=tag)
            run(connection, "drop_saved_words", number=number)
            run(connection, "add_saved_words", number=number, holder=saved.reader, **self._found_by(words))

    def _put_clippings(self, connection: Connection, number: int, saved: Saved, clippings: Iterable[Clipping]) -> None:
        for one in clippings:
            if one.id in saved.clippings:
                run(connection, "add_clipping", id=one.id, content=_packed(one))
        for id in saved.clippings:
            try:
                run(connection, "add_saved_clipping", number=number, clipping=id)
            except Violation as error:
                raise ClippingNotFound(id) from error
        for row in self._all("saved_clippings", number=number):
            if row["clipping"] not in saved.clippings:
                run(connection, "drop_saved_clipping", number=number, clipping=row["clipping"])

    def saved(self, reader: ReaderId, saved: SavedId) -> Saved:
        for row in self._all("saved", reader=reader, id=saved):
            return codec.load(row["saved"], Saved)
        raise SavedNotFound(saved)

    def saved_list(self, reader: ReaderId, wanted: Wanted) -> tuple[Saved, ...]:
        span = {"order": wanted.order.value, "limit": wanted.limit, "skip": wanted.skip}
        rows = self._all("saved_list", **self._asked(reader, wanted), **span)
        return tuple(codec.load(row["saved"], Saved) for row in rows)

    def saved_count(self, reader: ReaderId, wanted: Wanted) -> int:
        return int(self._all("saved_count", **self._asked(reader, wanted))[0]["count"])

    def _asked(self, reader: ReaderId, wanted: Wanted) -> dict[str, object]:
        archived, read = _STATES[wanted.state]
        kind = wanted.kind.value if wanted.kind else None
        asked: dict[str, object] = {
            "reader": reader,
            "archived": archived,
            "read": read,
            "kind": kind,
            "tag": wanted.tag,
        }
        return asked | {"words": self._saved_match(reader, wanted.phrases) if wanted.phrases else None}

    def _found_by(self, words: Sequence[str]) -> Mapping[str, str]:
        """Return the words of a saved thing as the index takes them, by the names that the query has for them."""
        return {"words": " ".join(words)}

    def _saved_match(self, reader: ReaderId, phrases: Iterable[Sequence[str]]) -> str:
        """Return the index's expression for all of some phrases among a reader's own things."""
        return _match(reader, phrases)

    def saved_tags(self, reader: ReaderId) -> Mapping[str, int]:
        return {row["tag"]: row["count"] for row in self._all("saved_tags", reader=reader)}

    def drop_saved(self, reader: ReaderId, saved: SavedId) -> None:
        with self._transaction() as connection:
            run(connection, "drop_saved", reader=reader, id=saved)

    def clippings(self, ids: Iterable[ClippingId]) -> tuple[Clipping, ...]:
        rows = (row for id in ids for row in self._all("clipping", id=id))
        return tuple(codec.load(zlib.decompress(row["content"]).decode(), Clipping) for row in rows)

    def export(self, reader: ReaderId) -> dict[str, object]:
        found = self.saved_list(reader, replace(Wanted(state=SavedState.ALL), limit=-1))
        return super().export(reader) | {"saved": [exported(one, self.clippings(one.clippings)) for one in found]}


def _row(saved: Saved) -> dict[str, object]:
    return {
        "id": saved.id,
        "reader": saved.reader,
        "kind": saved.kind.value,
        "title": saved.title,
        "published": codec.stamp(saved.published) if saved.published else None,
        "at": codec.stamp(saved.at),
        "read": int(saved.read),
        "archived": int(saved.archived),
        "saved": codec.dump(saved),
    }


def _match(reader: ReaderId, phrases: Iterable[Sequence[str]]) -> str:
    """Return the query of FTS5 for all of some phrases among a reader's own things."""
    words = " AND ".join(f"words : {_quoted(' '.join(phrase))}" for phrase in phrases)
    return f"reader : {_quoted(reader)} AND {words}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _packed(clipping: Clipping) -> bytes:
    return zlib.compress(codec.dump(clipping).encode())
