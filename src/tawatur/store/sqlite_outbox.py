"""The outbox in SQLite."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tawatur.reader import ReaderId, email_key
from tawatur.store import codec
from tawatur.store.outbox import Letter, Queued
from tawatur.store.sqlite_base import SqliteBase, run


class SqliteOutbox(SqliteBase):
    """``Outbox`` in SQLite."""

    def put_letter(self, letter: Letter, *, at: datetime) -> bool:
        row = {
            "kind": letter.kind,
            "email": letter.email,
            "email_key": email_key(letter.email),
            "bulk": int(letter.bulk),
        }
        more = {"language": letter.language, "reader": letter.reader, "fields": codec.dump(letter.fields)}
        with self._transaction() as connection:
            put = run(connection, "put_letter", **row, **more, once=letter.once or None, at=codec.stamp(at))
            return put.rowcount > 0

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int, holder: str = "") -> tuple[Queued, ...]:
        until = codec.stamp(now + lease)
        with self._transaction() as connection:
            rows = self._all("due_letters", now=codec.stamp(now), limit=limit)
            for row in rows:
                run(connection, "lend_letter", number=row["number"], due=row["due"], until=until, holder=holder)
        return tuple(_lent(_queued_of(row), holder) for row in rows)

    def begin_letter(self, number: int, *, holder: str, at: datetime, until: datetime) -> bool:
        values = {"number": number, "holder": holder, "at": codec.stamp(at), "until": codec.stamp(until)}
        with self._transaction() as connection:
            return run(connection, "begin_letter", **values).rowcount > 0

    def letter_done(self, number: int, *, at: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "letter_done", number=number, at=codec.stamp(at))

    def letter_failed(
        self, number: int, *, error: str, at: datetime, again: datetime | None, holder: str = "", doubtful: bool = False
    ) -> None:
        ends = {"again": codec.stamp(again), "ended": None} if again else {"again": None, "ended": codec.stamp(at)}
        values = {"number": number, "error": error, "holder": holder, "doubts": int(doubtful)}
        with self._transaction() as connection:
            run(connection, "letter_failed", **values, **ends)

    def put_off_letter(
        self, number: int, *, until: datetime, holder: str = "", error: str = "", paced: bool = False
    ) -> None:
        values = {"number": number, "until": codec.stamp(until), "holder": holder}
        with self._transaction() as connection:
            run(connection, "put_off_letter", **values, error=error, paced=int(paced))

    def doubtful_letters(self) -> tuple[Queued, ...]:
        return tuple(map(_queued_of, self._all("doubtful_letters")))

    def letter(self, number: int) -> Queued | None:
        return next(map(_queued_of, self._all("letter_numbered", number=number)), None)

    def waiting_letters(self, email: str = "") -> tuple[Queued, ...]:
        rows = self._all("waiting_letters_to", email_key=email_key(email)) if email else self._all("waiting_letters")
        return tuple(map(_queued_of, rows))

    def tidy_letters(self, *, before: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "tidy_letters", before=codec.stamp(before))

    def export(self, reader: ReaderId) -> dict[str, object]:
        rows = self._all("letters_of", reader=reader)
        return super().export(reader) | {"letters": rows}


def _queued_of(row: dict[str, Any]) -> Queued:
    letter = Letter(
        kind=row["kind"],
        email=row["email"],
        language=row["language"],
        reader=ReaderId(row["reader"]) if row["reader"] else None,
        fields=codec.load(row["fields"], dict[str, str]),
        once=row["once"] or "",
        bulk=bool(row["bulk"]),
    )
    return Queued(
        number=row["number"],
        letter=letter,
        made=datetime.fromisoformat(row["made"]),
        tries=row["tries"],
        error=row["error"],
        holder=row["holder"],
        handing=datetime.fromisoformat(row["handing"]) if row["handing"] else None,
        doubts=row["doubts"],
        paced=bool(row["paced"]),
    )


def _lent(queued: Queued, holder: str) -> Queued:
    """Return a letter as it is once it is lent: see the query ``lend_letter``."""
    return replace(queued, holder=holder, handing=None, doubts=queued.doubts + (queued.handing is not None))
