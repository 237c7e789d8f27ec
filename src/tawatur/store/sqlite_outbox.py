"""The outbox in SQLite."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tawatur.reader import ReaderId, email_key
from tawatur.store import codec
from tawatur.store.outbox import Letter, Queued
from tawatur.store.sqlite_base import SqliteBase, run


class SqliteOutbox(SqliteBase):
    """``Outbox`` in SQLite."""

    def put_letter(self, letter: Letter, *, at: datetime) -> bool:
        row = {"kind": letter.kind, "email": letter.email, "email_key": email_key(letter.email)}
        more = {"language": letter.language, "reader": letter.reader, "fields": codec.dump(letter.fields)}
        with self._transaction() as connection:
            put = run(connection, "put_letter", **row, **more, once=letter.once or None, at=codec.stamp(at))
            return put.rowcount > 0

    def claim_letters(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Queued, ...]:
        with self._transaction() as connection:
            rows = self._all("due_letters", now=codec.stamp(now), limit=limit)
            for row in rows:
                run(connection, "lend_letter", number=row["number"], until=codec.stamp(now + lease))
        return tuple(map(_queued_of, rows))

    def letter_done(self, number: int, *, at: datetime) -> None:
        with self._transaction() as connection:
            run(connection, "letter_done", number=number, at=codec.stamp(at))

    def letter_failed(self, number: int, *, error: str, at: datetime, again: datetime | None) -> None:
        ends = {"again": codec.stamp(again), "ended": None} if again else {"again": None, "ended": codec.stamp(at)}
        with self._transaction() as connection:
            run(connection, "letter_failed", number=number, error=error, **ends)

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
    )
    made = datetime.fromisoformat(row["made"])
    return Queued(number=row["number"], letter=letter, made=made, tries=row["tries"], error=row["error"])
