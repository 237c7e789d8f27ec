"""``Holding`` in a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tawatur.newsletter import Newsletter
from tawatur.store import codec
from tawatur.store.held import ENDED, Held
from tawatur.store.sqlite_base import Connection, SqliteBase, run


class SqliteHolding(SqliteBase):
    """``Holding`` in a database."""

    def hold(self, *, at: datetime) -> Held:
        with self._transaction() as connection:
            run(connection, "hold_letters")
            run(connection, "hold_newsletters")
            run(connection, "end_dispatches", at=codec.stamp(at), error=ENDED)
            run(connection, "end_alerts", at=codec.stamp(at))
            run(connection, "end_sessions")
            return self.held()

    def held(self) -> Held:
        return Held(**self._all("held")[0])

    def release(self, *, at: datetime, send: bool, due: Callable[[Newsletter], datetime | None]) -> Held:
        with self._transaction() as connection:
            held = self.held()
            if send:
                run(connection, "send_held_letters", at=codec.stamp(at))
                run(connection, "wake_newsletters")
            else:
                run(connection, "end_held_letters", at=codec.stamp(at), error=ENDED)
                self._move(connection, due)
            return held

    def _move(self, connection: Connection, due: Callable[[Newsletter], datetime | None]) -> None:
        for row in self._all("held_newsletters"):
            following = due(codec.load(row["newsletter"], Newsletter))
            run(connection, "move_newsletter", id=row["id"], due=codec.stamp(following) if following else None)
