"""What became of letters behind the relay, in SQLite."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tawatur.reader import ReaderId, email_key
from tawatur.store import codec
from tawatur.store.deliveries import Bounce, Suspension
from tawatur.store.sqlite_base import SqliteBase, run

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SqliteDeliveries(SqliteBase):
    """``Deliveries`` in SQLite."""

    def add_bounce(self, bounce: Bounce) -> None:
        when = {"letter": bounce.letter, "at": codec.stamp(bounce.at)}
        with self._transaction() as connection:
            run(connection, "add_bounce", **_row(bounce), **when)

    def bounces(self, email: str) -> tuple[Bounce, ...]:
        rows = self._all("bounces_of", email_key=email_key(email))
        return tuple(Bounce(**_read(row), letter=row["letter"], at=datetime.fromisoformat(row["at"])) for row in rows)

    def suspend(self, suspension: Suspension) -> None:
        with self._transaction() as connection:
            run(connection, "suspend", **_row(suspension), since=codec.stamp(suspension.since))

    def suspension(self, email: str) -> Suspension | None:
        return next(map(_suspension_of, self._all("suspension_of", email_key=email_key(email))), None)

    def suspensions(self, *, limit: int) -> tuple[Suspension, ...]:
        return tuple(map(_suspension_of, self._all("suspensions", limit=limit)))

    def lift_suspension(self, email: str) -> None:
        with self._transaction() as connection:
            run(connection, "lift_suspension", email_key=email_key(email))
            run(connection, "forget_bounces", email_key=email_key(email))

    def take_slot(self, host: str, *, at: datetime, every: timedelta, burst: int) -> datetime:
        step = every // _MICROSECOND
        with self._transaction() as connection:
            run(connection, "take_slot", host=host, now=_ticks(at), every=step)
            (row,) = self._all("slot_behind", host=host)
        return _EPOCH + _MICROSECOND * (int(row["next"]) - step * burst)

    def tidy_deliveries(self, *, before: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "tidy_bounces", before=codec.stamp(before))
            run(connection, "tidy_hosts", before=_ticks(before))

    def export(self, reader: ReaderId) -> dict[str, object]:
        return super().export(reader) | {"returned": self._all("bounces_of_reader", reader=reader)}


def _row(one: Bounce | Suspension) -> dict[str, Any]:
    said = {"hard": int(one.hard), "code": one.code, "detail": one.detail}
    return {"email": one.email, "email_key": email_key(one.email), "reader": one.reader, **said}


def _read(row: dict[str, Any]) -> dict[str, Any]:
    reader = ReaderId(row["reader"]) if row["reader"] else None
    said = {"hard": bool(row["hard"]), "code": row["code"], "detail": row["detail"]}
    return {"email": row["email"], "reader": reader, **said}


def _suspension_of(row: dict[str, Any]) -> Suspension:
    return Suspension(**_read(row), since=datetime.fromisoformat(row["since"]))


def _ticks(time: datetime) -> int:
    return (time - _EPOCH) // _MICROSECOND
